import { STREAMING_PAYLOADS } from '../../../src/sigv4/wire-names.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer signs a word for a body in chunks; the verifier hashes what arrives. */
export const inject: Inject = (correct, choice) => signedOtherwise(correct, { 'payload-hash': pick(STREAMING_PAYLOADS, choice)! })
