/**
 * The string to sign.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a string to sign"
 */
import { hmacSha256, sha256 } from '#sha256'
import { base64Of, bytesOf, hexOf } from './byte-string.js'
import { canonicalRequest, canonicalRequestHash } from './canonical-request.js'
import { type CredentialScope, credentialScopeText, parseCredentialScope } from './credential-scope.js'
import type { SigningInputs, StringToSignEnd } from './signing-inputs.js'

/**
 * The string to sign: algorithm, request date, credential scope and the hash of the canonical request, on four lines. For inputs of a
 * broken signer it is what that signer signed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a string to sign"
 * @example
 * ```js
 * import { signingInputsOf, stringToSign } from 'countersign/sigv4'
 *
 * const authorization =
 *   'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature='
 * const headers = [['Host', 'example.amazonaws.com'], ['X-Amz-Date', '20150830T123600Z'], ['Authorization', authorization]]
 * const request = { method: 'GET', target: '/?Param2=value2&Param1=value1', headers, body: new Uint8Array(0) }
 * const lines = stringToSign(signingInputsOf(request)).split('\n')
 * lines.slice(0, 3) // => ['AWS4-HMAC-SHA256', '20150830T123600Z', '20150830/us-east-1/service/aws4_request']
 * lines[3] // => '816cd5b414d056048ba4f7c5386d6e0533120fb1fcfa93762cf0fc39e2cf19e0'
 * ```
 * @public
 */
export function stringToSign(inputs: SigningInputs, canonical: string = canonicalRequest(inputs)): string {
  const head = stringToSignHead(inputs)
  if (head !== undefined) return head + canonicalRequestHash(canonical)
  const { stringToSignEnd: end, lineBreak } = inputs
  if (end === 'canonical-request-alone') return canonical
  const hash = canonicalRequestHash(canonical)
  if (end === 'hash-alone') return hash
  const lines = headLines(inputs)
  const text = (end === 'no-hash' ? lines : [...lines, lastLine(end, hash, canonical)]).join(lineBreak)
  return end === 'hashed' ? hexOf(sha256(bytesOf(text))) : text
}

/** What stands before the hash of the canonical request, with its line breaks; `undefined` where the text does not end in that hash. */
export function stringToSignHead(inputs: SigningInputs): string | undefined {
  const { algorithm, requestDate, scope, lineBreak, stringToSignEnd } = inputs
  if (stringToSignEnd === 'hash') return algorithm + lineBreak + requestDate + lineBreak + credentialScopeText(scope) + lineBreak
  if (!ENDS_IN_THE_HASH.has(stringToSignEnd)) return undefined
  return headLines(inputs)
    .map((line) => line + lineBreak)
    .join('')
}

function headLines({ algorithm, requestDate, scope, stringToSignEnd: end }: SigningInputs): string[] {
  const lines: readonly (readonly [StringToSignEnd, string])[] = [
    ['no-algorithm', algorithm],
    ['no-date', requestDate],
    ['no-scope', credentialScopeText(scope)],
  ]
  return lines.flatMap(([left, line]) => (left === end ? [] : [line]))
}

const ENDS_IN_THE_HASH: ReadonlySet<StringToSignEnd> = new Set(['no-algorithm', 'no-date', 'no-scope'])

/**
 * What a signer that ends its string to sign so makes of a canonical request: the last line.
 * @internal
 */
export function lastLineOf(end: StringToSignEnd, canonical: string): string {
  return lastLine(end, canonicalRequestHash(canonical), canonical)
}

function lastLine(end: StringToSignEnd, hash: string, canonical: string): string {
  switch (end) {
    case 'HASH':
      return hash.toUpperCase()
    case 'base64':
      return base64Of(sha256(bytesOf(canonical)))
    case 'line-feed':
      return `${hash}\n`
    case 'hash-of-hash':
      return canonicalRequestHash(hash)
    case 'hmac-under-1':
      return hexOf(hmacSha256(bytesOf('1'), bytesOf(canonical)))
    case 'hmac-under-nothing':
      return hexOf(hmacSha256(bytesOf(''), bytesOf(canonical)))
    case 'canonical-request':
      return canonical
    default:
      return hash
  }
}

/**
 * A string to sign, read.
 * @internal
 */
export interface StringToSign {
  readonly algorithm: string
  readonly requestDate: string
  readonly scope: CredentialScope
  readonly canonicalRequestHash: string
}

/**
 * Reads a string to sign; `undefined` if it is not four lines with a scope in the third.
 * @internal
 */
export function parseStringToSign(text: string): StringToSign | undefined {
  const lines = text.split('\n')
  if (lines.length !== 4) return undefined
  const [algorithm, requestDate, scopeText, hash] = lines as [string, string, string, string]
  const scope = parseCredentialScope(scopeText, algorithm)
  return scope === undefined ? undefined : { algorithm, requestDate, scope, canonicalRequestHash: hash }
}
