/**
 * `createVerifier`: AWS's front door for requests that come over HTTP. Every adapter (node:http, fetch, Lambda) goes through
 * `open`, so that there is one order of checks whatever carried the request.
 *
 * The caller of a request gets AWS's words only. What the operator is to know goes to `onRefusal` and `onEvent`.
 */
import { verify } from '../fast/verify.js'
import { type Authorization, authorizationOf, sessionTokenOf } from '../sigv4/authorization.js'
import { checksOf } from '../sigv4/checks.js'
import { chunkReaderOf } from '../sigv4/chunk-reader.js'
import { payloadChain, streamingModeOf } from '../sigv4/chunked-payload.js'
import { type Credential, type CredentialScope, parseLenientCredential } from '../sigv4/credential-scope.js'
import { eventReader } from '../sigv4/event-stream.js'
import { type HttpRequest, headerValue } from '../sigv4/http-request.js'
import type { Refused, VerifyOptions } from '../sigv4/judged.js'
import { signatureMismatch } from '../sigv4/judges-of-s3.js'
import { STANDARD_MISMATCH } from '../sigv4/judges-of-standard.js'
import type { PayloadRefused, SignatureMismatch } from '../sigv4/payload-refused.js'
import { fileLengthRefused, verifyPostForm } from '../sigv4/post-policy.js'
import type { RequestKey, SigningInputs } from '../sigv4/signing-inputs.js'
import { SecretAccessKey, SigningKey } from '../sigv4/signing-key.js'
import { S3_PROFILE, type SigningProfile, signingProfileOf } from '../sigv4/signing-profile.js'
import { onceOfEcdsaSignature, regionSetHolds, regionSetOf } from '../sigv4/sigv4a.js'
import { UsageError } from '../sigv4/usage-error.js'
import { credentialIn, signingInputsOf, type Verdict, verify as verifyByTheLaw } from '../sigv4/verify.js'
import type { VerifyError } from '../sigv4/verify-error.js'
import { AWS4_ECDSA_P256_SHA256, HEADER } from '../sigv4/wire-names.js'
import type { AuditCode, AuditEvent } from './audit-event.js'
import { BodyRoom } from './body-room.js'
import { bucketPlace } from './bucket-place.js'
import type { CredentialStore, KnownCredential } from './credential-store.js'
import type { FailureThrottle } from './failure-throttle.js'
import { DEFAULT_LIMITS, type Limits } from './limits.js'
import { limitRefused } from './limits-kept.js'
import { eventCheck, hashCheck, isRefused, type PayloadCheck, type PayloadMode, payloadModeOf, UNSIGNED_CHECK } from './payload-check.js'
import { type Answer, refusalAnswer } from './refusal-answer.js'
import type { ReplayGuard } from './replay-guard.js'
import { newRequestId, type RequestId } from './request-id.js'
import { secondSignatureRefused, targetRefused } from './second-meaning.js'
import { serviceAsked } from './service-asked.js'
import { protocolOf } from './service-protocol.js'
import { incomingForm, isFormUpload, type VerifiedForm } from './verified-form.js'

export interface VerifierOptions {
  readonly credentials: CredentialStore
  /** Milliseconds since 1970. Default: the runtime's clock. */
  readonly clock?: () => number
  /** Signing names this verifier answers for. Default: every one. */
  readonly services?: readonly string[]
  /** Regions this verifier answers for. Default: every one. */
  readonly regions?: readonly string[]
  /** The rules of a service. Default: AWS's. */
  readonly profile?: (service: string) => SigningProfile
  /** How far a request date may be off, in seconds; by service, where they differ. Default: AWS's (300, S3 and STS 900). */
  readonly maxClockSkewSeconds?: number | Readonly<Record<string, number>>
  readonly limits?: Partial<Limits>
  readonly replay?: ReplayGuard
  readonly throttle?: FailureThrottle
  /** Called once for each request refused, with all that a diagnosis needs. Never send what it gets to the caller. */
  readonly onRefusal?: (refused: RefusedRequest) => void
  /** Called once for each request, when its verdict is final. */
  readonly onEvent?: (event: AuditEvent) => void
  readonly requestId?: () => RequestId
}

/** exact: as on the wire. normalized: it came through something that rewrites (API Gateway, `fetch`). */
export type RequestFidelity = 'exact' | 'normalized'

/** Whose request it is. */
export interface Caller {
  readonly accessKeyId: string
  readonly scope: CredentialScope
  readonly principal: string | undefined
  readonly requestId: RequestId
}

