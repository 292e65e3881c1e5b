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
  return signedHeaders.map((name) => {
    const wanted = name.toLowerCase()
    const values: string[] = []
    for (const [given, value] of request.headers) {
      if (given.length === wanted.length && given.toLowerCase() === wanted) values.push(canonicalHeaderValue(value))
    }
    if (profile.repeatedHeaderValues === 'sorted') values.sort()
    return [name, values.length === 1 ? values[0]! : values.join(',')]
  })
}

/** Leading and trailing blanks removed, inner runs of blanks (folded lines too) made one space, also inside quotes. */
export function canonicalHeaderValue(value: string): string {
  return /^(?:[^\s]+(?: [^\s]+)*)?$/.test(value) ? value : value.replace(/[ \t\n\v\f\r]+/g, ' ').replace(/^ | $/g, '')
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
