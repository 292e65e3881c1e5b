import { EMPTY_PAYLOAD_HASH } from '../../../src/sigv4/wire-names.ts'
import { type Inject, signedOtherwise } from './injection.ts'

/** The signer never sees the body. */
export const inject: Inject = (lawful) => {
  const body = lawful.request?.body
  return body === undefined || body.length === 0 ? undefined : signedOtherwise(lawful, { 'payload-hash': EMPTY_PAYLOAD_HASH })
}
