/** How a request that passed was signed, and what its answer says of the signature. */
import { AUTH_CODES, CODES_AFTER_SIGNATURE, CODES_SILENT_OF_SIGNATURE, PERMISSION_CODES } from '../../catalog/index.js'
import type { Diagnosis } from '../../diagnosis/index.js'
import { AWS4_ECDSA_P256_SHA256, authorizationOf, headerValue, isFormUpload, streamingModeOf, version2Of } from '../../sigv4/index.js'
import type { SeenExchange } from '../../transit/index.js'

/** "header", "presigned", "form" (a POST that may carry a policy) or "version 2"; then what else is worth knowing. None: not signed. */
export type SignedHow = readonly string[]

export function signedHow({ received }: SeenExchange): SignedHow {
  // What asks first, for a page, has the URL of what it asks for; nobody checks its signature.
  if (received.method === 'OPTIONS') return []
  const request = { ...received, body: undefined }
  const version2 = version2Of(request)
  if (version2 !== undefined) return ['version 2', ...(version2 === 'url' ? ['presigned'] : [])]
  const authorization = authorizationOf(request)
  if (authorization === undefined || !/^AWS4-/.test(authorization.algorithm)) return isFormUpload(request) ? ['form'] : []
  return [
    authorization.by === 'header' ? 'header' : 'presigned',
    ...(streamingModeOf(headerValue(request, 'x-amz-content-sha256')) === undefined ? [] : ['chunked']),
    ...(authorization.algorithm === AWS4_ECDSA_P256_SHA256 ? ['V4A'] : []),
  ]
}

/**
 * What a service says of a signature. denied: it was accepted, and its owner may not do this. unknown: the answer does not say, or
 * there is none.
 */
export type SignatureAnswer = 'accepted' | 'denied' | 'refused' | 'unknown'

/** By the answer alone; the diagnosis of a refusal may know better. */
export function signatureAnswer({ response }: Pick<SeenExchange, 'response'>, code: string | undefined): SignatureAnswer {
  if (response === undefined) return 'unknown'
  const { status } = response
  if (status < 300) return 'accepted'
  if (code === undefined) return STATUSES_AFTER_SIGNATURE.has(status) ? 'accepted' : 'unknown'
  if (PERMISSION_CODES.has(code)) return 'denied'
  if (CODES_AFTER_SIGNATURE.has(code)) return 'accepted'
  if (AUTH_CODES.has(code)) return 'refused'
  return CODES_SILENT_OF_SIGNATURE.test(code) || status >= 500 ? 'unknown' : 'accepted'
}

/** What the diagnosis adds to it: a code of permissions may refuse a signature, and an answer without a code says little. */
export function diagnosedAnswer(answer: SignatureAnswer, { outcome, requests: [request], findings }: Diagnosis): SignatureAnswer {
  const proven = outcome === 'proven' && findings.length > 0
  if (answer === 'denied' && request?.outcome === 'refused') return 'refused'
  return answer === 'unknown' && proven ? 'refused' : answer
}

const STATUSES_AFTER_SIGNATURE: ReadonlySet<number> = new Set([304, 404, 409, 412, 416])
