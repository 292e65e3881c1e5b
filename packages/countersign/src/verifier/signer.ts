/** Whom a request is of, as the credential store, the throttle and the replay guard know it. */
import { onceOfEcdsaSignature, type Refused, sameScope } from '../sigv4/index.js'
import { type CredentialQuery, checkedCredential, type KnownCredential } from './credential-store.js'
import { type Refusal, refusal } from './refusal.js'
import { clockSkewOf, isForRegionSet, type RequestContext, tell } from './request-context.js'

/** What a store was asked and answered before the context was made: nobody asks it the same twice. */
export class StoreAnswer {
  constructor(
    readonly question: CredentialQuery,
    readonly known: KnownCredential | undefined | Promise<KnownCredential | undefined>,
  ) {}

  /** Whether it is the answer to that. Who took a request for plainer than it is may have asked about somebody else. */
  isTo({ accessKeyId, scope, algorithm, sessionToken }: CredentialQuery): boolean {
    const { question } = this
    return (
      question.accessKeyId === accessKeyId &&
      question.algorithm === algorithm &&
      question.sessionToken === sessionToken &&
      sameScope(question.scope, scope)
    )
  }
}

/** The request with what is known of its signer; or the refusal of an access key ID that is throttled. */
export function withSigner(
  context: RequestContext,
  algorithm: string,
  sessionToken: string | undefined,
  answered?: StoreAnswer,
): RequestContext | Refusal | Promise<RequestContext> {
  const { credential, options, profile, now } = context
  if (credential === undefined) return context
  const { accessKeyId, scope } = credential
  if (options.throttle?.blocked(accessKeyId, now) === true)
    return refusal(context, profile.dialect === 's3' ? SLOW_DOWN : THROTTLED, 'throttle', 'throttled')
  const failed = (error: unknown): never => {
    tell(context, 'store-failed', undefined, 500)
    throw error
  }
  const next = (known: unknown): RequestContext => ({ ...context, known: checkedCredential(known) })
  try {
    const question = { accessKeyId, scope, algorithm, sessionToken }
    const known = answered?.isTo(question) === true ? answered.known : options.credentials(question)
    return known instanceof Promise ? known.then(next).catch(failed) : next(known)
  } catch (error) {
    return failed(error)
  }
}

/** The refusal of a signature in a header that was used before, where a guard says so. Asked once, when the signature was right. */
export function usedBefore(context: RequestContext): Refusal | undefined | Promise<Refusal | undefined> {
  const { options, now, by, authorization, profile, service } = context
  if (options.replay === undefined || by !== 'header') return undefined
  const signature = authorization?.signature ?? ''
  const until = now + 2000 * (clockSkewOf(options, service) ?? profile.maxClockSkewSeconds)
  const first = options.replay.firstUse(isForRegionSet(context) ? onceOfEcdsaSignature(signature) : signature, until, now)
  return after(first, (is) => (is ? undefined : refusal(context, REPLAYED, 'replay', 'replayed')))
}

/** Goes on with what is there, or with what will be: a promise costs more than the whole check. */
export function after<From, To>(value: From | Promise<From>, next: (value: From) => To | Promise<To>): To | Promise<To> {
  return value instanceof Promise ? value.then(next) : next(value)
}

export const SLOW_DOWN: Refused = { code: 'SlowDown', message: 'Please reduce your request rate.', status: 503 }
const THROTTLED: Refused = { code: 'Throttling', message: 'Rate exceeded', status: 400 }
/** Not one of AWS's: AWS has no replay protection. */
const REPLAYED: Refused = { code: 'AccessDenied', message: 'This request was received before.', status: 403 }
