/** What has to be done with a body before it may be believed, told from the head of the request. */
import { hashing } from '#sha256'
import { hexOf } from '../sigv4/byte-string.js'
import type { PayloadReader, PayloadRefused } from '../sigv4/chunk-reader.js'
import { type HttpRequest, headerValue } from '../sigv4/http-request.js'
import { payloadMismatch } from '../sigv4/judges-of-s3.js'
import type { SigningProfile } from '../sigv4/signing-profile.js'
import { STREAMING_PAYLOADS, UNSIGNED_PAYLOAD } from '../sigv4/wire-names.js'

/**
 * whole: the service hashes the body itself, so it has to be there before the signature can be judged. hash: the header
 * says the hash, and the body is held against it. unsigned: nothing of the body is signed. stream: chunk by chunk. form: a
 * browser's upload, whose fields carry the signature.
 */
export type PayloadMode = 'whole' | 'hash' | 'unsigned' | 'stream' | 'form'

export function payloadModeOf(request: HttpRequest, by: 'header' | 'query', profile: SigningProfile): Exclude<PayloadMode, 'form'> {
  const given = headerValue(request, 'x-amz-content-sha256')
  if (given === UNSIGNED_PAYLOAD) return 'unsigned'
  if (given !== undefined && STREAMING_PAYLOADS.includes(given)) return 'stream'
  if (profile.contentSha256Header !== 'required') return 'whole'
  if (given !== undefined) return 'hash'
  return by === 'query' && profile.presignedPayloadHash === UNSIGNED_PAYLOAD ? 'unsigned' : 'hash'
}

/** Bytes in, believed bytes out. After a refusal nothing more comes out. */
export type PayloadCheck = PayloadReader

/** Whether something is a refusal. */
export function isRefused(result: readonly Uint8Array[] | PayloadRefused): result is PayloadRefused {
  return 'code' in result
}

/** A body of which nothing is signed. */
export const UNSIGNED_CHECK: PayloadCheck = { push: (bytes) => [bytes], end: () => [] }

/** A body held against the hash in x-amz-content-sha256. Its bytes go by before the last of them was seen: wait for the end. */
export function hashCheck(given: string): PayloadCheck {
  const hash = hashing()
  return {
    push: (bytes) => {
      hash.update(bytes)
      return [bytes]
    },
    end: () => {
      const computed = hexOf(hash.digest())
      return computed === given.toLowerCase() ? [] : payloadMismatch(given, computed)
    },
  }
}
