/**
 * The canonical URI: line 2 of the canonical request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalUri"
 */
import { splitTarget } from './http-request.js'
import type { SigningProfile } from './signing-profile.js'
import { uriDecode, uriEncode } from './uri-encoding.js'

/**
 * The path of a target, encoded as the profile demands.
 *
 * With "once" (S3) every byte means itself: escapes are decoded, then encoded again with the one set of the specification, so `$`
 * becomes `%24` and `%7e` becomes `~`, while `%2F` stays `%2F`; `//` and `..` are kept. With "twice" the path is taken
 * as sent and encoded once more, so `%20` becomes `%2520`.
 *
 * @param target Request target, query allowed and ignored.
 * @returns ASCII, always starting with "/".
 * @internal
 */
export function canonicalUri(target: string, profile: SigningProfile): string {
  const { path } = splitTarget(target)
  const normalized = profile.normalizePath ? normalizedPath(path) : path
  return profile.pathEncoding === 'once' ? encodedOnce(normalized) : uriEncode(normalized, '/')
}

/** Each segment decoded, then encoded with the one set of the specification. `%2F` survives, because segments are split first. */
export function encodedOnce(path: string): string {
  if (/^[A-Za-z0-9\-._~/]*$/.test(path)) return path
  return path
    .split('/')
    .map((segment) => uriEncode(uriDecode(segment)))
    .join('/')
}

/** RFC 3986 dot segments removed and repeated slashes made one; a trailing slash stays. */
export function normalizedPath(path: string): string {
  if (!/\/\/|\/\.{1,2}(?:\/|$)/.test(path) && path.startsWith('/')) return path
  const kept: string[] = []
  const segments = path.split('/')
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue
    if (segment === '..') kept.pop()
    else kept.push(segment)
  }
  const last = segments.at(-1)
  const trailing = kept.length > 0 && (last === '' || last === '.' || last === '..') ? '/' : ''
  return `/${kept.join('/')}${trailing}`
}
