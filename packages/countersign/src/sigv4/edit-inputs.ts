/** Edits of signing inputs: what a cause's `undo` is made of. Each returns the same object if nothing changes. */
import { type CanonicalHeader, canonicalHeadersText } from './canonical-headers.js'
import { canonicalRequestPart, parseCanonicalHeaders } from './canonical-request.js'
import type { CanonicalRequestPart, SigningInputs } from './signing-inputs.js'

/** The inputs with one part of the canonical request as somebody wrote it. */
export function withPart(inputs: SigningInputs, part: CanonicalRequestPart, text: string): SigningInputs {
  if (canonicalRequestPart(inputs, part) === text) return inputs
  return { ...inputs, verbatim: { ...inputs.verbatim, [part]: text } }
}

/** The canonical headers as lines. */
export function headerLines(inputs: SigningInputs): CanonicalHeader[] {
  return parseCanonicalHeaders(canonicalRequestPart(inputs, 'canonical-headers'))
}

/** The inputs with these header lines; the signed headers stay. */
export function withHeaderLines(inputs: SigningInputs, lines: readonly CanonicalHeader[]): SigningInputs {
  return withPart(inputs, 'canonical-headers', canonicalHeadersText(lines))
}

/** The canonical value of a signed header (lower-case name); `undefined` if it is not signed. */
export function signedHeaderValue(inputs: SigningInputs, name: string): string | undefined {
  return headerLines(inputs).find(([given]) => given.toLowerCase() === name)?.[1]
}

/** The inputs with another value of a signed header. Unchanged if the header is not signed. */
export function withSignedHeader(inputs: SigningInputs, name: string, value: string): SigningInputs {
  return withHeaderLines(
    inputs,
    headerLines(inputs).map(([given, old]) => [given, given.toLowerCase() === name ? value : old] as const),
  )
}

/** The inputs with one more signed header, in its place by name. Unchanged if it is signed already. */
export function withAddedSignedHeader(inputs: SigningInputs, name: string, value: string): SigningInputs {
  const names = canonicalRequestPart(inputs, 'signed-headers').split(';')
  if (names.includes(name)) return inputs
  const lines = [...headerLines(inputs), [name, value] as const].sort((a, b) => (a[0] < b[0] ? -1 : 1))
  return withPart(withHeaderLines(inputs, lines), 'signed-headers', [...names, name].sort().join(';'))
}

/** The inputs with a header neither signed nor listed. Unchanged if it was not. */
export function withoutSignedHeader(inputs: SigningInputs, name: string): SigningInputs {
  const names = canonicalRequestPart(inputs, 'signed-headers').split(';')
  const lines = headerLines(inputs).filter(([given]) => given.toLowerCase() !== name)
  return withPart(withHeaderLines(inputs, lines), 'signed-headers', names.filter((given) => given.toLowerCase() !== name).join(';'))
}
