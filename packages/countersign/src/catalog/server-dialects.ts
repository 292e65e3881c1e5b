/**
 * How servers other than AWS's S3 word a refusal: what each message states, or which causes it leaves. Read in the servers' sources and
 * pages; a wording that AWS has as well stands in the list of AWS's own (`evidence/refusals/stated-rules.ts`).
 * @see https://git.deuxfleurs.fr/Deuxfleurs/garage src/api/common/signature
 * @see https://developers.cloudflare.com/r2/api/error-codes/
 * @see https://help.aliyun.com/en/oss/support/error-codes
 * @see https://cloud.tencent.com/document/product/436/7730 COS
 * @see https://cloud.google.com/storage/docs/xml-api/reference-status
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/troubleshooting.html
 * @see https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html
 */
import type { CauseClass } from './cause-class.js'
import type { CauseId } from './cause-id.js'

/** What a wording states outright. */
export type DialectFact =
  | 'signature-mismatch'
  | 'scope-wrong'
  | 'region-wrong'
  | 'redirected'
  | 'time-skewed'
  | 'request-expired'
  | 'date-missing-or-malformed'
  | 'content-sha256-malformed'
  | 'payload-encoding-refused'
  | 'access-key-unknown'
  | 'authentication-missing'
  | 'authorization-malformed'
  | 'algorithm-unsupported'

/** A wording that states one fact, with what its groups hold. */
export interface StatingWording {
  readonly text: RegExp
  readonly fact: DialectFact
  readonly values?: readonly string[]
}

/** A wording that leaves some causes: which are left is said, none is stated. */
export interface LeavingWording {
  readonly id: string
  readonly text: RegExp
  /** The whole text holds this too. */
  readonly needs?: RegExp
  readonly about: CauseId | CauseClass
  readonly tags?: readonly CauseId[]
  /** A whole sentence for people. */
  readonly means: string
  /** It says so, and a twin that does not. */
  readonly fires: string
  readonly silent: string
}

export interface ServerDialect {
  readonly name: string
  /** What it writes into the Server header, and under which hosts it answers. */
  readonly server?: RegExp
  readonly host?: RegExp
  readonly states: readonly StatingWording[]
  readonly leaves: readonly LeavingWording[]
}

