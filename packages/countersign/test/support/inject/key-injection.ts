/** Mistakes with the key, the string to sign or the signature: the request arrives as it was sent. */

import type { SigningInputs } from '../../../src/sigv4/signing-inputs.ts'
import { type KeyDerivation, SecretAccessKey, STANDARD_DERIVATION } from '../../../src/sigv4/signing-key.ts'
import type { Broken } from './injection.ts'

/** The signer has other inputs, the verifier the correct ones. */
export function signedWith(correct: SigningInputs, change: Partial<SigningInputs>): Broken {
  return { signer: { ...correct, ...change }, verifier: correct }
}

/** The signer has another secret. */
export function withSecret(correct: SigningInputs, edit: (secret: string) => string): Broken | undefined {
  return correct.key instanceof SecretAccessKey
    ? signedWith(correct, { key: new SecretAccessKey(edit(correct.key.dangerValue())) })
    : undefined
}

/** The signer derives the key otherwise. */
export function withDerivation(correct: SigningInputs, change: Partial<KeyDerivation>): Broken {
  return signedWith(correct, { derivation: { ...STANDARD_DERIVATION, ...change } })
}
