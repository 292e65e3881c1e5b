import { byteString, bytesOf } from '../../../src/sigv4/byte-string.ts'
import { payloadHashOf } from '../../../src/sigv4/payload-hash.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer hashes a form with other escapes: a blank as "+" or as %20, upper case, or its fields in order. */
export const inject: Inject = (correct, choice) => {
  const body = correct.request?.body
  if (body === undefined || body.length === 0) return undefined
  const text = byteString(body)
  if (!/^[\w%+.=&-]+$/.test(text)) return undefined
  const forms = [
    text.split('%20').join('+'),
    text.split('+').join('%20'),
    text.replace(/%../g, (found) => found.toUpperCase()),
    text.split('&').sort().join('&'),
  ]
  const hashed = pick(forms, choice)!
  return hashed === text ? undefined : signedOtherwise(correct, { 'payload-hash': payloadHashOf(bytesOf(hashed)) })
}
