/**
 * What the causes about the derivation of the signing key have in common: the edit, and words and repairs.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */
import { AWS4_ECDSA_P256_SHA256, type CredentialScope, type KeyDerivation, SecretAccessKey, type SigningInputs } from '../../sigv4/index.js'
import type { Fix, Label, WrongFix } from './explanation.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './wrong-fixes.js'

/** The inputs with another derivation; the same object where no secret is known or nothing changes. */
export function withDerivation(inputs: SigningInputs, change: Partial<KeyDerivation>): SigningInputs {
  // A key pair of Signature Version 4A is derived in another way, of which no mistake is known.
  if (!(inputs.key instanceof SecretAccessKey) || inputs.algorithm === AWS4_ECDSA_P256_SHA256) return inputs
  const derivation = { ...inputs.derivation, ...change }
  return chainText(derivation, inputs.scope) === chainText(inputs.derivation, inputs.scope) ? inputs : { ...inputs, derivation }
}

/** The chain as nested calls, "HMAC(HMAC(...), "us-east-1")": what can be shown without a key. */
export function chainText(derivation: KeyDerivation, scope: CredentialScope): string {
  let text = `"${derivation.prefix}" + secret`
  for (const part of derivation.chain) {
    const message = `"${derivation.scope[part] ?? scope[part]}"`
    const call = derivation.swapped === 'all' ? `HMAC(${message}, ${text})` : `HMAC(${text}, ${message})`
    text = derivation.passedOn === 'bytes' ? call : `${derivation.passedOn}(${call})`
  }
  return derivation.swapped === 'none' ? text : `HMAC(stringToSign, ${text})`
}

/** Both chains side by side. */
export function chainLabels(verifier: SigningInputs | undefined, signer: SigningInputs | undefined, note: string): Label[] {
  if (verifier === undefined || signer === undefined) return []
  const [calculated, signed] = [chainText(verifier.derivation, verifier.scope), chainText(signer.derivation, signer.scope)]
  return calculated === signed ? [] : [{ part: 'signing-key', calculated, signed, note }]
}

/** Take it from a library. */
export const USE_A_LIBRARY: Fix = {
  title: 'let a library derive the key and sign: botocore.auth, @smithy/signature-v4, aws4fetch, aws-sigv4 (Ruby, Rust), curl --aws-sigv4',
  applicability: 'maybe',
}

/** What tempts here and mends nothing. */
export const KEY_WRONG_FIXES: readonly WrongFix[] = [
  { ...ROTATE_KEYS, why: 'the secret is right; the way the key is made of it is not, and a new secret would fail in the same way' },
  {
    title: 'change the canonical request until it passes',
    why: 'with a wrong key no text passes; compare the canonical request with the one the service quotes, and leave it alone where the two are the same',
  },
  CHANGE_IAM_POLICIES,
]

/** AWS publishes the four keys of one example. */
export const KEY_CHECK =
  'derive the key for the example that AWS publishes (secret wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY, 20150830, us-east-1, iam): kSigning begins with c4afb1cc; if your code gives that too, this is not the cause'
