import { byteString, bytesOf } from '../../../src/sigv4/byte-string.ts'
import { payloadHashOf } from '../../../src/sigv4/payload-hash.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer hashes no body, one with a line feed more, or JSON with blanks where it is sent without. */
export const inject: Inject = (lawful, choice) => {
  const body = lawful.request?.body
  if (body === undefined || body.length === 0) return undefined
  const text = byteString(body)
  const hashed = pick(['', `${text}\n`, text.replaceAll('":', '": ').replaceAll('","', '", "')], choice)!
  return hashed === text ? undefined : signedOtherwise(lawful, { 'payload-hash': payloadHashOf(bytesOf(hashed)) })
}
