/** The last line of the canonical request, where nothing about it is in doubt. */
import {
  EMPTY_PAYLOAD_HASH,
  type HttpRequest,
  isIgnoredLiteral,
  isPayloadLiteral,
  payloadHashOf,
  type SigningProfile,
  UNSIGNED_PAYLOAD,
} from '../sigv4/index.js'

/**
 * The payload line, where the body, if known, is plainly the one that was signed.
 *
 * @param given The value of x-amz-content-sha256, if it was sent.
 */
export function payloadLine(
  { body }: HttpRequest,
  given: string | undefined,
  presigned: boolean,
  profile: SigningProfile,
): string | undefined {
  const s3 = profile.dialect === 's3'
  const required = profile.contentSha256Header === 'required'
  if (given === undefined) {
    if (presigned && profile.presignedPayloadHash === UNSIGNED_PAYLOAD) return UNSIGNED_PAYLOAD
    return body === undefined || (s3 && required && !presigned) ? undefined : payloadHashOf(body)
  }
  if (given !== EMPTY_PAYLOAD_HASH && !HEX64.test(given))
    return isPayloadLiteral(given) && !isIgnoredLiteral(given, profile) ? given : undefined
  if (body === undefined) return given
  const computed = payloadHashOf(body)
  if (required) return s3 && computed !== given ? undefined : given
  return computed
}

const HEX64 = /^[0-9a-f]{64}$/
