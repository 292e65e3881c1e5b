/** Mistakes with the key, the string to sign or the signature: the request arrives as it was sent. */

import type { SigningInputs } from '../../../src/sigv4/signing-inputs.ts'
import { type KeyDerivation, SecretAccessKey, STANDARD_DERIVATION } from '../../../src/sigv4/signing-key.ts'
import type { Broken } from './injection.ts'

/** The signer has other inputs, the verifier the lawful ones. */
export function signedWith(lawful: SigningInputs, change: Partial<SigningInputs>): Broken {
  return { signer: { ...lawful, ...change }, verifier: lawful }
}

/** The signer has another secret. */
export function withSecret(lawful: SigningInputs, edit: (secret: string) => string): Broken | undefined {
  return lawful.key instanceof SecretAccessKey
    ? signedWith(lawful, { key: new SecretAccessKey(edit(lawful.key.dangerValue())) })
    : undefined
}

/** The signer derives the key otherwise. */
export function withDerivation(lawful: SigningInputs, change: Partial<KeyDerivation>): Broken {
  return signedWith(lawful, { derivation: { ...STANDARD_DERIVATION, ...change } })
}
