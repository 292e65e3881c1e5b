import { EMPTY_PAYLOAD_HASH } from '../../../src/sigv4/wire-names.ts'
import { type Inject, signedOtherwise } from './injection.ts'

/** The signer never sees the body. */
export const inject: Inject = (correct) => {
  const body = correct.request?.body
  return body === undefined || body.length === 0 ? undefined : signedOtherwise(correct, { 'payload-hash': EMPTY_PAYLOAD_HASH })
}
