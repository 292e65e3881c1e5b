import { EMPTY_PAYLOAD_HASH, UNSIGNED_PAYLOAD } from '../../../src/sigv4/wire-names.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer has UNSIGNED-PAYLOAD where the verifier hashes, or the hash of no body where it does not. */
export const inject: Inject = (correct, choice) => {
  const form = pick(['unsigned', 'empty'] as const, choice)
  if (form === 'unsigned')
    return correct.payloadHash === UNSIGNED_PAYLOAD ? undefined : signedOtherwise(correct, { 'payload-hash': UNSIGNED_PAYLOAD })
  return correct.payloadHash === UNSIGNED_PAYLOAD ? signedOtherwise(correct, { 'payload-hash': EMPTY_PAYLOAD_HASH }) : undefined
}
