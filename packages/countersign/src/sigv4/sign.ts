/**
 * `sign`: a request with the signature in the Authorization header.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

import { queryAuthorizationOf } from './authorization.js'
import { credentialScopeText } from './credential-scope.js'
import type { Header, HttpRequest } from './http-request.js'
import { payloadHashOf } from './payload-hash.js'
import { headerValue } from './received-request.js'
import {
  type Credentials,
  headersToSign,
  plannedInputs,
  type SigningOptions,
  type SigningPlan,
  signatureToSend,
  signingPlan,
  tokenToSend,
} from './signing-request.js'
import { UsageError } from './usage-error.js'
import { HEADER, UNSIGNED_PAYLOAD } from './wire-names.js'

/**
 * How to sign.
 * @public
 */
export type SignOptions = SigningOptions & PayloadOptions

interface PayloadOptions {
  /** Adds x-amz-content-sha256 also where the profile does not require it. Default: false. */
  readonly contentSha256?: boolean
  /** Signs UNSIGNED-PAYLOAD in place of the body's hash, for a service whose profile takes it. Default: false. */
  readonly unsignedPayload?: boolean
}

/**
 * Signs a request: with `region` by AWS4-HMAC-SHA256, with `regionSet` by AWS4-ECDSA-P256-SHA256. An X-Amz-Date that is there
 * already is replaced. It adds the region set, x-amz-content-sha256 where the profile requires it, and the session token.
 *
 * @param request Texts are byte strings. It needs exactly one Host header; `body: undefined` means unknown, not empty.
 * @param options `now` is the signer's clock in milliseconds since 1970; `region` and `service` are the scope.
 * @returns The request with X-Amz-Date, Authorization and what else the service needs. All other bytes stay as they are.
 * @throws UsageError with a `code` if it cannot be signed as asked: `missing-host`, `already-signed`, `unknown-body` and others.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @example
 * ```js
 * import { SecretAccessKey, sign } from 'countersign/sigv4'
 *
 * const request = {
 *   method: 'GET',
 *   target: '/test.txt',
 *   headers: [['Host', 'examplebucket.s3.amazonaws.com'], ['Range', 'bytes=0-9']],
 *   body: new Uint8Array(0),
 * }
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY') }
 * const options = { now: Date.UTC(2013, 4, 24), region: 'us-east-1', service: 's3' }
 * const signed = sign(request, credentials, options)
 * signed.headers.map(([name]) => name) // => ['Host', 'Range', 'X-Amz-Date', 'X-Amz-Content-Sha256', 'Authorization']
 * signed.headers[2][1] // => '20130524T000000Z'
 * signed.headers[4][1] // => /, Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41$/
 * sign(signed, credentials, options) // throws UsageError: The request is signed already.
 * ```
 * @public
 */
export function sign(request: HttpRequest, credentials: Credentials, options: SignOptions): HttpRequest {
  const plan = signingPlan(request, credentials, options)
  if (headerValue(request, HEADER.authorization) !== undefined || queryAuthorizationOf(request) !== undefined) {
    throw new UsageError('already-signed', 'The request is signed already.')
  }
  const late = plan.profile.sessionToken === 'added-after-signing'
  const token: Header[] = tokenToSend(credentials)
  const regions: Header[] = plan.regionSet === undefined ? [] : [['X-Amz-Region-Set', plan.regionSet]]
  const toSign = withHeaders(request, [
    ['X-Amz-Date', plan.date],
    ...regions,
    ...contentSha256(request, plan, options),
    ...(late ? [] : token),
  ])
  const names = headersToSign(toSign, options.unsignedHeaders)
  const inputs = plannedInputs(toSign, 'header', names, plan)
  const credential = `${credentials.accessKeyId}/${credentialScopeText(plan.scope)}`
  const value = `${plan.algorithm} Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signatureToSend(inputs, plan)}`
  return withHeaders(toSign, [...(late ? token : []), ['Authorization', value]])
}

/** The x-amz-content-sha256 header to add; none where it is there already or not wanted. */
function contentSha256(request: HttpRequest, { profile }: SigningPlan, options: SignOptions): Header[] {
  if (headerValue(request, HEADER.contentSha256) !== undefined) return []
  if (options.unsignedPayload === true) {
    if (profile.unsignedPayload !== 'accepted') throw new UsageError('payload-not-signed', NOT_TAKEN)
    return [['X-Amz-Content-Sha256', UNSIGNED_PAYLOAD]]
  }
  if (profile.contentSha256Header !== 'required' && options.contentSha256 !== true) return []
  if (request.body === undefined)
    throw new UsageError('unknown-body', 'The body is not known; pass an empty body, or unsignedPayload: true for a service that takes it.')
  return [['X-Amz-Content-Sha256', payloadHashOf(request.body)]]
}

const NOT_TAKEN =
  "This service is not known to take UNSIGNED-PAYLOAD: sign the body's hash, or pass a profile whose unsignedPayload is 'accepted'."

/** The request with these headers: each in the place of the header of its name, or at the end. */
function withHeaders(request: HttpRequest, added: readonly Header[]): HttpRequest {
  const names = new Set(added.map(([name]) => name.toLowerCase()))
  return { ...request, headers: [...request.headers.filter(([name]) => !names.has(name.toLowerCase())), ...added] }
}
