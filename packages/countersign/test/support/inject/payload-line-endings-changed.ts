import { byteString, bytesOf } from '../../../src/sigv4/byte-string.ts'
import { payloadHashOf } from '../../../src/sigv4/payload-hash.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

export const orElse = ['payload-replaced']

/** The signer hashes a line feed more at the end, CR LF for every LF, no line ends, or CR LF at the end. */
export const inject: Inject = (correct, choice) => {
  const body = correct.request?.body
  if (body === undefined || body.length === 0) return undefined
  const text = byteString(body)
  const hashed = pick([`${text}\n`, text.split('\n').join('\r\n'), text.split('\n').join(''), `${text}\r\n`], choice)!
  return hashed === text ? undefined : signedOtherwise(correct, { 'payload-hash': payloadHashOf(bytesOf(hashed)) })
}