/** A request that was refused, with what the operator may know and the caller may not. */
export interface RefusedRequest {
  /** The name that stands in the answer. */
  readonly requestId: string
  /** The verifier's clock, milliseconds since 1970. */
  readonly at: number
  readonly fidelity: RequestFidelity
  readonly request: HttpRequest
  /** AWS's error; `check` and `number` say which check it was. */
  readonly error: VerifyError
  readonly service: string
  readonly accessKeyId: string | undefined
  /** The key that belongs to the access key ID; `undefined` where it is not known. Prints as a placeholder. */
  readonly key: RequestKey | undefined
  readonly inputs: SigningInputs | undefined
  /** The piece of a streamed payload whose own signature is wrong; the request's is right then. */
  readonly piece?: SignatureMismatch
  /** What to send. */
  readonly answer: Answer
}

/** What became of the head of a request. */
export type Opened =
  | { readonly ok: false; readonly refused: RefusedRequest }
  /** `caller`: who signed the head; absent where it cannot be judged before the body ("whole"). */
  | { readonly ok: true; readonly body: VerifiedBody; readonly caller?: Caller }

/** What became of a request. */
export type Outcome =
  | {
      readonly ok: true
      readonly caller: Caller
      readonly pieces: readonly Uint8Array[]
      /** Of a browser's form; `pieces` are its file then. */
      readonly form?: VerifiedForm
    }
  | { readonly ok: false; readonly refused: RefusedRequest }

/** The body of a request whose head has passed: bytes in, believed bytes out. */
export interface VerifiedBody {
  /** How it is checked; "whole" and "form" hold it back until the end. */
  readonly mode: PayloadMode
  /** Pieces that may be believed as far as the head says; after a refusal, none. With `mode` "hash" wait for `end` before acting on them. */
  push(bytes: Uint8Array): readonly Uint8Array[]
  /** Set as soon as it is known that the request will be refused; the rest of the body need not be read. */
  readonly refused: RefusedRequest | undefined
  /** The verdict, with the last pieces. Call it once. */
  end(): Outcome | Promise<Outcome>
  /** Says that the rest will not come, in place of `end`: what is held is let go. */
  close(): void
}

export interface Verifier {
  /**
   * Judges the head; `request.body` is not looked at. At once where the credential store (and the replay guard) answers at once;
   * throws or rejects only where the store does.
   */
  open(request: HttpRequest, options?: { readonly fidelity?: RequestFidelity }): Opened | Promise<Opened>
  /** Judges a request whose body is all there (`undefined` is taken as empty). */
  judge(request: HttpRequest, options?: { readonly fidelity?: RequestFidelity }): Promise<Outcome>
}

/** @throws UsageError if the options cannot be meant. */
export function createVerifier(options: VerifierOptions): Verifier {
  if (options.services?.length === 0 || options.regions?.length === 0)
    throw new UsageError('invalid-scope', 'services and regions must name at least one each, or be left out.')
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const room = new BodyRoom(limits.heldBytes)
  const open: Verifier['open'] = (request, { fidelity = 'exact' } = {}) => opened(new Door(options, limits, request, fidelity), room)
  return {
    open,
    judge: async (request, given) => {
      const door = await open(request, given)
      if (!door.ok) return door
      const pieces = request.body === undefined || request.body.length === 0 ? [] : door.body.push(request.body)
      const outcome = await door.body.end()
      return outcome.ok ? { ...outcome, pieces: [...pieces, ...outcome.pieces] } : outcome
    },
  }
}

/** One request in front of the verifier: what was found out of it, and the one way to refuse or accept it. */
class Door {
  readonly requestId: RequestId
  readonly now: number
  readonly authorization: Authorization | undefined
  credential: Credential | undefined
  by: AuditEvent['by']
  readonly service: string
  readonly profile: SigningProfile
  known: KnownCredential | undefined

  constructor(
    readonly options: VerifierOptions,
    readonly limits: Limits,
    readonly request: HttpRequest,
    readonly fidelity: RequestFidelity,
  ) {
    this.requestId = (options.requestId ?? newRequestId)()
    this.now = (options.clock ?? Date.now)()
    const authorization = authorizationOf(request)
    this.authorization = authorization
    this.credential = authorization === undefined ? undefined : credentialIn(authorization)
    this.by = authorization?.by ?? 'none'
    const named = this.credential?.scope.service ?? serviceAsked(request)
    this.service = this.wanted('services', named) ?? named
    this.profile = options.profile?.(this.service) ?? (this.service === '' ? S3_PROFILE : signingProfileOf(this.service))
  }

