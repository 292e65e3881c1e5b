/**
 * Spellings of one path, for the causes that are about them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalUri"
 */
import type { CaseFile } from '../../case/index.js'
import { canonicalRequestPart, normalizedPath, type SigningInputs, splitTarget, uriDecode, uriEncode } from '../../sigv4/index.js'

/** The verifier's canonical URI. */
export function canonicalUriOf(inputs: SigningInputs): string {
  return canonicalRequestPart(inputs, 'canonical-uri')
}

/** The path on the wire; where only a canonical request is known, or a request for another path, as near as that tells. */
export function wirePath(inputs: SigningInputs): string {
  const canonical = canonicalUriOf(inputs)
  const sent = inputs.request === undefined ? undefined : splitTarget(inputs.request.target).path
  // A request seen elsewhere that names another path is not the one the verifier calculated with.
  if (sent !== undefined && spellSamePath(sent, canonical)) return sent
  return inputs.profile.pathEncoding === 'twice' ? uriDecode(canonical) : canonical
}

/** Text with the escapes of these characters, and of no others, decoded. */
export function decodedOnly(text: string, characters: string): string {
  return text.replace(/%[0-9A-Fa-f]{2}/g, (found) => {
    const character = uriDecode(found)
    return characters.includes(character) ? character : found
  })
}

/** Escapes in lower case: %2F becomes %2f. */
export function lowerCaseEscapes(text: string): string {
  return text.replace(/%[0-9A-Fa-f]{2}/g, (found) => found.toLowerCase())
}

/** The path with all its escapes, repeated slashes and dot segments undone: what stays is what it names. */
export function bareText(text: string): string {
  let bare = text
  for (let round = 0; round < 3 && bare.includes('%'); round++) bare = uriDecode(bare)
  return normalizedPath(bare.replaceAll('+', ' '))
}

/** Whether two paths name the same thing and differ in spelling only. */
export function spellSamePath(a: string, b: string): boolean {
  return bareText(a) === bareText(b)
}

/** Every path of a request seen anywhere in the evidence, of log lines those that spell this path, and the signer's logged URI, as canonical URIs of `inputs`. */
export function pathsSeen(file: CaseFile, inputs: SigningInputs): string[] {
  const raw = file.observations.flatMap((seen) => (seen.kind === 'request' ? [splitTarget(seen.request.target).path] : []))
  const lines = file.observations.flatMap((seen) => (seen.kind === 'request-line' ? [splitTarget(seen.line.target).path] : []))
  const named = lines.filter((path) => spellSamePath(path, canonicalUriOf(inputs)))
  const logged = file.signer.parts?.['canonical-uri']
  return [...new Set([...(logged === undefined ? [] : [logged]), ...[...raw, ...named].map((path) => encodedAs(path, inputs))])]
}

/** The paths that headers of forwarding hops name as the one the client asked for, and a prefix that one took off. */
export function forwardedPaths(inputs: SigningInputs): { readonly paths: readonly string[]; readonly prefix: string | undefined } {
  const values = (names: readonly string[]): string[] =>
    (inputs.request?.headers ?? []).flatMap(([name, value]) => (names.includes(name.toLowerCase()) ? [value.trim()] : []))
  const paths = values(FORWARDED_PATH).map((value) => splitTarget(value.replace(/^https?:\/\/[^/?#]*/i, '')).path)
  const [prefix] = values(['x-forwarded-prefix', 'x-script-name']).filter((value) => /^\/[\w./-]{1,100}$/.test(value))
  return { paths: paths.filter((path) => path.startsWith('/')).map((path) => encodedAs(path, inputs)), prefix: prefix?.replace(/\/$/, '') }
}

/** A path in the canonical form of these inputs' profile, without normalization. */
export function encodedAs(path: string, inputs: SigningInputs): string {
  if (inputs.profile.pathEncoding === 'twice') return uriEncode(path, '/')
  return path
    .split('/')
    .map((segment) => uriEncode(uriDecode(segment)))
    .join('/')
}

/** The URI with the decoded text of each segment changed; of a URI that is encoded twice, the inner text. */
export function reencodedPath(canonical: string, change: (text: string) => string): string {
  if (/%25[0-9A-F]{2}/.test(canonical)) return uriEncode(reencodedPath(uriDecode(canonical), change), '/')
  return canonical
    .split('/')
    .map((segment) => uriEncode(change(uriDecode(segment))))
    .join('/')
}

/** Bytes as UTF-8 text; `undefined` where they are not UTF-8. */
export function utf8Text(bytes: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)))
  } catch {
    return undefined
  }
}

const FORWARDED_PATH = ['x-original-uri', 'x-original-url', 'x-rewrite-url', 'x-forwarded-uri', 'x-envoy-original-path', 'x-replaced-path']
