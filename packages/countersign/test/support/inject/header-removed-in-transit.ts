import { changedInTransit, type Inject, pick } from './injection.ts'

/** A hop drops a signed header, or the user of a presigned URL does not send it. */
export const inject: Inject = (lawful, choice) => {
  const { request } = lawful
  const name = pick(['range', 'x-amz-te', 'accept-encoding'], choice)!
  if (request === undefined || !request.headers.some(([given]) => given.toLowerCase() === name)) return undefined
  return changedInTransit(lawful, { headers: request.headers.filter(([given]) => given.toLowerCase() !== name) })
}
