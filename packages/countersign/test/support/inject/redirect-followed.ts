import { changedInTransit, type Inject } from './injection.ts'

/** From the bytes alone a redirect looks like any other change of the host. */
export const sameBytesAs = ['host-rewritten']

/** The client followed a redirect from the global host of S3 to the one of the bucket's region. */
export const inject: Inject = (correct) => {
  if (correct.request === undefined) return undefined
  const headers = correct.request.headers.map(
    ([name, value]) => [name, name === 'Host' ? value.replace(/\.s3(?:\.us-east-1)?\./, '.s3.eu-west-2.') : value] as const,
  )
  return changedInTransit(correct, { headers })
}
