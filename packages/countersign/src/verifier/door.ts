/** One request in front of the verifier. */
import { hostScope } from '../endpoints/index.js'
import { verify } from '../fast/index.js'
import {
  type Authorization,
  AWS4_ECDSA_P256_SHA256,
  authorizationOf,
  type Credential,
  checksOf,
  credentialIn,
  type HttpRequest,
  headerValue,
  onceOfEcdsaSignature,
  type PayloadRefused,
  type Refused,
  regionSetHolds,
  regionSetOf,
  S3_LIKE_SERVICES,
  S3_PROFILE,
  SecretAccessKey,
  type SignatureMismatch,
  type SigningInputs,
  SigningKey,
  type SigningProfile,
  STANDARD_MISMATCH,
  sameScope,
  sessionTokenOf,
  signatureMismatch,
  signingInputsOf,
  signingProfileOf,
  UsageError,
  type Verdict,
  type VerifyError,
  type VerifyOptions,
  verify as verifyByTheLaw,
} from '../sigv4/index.js'
import { type AuditCode, type AuditEvent, auditEvent } from './audit-event.js'
import { checkedCredential, type KnownCredential } from './credential-store.js'
import type { Limits } from './limits.js'
import type { Caller, RefusedRequest, RequestFidelity } from './outcome.js'
import type { StoreAnswer } from './plain-request.js'
import { refusalAnswer } from './refusal-answer.js'
import { newRequestId, type RequestId } from './request-id.js'
import { serviceAsked } from './service-asked.js'
import { protocolOf } from './service-protocol.js'
import type { VerifierOptions } from './verifier-options.js'

/** One request in front of the verifier: what was found out of it, and the one way to refuse or accept it. */
export class Door {
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
    /** What the credential store has answered already. */
    private readonly stored?: StoreAnswer,
  ) {
    this.requestId = (options.requestId ?? newRequestId)()
    this.now = (options.clock ?? Date.now)()
    const authorization = authorizationOf(request)
    this.authorization = authorization
    this.credential = authorization === undefined ? undefined : credentialIn(authorization)
    this.by = authorization?.by ?? 'none'
    const named = this.credential?.scope.service ?? serviceAsked(request)
    this.service = this.wanted('services', named) ?? named
    const profile = options.profile?.(this.service) ?? (this.service === '' ? S3_PROFILE : signingProfileOf(this.service))
    this.profile = options.unsignedPayload?.includes(this.service) ? { ...profile, unsignedPayload: 'accepted' } : profile
  }

  /** What the verifier insists on: the first it answers for, where the request names another or none. */
  wanted(what: 'services' | 'regions', given: string | undefined): string | undefined {
    const list = this.options[what]
    return list === undefined || (given !== undefined && list.includes(given)) ? undefined : list[0]
  }

  /** Whether an unsigned request is for S3 by its host, or because this verifier answers for nothing else; not as the last resort. */
  isSurelyS3(): boolean {
    const { services } = this.options
    return services?.every((one) => S3_LIKE_SERVICES.has(one)) ?? hostScope(headerValue(this.request, 'host') ?? '')?.service === 's3'
  }

  forRegionSet(): boolean {
    return this.authorization?.algorithm === AWS4_ECDSA_P256_SHA256
  }

  /** What the credential store knows of the signer. */
  lookUp(algorithm: string, sessionToken: string | undefined): KnownCredential | undefined | Promise<KnownCredential | undefined> {
    const { accessKeyId, scope } = this.credential!
    const question = { accessKeyId, scope, algorithm, sessionToken }
    return this.stored?.isTo(question) === true ? this.stored.known : this.options.credentials(question)
  }

  /** A region set has to hold one of the regions that the verifier answers for. */
  private wantedOfSet(): string | undefined {
    const set = this.authorization === undefined ? undefined : regionSetOf(this.request, this.authorization)
    const list = this.options.regions
    return list?.find((region) => regionSetHolds(set ?? '', region)) ?? list?.[0]
  }

  /** The verdict of the specification on the request with this body (`undefined`: none is looked at). */
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
    // A verifier for every region still refuses a region without a name.
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

  /** A piece whose signature is wrong is answered with its own string to sign, beside the canonical request of the head, as S3 does. */
  refusePayload(payload: PayloadRefused): RefusedRequest {
    const { request, profile, known, authorization } = this
    const inputs = signingInputsOf(request, { profile })
    const wrong = profile.dialect === 's3' ? signatureMismatch(inputs, authorization, this.credential, payload.mismatch) : STANDARD_MISMATCH
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
    if (options.onEvent === undefined) return
    const { accessKeyId, scope } = credential ?? {}
    options.onEvent(auditEvent({ request, requestId, at: now, by, accessKeyId, scope, dialect: profile.dialect }, code, error, status))
  }
}

/** Looks up whose key it is. @returns The refusal of an access key ID that is throttled. */
export function knownCredential(
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
  const keep = (known: unknown): undefined => {
    door.known = checkedCredential(known)
  }
  try {
    const known = door.lookUp(algorithm, sessionToken)
    return known instanceof Promise ? known.then(keep).catch(failed) : keep(known)
  } catch (error) {
    return failed(error)
  }
}

/** The refusal of a signature in a header that was used before, where a guard says so. Asked once, when the signature was right. */
export function usedBefore(door: Door): RefusedRequest | undefined | Promise<RefusedRequest | undefined> {
  const { options, now, by } = door
  if (options.replay === undefined || by !== 'header') return undefined
  const signature = door.authorization?.signature ?? ''
  const until = now + 2000 * (door.maxClockSkewSeconds() ?? door.profile.maxClockSkewSeconds)
  const first = options.replay.firstUse(door.forRegionSet() ? onceOfEcdsaSignature(signature) : signature, until, now)
  return after(first, (is) => (is ? undefined : door.refuse(errorOf(REPLAYED, 'replay'), undefined, 'replayed')))
}

/** Goes on with what is there, or with what will be: a promise costs more than the whole check. */
export function after<From, To>(value: From | Promise<From>, next: (value: From) => To | Promise<To>): To | Promise<To> {
  return value instanceof Promise ? value.then(next) : next(value)
}

/** A refusal that is none of the specification's numbered checks. */
export function errorOf(refused: Refused, check: string): VerifyError {
  return { ...refused, extra: refused.extra ?? [], check, group: check === 'payload' ? 'payload' : 'request', number: 0, of: 0 }
}

/** Whether a check refused that does not ask whose the key is. */
function comesBeforeTheKey({ number }: VerifyError, { dialect }: SigningProfile, by: 'header' | 'query'): boolean {
  return number <= checksOf(dialect, by).findIndex(({ id }) => id === 'access-key')
}

const ANY_REGION = 'us-east-1'
/** Stands in for the key of an access key ID that is not known. Nothing is accepted by it: such a request is refused before. */
export const UNKNOWN_KEY = new SecretAccessKey('no secret access key: the access key ID is not known')
/** The groups of checks whose failing says that somebody may be guessing. */
const FAILURES: ReadonlySet<string> = new Set(['signature', 'token', 'access-key'])
export const SLOW_DOWN: Refused = { code: 'SlowDown', message: 'Please reduce your request rate.', status: 503 }
const THROTTLED: Refused = { code: 'Throttling', message: 'Rate exceeded', status: 400 }
/** Not one of AWS's: AWS has no replay protection. */
const REPLAYED: Refused = { code: 'AccessDenied', message: 'This request was received before.', status: 403 }
