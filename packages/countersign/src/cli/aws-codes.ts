/**
 * AWS's codes for refused authentication: what each means, and the checks that answer with it.
 * @see ../../../../docs/manual/error-order.md
 */
import type { RefusedAt } from '../causes/index.js'

export interface AwsCode {
  readonly code: string
  readonly meaning: string
  readonly checks: readonly RefusedAt[]
}

const MISMATCH = 'The signature that was sent is not the one AWS calculates from the request it received.'
const STANDARD_MISMATCH = `${MISMATCH} Services other than S3 use the same code for a clock, a scope or a host header that is wrong; their message tells which.`
const KEY = 'The access key ID is not known to AWS. The signature has not been looked at.'
const PARTS = 'A part of the Authorization header or of the X-Amz-* parameters is absent or malformed.'
const TOKEN = 'The session token has expired or does not belong to the key. The signature has not been looked at.'
const CLOCK = "The request date is too far from the verifier's clock."

export const AWS_CODES: readonly AwsCode[] = [
  { code: 'SignatureDoesNotMatch', meaning: STANDARD_MISMATCH, checks: ['signature', 'clock', 'scope', 'host-signed'] },
  { code: 'InvalidSignatureException', meaning: STANDARD_MISMATCH, checks: ['signature', 'clock', 'scope', 'host-signed'] },
  { code: 'InvalidSignature', meaning: STANDARD_MISMATCH, checks: ['signature', 'clock', 'scope', 'host-signed'] },
  {
    code: 'AuthFailure',
    meaning: "EC2's code for a signature, a key or a clock that is wrong.",
    checks: ['signature', 'access-key', 'token', 'clock', 'scope'],
  },
  {
    code: 'RequestTimeTooSkewed',
    meaning: `${CLOCK} S3 judges it before the signature, so the secret says nothing here.`,
    checks: ['clock'],
  },
  { code: 'RequestExpired', meaning: CLOCK, checks: ['clock'] },
  {
    code: 'AccessDenied',
    meaning:
      'In authentication: a presigned URL that has expired or is not yet valid, headers that were not signed, a request without a date, or a POST policy that is not met. Else: permissions.',
    checks: ['clock', 'headers-signed', 'date', 'mechanism', 'not-by-the-verifier'],
  },
  {
    code: 'AuthorizationHeaderMalformed',
    meaning: 'The Authorization header is malformed, or its region, service, date or terminator is not the one of this endpoint.',
    checks: ['authorization-parts', 'credential', 'scope'],
  },
  {
    code: 'AuthorizationQueryParametersError',
    meaning: 'The X-Amz-* parameters are malformed, or their region, service, date or terminator is not the one of this endpoint.',
    checks: ['authorization-parts', 'credential', 'scope', 'date'],
  },
  { code: 'IncompleteSignature', meaning: PARTS, checks: ['authorization-parts', 'date', 'credential', 'mechanism'] },
  { code: 'IncompleteSignatureException', meaning: PARTS, checks: ['authorization-parts', 'date', 'credential', 'mechanism'] },
  {
    code: 'MissingAuthenticationToken',
    meaning: 'The request carries no signature at all; API Gateway also says so where no route matches.',
    checks: ['mechanism', 'not-by-the-verifier'],
  },
  {
    code: 'MissingAuthenticationTokenException',
    meaning: 'The request carries no signature at all; API Gateway also says so where no route matches.',
    checks: ['mechanism', 'not-by-the-verifier'],
  },
  {
    code: 'InvalidClientTokenId',
    meaning: 'The access key ID is not known, or the session token does not belong to it. The signature has not been looked at.',
    checks: ['access-key', 'token'],
  },
  {
    code: 'UnrecognizedClientException',
    meaning: 'The access key ID is not known in this partition, or the session token does not belong to it.',
    checks: ['access-key', 'token'],
  },
  { code: 'InvalidAccessKeyId', meaning: KEY, checks: ['access-key', 'token'] },
  { code: 'InvalidToken', meaning: TOKEN, checks: ['token'] },
  { code: 'ExpiredToken', meaning: TOKEN, checks: ['token'] },
  { code: 'ExpiredTokenException', meaning: TOKEN, checks: ['token'] },
  { code: 'TokenRefreshRequired', meaning: TOKEN, checks: ['token'] },
  {
    code: 'XAmzContentSHA256Mismatch',
    meaning: 'The signature was right; the body that arrived has another hash than the x-amz-content-sha256 header says.',
    checks: ['payload'],
  },
  { code: 'MissingContentSHA256', meaning: 'S3 wants the x-amz-content-sha256 header, and it is absent.', checks: ['content-sha256'] },
  {
    code: 'InvalidRequest',
    meaning: 'In authentication: the algorithm is not supported (Signature Version 2, or no lawful x-amz-content-sha256).',
    checks: ['mechanism', 'content-sha256', 'authorization-parts'],
  },
  {
    code: 'InvalidArgument',
    meaning: 'In authentication: two signatures in one request, or an Authorization header of a kind that is not supported.',
    checks: ['mechanism', 'authorization-parts', 'content-sha256'],
  },
  { code: 'SignatureExpired', meaning: CLOCK, checks: ['clock'] },
  {
    code: 'PermanentRedirect',
    meaning: 'The bucket is in another region; the request was not judged here.',
    checks: ['not-by-the-verifier', 'scope'],
  },
  {
    code: 'TemporaryRedirect',
    meaning: 'The bucket is answered from another endpoint for now; the request was not judged here.',
    checks: ['not-by-the-verifier'],
  },
  {
    code: 'IllegalLocationConstraintException',
    meaning: 'The region signed for is not the one of the endpoint.',
    checks: ['scope', 'not-by-the-verifier'],
  },
]
