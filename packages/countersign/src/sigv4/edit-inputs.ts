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
export function headerLines(inputs: SigningInputs): readonly CanonicalHeader[] {
  return linesOf(inputs)
}

/** The inputs with these header lines; the signed headers stay. */
export function withHeaderLines(inputs: SigningInputs, lines: readonly CanonicalHeader[]): SigningInputs {
  return withPart(inputs, 'canonical-headers', canonicalHeadersText(lines))
}

/** The canonical value of a signed header (lower-case name); `undefined` if it is not signed. */
export function signedHeaderValue(inputs: SigningInputs, name: string): string | undefined {
  const lines = linesOf(inputs)
  return lines.length < MANY ? lines.find(([given]) => given.toLowerCase() === name)?.[1] : valuesOf(lines).get(name)
}

/** The inputs with another value of a signed header. Unchanged if the header is not signed. */
export function withSignedHeader(inputs: SigningInputs, name: string, value: string): SigningInputs {
  return withSignedHeaders(inputs, [[name, value]])
}

/**
 * The inputs with other values of signed headers (lower-case names), however many, in one pass.
 *
 * @param wanted Whether a header is changed, by its name and the value it has; absent: each that is signed.
 */
export function withSignedHeaders(
  inputs: SigningInputs,
  values: readonly (readonly [name: string, value: string])[],
  wanted: (name: string, now: string) => boolean = () => true,
): SigningInputs {
  const lines = linesOf(inputs)
  const signed = valuesOf(lines)
  const changed = new Map<string, string>()
  for (const [name, value] of values) {
    const now = changed.get(name) ?? signed.get(name)
    if (now !== undefined && wanted(name, now)) changed.set(name, value)
  }
  if (changed.size === 0) return inputs
  return withHeaderLines(
    inputs,
    lines.map(([given, old]) => [given, changed.get(given.toLowerCase()) ?? old] as const),
  )
}

/** The inputs with one more signed header, in its place by name. Unchanged if it is signed already. */
export function withAddedSignedHeader(inputs: SigningInputs, name: string, value: string): SigningInputs {
  const names = canonicalRequestPart(inputs, 'signed-headers').split(';')
  if (names.includes(name)) return inputs
  const lines = [...headerLines(inputs), [name, value] as const].sort((a, b) => (a[0] < b[0] ? -1 : 1))
  return withPart(withHeaderLines(inputs, lines), 'signed-headers', [...names, name].sort().join(';'))
}

/** The inputs with headers (lower-case names) neither signed nor listed. Unchanged if they were not. */
export function withoutSignedHeaders(inputs: SigningInputs, without: readonly string[]): SigningInputs {
  const gone = new Set(without)
  const isKept = (given: string): boolean => !gone.has(given.toLowerCase())
  const names = canonicalRequestPart(inputs, 'signed-headers').split(';')
  const lines = headerLines(inputs).filter(([given]) => isKept(given))
  return withPart(withHeaderLines(inputs, lines), 'signed-headers', names.filter(isKept).join(';'))
}

/** The lines of many headers are read once for all the edits that are made of the same inputs in a row. */
function linesOf(inputs: SigningInputs): readonly CanonicalHeader[] {
  const known = lastRead.get(inputs)
  if (known !== undefined) return known
  const lines = parseCanonicalHeaders(canonicalRequestPart(inputs, 'canonical-headers'))
  if (lines.length >= MANY) lastRead = new WeakMap([[inputs, lines]])
  return lines
}

/** The first value of each name in lower case. */
function valuesOf(lines: readonly CanonicalHeader[]): ReadonlyMap<string, string> {
  const known = VALUES.get(lines)
  if (known !== undefined) return known
  const values = new Map<string, string>()
  for (const [given, value] of lines) {
    const name = given.toLowerCase()
    if (!values.has(name)) values.set(name, value)
  }
  if (lines.length >= MANY) VALUES.set(lines, values)
  return values
}

const MANY = 64
let lastRead = new WeakMap<SigningInputs, readonly CanonicalHeader[]>()
const VALUES = new WeakMap<readonly CanonicalHeader[], ReadonlyMap<string, string>>()
