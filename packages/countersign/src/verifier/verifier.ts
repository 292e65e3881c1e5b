/**
 * `createVerifier`: AWS's front door for requests that come over HTTP. Every adapter (node:http, fetch, Lambda) goes through
 * `open`, so that there is one order of checks whatever carried the request.
 *
 * The caller of a request gets AWS's words only. What the operator is to know goes to `onRefusal` and `onEvent`.
 */
import {
  HEADER,
  type HttpRequest,
  headerValue,
  isFormUpload,
  ReceivedRequest,
  type Refused,
  sessionTokenOf,
  UsageError,
  type VerifyError,
} from '../sigv4/index.js'
import { BodyRoom } from './body-room.js'
import { formBody } from './form-body.js'
import { NOT_MULTIPART } from './form-reader.js'
import { verdictOn } from './head-verdict.js'
import { type IncomingBody, NOTHING, payloadCheckOf, streamedBody, wholeBody } from './incoming-body.js'
import { DEFAULT_LIMITS } from './limits.js'
import { limitRefused } from './limits-kept.js'
import type { Opened, Outcome, RequestFidelity, VerifiedBody } from './outcome.js'
import { payloadModeOf } from './payload-check.js'
import { acceptedAtOnce, acceptsAtOnce, type WholeRequest } from './plain-request.js'
import { preflightRefused } from './preflight.js'
import { Refusal, refusal, refuse } from './refusal.js'
import { callerOf, contextOf, isSurelyS3, type RequestContext } from './request-context.js'
import { secondSignatureRefused, targetRefused } from './second-meaning.js'
import { after, SLOW_DOWN, type StoreAnswer, usedBefore, withSigner } from './signer.js'
import { transferCodingRefused } from './transfer-coding.js'
import { verifiedBody } from './verified-body.js'
import { isBucketPost } from './verified-form.js'
import type { VerifierOptions } from './verifier-options.js'

/** @public */
export interface Verifier {
  /**
   * Judges the head; `request.body` is not looked at. At once where the credential store (and the replay guard) answers at once;
   * throws or rejects only where the store does.
   */
  open(request: HttpRequest, options?: { readonly fidelity?: RequestFidelity }): Opened | Promise<Opened>
  /** Judges a request whose body is all there (`undefined` is taken as empty). At once where `open` answers at once. */
  judge(request: HttpRequest, options?: { readonly fidelity?: RequestFidelity }): Outcome | Promise<Outcome>
}

/**
 * AWS's front door for your own server, in any runtime: who signed a request, or AWS's own refusal to send.
 *
 * The adapters take one: `serveVerified`, `verifyingMiddleware` and `fastifyHook` on Node, `fetchHandler`, `lambdaHandler`.
 *
 * @param options `credentials` answers what is known of an access key ID; `services` and `regions` are what it insists on.
 * @throws UsageError if the options cannot be meant; TypeError where `credentials` is no function.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 * @example
 * ```js
 * import { SecretAccessKey, sign } from 'countersign'
 * import { createVerifier } from 'countersign/verifier'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const verifier = createVerifier({
 *   credentials: ({ accessKeyId }) => (accessKeyId === 'AKIAIOSFODNN7EXAMPLE' ? { key: secret, principal: 'alice' } : undefined),
 *   services: ['s3'],
 * })
 * const request = { method: 'GET', target: '/b/k', headers: [['Host', 's3.example.com']], body: new Uint8Array(0) }
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret }
 * const signed = sign(request, credentials, { now: Date.now(), region: 'eu-west-1', service: 's3' })
 * const outcome = await verifier.judge(signed)
 * outcome.caller.principal // => 'alice'
 * const { refused } = await verifier.judge({ ...signed, target: '/b/other' })
 * refused.answer.status // => 403
 * refused.error.code // => 'SignatureDoesNotMatch'
 * createVerifier({ credentials: { AKIAIOSFODNN7EXAMPLE: secret } }) // throws TypeError: credentials must be a function
 * ```
 * @public
 */
export function createVerifier(options: VerifierOptions): Verifier {
  if (typeof options.credentials !== 'function')
    throw new TypeError(
      'credentials must be a function from a query to what is known of its access key ID; credentialsOf makes one of a table.',
    )
  if (options.services?.length === 0 || options.regions?.length === 0)
    throw new UsageError('invalid-scope', 'services and regions must name at least one each, or be left out.')
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const room = new BodyRoom(limits.heldBytes)
  const atOnce = acceptsAtOnce(options)
  const open = (request: HttpRequest, fidelity: RequestFidelity = 'exact', answered?: StoreAnswer) =>
    opened(contextOf(options, limits, ReceivedRequest.of(request), fidelity), room, answered)
  return {
    open: (request, given) => open(request, given?.fidelity),
    judge: (request, given) => {
      const body = request.body ?? EMPTY
      const whole = request.body === undefined ? { ...request, body } : (request as WholeRequest)
      const answer = atOnce && room.has(body.length) ? acceptedAtOnce(options, limits, whole) : undefined
      if (answer !== undefined && 'ok' in answer) return answer
      return after(open(request, given?.fidelity, answer), (head) => judgedWhole(head, body))
    },
  }
}