  /** What the verifier insists on: the first it answers for, where the request names another or none. */
  wanted(what: 'services' | 'regions', given: string | undefined): string | undefined {
    const list = this.options[what]
    return list === undefined || (given !== undefined && list.includes(given)) ? undefined : list[0]
  }

  forRegionSet(): boolean {
    return this.authorization?.algorithm === AWS4_ECDSA_P256_SHA256
  }

  /** A region set has to hold one of the regions that the verifier answers for. */
  private wantedOfSet(): string | undefined {
    const set = this.authorization === undefined ? undefined : regionSetOf(this.request, this.authorization)
    const list = this.options.regions
    return list?.find((region) => regionSetHolds(set ?? '', region)) ?? list?.[0]
  }

  /** The verdict of the law on the request with this body (`undefined`: none is looked at). */
  verdict(body: Uint8Array | undefined): Verdict {
    const { known, credential, request } = this
    const key = known?.key ?? UNKNOWN_KEY
    if (key instanceof SigningKey && credential !== undefined && !sameScope(key.scope, credential.scope))
      throw new UsageError('wrong-key-scope', 'The credential store answered with a signing key of another scope than it was asked about.')
    const signed = { ...request, body }
    const options = { ...this.verifyOptions(), accessKeyIdKnown: true }
    const plain = key instanceof SecretAccessKey || key instanceof SigningKey
    const verdict = plain ? verify(signed, key, options) : verifyByTheLaw(signed, key, options)
    return known === undefined ? this.ofUnknownKey(verdict) : verdict
  }

  /**
   * The verdict on a request whose access key ID is not known: all that a known one with a wrong signature costs was spent on it
   * (docs/manual/under-load.md), and whatever came of that, nothing is accepted.
   */
  private ofUnknownKey(asIfKnown: Verdict): Verdict {
    const { request, profile } = this
    if (!asIfKnown.ok && comesBeforeTheKey(asIfKnown.error, profile, this.by === 'query' ? 'query' : 'header')) return asIfKnown
    return verifyByTheLaw({ ...request, body: undefined }, UNKNOWN_KEY, { ...this.verifyOptions(), accessKeyIdKnown: false })
  }

  maxClockSkewSeconds(): number | undefined {
    const skew = this.options.maxClockSkewSeconds
    return typeof skew === 'object' ? skew[this.service] : skew
  }

  verifyOptions(sent = sessionTokenOf(this.request)): VerifyOptions {
    const { known, profile, now } = this
    const named = this.credential?.scope.region
    // Whoever answers for every region answers for none that has no name.
    const region = this.forRegionSet() ? this.wantedOfSet() : (this.wanted('regions', named) ?? (named === '' ? ANY_REGION : undefined))
    const service = this.wanted('services', this.credential?.scope.service)
    const seconds = this.maxClockSkewSeconds()
    // A token beside long-term credentials is refused; where there is none, the question does not arise.
    const token = known?.sessionToken ?? (known !== undefined && sent !== undefined ? null : undefined)
    return {
      now,
      profile,
      ...(region === undefined ? {} : { region }),
      ...(service === undefined ? {} : { service }),
      ...(seconds === undefined ? {} : { maxClockSkewSeconds: seconds }),
      ...(token === undefined ? {} : { sessionToken: token }),
      ...(known?.expiresAt !== undefined && known.expiresAt <= now ? { sessionTokenExpired: true } : {}),
      ...(known === undefined ? { accessKeyIdKnown: false } : {}),
    }
  }

  refuse(
    error: VerifyError,
    inputs: SigningInputs | undefined,
    code: AuditCode = 'refused',
    body?: Uint8Array,
    piece?: SignatureMismatch,
  ): RefusedRequest {
    const { request, service, requestId, now, credential, known, fidelity } = this
    const protocol = protocolOf(service, request)
    const refused: RefusedRequest = {
      requestId: protocol === 's3' ? requestId.short : requestId.uuid,
      at: now,
      fidelity,
      request: { ...request, body },
      error,
      service,
      accessKeyId: credential?.accessKeyId,
      key: known?.key,
      inputs,
      ...(piece === undefined ? {} : { piece }),
      answer: refusalAnswer({ request, service, protocol, error, inputs, requestId }),
    }
    if (code === 'refused' && credential !== undefined && FAILURES.has(error.group))
      this.options.throttle?.failed(credential.accessKeyId, now)
    this.options.onRefusal?.(refused)
    this.tell(code, error, refused.answer.status)
    return refused
  }

