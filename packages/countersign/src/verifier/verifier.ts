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
  type Refused,
  sessionTokenOf,
  UsageError,
  type VerifyError,
} from '../sigv4/index.js'
import { BodyRoom } from './body-room.js'
import { after, Door, errorOf, knownCredential, SLOW_DOWN, usedBefore } from './door.js'
import { NOT_MULTIPART } from './form-reader.js'
import { formBody, payloadCheckOf, streamedBody, wholeBody } from './incoming-body.js'
import { DEFAULT_LIMITS } from './limits.js'
import { limitRefused } from './limits-kept.js'
import type { Opened, Outcome, RequestFidelity, VerifiedBody } from './outcome.js'
import { payloadModeOf } from './payload-check.js'
import { acceptedAtOnce, acceptsAtOnce } from './plain-request.js'
import { preflightRefused } from './preflight.js'
import { secondSignatureRefused, targetRefused } from './second-meaning.js'
import { transferCodingRefused } from './transfer-coding.js'
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
  const open: Verifier['open'] = (request, { fidelity = 'exact' } = {}) => opened(new Door(options, limits, request, fidelity), room)
  const atOnce = acceptsAtOnce(options)
  return {
    open,
    judge: (request, given) => {
      if (request.body !== undefined && request.body.length > 0)
        return after(open(request, given), (door) => judgedWhole(door, request.body!))
      const empty = request.body === undefined ? { ...request, body: EMPTY } : request
      const answer = atOnce ? acceptedAtOnce(options, limits, empty) : undefined
      if (answer !== undefined && 'ok' in answer) return answer
      const door = new Door(options, limits, request, given?.fidelity ?? 'exact', answer)
      return after(opened(door, room), (is) => (is.ok ? is.body.end() : is))
    },
  }
}

/** What becomes of a request whose body came in one piece. */
function judgedWhole(door: Opened, body: Uint8Array): Outcome | Promise<Outcome> {
  if (!door.ok) return door
  const pieces = door.body.push(body)
  return after(door.body.end(), (outcome) => (outcome.ok ? { ...outcome, pieces: [...pieces, ...outcome.pieces] } : outcome))
}

function opened(door: Door, room: BodyRoom): Opened | Promise<Opened> {
  const { request, profile } = door
  const limit = limitRefused(request, door.authorization, door.limits, profile.dialect)
  if (limit !== undefined) return { ok: false, refused: door.refuse(errorOf(limit, 'limit'), undefined, 'limit') }
  const target = targetRefused(request, profile.dialect)
  if (target !== undefined) return { ok: false, refused: door.refuse(errorOf(target, 'target'), undefined) }
  if (request.method === 'OPTIONS' && profile.dialect === 's3')
    return { ok: false, refused: door.refuse(errorOf(preflightRefused(request), 'preflight'), undefined) }
  if (door.by === 'none' && profile.dialect === 's3') {
    if (isFormUpload(request)) return { ok: true, body: held(door, room, formBody(door)) }
    if (door.isSurelyS3() && isBucketPost(request)) return { ok: false, refused: door.refuse(errorOf(NOT_MULTIPART, 'form'), undefined) }
  }
  const turned = knownCredential(door, door.authorization?.algorithm ?? '', sessionTokenOf(request))
  return after(turned, (refused) => (refused === undefined ? headJudged(door, room) : { ok: false, refused }))
}

/** The head of a request whose key is known, or known not to exist. */
function headJudged(door: Door, room: BodyRoom): Opened | Promise<Opened> {
  const { request, profile } = door
  const mode = payloadModeOf(request, door.by === 'query' ? 'query' : 'header', profile)
  const verdict = door.verdict(mode === 'whole' ? EMPTY : undefined)
  // Where the body has a part in the signature, all that comes before the signature is judged before any of it is read.
  const waits =
    mode === 'whole' &&
    !verdict.ok &&
    (verdict.error.group === 'signature' || verdict.error.check === 'access-key' || maySignInForm(door, verdict.error))
  if (!verdict.ok && !waits) return { ok: false, refused: door.refuse(verdict.error, verdict.inputs) }
  const second = door.authorization === undefined ? undefined : secondSignatureRefused(request, door.authorization.by, profile.dialect)
  if (second !== undefined) return { ok: false, refused: door.refuse(errorOf(second, 'mechanism'), undefined) }
  const coded = transferCodingRefused(request, mode, profile.dialect, door.fidelity)
  if (coded !== undefined) return { ok: false, refused: door.refuse(errorOf(coded, 'payload'), undefined) }
  if (mode === 'whole') return { ok: true, body: held(door, room, wholeBody(door)) }
  const check = payloadCheckOf(door, mode)
  if ('code' in check) return { ok: false, refused: door.refuse(errorOf(check, 'payload'), undefined) }
  // Code that gets the caller now may act before the body has ended.
  return after(usedBefore(door), (replayed) =>
    replayed === undefined
      ? { ok: true, body: held(door, room, streamedBody(door, mode, check)), caller: door.caller() }
      : { ok: false, refused: replayed },
  )
}

/** A body within what all bodies together may hold. */
function held(door: Door, room: BodyRoom, body: VerifiedBody): VerifiedBody {
  return room.within(body, () => door.refuse(errorOf(door.profile.dialect === 's3' ? SLOW_DOWN : UNAVAILABLE, 'limit'), undefined, 'limit'))
}

/** Signature Version 2 of the query protocol stands in the form itself: only then can it be told why it is refused. */
function maySignInForm({ request }: Door, error: VerifyError): boolean {
  return error.group === 'mechanism' && /^application\/x-www-form-urlencoded/i.test(headerValue(request, HEADER.contentType) ?? '')
}

const EMPTY = new Uint8Array(0)
const UNAVAILABLE: Refused = {
  code: 'ServiceUnavailable',
  message: 'The request has failed due to a temporary failure of the server.',
  status: 503,
}
