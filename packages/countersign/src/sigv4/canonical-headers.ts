/**
 * The canonical headers and the signed headers: the middle of the canonical request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalHeaders"
 */
import type { HttpRequest } from './http-request.js'
import { remembered } from './remembered.js'
import type { SigningProfile } from './signing-profile.js'

/**
 * A line of the canonical headers: lower-case name, canonical value.
 * @internal
 */
export type CanonicalHeader = readonly [name: string, value: string]

/**
 * One line per signed header, in the order of `signedHeaders`: `name:value`, the values of a repeated header joined by
 * "," in the order sent. A header that is signed but was not sent has the empty value, as on AWS.
 * @internal
 */
export function canonicalHeaders(request: HttpRequest, signedHeaders: readonly string[], profile: SigningProfile): CanonicalHeader[] {
  const sent = new Map<string, string | string[]>()
  for (const [given, raw] of request.headers) {
    const name = lowerCased(given)
    const value = canonicalHeaderValue(raw)
    const values = sent.get(name)
    if (values === undefined) sent.set(name, value)
    else if (Array.isArray(values)) values.push(value)
    else sent.set(name, [values, value])
  }
  return signedHeaders.map((name) => {
    const values = sent.get(lowerCased(name)) ?? ''
    if (!Array.isArray(values)) return [name, values]
    return [name, (profile.repeatedHeaderValues === 'sorted' ? [...values].sort() : values).join(',')]
  })
}

/**
 * Leading and trailing blanks removed, inner runs of blanks (folded lines too) made one space, also inside quotes.
 * @internal
 */
export function canonicalHeaderValue(value: string): string {
  return BLANKS_TO_FOLD.test(value) ? value.replace(/[ \t\n\v\f\r]+/g, ' ').replace(/^ | $/g, '') : value
}

/** The canonical headers as text: every line ends with a line feed. */
export function canonicalHeadersText(headers: readonly CanonicalHeader[]): string {
  let text = ''
  for (const [name, value] of headers) text += `${name}:${value}\n`
  return text
}

/** The header names a signer signs: lower case, sorted, each once. */
export function signedHeaderNames(names: Iterable<string>): string[] {
  return [...new Set([...names].map((name) => name.toLowerCase()))].sort()
}

const BLANKS_TO_FOLD = /^ | $| {2}|[\t\n\v\f\r]/

const lowerCased = remembered((name) => name.toLowerCase(), 1024)
