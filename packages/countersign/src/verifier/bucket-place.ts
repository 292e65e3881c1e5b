/** Which bucket and key a request of S3 is for: in the path, or in the host name. */
import { type HttpRequest, headerValue, targetOf, uriDecode } from '../sigv4/index.js'

/** Bucket and key, decoded, as byte strings; "" where there is none. */
export function bucketPlace(request: HttpRequest): { readonly bucket: string; readonly key: string } {
  const host = (headerValue(request, 'host') ?? '').replace(/:\d+$/, '')
  const virtual = /^(.+)\.(?:s3[.-].*|s3|localhost)$/is.exec(host)?.[1]
  const path = uriDecode(targetOf(request).path).slice(1)
  if (virtual !== undefined) return { bucket: virtual, key: path }
  const slash = path.indexOf('/')
  return slash < 0 ? { bucket: path, key: '' } : { bucket: path.slice(0, slash), key: path.slice(slash + 1) }
}
