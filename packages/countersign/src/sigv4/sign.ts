/**
 * `sign`: a request with the signature in the Authorization header.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

import { queryAuthorization } from './authorization.js'
import { credentialScopeText } from './credential-scope.js'
import { type Header, type HttpRequest, headerValue, splitTarget } from './http-request.js'
import { payloadHashOf } from './payload-hash.js'
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
 * @internal
 */
export type SignOptions = SigningOptions & PayloadOptions

interface PayloadOptions {
  /** Adds x-amz-content-sha256 also where the profile does not require it. Default: false. */
  readonly contentSha256?: boolean
  /** Signs UNSIGNED-PAYLOAD in place of the body's hash, for a service whose profile takes it. Default: false. */
  readonly unsignedPayload?: boolean
}

/**
 * Signs a request, with `region` by AWS4-HMAC-SHA256 and with `regionSet` by AWS4-ECDSA-P256-SHA256. Adds X-Amz-Date, the region
 * set, x-amz-content-sha256 where the profile requires it, the session token and Authorization; an X-Amz-Date that is there
 * already is replaced, everything else stays byte for byte.
 *
 * @throws UsageError if it cannot be signed as asked.
 * @public
 */
export function sign(request: HttpRequest, credentials: Credentials, options: SignOptions): HttpRequest {
  const plan = signingPlan(request, credentials, options)
  if (headerValue(request, HEADER.authorization) !== undefined || queryAuthorization(splitTarget(request.target).query) !== undefined) {
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
