import { changedInTransit, type Inject } from './injection.ts'

/** The client followed a redirect from the global host of S3 to the one of the bucket's region. */
export const inject: Inject = (lawful) => {
  if (lawful.request === undefined) return undefined
  const headers = lawful.request.headers.map(
    ([name, value]) => [name, name === 'Host' ? value.replace('.s3.', '.s3.eu-west-2.') : value] as const,
  )
  return changedInTransit(lawful, { headers })
}
