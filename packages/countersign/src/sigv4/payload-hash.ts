/**
 * The payload hash: the last line of the canonical request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "HashedPayload"
 */
import { sha256HexOf } from '#sha256'
import { byteString } from './byte-string.js'
import type { HttpRequest } from './http-request.js'
import { headerValue } from './received-request.js'
import type { SigningProfile } from './signing-profile.js'
import { EMPTY_PAYLOAD_HASH, HEADER, STREAMING_PAYLOADS, STREAMING_UNSIGNED_PAYLOAD_TRAILER, UNSIGNED_PAYLOAD } from './wire-names.js'

/**
 * SHA-256 of a body, in lower-case hex.
 * @internal
 */
export function payloadHashOf(body: Uint8Array): string {
  return body.length === 0 ? EMPTY_PAYLOAD_HASH : sha256HexOf(body)
}

/**
 * The payload hash a verifier puts into the canonical request.
 *
 * S3 takes the x-amz-content-sha256 header's word (and compares it with the body after the signature); other services
 * hash the body they received, and whether they let a request say that its body is not signed is a matter of their profile. A
 * presigned S3 request that names none has UNSIGNED-PAYLOAD.
 *
 * @returns `undefined` where it depends on a body that is not known.
 * @internal
 */
export function payloadHash(request: HttpRequest, authentication: 'header' | 'query', profile: SigningProfile): string | undefined {
  const given = headerValue(request, HEADER.contentSha256)
  const ignored = isIgnoredLiteral(given, profile)
  if (given !== undefined && !ignored && (isPayloadLiteral(given) || profile.contentSha256Header === 'required')) return given
  if (formBodyOf(request, profile) !== undefined) return EMPTY_PAYLOAD_HASH
  if (authentication === 'query' && profile.presignedPayloadHash === UNSIGNED_PAYLOAD) return UNSIGNED_PAYLOAD
  if (request.body !== undefined) return payloadHashOf(request.body)
  return ignored ? undefined : given
}

/** The body where it takes part as query string instead of as payload; `undefined` where it is a payload. */
export function formBodyOf(request: HttpRequest, profile: SigningProfile): string | undefined {
  if (profile.formBody !== 'query' || request.method !== 'POST' || request.body === undefined) return undefined
  const type = headerValue(request, HEADER.contentType) ?? ''
  return /^application\/x-www-form-urlencoded(?:\s*;|$)/i.test(type) ? byteString(request.body) : undefined
}

/** Whether a value of x-amz-content-sha256 is one of the words that replace a hash. */
export function isPayloadLiteral(value: string): boolean {
  return value === UNSIGNED_PAYLOAD || STREAMING_PAYLOADS.includes(value)
}

/** Whether a value of x-amz-content-sha256 says that the body is not signed, to a service that does not let it. */
export function isIgnoredLiteral(value: string | undefined, { unsignedPayload }: SigningProfile): boolean {
  return unsignedPayload !== 'accepted' && (value === UNSIGNED_PAYLOAD || value === STREAMING_UNSIGNED_PAYLOAD_TRAILER)
}

/** Whether a value of x-amz-content-sha256 is valid: a lower-case hex SHA-256 or one of the words. */
export function isValidContentSha256(value: string): boolean {
  return isPayloadLiteral(value) || /^[0-9a-fA-F]{64}$/.test(value)
}
