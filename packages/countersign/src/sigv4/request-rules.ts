/**
 * What the specification asks of one request, of each point one predicate: `verify` asks in the order of its checks, and the checks of
 * evidence ask all of them. None allocates for what is right.
 */
import { AWS4_ECDSA_P256_SHA256, HEADER } from './wire-names.js'

/** The parts of a credential: access key ID, date, region, service, terminator; no region with a key pair. */
export function credentialParts(algorithm: string | undefined): 4 | 5 {
  return algorithm === AWS4_ECDSA_P256_SHA256 ? 4 : 5
}

/** Whether a scope date is of its form, "20150830". */
export function isScopeDate(text: string): boolean {
  return SCOPE_DATE.test(text)
}

/** The day of a request date of the one form: what the scope date has to be. */
export function dayOf(requestDate: string): string {
  return requestDate.slice(0, 8)
}

/** Whether a signature of AWS4-HMAC-SHA256 is of its form: 64 lower-case hexadecimal digits. */
export function isHexDigest(text: string): boolean {
  return HEX_DIGEST.test(text)
}

/** Whether the host is among the signed headers, which are in lower case. */
export function signsHost(names: readonly string[]): boolean {
  return names.includes(HEADER.host) || names.includes(':authority')
}

/**
 * Whether S3 refuses a request with this header (lower case) unless it is signed. x-amz-content-sha256 need not be: its value stands
 * in the canonical request as the payload hash, so that a wrong one makes a wrong signature.
 */
export function mustBeSigned(name: string): boolean {
  return (name === HEADER.host || name.startsWith('x-amz-')) && name !== HEADER.contentSha256
}

const SCOPE_DATE = /^\d{8}$/
const HEX_DIGEST = /^[0-9a-f]{64}$/
