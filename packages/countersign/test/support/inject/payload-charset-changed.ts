import { byteString, bytesOf } from '../../../src/sigv4/byte-string.ts'
import { payloadHashOf } from '../../../src/sigv4/payload-hash.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

export const orElse = ['payload-replaced']

/** The signer hashes the text with a byte order mark, as UTF-16, as Latin-1 or as ASCII. */
export const inject: Inject = (correct, choice) => {
  const body = correct.request?.body
  if (body === undefined || body.length === 0) return undefined
  const text = byteString(body)
  const plain = Buffer.from(body).toString('utf8')
  const forms = [`\u00ef\u00bb\u00bf${text}`, Buffer.from(plain, 'utf16le').toString('latin1'), plain, plain.replace(/[^\0-\x7f]/g, '?')]
  const hashed = pick(forms, choice)!
  return hashed === text ? undefined : signedOtherwise(correct, { 'payload-hash': payloadHashOf(bytesOf(hashed)) })
}
