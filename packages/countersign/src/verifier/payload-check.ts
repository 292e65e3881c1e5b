/** What has to be done with a body before it may be believed, told from the head of the request. */
import { hashing } from '#sha256'
import {
  EMPTY_PAYLOAD_HASH,
  type EventReader,
  earlyRefused,
  expiredRefused,
  HEADER,
  type HttpRequest,
  headerValue,
  hexOf,
  isIgnoredLiteral,
  type PayloadDigests,
  type PayloadReader,
  type PayloadRefused,
  payloadMismatch,
  type SigningProfile,
  STREAMING_PAYLOADS,
  UNSIGNED_PAYLOAD,
  type VerifiedEvent,
} from '../sigv4/index.js'

/**
 * whole: the service hashes the body itself, so it has to be there before the signature can be judged. hash: the header
 * says the hash, and the body is held against it. unsigned: nothing of the body is signed. stream: chunk by chunk. form: a
 * browser's upload, whose fields carry the signature.
 * @internal
 */
export type PayloadMode = 'whole' | 'hash' | 'unsigned' | 'stream' | 'form'

export function payloadModeOf(request: HttpRequest, by: 'header' | 'query', profile: SigningProfile): Exclude<PayloadMode, 'form'> {
  const given = headerValue(request, HEADER.contentSha256)
  if (isIgnoredLiteral(given, profile)) return 'whole'
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
  // Most requests have no body, and to begin a hash costs more than to verify a signature.
  let hash: ReturnType<typeof hashing> | undefined
  return {
    push: (bytes) => {
      hash ??= hashing()
      hash.update(bytes)
      return [bytes]
    },
    end: () => {
      const computed = hash === undefined ? EMPTY_PAYLOAD_HASH : hexOf(hash.digest())
      return computed === given.toLowerCase() ? [] : payloadMismatch(given, computed)
    },
  }
}

/** A body that is held against what other headers say of it, too, once the check has let it through. */
export function withDigests(check: PayloadCheck, digests: PayloadDigests): PayloadCheck {
  const counted = (result: readonly Uint8Array[] | PayloadRefused): readonly Uint8Array[] | PayloadRefused => {
    if (!isRefused(result)) for (const piece of result) digests.update(piece)
    return result
  }
  return {
    push: (bytes) => counted(check.push(bytes)),
    end: () => {
      const rest = counted(check.end())
      return isRefused(rest) ? rest : (digests.refusal() ?? rest)
    },
  }
}

/** Events whose dates have to be of now, as that of a request has. What comes out are the events one after the other, each a message. */
export function eventCheck(reader: EventReader, clock: () => number, maxClockSkewSeconds: number): PayloadCheck {
  const timely = (result: readonly VerifiedEvent[] | PayloadRefused): readonly Uint8Array[] | PayloadRefused => {
    if ('code' in result) return result
    const now = clock()
    for (const { date } of result) {
      const refused = expiredRefused(date, now, maxClockSkewSeconds) ?? earlyRefused(date, now, maxClockSkewSeconds)
      if (refused !== undefined) return refused
    }
    return result.map(({ event }) => event)
  }
  return { push: (bytes) => timely(reader.push(bytes)), end: () => timely(reader.end()) }
}