export const SERVER_DIALECTS: readonly ServerDialect[] = [
  {
    name: 'Garage',
    states: [
      {
        text: /unexpected scope: ([^\s'"`<,]{1,200})(?:[,;]? expected:? [`'"]?([^\s'"`<,)]{1,200}))?/i,
        fact: 'scope-wrong',
        values: ['scope', 'expected'],
      },
      { text: /Unsupported authorization method/i, fact: 'algorithm-unsupported' },
      { text: /X-Amz-(?:Credential|SignedHeaders|Signature) not found in query parameters/i, fact: 'authorization-malformed' },
    ],
    leaves: [
      {
        id: 'garage-header-absent',
        text: /signed header [`'"]([a-z0-9-]{1,80})[`'"] is not present/i,
        about: 'header-removed-in-transit',
        means: 'the server names a header that SignedHeaders lists and that did not arrive.',
        fires: 'signed header `content-md5` is not present',
        silent: 'signed header `content-md5` is present',
      },
      {
        id: 'garage-parameter-twice',
        text: /duplicate query parameter: [`'"]?([\w.-]{1,80})/i,
        about: 'query-changed-in-transit',
        means: 'the server refuses a parameter that stands twice in the query.',
        fires: 'duplicate query parameter: `x-id`',
        silent: 'a duplicate of the query parameter list',
      },
    ],
  },
  {
    name: 'MinIO',
    server: /^MinIO/i,
    states: [
      { text: /Your Host header is malformed/i, fact: 'authorization-malformed' },
      { text: /Signature header missing SignedHeaders field/i, fact: 'authorization-malformed' },
    ],
    leaves: [],
  },
  { name: 'Ceph RGW', states: [], leaves: [] },
  { name: 'SeaweedFS', server: /^SeaweedFS/i, states: [], leaves: [] },
  {
    name: 'Cloudflare R2',
    host: /\.r2\.cloudflarestorage\.com$/,
    states: [{ text: /You can only specify one (?:non-default )?checksum at a time/i, fact: 'payload-encoding-refused' }],
    leaves: [],
  },
  {
    name: 'Backblaze B2',
    host: /\.backblazeb2\.com$/,
    states: [
      { text: /Malformed Access Key Id/i, fact: 'access-key-unknown' },
      { text: /Unsupported (?:value for )?x-amz-(?:sdk-checksum-algorithm|trailer|content-sha256)/i, fact: 'payload-encoding-refused' },
    ],
    leaves: [],
  },
  { name: 'Wasabi', host: /\.wasabisys\.com$/, states: [], leaves: [] },
  {
    name: 'Alibaba Cloud OSS',
    server: /^AliyunOSS/i,
    host: /\.aliyuncs\.com$/,
    states: [
      { text: /OSS Access ?Key ?Id you provided does not exist/i, fact: 'access-key-unknown' },
      { text: /OSS authentication requires a valid Date/i, fact: 'date-missing-or-malformed' },
      { text: /Invalid signing region in Authorization header/i, fact: 'region-wrong' },
    ],
    leaves: [
      {
        id: 'oss-third-level-domain',
        text: /must be addressed using OSS third level domain/i,
        about: 'bucket-in-path',
        means: 'OSS takes the bucket in the host only: path style is refused.',
        fires: 'The bucket you are attempting to access must be addressed using OSS third level domain.',
        silent: 'The bucket you are attempting to access must be addressed using the specified endpoint.',
      },
    ],
  },
  {
    name: 'Tencent Cloud COS',
    server: /^tencent-cos/i,
    host: /\.myqcloud\.com$/,
    states: [{ text: /The Signature you specified is invalid/i, fact: 'signature-mismatch' }],
    leaves: [
      {
        id: 'cos-virtual-host',
        text: /must be addressed using COS virtual-styled domain|PathStyleDomainForbidden/i,
        about: 'bucket-in-path',
        means: 'COS takes the bucket in the host only: path style is refused.',
        fires: 'PathStyleDomainForbidden: The bucket you are attempting to access must be addressed using COS virtual-styled domain.',
        silent: 'The bucket is addressed in path style.',
      },
    ],
  },
  {
    name: 'Google Cloud Storage',
    server: /^UploadServer/,
    host: /(?:^|\.)storage\.googleapis\.com$/,
    states: [],
    leaves: [],
  },
  {
    name: 'OpenSearch',
    host: /\.(?:es|aoss)\.amazonaws\.com$/,
    states: [{ text: /x-amz-content-sha256['"]? (?:header )?(?:value )?(?:is )?invalid/i, fact: 'content-sha256-malformed' }],
    leaves: [],
  },
  {
    name: 'Amazon Bedrock',
    host: /^bedrock(?:-[a-z-]{1,20})?\./,
    states: [{ text: /Authorization header is missing/i, fact: 'authentication-missing' }],
    leaves: [],
  },
  {
    name: 'Amazon MSK',
    states: [],
    leaves: [
      {
        id: 'msk-session-short',
        text: /SaslAuthentication(?:Exception|Error)[^\n]{0,120}Session too short/i,
        about: 'session-token-mismatch',
        means: 'the broker refuses a session whose credentials end too soon.',
        fires: 'org.apache.kafka.common.errors.SaslAuthenticationException: [8c1e5b02]: Session too short',
        silent: 'SaslAuthenticationException: [8c1e5b02]: Access denied',
      },
    ],
  },
  {
    name: 'Amazon ElastiCache',
    host: /\.cache\.amazonaws\.com$/,
    states: [],
    leaves: [
      {
        id: 'elasticache-wrongpass',
        text: /WRONGPASS invalid username-password pair/i,
        needs: /Action=connect|X-Amz-|\bIAM (?:auth\w*|tokens?)|\b15 minutes/i,
        about: 'presigned-url-expired',
        tags: ['presigned-url-expired'],
        means: 'the password is a presigned request: it holds 15 minutes, for one cluster name and one user ID in lower case.',
        fires:
          'WRONGPASS invalid username-password pair or user is disabled.\ntoken = "my-cache/?Action=connect&User=app&X-Amz-Expires=900"',
        silent: 'WRONGPASS invalid username-password pair or user is disabled.\nclient.auth("secret")',
      },
    ],
  },
  {
    name: 'Amazon SES (SMTP)',
    host: /^email-smtp\.[a-z0-9-]+\.amazonaws\.com$/,
    states: [],
    leaves: [
      {
        id: 'ses-smtp-password',
        text: /\b535\W{1,4}(?:b['"])?(?:5\.7\.8 )?Authentication Credentials Invalid/i,
        about: 'smtp-password-not-derived',
        means: 'the SMTP password is not the secret access key: it is derived from it, for one region.',
        fires: '535 Authentication Credentials Invalid',
        silent: '535 Authentication unsuccessful, basic authentication is disabled',
      },
    ],
  },
]