/** What becomes of a request whose body came in one piece. */
function judgedWhole(head: Opened, body: Uint8Array): Outcome | Promise<Outcome> {
  if (!head.ok) return head
  const pieces = body.length === 0 ? NOTHING : head.body.push(body)
  const outcome = head.body.end()
  return pieces.length === 0 ? outcome : after(outcome, (is) => (is.ok ? { ...is, pieces: [...pieces, ...is.pieces] } : is))
}

function opened(context: RequestContext, room: BodyRoom, answered: StoreAnswer | undefined): Opened | Promise<Opened> {
  const { request, profile, authorization } = context
  const { dialect } = profile
  const limit = limitRefused(request, authorization, context.limits, dialect)
  if (limit !== undefined) return turnedAway(refusal(context, limit, 'limit', 'limit'))
  const target = targetRefused(request, dialect)
  if (target !== undefined) return turnedAway(refusal(context, target, 'target'))
  if (request.method === 'OPTIONS' && dialect === 's3') return turnedAway(refusal(context, preflightRefused(request), 'preflight'))
  if (context.by === 'none' && dialect === 's3') {
    if (isFormUpload(request)) return { ok: true, body: held(context, room, formBody(context)) }
    if (isSurelyS3(context) && isBucketPost(request)) return turnedAway(refusal(context, NOT_MULTIPART, 'form'))
  }
  const asked = withSigner(context, authorization?.algorithm ?? '', sessionTokenOf(request), answered)
  return after(asked, (known) => (known instanceof Refusal ? turnedAway(known) : headJudged(known, room)))
}

/** The head of a request whose key is known, or known not to exist. */
function headJudged(context: RequestContext, room: BodyRoom): Opened | Promise<Opened> {
  const { request, profile, authorization } = context
  const mode = payloadModeOf(request, context.by === 'query' ? 'query' : 'header', profile)
  const verdict = verdictOn(context, mode === 'whole' ? EMPTY : undefined)
  // Where the body has a part in the signature, all that comes before the signature is judged before any of it is read.
  const waits =
    mode === 'whole' &&
    !verdict.ok &&
    (verdict.error.group === 'signature' || verdict.error.check === 'access-key' || maySignInForm(request, verdict.error))
  if (!verdict.ok && !waits) return turnedAway(new Refusal(context, verdict.error, { inputs: verdict.inputs }))
  const second = authorization === undefined ? undefined : secondSignatureRefused(request, authorization.by, profile.dialect)
  if (second !== undefined) return turnedAway(refusal(context, second, 'mechanism'))
  const coded = transferCodingRefused(request, mode, profile.dialect, context.fidelity)
  if (coded !== undefined) return turnedAway(refusal(context, coded, 'payload'))
  if (mode === 'whole') return { ok: true, body: held(context, room, wholeBody(context)) }
  const check = payloadCheckOf(context, mode)
  if ('code' in check) return turnedAway(refusal(context, check, 'payload'))
  // Code that gets the caller now may act before the body has ended.
  return after(usedBefore(context), (replayed) =>
    replayed === undefined
      ? { ok: true, body: held(context, room, streamedBody(context, mode, check)), caller: callerOf(context) }
      : turnedAway(replayed),
  )
}

function turnedAway(decision: Refusal): Opened {
  return { ok: false, refused: refuse(decision) }
}

/** A body within what all bodies together may hold. */
function held(context: RequestContext, room: BodyRoom, body: IncomingBody): VerifiedBody {
  const crowded = context.profile.dialect === 's3' ? SLOW_DOWN : UNAVAILABLE
  return room.within(verifiedBody(body), () => refuse(refusal(context, crowded, 'limit', 'limit')))
}

/** Signature Version 2 of the query protocol stands in the form itself: only then can it be told why it is refused. */
function maySignInForm(request: HttpRequest, error: VerifyError): boolean {
  return error.group === 'mechanism' && /^application\/x-www-form-urlencoded/i.test(headerValue(request, HEADER.contentType) ?? '')
}

const EMPTY = new Uint8Array(0)
const UNAVAILABLE: Refused = {
  code: 'ServiceUnavailable',
  message: 'The request has failed due to a temporary failure of the server.',
  status: 503,
}
