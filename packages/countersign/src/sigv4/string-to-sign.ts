/**
 * The string to sign.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a string to sign"
 */
import { canonicalRequest, canonicalRequestHash } from './canonical-request.js'
import { type CredentialScope, credentialScopeText, parseCredentialScope } from './credential-scope.js'
import type { SigningInputs } from './signing-inputs.js'

/** Algorithm, request date, credential scope and the hash of the canonical request, on four lines. */
export function stringToSign(inputs: SigningInputs, canonical: string = canonicalRequest(inputs)): string {
  const { algorithm, requestDate, scope, lineBreak } = inputs
  return algorithm + lineBreak + requestDate + lineBreak + credentialScopeText(scope) + lineBreak + stringToSignEnd(inputs, canonical)
}

function stringToSignEnd(inputs: SigningInputs, canonical: string): string {
  if (inputs.stringToSignEnd === 'canonical-request') return canonical
  const hash = canonicalRequestHash(canonical)
  return inputs.stringToSignEnd === 'HASH' ? hash.toUpperCase() : hash
}

/** A string to sign, read. */
export interface StringToSign {
  readonly algorithm: string
  readonly requestDate: string
  readonly scope: CredentialScope
  readonly canonicalRequestHash: string
}

/** Reads a string to sign; `undefined` if it is not four lines with a scope in the third. */
export function parseStringToSign(text: string): StringToSign | undefined {
  const lines = text.split('\n')
  if (lines.length !== 4) return undefined
  const [algorithm, requestDate, scopeText, hash] = lines as [string, string, string, string]
  const scope = parseCredentialScope(scopeText)
  return scope === undefined ? undefined : { algorithm, requestDate, scope, canonicalRequestHash: hash }
}
