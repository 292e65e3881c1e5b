/**
 * The canonical headers and the signed headers: the middle of the canonical request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalHeaders"
 */
import type { HttpRequest } from './http-request.js'
import type { SigningProfile } from './signing-profile.js'

/** A line of the canonical headers: lower-case name, canonical value. */
export type CanonicalHeader = readonly [name: string, value: string]

/**
 * One line per signed header, in the order of `signedHeaders`: `name:value`, the values of a repeated header joined by
 * "," in the order sent. A header that is signed but was not sent has the empty value, as on AWS.
 */
export function canonicalHeaders(request: HttpRequest, signedHeaders: readonly string[], profile: SigningProfile): CanonicalHeader[] {
  const sent = new Map<string, string[]>()
  for (const [given, value] of request.headers) {
    const name = given.toLowerCase()
    const values = sent.get(name)
    if (values === undefined) sent.set(name, [canonicalHeaderValue(value)])
    else values.push(canonicalHeaderValue(value))
  }
  return signedHeaders.map((name) => {
    const values = sent.get(name.toLowerCase()) ?? []
    if (values.length < 2) return [name, values[0] ?? '']
    return [name, (profile.repeatedHeaderValues === 'sorted' ? [...values].sort() : values).join(',')]
  })
}

/** Leading and trailing blanks removed, inner runs of blanks (folded lines too) made one space, also inside quotes. */
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
