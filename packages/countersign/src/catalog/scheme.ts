/**
 * The ways in which a request says who asks: signatures of several versions and kinds, and what is no signature of the request.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html Signature Version 2
 * @see https://cloud.google.com/storage/docs/authentication/canonical-requests GOOG4
 * @see https://help.aliyun.com/en/oss/developer-reference/recommend-to-use-signature-version-4 OSS4
 */

/**
 * version-4: a canonical request, a scope and a derived key. version-2: a short text under the secret itself. policy: a signed policy in
 * a URL, with a key pair. token: something that whoever holds it may use.
 */
export type SchemeFamily = 'version-4' | 'version-2' | 'policy' | 'token'

/** What a cause or a rule holds for. signatures: of Version 2 and 4 and what is built like them. any: also where nothing is signed. */
export type SchemesHeld = 'version-4' | 'version-2' | 'signatures' | 'any'

export interface SchemeRow {
  readonly name: string
  readonly family: SchemeFamily
  /** How an Authorization header of it begins. */
  readonly header?: RegExp
  /** Parameters that a URL of it has, all of them, in any case of letters. */
  readonly query?: readonly string[]
  /** How a string to sign of it begins. */
  readonly text?: RegExp
  /** The words in which it differs from AWS's. */
  readonly words?: SchemeWords
}

/** What AWS calls "AWS4", "aws4_request" and "x-amz-" is called so. */
export interface SchemeWords {
  /** What stands before the secret when the first key is made. */
  readonly keyPrefix: string
  readonly terminator: string
  readonly headerPrefix: string
  readonly queryPrefix: string
  /** The service of the scope. */
  readonly service: string
}

export const SCHEMES = {
  aws4: {
    name: 'Signature Version 4',
    family: 'version-4',
    header: /^AWS4-HMAC-/i,
    query: ['X-Amz-Credential', 'X-Amz-Signature'],
    text: /^AWS4-HMAC-SHA256\r?\n/,
  },
  aws4a: { name: 'Signature Version 4A', family: 'version-4', header: /^AWS4-ECDSA-/i, text: /^AWS4-ECDSA-P256-SHA256\r?\n/ },
  goog4: {
    name: "Google Cloud Storage's V4 signature with an HMAC key",
    family: 'version-4',
    header: /^GOOG4-HMAC-/i,
    query: ['X-Goog-Credential', 'X-Goog-Signature'],
    text: /^GOOG4-HMAC-SHA256\r?\n/,
    words: { keyPrefix: 'GOOG4', terminator: 'goog4_request', headerPrefix: 'x-goog-', queryPrefix: 'X-Goog-', service: 'storage' },
  },
  'goog4-rsa': {
    name: "Google Cloud Storage's V4 signature with a service account's RSA key",
    family: 'version-4',
    header: /^GOOG4-RSA-/i,
    text: /^GOOG4-RSA-SHA256\r?\n/,
    words: { keyPrefix: '', terminator: 'goog4_request', headerPrefix: 'x-goog-', queryPrefix: 'X-Goog-', service: 'storage' },
  },
  oss4: {
    name: "Alibaba Cloud OSS's signature V4",
    family: 'version-4',
    header: /^OSS4-HMAC-/i,
    query: ['x-oss-credential', 'x-oss-signature'],
    text: /^OSS4-HMAC-SHA256\r?\n/,
    words: {
      keyPrefix: 'aliyun_v4',
      terminator: 'aliyun_v4_request',
      headerPrefix: 'x-oss-',
      queryPrefix: 'x-oss-',
      service: 'oss',
    },
  },
  aws2: {
    name: 'Signature Version 2',
    family: 'version-2',
    header: /^AWS [^\s:]/,
    query: ['AWSAccessKeyId', 'Signature'],
    text: /^(?:GET|PUT|POST|HEAD|DELETE)\r?\n/,
    words: { keyPrefix: '', terminator: '', headerPrefix: 'x-amz-', queryPrefix: 'AWS', service: '' },
  },
  oss: {
    name: "Alibaba Cloud OSS's signature V1",
    family: 'version-2',
    header: /^OSS [^\s:]/,
    query: ['OSSAccessKeyId', 'Signature'],
    words: { keyPrefix: '', terminator: '', headerPrefix: 'x-oss-', queryPrefix: 'OSS', service: '' },
  },
  goog1: {
    name: "Google Cloud Storage's V2 signature",
    family: 'version-2',
    header: /^GOOG1 [^\s:]/,
    query: ['GoogleAccessId', 'Signature'],
    words: { keyPrefix: '', terminator: '', headerPrefix: 'x-goog-', queryPrefix: 'Google', service: '' },
  },
  cloudfront: { name: "CloudFront's signed URL", family: 'policy', query: ['Key-Pair-Id', 'Signature'] },
  bearer: { name: 'a bearer token', family: 'token', header: /^Bearer\s/i },
  basic: { name: 'a user name and password', family: 'token', header: /^Basic\s/i },
} as const satisfies Readonly<Record<string, SchemeRow>>

export type Scheme = keyof typeof SCHEMES
