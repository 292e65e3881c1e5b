/**
 * Requests that are accepted at once, where they are all there and nothing about them is in doubt: what most requests are. It refuses
 * nothing; all else goes through `opened` in verifier.ts, which asks everything in AWS's order. A property test holds the two equal.
 */
import { acceptedPlain, type PlainRequest, plainRequest } from '../fast/index.js'
import { AWS4_HMAC_SHA256, type HttpRequest, SecretAccessKey, SigningKey, STREAMING_PAYLOADS, sameScope } from '../sigv4/index.js'
import { auditEvent } from './audit-event.js'
import type { KnownCredential } from './credential-store.js'
import { UNKNOWN_KEY } from './head-verdict.js'
import type { Limits } from './limits.js'
import type { Outcome } from './outcome.js'
import { newRequestId } from './request-id.js'
import { secondSignatureRefused } from './second-meaning.js'
import { StoreAnswer } from './signer.js'
import type { VerifierOptions } from './verifier-options.js'

/** A request that is all there. */
export interface WholeRequest extends HttpRequest {
  readonly body: Uint8Array
}

/** Whether a verifier set up so can accept anything at once. */
export function acceptsAtOnce({ replay, profile }: VerifierOptions): boolean {
  return replay === undefined && profile === undefined
}

/** The acceptance of a request whose body is known; else what the store answered, if it was asked. */
export function acceptedAtOnce(options: VerifierOptions, limits: Limits, request: WholeRequest): Outcome | StoreAnswer | undefined {
  const plain = keepsToLimits(request, limits) ? plainRequest(request) : undefined
  if (plain === undefined || !isPlainHere(plain, options, limits)) return undefined
  const { accessKeyId, scope, profile } = plain.claim
  const now = (options.clock ?? Date.now)()
  if (options.throttle?.blocked(accessKeyId, now) === true) return undefined
  const { securityToken: sessionToken } = plain
  // Who is asked about it gets it without the blanks around it.
  if (sessionToken !== undefined && sessionToken !== sessionToken.trim()) return undefined
  const question = { accessKeyId, scope, algorithm: AWS4_HMAC_SHA256, sessionToken }
  let known: ReturnType<VerifierOptions['credentials']>
  try {
    known = options.credentials(question)
  } catch {
    // It is asked again, and its failure told.
    return undefined
  }
  if (known instanceof Promise) return new StoreAnswer(question, known)
  // An unknown signer costs what a known one costs. What is no credential at all, `null` too, is complained about elsewhere.
  const key: unknown = known === undefined ? UNKNOWN_KEY : (known as KnownCredential | null)?.key
  if (!(key instanceof SecretAccessKey || (key instanceof SigningKey && sameScope(key.scope, scope))))
    return new StoreAnswer(question, known)
  const seconds = options.maxClockSkewSeconds
  const skew = typeof seconds === 'object' ? seconds[scope.service] : seconds
  const isLongTerm = sessionToken === undefined && known?.sessionToken === undefined && known?.expiresAt === undefined
  const verdict = acceptedPlain(
    plain,
    key,
    isLongTerm && skew === undefined
      ? { now, profile }
      : {
          now,
          profile,
          maxClockSkewSeconds: skew ?? profile.maxClockSkewSeconds,
          sessionToken: known?.sessionToken ?? null,
          sessionTokenExpired: known?.expiresAt !== undefined && known.expiresAt <= now,
        },
  )
  if (known === undefined || verdict?.ok !== true) return new StoreAnswer(question, known)
  const { body } = request
  const requestId = (options.requestId ?? newRequestId)()
  const by = plain.line.presigned ? 'query' : 'header'
  options.onEvent?.(
    auditEvent({ request, requestId, at: now, by, accessKeyId, scope, dialect: profile.dialect }, 'accepted', undefined, 200),
  )
  return { ok: true, caller: { accessKeyId, scope, principal: known.principal, requestId }, pieces: body.length === 0 ? [] : [body] }
}

/** The sizes that are refused before anything is read, and targets that mean two things. */
function keepsToLimits({ headers, target, body }: WholeRequest, limits: Limits): boolean {
  if (body.length > limits.wholeBodyBytes || body.length > limits.streamedBodyBytes) return false
  if (target.length > limits.targetBytes || headers.length > limits.headerCount) return false
  if (target.charCodeAt(0) !== SLASH || target.includes('#')) return false
  let bytes = 0
  for (let i = 0; i < headers.length; i++) {
    const [name, value] = headers[i]!
    // A transfer coding is looked at elsewhere, even around nothing.
    if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') return false
    bytes += name.length + value.length
  }
  return bytes <= limits.headerBytes
}

/** Whether this verifier has nothing more to ask of such a request than whether its signature is right. */
function isPlainHere({ request, claim, layout, line }: PlainRequest, options: VerifierOptions, limits: Limits): boolean {
  const { scope, profile, lines } = claim
  const { region = '' } = scope
  // Nobody has to sign OPTIONS, and S3 answers it otherwise.
  if (profile.dialect === 's3' && request.method === 'OPTIONS') return false
  if (options.services?.includes(scope.service) === false || options.regions?.includes(region) === false) return false
  if (region === '' || lines.length > limits.signedHeaderCount || layout.hasDigest) return false
  if (options.unsignedPayload?.includes(scope.service) === true) return false
  // Only S3's hash of a body is held against the body here.
  if (profile.contentSha256Header === 'required' && profile.dialect !== 's3') return false
  if (layout.contentSha256 >= 0 && STREAMING_PAYLOADS.includes(request.headers[layout.contentSha256]![1])) return false
  if (line.mark < 0) return true
  // A raw plus is read in two ways, in a token, too. A name that is escaped without need could come first, and name another signer.
  if (line.presigned && (layout.securityToken >= 0 || request.target.includes('+') || ESCAPED_NAME.test(request.target))) return false
  if (!keepsToParameters(request.target, line.mark, limits)) return false
  return secondSignatureRefused(request, line.presigned ? 'query' : 'header', profile.dialect) === undefined
}

function keepsToParameters(target: string, mark: number, { queryParameterCount }: Limits): boolean {
  let count = 1
  for (let at = target.indexOf('&', mark); at >= 0; at = target.indexOf('&', at + 1)) count++
  return count <= queryParameterCount
}

/** An escape of a character that parameters of query authentication are called with. */
const ESCAPED_NAME = /%(?:2d|[46][1-9a-f]|[57][0-9a])/i
const SLASH = 0x2f
