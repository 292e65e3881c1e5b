import { changedInTransit, type Inject, pick } from './injection.ts'

/** A hop drops a signed header, or the user of a presigned URL does not send it. */
export const inject: Inject = (correct, choice) => {
  const { request } = correct
  const name = pick(['range', 'x-amz-te', 'accept-encoding'], choice)!
  if (request === undefined || !request.headers.some(([given]) => given.toLowerCase() === name)) return undefined
  return changedInTransit(correct, { headers: request.headers.filter(([given]) => given.toLowerCase() !== name) })
}
