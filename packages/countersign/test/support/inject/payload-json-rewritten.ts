import { byteString, bytesOf } from '../../../src/sigv4/byte-string.ts'
import { payloadHashOf } from '../../../src/sigv4/payload-hash.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

export const orElse = ['payload-replaced']

/** The signer hashes the JSON without blanks, indented, with its keys sorted, or with letters escaped. */
export const inject: Inject = (correct, choice) => {
  const body = correct.request?.body
  const text = body === undefined ? '' : byteString(body)
  if (!text.startsWith('{')) return undefined
  const data = JSON.parse(text) as Record<string, unknown>
  const sorted = Object.fromEntries(
    Object.keys(data)
      .sort()
      .map((key) => [key, data[key]]),
  )
  const hashed = pick(
    [JSON.stringify(data), JSON.stringify(data, null, 2), JSON.stringify(sorted), text.replaceAll('\u00c3\u00bc', '\\u00fc')],
    choice,
  )!
  return hashed === text ? undefined : signedOtherwise(correct, { 'payload-hash': payloadHashOf(bytesOf(hashed)) })
}
