/** Where an object is, as S3 says it: the key's slashes are escaped. */
import { type HttpRequest, headerValue, splitTarget, uriEncode } from '../../sigv4/index.js'

export function locationOf(request: HttpRequest, bucket: string, key: string): string {
  const host = headerValue(request, 'host') ?? ''
  // A form is sent to the bucket, and a virtual host's path does not name it.
  const path = splitTarget(request.target).path
  const inPath = path === `/${uriEncode(bucket)}` || path.startsWith(`/${uriEncode(bucket)}/`)
  return `http://${host}/${inPath ? `${uriEncode(bucket)}/` : ''}${uriEncode(key)}`
}
