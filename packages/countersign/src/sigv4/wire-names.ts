/** The strings that stand on the wire, each once. */

export const AWS4_HMAC_SHA256 = 'AWS4-HMAC-SHA256'
export const AWS4_ECDSA_P256_SHA256 = 'AWS4-ECDSA-P256-SHA256'
export const AWS4_REQUEST = 'aws4_request'
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD'
/** Chunks without signatures, and a checksum behind them. */
export const STREAMING_UNSIGNED_PAYLOAD_TRAILER = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
/** SHA-256 of no bytes at all, in hex. */
export const EMPTY_PAYLOAD_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** The query parameters of a presigned request, spelled as AWS spells them. */
export const QUERY = {
  algorithm: 'X-Amz-Algorithm',
  credential: 'X-Amz-Credential',
  date: 'X-Amz-Date',
  expires: 'X-Amz-Expires',
  signedHeaders: 'X-Amz-SignedHeaders',
  signature: 'X-Amz-Signature',
  securityToken: 'X-Amz-Security-Token',
  s3SessionToken: 'X-Amz-S3session-Token',
  regionSet: 'X-Amz-Region-Set',
} as const

/** The headers that signing reads or writes, in lower case. */
export const HEADER = {
  authorization: 'authorization',
  host: 'host',
  date: 'date',
  amzDate: 'x-amz-date',
  securityToken: 'x-amz-security-token',
  s3SessionToken: 'x-amz-s3session-token',
  regionSet: 'x-amz-region-set',
  contentSha256: 'x-amz-content-sha256',
  decodedContentLength: 'x-amz-decoded-content-length',
  trailer: 'x-amz-trailer',
  contentType: 'content-type',
} as const

/** Literal values of x-amz-content-sha256 that stand for a payload that is not hashed as a whole. */
export const STREAMING_PAYLOADS: readonly string[] = [
  STREAMING_UNSIGNED_PAYLOAD_TRAILER,
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD',
  'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER',
  'STREAMING-AWS4-HMAC-SHA256-EVENTS',
]
