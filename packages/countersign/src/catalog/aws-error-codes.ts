/**
 * AWS's error codes that speak of a request and its signature: the one list of them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
import type { CheckGroup } from './check-group.js'

export interface AwsErrorCodeRow {
  /** The code speaks of who asks and of how the request was signed. */
  readonly authentication?: true
  /** Only S3, and what answers as S3 does, has it. */
  readonly s3Only?: true
  /** The code of the JSON protocols for the same refusal. */
  readonly json?: string
  /** The HTTP statuses it comes with. */
  readonly statuses?: readonly number[]
  /** One sentence for people. */
  readonly meaning?: string
  /** The checks that answer with it; "not-by-the-verifier": no check of a signature does. */
  readonly checks?: readonly (CheckGroup | 'not-by-the-verifier')[]
}

const MISMATCH = 'The signature that was sent is not the one AWS calculates from the request it received.'
const STANDARD_MISMATCH = `${MISMATCH} Services other than S3 use the same code for a clock, a scope or a host header that is wrong; their message tells which.`
const KEY = 'The access key ID is not known to AWS. The signature has not been looked at.'
const PARTS = 'A part of the Authorization header or of the X-Amz-* parameters is absent or malformed.'
const TOKEN = 'The session token has expired or does not belong to the key. The signature has not been looked at.'
const CLOCK = "The request date is too far from the verifier's clock."

