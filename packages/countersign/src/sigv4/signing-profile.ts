/**
 * Signing profiles: what differs between services when a request becomes a canonical request. Data, not code.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

/**
 * The rules a service canonicalizes by.
 * @public
 */
export interface SigningProfile {
  readonly id: string
  /** "once": S3, each segment encoded as it is meant. "twice": the path as sent (encoded once) is encoded again. */
  readonly pathEncoding: 'once' | 'twice'
  /** Whether `//`, `/./` and `/../` are removed before encoding. S3 keys may contain them, so S3 keeps them. */
  readonly normalizePath: boolean
  /** What a raw "+" in a query means: S3 and most services read a space (`%20`), URI-strict verifiers a plus (`%2B`). */
  readonly plusInQuery: 'space' | 'literal'
  /** Whether the x-amz-content-sha256 header is required, and its value is the payload hash. */
  readonly contentSha256Header: 'required' | 'optional'
  /** The payload hash of a presigned request that names none. */
  readonly presignedPayloadHash: 'UNSIGNED-PAYLOAD' | 'body'
  /**
   * What x-amz-content-sha256 means where it says that the body is not signed. "ignored": nothing, the body counts; else one signed
   * request could be sent again with another body.
   */
  readonly unsignedPayload: 'accepted' | 'ignored'
  /** Whether x-amz-security-token takes part in the signature, or is added after signing (AWS IoT). */
  readonly sessionToken: 'signed' | 'added-after-signing'
  /** Whether a form-urlencoded POST body takes part as query string (the oldest query-protocol verifiers). */
  readonly formBody: 'payload' | 'query'
  /** Obsolete 2011 rule: the values of a repeated header sorted instead of kept in the order sent. */
  readonly repeatedHeaderValues: 'as-sent' | 'sorted'
  /** The most that the request date may differ from the verifier's clock, in seconds. */
  readonly maxClockSkewSeconds: number
  /** Which of AWS's two orders and sets of error texts the service uses. */
  readonly dialect: 's3' | 'standard'
}

/**
 * What most services do: path encoded twice and normalized, payload always hashed.
 * @internal
 */
export const STANDARD_PROFILE: SigningProfile = {
  id: 'standard',
  pathEncoding: 'twice',
  normalizePath: true,
  plusInQuery: 'space',
  contentSha256Header: 'optional',
  presignedPayloadHash: 'body',
  unsignedPayload: 'ignored',
  sessionToken: 'signed',
  formBody: 'payload',
  repeatedHeaderValues: 'as-sent',
  maxClockSkewSeconds: 300,
  dialect: 'standard',
}

/**
 * Amazon S3 and the services that share its rules.
 * @internal
 */
export const S3_PROFILE: SigningProfile = {
  ...STANDARD_PROFILE,
  id: 's3',
  pathEncoding: 'once',
  normalizePath: false,
  contentSha256Header: 'required',
  presignedPayloadHash: 'UNSIGNED-PAYLOAD',
  unsignedPayload: 'accepted',
  maxClockSkewSeconds: 900,
  dialect: 's3',
}

/**
 * AWS IoT over WebSocket: the session token joins the URL after signing.
 * @internal
 */
export const IOT_PROFILE: SigningProfile = { ...STANDARD_PROFILE, id: 'iot', sessionToken: 'added-after-signing' }

/** The standard rules with a wider window. */
export const WIDE_WINDOW_PROFILE: SigningProfile = { ...STANDARD_PROFILE, maxClockSkewSeconds: 900 }

/** The standard rules for a service that takes requests whose body is not signed. */
export const UNSIGNED_PAYLOAD_PROFILE: SigningProfile = { ...STANDARD_PROFILE, unsignedPayload: 'accepted' }

/**
 * The services besides S3 that are known to take UNSIGNED-PAYLOAD. VPC Lattice demands it (its user guide, "SIGv4 authenticated
 * requests"); the others have one operation each that the SDKs' models mark as unsigned (`v4-unsigned-body` in botocore 1.43):
 * PutSnapshotBlock, PostContent and RecognizeUtterance, PutObject, UploadReadSetPart. Lambda states that it takes none (CloudFront's
 * guide, "Restrict access to an AWS Lambda function URL origin").
 */
export const UNSIGNED_PAYLOAD_SERVICES: ReadonlySet<string> = new Set(['vpc-lattice-svcs', 'ebs', 'lex', 'mediastore', 'omics'])

/**
 * The services whose error texts were seen to name a window of 15 minutes, and IAM, which shares STS's order of checks.
 * Lambda, Kinesis, Glacier, Rekognition and API Gateway print 5 minutes, as the guide says of most.
 */
export const WIDE_WINDOW_SERVICES: ReadonlySet<string> = new Set(['sts', 'dynamodb', 'ecr', 'monitoring', 'iam'])

/** The signing names that canonicalize as S3 does. */
export const S3_LIKE_SERVICES: ReadonlySet<string> = new Set(['s3', 's3-object-lambda', 's3-outposts', 's3express'])

/**
 * The rules that a service canonicalizes by, by its signing name. A service that is not known has the standard ones.
 *
 * @example
 * ```js
 * import { signingProfileOf } from 'countersign/sigv4'
 *
 * signingProfileOf('s3').pathEncoding // => 'once'
 * signingProfileOf('execute-api').pathEncoding // => 'twice'
 * signingProfileOf('sts').maxClockSkewSeconds // => 900
 * ```
 * @public
 */
export function signingProfileOf(service: string): SigningProfile {
  if (S3_LIKE_SERVICES.has(service)) return S3_PROFILE
  if (service === 'iotdevicegateway') return IOT_PROFILE
  if (WIDE_WINDOW_SERVICES.has(service)) return WIDE_WINDOW_PROFILE
  if (UNSIGNED_PAYLOAD_SERVICES.has(service)) return UNSIGNED_PAYLOAD_PROFILE
  return STANDARD_PROFILE
}

/**
 * The published profiles: the standard one, S3's and AWS IoT's. Spread one to make your own.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @example
 * ```js
 * import { SIGNING_PROFILES } from 'countersign'
 *
 * SIGNING_PROFILES.map(({ id }) => id) // => ['standard', 's3', 'iot']
 * const strict = { ...SIGNING_PROFILES[0], id: 'my-service', maxClockSkewSeconds: 60 }
 * strict.normalizePath // => true
 * ```
 * @public
 */
export const SIGNING_PROFILES: readonly SigningProfile[] = [STANDARD_PROFILE, S3_PROFILE, IOT_PROFILE]
