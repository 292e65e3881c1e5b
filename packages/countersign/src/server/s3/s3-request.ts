/** A verified request to S3, taken apart: whose bucket and key, which sub-resource, which headers. */
import { type HttpRequest, headerValue, queryParameters, splitTarget, uriDecode } from '../../sigv4/index.js'
import { bucketPlace, type Caller } from '../../verifier/index.js'
import type { Bucket } from './bucket.js'
import type { ObjectMemory } from './object-memory.js'
import { S3Failure } from './s3-answer.js'

export interface S3Request {
  readonly method: string
  readonly bucket: string
  readonly key: string
  /** Decoded; the first of each name. */
  readonly query: ReadonlyMap<string, string>
  readonly body: Uint8Array
  readonly request: HttpRequest
  readonly caller: Caller
  /** A header's value, by any spelling of its name. */
  readonly header: (name: string) => string | undefined
}

export function s3RequestOf(request: HttpRequest, caller: Caller): S3Request {
  const parameters = queryParameters(splitTarget(request.target).query ?? '').map(
    ([name, value]) => [decoded(name), decoded(value ?? '')] as const,
  )
  return {
    ...bucketPlace(request),
    method: request.method,
    query: new Map([...parameters].reverse()),
    body: request.body ?? new Uint8Array(0),
    request,
    caller,
    header: (name) => headerValue(request, name),
  }
}

export function bucketOf(memory: ObjectMemory, { bucket }: Pick<S3Request, 'bucket'>): Bucket {
  const found = memory.bucket(bucket)
  if (found === undefined) throw new S3Failure('NoSuchBucket', { extra: [['BucketName', bucket]] })
  return found
}

/** In a query S3 reads a plus as a space. */
function decoded(text: string): string {
  return uriDecode(text.replaceAll('+', '%20'))
}