  /** A piece whose signature is wrong is answered with the texts of the request itself, as S3 does; the operator gets the piece's. */
  refusePayload(payload: PayloadRefused): RefusedRequest {
    const { request, profile, known, authorization } = this
    const inputs = signingInputsOf(request, { profile })
    const wrong = profile.dialect === 's3' ? signatureMismatch(inputs, authorization, this.credential) : STANDARD_MISMATCH
    const error = payload.mismatch === undefined ? payload : wrong
    return this.refuse(
      errorOf(error, payload.mismatch === undefined ? 'payload' : `${payload.mismatch.of}-signature`),
      inputs === undefined ? undefined : { ...inputs, key: known?.key },
      'refused',
      undefined,
      payload.mismatch,
    )
  }

  caller(): Caller {
    const { credential, known, requestId } = this
    return { accessKeyId: credential!.accessKeyId, scope: credential!.scope, principal: known?.principal, requestId }
  }

  tell(code: AuditCode, error: VerifyError | undefined, status: number): void {
    const { options, credential, request, requestId, now, by, profile } = this
    options.onEvent?.({
      code,
      requestId: profile.dialect === 's3' ? requestId.short : requestId.uuid,
      at: now,
      method: request.method,
      by,
      accessKeyId: credential?.accessKeyId,
      service: credential?.scope.service,
      region: credential?.scope.region,
      check: error?.check,
      awsCode: error?.code,
      status,
    })
  }
}

