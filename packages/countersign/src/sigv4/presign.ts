/**
 * `presign`: a request with the signature in its query, good for a while without credentials.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */

import { queryParameters } from './canonical-query-string.js'
import { credentialScopeText } from './credential-scope.js'
import { type HttpRequest, splitTarget } from './http-request.js'
import { headerValue, targetOf } from './received-request.js'
import {
  type Credentials,
  headersToSign,
  plannedInputs,
  type SigningOptions,
  signatureToSend,
  signingPlan,
  tokenToSend,
} from './signing-request.js'
import { uriDecode, uriEncode } from './uri-encoding.js'
import { UsageError } from './usage-error.js'
import { HEADER, QUERY } from './wire-names.js'

/**
 * How to presign.
 * @public
 */
export type PresignOptions = SigningOptions & {
  /** 1 to 604,800 (a week). */
  readonly expiresSeconds: number
}

/**
 * Presigns a request: its query with the X-Amz-* parameters appended. Every header of the request is signed, so the one who uses the
 * URL has to send the same.
 *
 * @param options As for `sign`, and `expiresSeconds`: how long the URL is good, 1 to 604,800 (a week).
 * @returns The request with the longer target. The URL is `https://` + Host + target.
 * @throws UsageError with a `code`: `invalid-expires`, `already-signed`, `missing-host` and others.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @example
 * ```js
 * import { presign, SecretAccessKey } from 'countersign/sigv4'
 *
 * const request = { method: 'GET', target: '/test.txt', headers: [['Host', 'examplebucket.s3.amazonaws.com']], body: undefined }
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY') }
 * const options = { now: Date.UTC(2013, 4, 24), region: 'us-east-1', service: 's3', expiresSeconds: 86400 }
 * const url = new URL(presign(request, credentials, options).target, 'https://examplebucket.s3.amazonaws.com')
 * url.searchParams.get('X-Amz-SignedHeaders') // => 'host'
 * url.searchParams.get('X-Amz-Signature') // => 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404'
 * presign(request, credentials, { ...options, expiresSeconds: 0 }) // throws UsageError: expiresSeconds must be
 * ```
 * @public
 */
export function presign(request: HttpRequest, credentials: Credentials, options: PresignOptions): HttpRequest {
  const plan = signingPlan(request, credentials, options)
  const { expiresSeconds } = options
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > 604800) {
    throw new UsageError('invalid-expires', 'expiresSeconds must be a whole number from 1 to 604800.')
  }
  const { query } = targetOf(request)
  if (headerValue(request, HEADER.authorization) !== undefined || signingParameters(query)) {
    throw new UsageError('already-signed', 'The request is signed already.')
  }
  const names = headersToSign(request, options.unsignedHeaders)
  const token = tokenToSend(credentials)
  const late = plan.profile.sessionToken === 'added-after-signing'
  const parameters = [
    [QUERY.algorithm, plan.algorithm],
    [QUERY.credential, `${credentials.accessKeyId}/${credentialScopeText(plan.scope)}`],
    [QUERY.date, plan.date],
    [QUERY.expires, String(expiresSeconds)],
    ...(plan.regionSet === undefined ? [] : [[QUERY.regionSet, plan.regionSet] as const]),
    ...(late ? [] : token),
    [QUERY.signedHeaders, names.join(';')],
  ] as const
  const toSign = { ...request, target: withParameters(request.target, parameters) }
  const signature = signatureToSend(plannedInputs(toSign, 'query', names, plan), plan)
  return { ...request, target: withParameters(toSign.target, [[QUERY.signature, signature], ...(late ? token : [])]) }
}

function withParameters(target: string, parameters: readonly (readonly [name: string, value: string])[]): string {
  const text = parameters.map(([name, value]) => `${name}=${uriEncode(value)}`).join('&')
  const { query } = splitTarget(target)
  if (query === undefined) return `${target}?${text}`
  return query === '' || query.endsWith('&') ? target + text : `${target}&${text}`
}

function signingParameters(query: string | undefined): boolean {
  const names: readonly string[] = Object.values(QUERY)
  return query !== undefined && queryParameters(query).some(([name]) => names.includes(uriDecode(name)))
}