const ROWS = {
  AccessDenied: {
    authentication: true,
    s3Only: true,
    statuses: [403],
    meaning:
      'In authentication: a presigned URL that has expired or is not yet valid, headers that were not signed; a request without a date; a POST policy that is not met. Else: permissions.',
    checks: ['clock', 'headers-signed', 'date', 'mechanism', 'not-by-the-verifier'],
  },
  AccessDeniedException: { authentication: true },
  AuthFailure: {
    authentication: true,
    statuses: [401, 403],
    meaning: "EC2's code for a signature, a key or a clock that is wrong.",
    checks: ['signature', 'access-key', 'token', 'clock', 'scope'],
  },
  AuthorizationHeaderMalformed: {
    authentication: true,
    s3Only: true,
    statuses: [400],
    meaning: 'The Authorization header is malformed, or its region, service, date or terminator is not the one of this endpoint.',
    checks: ['authorization-parts', 'credential', 'scope'],
  },
  AuthorizationParametersError: { authentication: true },
  AuthorizationQueryParametersError: {
    authentication: true,
    s3Only: true,
    statuses: [400],
    meaning: 'The X-Amz-* parameters are malformed, or their region, service, date or terminator is not the one of this endpoint.',
    checks: ['authorization-parts', 'credential', 'scope', 'date'],
  },
  BadDigest: { authentication: true },
  CredentialsNotSupported: { authentication: true },
  ExpiredToken: { authentication: true, json: 'ExpiredTokenException', statuses: [400, 403], meaning: TOKEN, checks: ['token'] },
  ExpiredTokenException: { authentication: true, statuses: [400, 403], meaning: TOKEN, checks: ['token'] },
  IllegalLocationConstraintException: {
    statuses: [400],
    meaning: 'The region signed for is not the one of the endpoint.',
    checks: ['scope', 'not-by-the-verifier'],
  },
  IncompleteSignature: {
    authentication: true,
    json: 'IncompleteSignatureException',
    statuses: [400, 403],
    meaning: PARTS,
    checks: ['authorization-parts', 'date', 'credential', 'mechanism'],
  },
  IncompleteSignatureException: {
    authentication: true,
    statuses: [400, 403],
    meaning: PARTS,
    checks: ['authorization-parts', 'date', 'credential', 'mechanism'],
  },
  InvalidAccessKeyId: { authentication: true, s3Only: true, statuses: [403], meaning: KEY, checks: ['access-key', 'token'] },
  InvalidArgument: {
    s3Only: true,
    statuses: [400],
    meaning: 'In authentication: two signatures in one request, or an Authorization header of a kind that is not supported.',
    checks: ['mechanism', 'authorization-parts', 'content-sha256'],
  },
  InvalidClientTokenId: {
    authentication: true,
    json: 'UnrecognizedClientException',
    statuses: [403],
    meaning: 'The access key ID is not known, or the session token does not belong to it. The signature has not been looked at.',
    checks: ['access-key', 'token'],
  },
  InvalidDigest: { authentication: true },
  InvalidPolicyDocument: { authentication: true },
  InvalidRegion: { authentication: true },
  InvalidRegionName: { authentication: true },
  InvalidRequest: {
    s3Only: true,
    statuses: [400],
    meaning: 'In authentication: the algorithm is not supported (Signature Version 2, or no valid x-amz-content-sha256).',
    checks: ['mechanism', 'content-sha256', 'authorization-parts'],
  },
  InvalidSecurity: { authentication: true },
  InvalidSignature: {
    authentication: true,
    statuses: [403],
    meaning: STANDARD_MISMATCH,
    checks: ['signature', 'clock', 'scope', 'host-signed'],
  },
  InvalidSignatureException: {
    authentication: true,
    statuses: [400, 403],
    meaning: STANDARD_MISMATCH,
    checks: ['signature', 'clock', 'scope', 'host-signed'],
  },
  InvalidToken: { authentication: true, s3Only: true, statuses: [400], meaning: TOKEN, checks: ['token'] },
  InvalidTokenId: { authentication: true },
  MalformedDate: { authentication: true },
  MalformedQueryString: { json: 'MalformedQueryStringException' },
  MalformedQueryStringException: {},
  MalformedSecurityHeader: { authentication: true },
  MissingAuthenticationToken: {
    authentication: true,
    json: 'MissingAuthenticationTokenException',
    statuses: [403],
    meaning: 'The request carries no signature at all; API Gateway also says so where no route matches.',
    checks: ['mechanism', 'not-by-the-verifier'],
  },
  MissingAuthenticationTokenException: {
    authentication: true,
    statuses: [400, 403],
    meaning: 'The request carries no signature at all; API Gateway also says so where no route matches.',
    checks: ['mechanism', 'not-by-the-verifier'],
  },
  MissingContentSHA256: {
    statuses: [400],
    meaning: 'S3 wants the x-amz-content-sha256 header, and it is absent.',
    checks: ['content-sha256'],
  },
  MissingSecurityHeader: { authentication: true },
  NotSignedUp: { authentication: true },
  PermanentRedirect: {
    authentication: true,
    statuses: [301],
    meaning: 'The bucket is in another region; the request was not judged here.',
    checks: ['not-by-the-verifier', 'scope'],
  },
  RequestExpired: { authentication: true, statuses: [400], meaning: CLOCK, checks: ['clock'] },
  RequestTimeTooSkewed: {
    authentication: true,
    s3Only: true,
    statuses: [403],
    meaning: `${CLOCK} S3 judges it before the signature, so the secret says nothing here.`,
    checks: ['clock'],
  },
  SignatureDoesNotMatch: {
    authentication: true,
    json: 'InvalidSignatureException',
    statuses: [403],
    meaning: STANDARD_MISMATCH,
    checks: ['signature', 'clock', 'scope', 'host-signed'],
  },
  SignatureExpired: { statuses: [403], meaning: CLOCK, checks: ['clock'] },
  TemporaryRedirect: {
    authentication: true,
    statuses: [307],
    meaning: 'The bucket is answered from another endpoint for now; the request was not judged here.',
    checks: ['not-by-the-verifier'],
  },
  Throttling: { json: 'ThrottlingException' },
  ThrottlingException: {},
  TokenRefreshRequired: { authentication: true, statuses: [400], meaning: TOKEN, checks: ['token'] },
  UnrecognizedClient: { authentication: true },
  UnrecognizedClientException: {
    authentication: true,
    statuses: [400, 403],
    meaning: 'The access key ID is not known in this partition, or the session token does not belong to it.',
    checks: ['access-key', 'token'],
  },
  XAmzContentSHA256Mismatch: {
    authentication: true,
    s3Only: true,
    statuses: [400],
    meaning: 'The signature was right; the body that arrived has another hash than the x-amz-content-sha256 header says.',
    checks: ['payload'],
  },
} as const satisfies Readonly<Record<string, AwsErrorCodeRow>>

export type AwsErrorCode = keyof typeof ROWS

/** Every code, with what is known of it. */
export const AWS_ERROR_CODES: ReadonlyMap<string, AwsErrorCodeRow> = new Map(Object.entries(ROWS))

export const AUTH_CODES: ReadonlySet<string> = codesWith(({ authentication }) => authentication === true)
export const S3_ONLY_CODES: ReadonlySet<string> = codesWith(({ s3Only }) => s3Only === true)

/** The codes of the JSON protocols for those of the query protocol. */
export const JSON_CODES: ReadonlyMap<string, string> = new Map(
  [...AWS_ERROR_CODES].flatMap(([code, { json }]) => (json === undefined ? [] : [[code, json] as const])),
)

function codesWith(fits: (row: AwsErrorCodeRow) => boolean): ReadonlySet<string> {
  return new Set([...AWS_ERROR_CODES].flatMap(([code, row]) => (fits(row) ? [code] : [])))
}