function opened(door: Door, room: BodyRoom): Opened | Promise<Opened> {
  const { request, profile } = door
  const limit = limitRefused(request, door.authorization, door.limits, profile.dialect)
  if (limit !== undefined) return { ok: false, refused: door.refuse(errorOf(limit, 'limit'), undefined, 'limit') }
  const target = targetRefused(request, profile.dialect)
  if (target !== undefined) return { ok: false, refused: door.refuse(errorOf(target, 'target'), undefined) }
  if (door.by === 'none' && profile.dialect === 's3' && isFormUpload(request)) return { ok: true, body: held(door, room, formBody(door)) }
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
  const second = door.authorization === undefined ? undefined : secondSignatureRefused(request, door.authorization, profile.dialect)
  if (second !== undefined) return { ok: false, refused: door.refuse(errorOf(second, 'mechanism'), undefined) }
  if (mode === 'whole') return { ok: true, body: held(door, room, wholeBody(door)) }
  const check = payloadCheckOf(door, mode)
  if ('code' in check) return { ok: false, refused: door.refuse(errorOf(check, 'payload'), undefined) }
  // Whoever gets the caller now may act before the body has ended.
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

/** Goes on with what is there, or with what will be: a promise costs more than the whole check. */
function after<From, To>(value: From | Promise<From>, next: (value: From) => To | Promise<To>): To | Promise<To> {
  return value instanceof Promise ? value.then(next) : next(value)
}

/** Signature Version 2 of the query protocol stands in the form itself: only then can it be told why it is refused. */
function maySignInForm({ request }: Door, error: VerifyError): boolean {
  return error.group === 'mechanism' && /^application\/x-www-form-urlencoded/i.test(headerValue(request, HEADER.contentType) ?? '')
}

/** Looks up whose key it is. @returns The refusal of an access key ID that is throttled. */
function knownCredential(
  door: Door,
  algorithm: string,
  sessionToken: string | undefined,
): RefusedRequest | undefined | Promise<RefusedRequest | undefined> {
  const { credential, options, profile, now } = door
  if (credential === undefined) return undefined
  if (options.throttle?.blocked(credential.accessKeyId, now) === true)
    return door.refuse(errorOf(profile.dialect === 's3' ? SLOW_DOWN : THROTTLED, 'throttle'), undefined, 'throttled')
  const failed = (error: unknown): never => {
    door.tell('store-failed', undefined, 500)
    throw error
  }
  const keep = (known: KnownCredential | undefined): undefined => {
    door.known = known
  }
  try {
    const { accessKeyId, scope } = credential
    const known = options.credentials({ accessKeyId, scope, algorithm, sessionToken })
    return known instanceof Promise ? known.then(keep, failed) : keep(known)
  } catch (error) {
    return failed(error)
  }
}

/** A browser's form. Its fields are judged as soon as its file begins, so that no file is held for who has no right to send it. */
function formBody(door: Door): VerifiedBody {
  const form = incomingForm(door.request, door.limits)
  let refused: RefusedRequest | undefined
  let judging: Promise<FormAccepted | undefined> | undefined
  const stop = (reason: Refused | undefined) => {
    if (reason === undefined || refused !== undefined) return
    refused = door.refuse(errorOf(reason, 'form'), undefined)
    form.discard()
  }
  const judged = async (): Promise<FormAccepted | undefined> => {
    const field = (name: string) => form.fields.find((one) => one.name.toLowerCase() === name)?.value
    door.credential = parseLenientCredential(field('x-amz-credential') ?? '')
    if (door.credential !== undefined) door.by = 'form'
    const turned = await knownCredential(door, field('x-amz-algorithm') ?? '', field('x-amz-security-token'))
    // The file may have been refused in the meantime.
    if (refused !== undefined) return undefined
    const { bucket } = bucketPlace(door.request)
    const options = { service: 's3', ...door.verifyOptions(field('x-amz-security-token')), bucket, fileName: form.file.name }
    const verdict = turned === undefined ? verifyPostForm(form.fields, door.known?.key ?? UNKNOWN_KEY, options) : undefined
    if (verdict?.ok === true) return { ...verdict, bucket }
    refused = turned ?? door.refuse(verdict!.error, undefined)
    form.discard()
    return undefined
  }
  return {
    mode: 'form',
    get refused() {
      return refused
    },
    push: (bytes) => {
      if (refused !== undefined) return []
      stop(form.push(bytes))
      if (judging !== undefined || refused !== undefined || !form.file.begun) return []
      judging = judged()
      // A credential store that fails is told of at the end; where there is none, the request has gone.
      judging.catch(() => {})
      return []
    },
    end: async () => {
      const verdict = await judging
      if (refused === undefined) stop(form.end())
      const { name: fileName, type: fileType, pieces, length } = form.file
      if (verdict !== undefined) stop(fileLengthRefused(length, verdict.contentLength))
      if (refused !== undefined) return { ok: false, refused }
      door.tell('accepted', undefined, 200)
      const { bucket, key, fields } = verdict!
      return { ok: true, caller: door.caller(), pieces, form: { bucket, key, fields, fileName, fileType } }
    },
    close: form.discard,
  }
}

type FormAccepted = Extract<ReturnType<typeof verifyPostForm>, { readonly ok: true }> & { readonly bucket: string }

/** A body that is held until it is complete, because the signature covers its hash. */
function wholeBody(door: Door): VerifiedBody {
  const pieces: Uint8Array[] = []
  let length = 0
  let refused: RefusedRequest | undefined
  return {
    mode: 'whole',
    get refused() {
      return refused
    },
    push: (bytes) => {
      if (refused !== undefined) return []
      length += bytes.length
      if (length > door.limits.wholeBodyBytes) {
        pieces.length = 0
        refused = door.refuse(errorOf(BODY_TOO_LARGE, 'limit'), undefined, 'limit')
      } else pieces.push(bytes)
      return []
    },
    end: () => {
      if (refused !== undefined) return { ok: false, refused }
      const body = joined(pieces, length)
      const verdict = door.verdict(body)
      if (!verdict.ok) return { ok: false, refused: door.refuse(verdict.error, verdict.inputs, 'refused', body) }
      return after(usedBefore(door), (replayed) =>
        replayed === undefined ? accepted(door, body.length === 0 ? [] : [body]) : { ok: false, refused: replayed },
      )
    },
    close: () => {},
  }
}

/** A body that is checked as it goes by. */
function streamedBody(door: Door, mode: PayloadMode, check: PayloadCheck): VerifiedBody {
  let length = 0
  let refused: RefusedRequest | undefined
  const passed = (result: readonly Uint8Array[] | PayloadRefused): readonly Uint8Array[] => {
    if (!isRefused(result)) return result
    refused = door.refusePayload(result)
    return []
  }
  return {
    mode,
    get refused() {
      return refused
    },
    push: (bytes) => {
      if (refused !== undefined) return []
      length += bytes.length
      if (length > door.limits.streamedBodyBytes) {
        refused = door.refuse(errorOf(ENTITY_TOO_LARGE, 'limit'), undefined, 'limit')
        return []
      }
      return passed(check.push(bytes))
    },
    end: () => {
      const pieces = refused === undefined ? passed(check.end()) : []
      return refused === undefined ? accepted(door, pieces) : { ok: false, refused }
    },
    close: () => {},
  }
}

/** What the body is held against; or the refusal of a head that cannot announce such a body. */
function payloadCheckOf(door: Door, mode: PayloadMode): PayloadCheck | Refused {
  const { request, profile, known, authorization, limits, options } = door
  if (mode === 'hash') return hashCheck(headerValue(request, HEADER.contentSha256) ?? '')
  if (mode === 'unsigned') return UNSIGNED_CHECK
  const inputs = signingInputsOf(request, { profile })
  const keyed = inputs === undefined || known === undefined ? undefined : { ...inputs, key: known.key }
  const seed = authorization?.signature ?? ''
  if (keyed !== undefined && streamingModeOf(headerValue(request, HEADER.contentSha256))?.framing === 'event-stream') {
    const seconds = door.maxClockSkewSeconds() ?? profile.maxClockSkewSeconds
    return eventCheck(eventReader(keyed, seed, { messageBytes: limits.chunkBytes }), options.clock ?? Date.now, seconds)
  }
  const chain = keyed === undefined ? undefined : payloadChain(keyed, seed)
  return chunkReaderOf(request, chain, { signedChunkBytes: limits.chunkBytes })
}

/** The refusal of a signature in a header that was used before, where a guard says so. Asked once, when the signature was right. */
function usedBefore(door: Door): RefusedRequest | undefined | Promise<RefusedRequest | undefined> {
  const { options, now, by } = door
  if (options.replay === undefined || by !== 'header') return undefined
  const signature = door.authorization?.signature ?? ''
  const until = now + 2000 * (door.maxClockSkewSeconds() ?? door.profile.maxClockSkewSeconds)
  const first = options.replay.firstUse(door.forRegionSet() ? onceOfEcdsaSignature(signature) : signature, until, now)
  return after(first, (is) => (is ? undefined : door.refuse(errorOf(REPLAYED, 'replay'), undefined, 'replayed')))
}

function accepted(door: Door, pieces: readonly Uint8Array[]): Outcome {
  door.tell('accepted', undefined, 200)
  return { ok: true, caller: door.caller(), pieces }
}

/** A refusal that is none of the law's numbered checks. */
function errorOf(refused: Refused, check: string): VerifyError {
  return { ...refused, extra: refused.extra ?? [], check, group: check === 'payload' ? 'payload' : 'request', number: 0, of: 0 }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  if (pieces.length === 1) return pieces[0]!
  const all = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** Whether a check refused that does not ask whose the key is. */
function comesBeforeTheKey({ number }: VerifyError, { dialect }: SigningProfile, by: 'header' | 'query'): boolean {
  return number <= checksOf(dialect, by).findIndex(({ id }) => id === 'access-key')
}

function sameScope(a: CredentialScope, b: CredentialScope): boolean {
  return a.date === b.date && a.region === b.region && a.service === b.service && a.terminator === b.terminator
}

const EMPTY = new Uint8Array(0)
const ANY_REGION = 'us-east-1'
/** Stands in for the key of an access key ID that is not known. Nothing is accepted by it: such a request is refused before. */
const UNKNOWN_KEY = new SecretAccessKey('no secret access key: the access key ID is not known')
/** The groups of checks whose failing says that somebody may be guessing. */
const FAILURES: ReadonlySet<string> = new Set(['signature', 'token', 'access-key'])

const SLOW_DOWN: Refused = { code: 'SlowDown', message: 'Please reduce your request rate.', status: 503 }
const UNAVAILABLE: Refused = {
  code: 'ServiceUnavailable',
  message: 'The request has failed due to a temporary failure of the server.',
  status: 503,
}
const THROTTLED: Refused = { code: 'Throttling', message: 'Rate exceeded', status: 400 }
const BODY_TOO_LARGE: Refused = { code: 'RequestEntityTooLarge', message: 'Request size exceeded the limit of this endpoint.', status: 413 }
const ENTITY_TOO_LARGE: Refused = {
  code: 'EntityTooLarge',
  message: 'Your proposed upload exceeds the maximum allowed object size.',
  status: 400,
}
/** Not one of AWS's: AWS has no replay protection. */
const REPLAYED: Refused = { code: 'AccessDenied', message: 'This request was received before.', status: 403 }
