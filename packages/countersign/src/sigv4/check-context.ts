/** What the checks of `verify` look at: a request, taken apart once. */

import { p256 as p256Here } from '#p256'
import type { P256 } from '../p256/index.js'
import { type Authorization, queryAuthorizationOf, sessionTokenOf } from './authorization.js'
import type { Carrier } from './checks.js'
import type { Credential } from './credential-scope.js'
import { EcdsaPrivateKey, EcdsaPublicKey } from './ecdsa-key.js'
import type { HttpRequest } from './http-request.js'
import { headerValues } from './received-request.js'
import { remembered } from './remembered.js'
import { parseLenientDate, parseRequestDate } from './request-date.js'
import type { RequestKey, SigningInputs } from './signing-inputs.js'
import { SigningKey } from './signing-key.js'
import type { SigningProfile } from './signing-profile.js'
import { regionSetHolds, regionSetOf } from './sigv4a.js'
import { AWS4_ECDSA_P256_SHA256, AWS4_HMAC_SHA256, HEADER } from './wire-names.js'

/**
 * How to verify. What is left out is not checked, or is taken from the request's own scope.
 * @public
 */
export interface VerifyOptions {
  /** The verifier's clock, milliseconds since 1970. */
  readonly now: number
  /** Default: the profile of `service`, else of the service in the credential scope. */
  readonly profile?: SigningProfile
  /** The region and service that this verifier answers for. A region set has to hold the region. */
  readonly region?: string
  readonly service?: string
  /** The session token that belongs to the access key ID; `null` where it has none, and may send none. */
  readonly sessionToken?: string | null
  /** Whether the temporary credentials of the access key ID have ended. Default: they have not. */
  readonly sessionTokenExpired?: boolean
  /** Default: the profile's. */
  readonly maxClockSkewSeconds?: number
  /** Whether the access key ID exists. Default: it does. */
  readonly accessKeyIdKnown?: boolean | ((accessKeyId: string) => boolean)
  /** For AWS4-ECDSA-P256-SHA256. Default: the runtime's; where it has none, that algorithm is refused as not supported. */
  readonly p256?: P256
}

/** A request on its way through the checks. */
export interface CheckContext {
  readonly request: HttpRequest
  readonly options: VerifyOptions
  readonly profile: SigningProfile
  readonly by: Carrier
  /** The algorithms that can be checked with the key and the runtime at hand. */
  readonly algorithms: readonly string[]
  readonly authorization: Authorization | undefined
  /** Whether it carries an Authorization header and X-Amz-Algorithm as well. */
  readonly signedTwice: boolean
  readonly credential: Credential | undefined
  /** The request date as written, and read. */
  readonly date: string | undefined
  readonly time: number | undefined
  readonly maxSkewSeconds: number
  readonly inputs: SigningInputs | undefined
}

/** A refusal before it is numbered. */
export interface Refused {
  readonly code: string
  readonly message: string
  readonly status: number
  readonly extra?: readonly (readonly [name: string, value: string])[]
}

/** What one check makes of a request: `undefined` lets it pass. */
export type CheckRule = (context: CheckContext) => Refused | undefined
/** The rules of a dialect by check id. A check without a rule (the method, the content type) is the service's own. */
export type CheckRules = Readonly<Record<string, CheckRule | undefined>>

const basicTime = remembered(parseRequestDate)
const lenientTime = remembered(parseLenientDate)

type Given = Pick<CheckContext, 'request' | 'options' | 'profile' | 'authorization' | 'credential' | 'date' | 'inputs'> & {
  readonly key: RequestKey
  /** Default: where the authorization stands. */
  readonly by?: Carrier
}

/** Completes what a verification has found out. */
export function checkContextOf(given: Given): CheckContext {
  const { request, options, authorization, date, profile } = given
  const by = given.by ?? authorization?.by ?? 'header'
  const { credential, inputs } = given
  return {
    request,
    options,
    profile,
    authorization,
    credential,
    date,
    inputs,
    by,
    algorithms: algorithmsOf(given.key, options),
    signedTwice: authorization?.by === 'header' && queryAuthorizationOf(request) !== undefined,
    time: date === undefined ? undefined : by === 'header' ? lenientTime(date) : basicTime(date),
    maxSkewSeconds: options.maxClockSkewSeconds ?? profile.maxClockSkewSeconds,
  }
}

/** A secret is good for both algorithms, what was derived of it for one. */
function algorithmsOf(key: RequestKey, { p256 = p256Here }: VerifyOptions): readonly string[] {
  if (key instanceof SigningKey || p256 === undefined) return HMAC_ONLY
  return key instanceof EcdsaPublicKey || key instanceof EcdsaPrivateKey ? ECDSA_ONLY : BOTH
}

const HMAC_ONLY: readonly string[] = [AWS4_HMAC_SHA256]
const ECDSA_ONLY: readonly string[] = [AWS4_ECDSA_P256_SHA256]
const BOTH: readonly string[] = [AWS4_HMAC_SHA256, AWS4_ECDSA_P256_SHA256]

/** Whether the request is signed with a key pair, for a region set. */
export function isForRegionSet({ authorization }: CheckContext): boolean {
  return authorization?.algorithm === AWS4_ECDSA_P256_SHA256
}

/** The region, or the region set, that a request is signed for where it is not the one wanted; `undefined` where it is. */
export function wrongRegion(context: CheckContext): string | undefined {
  const { credential, options, authorization, request } = context
  const wanted = options.region
  if (wanted === undefined || credential === undefined || authorization === undefined) return undefined
  if (!isForRegionSet(context)) return credential.scope.region === wanted ? undefined : (credential.scope.region ?? '')
  const set = regionSetOf(request, authorization) ?? ''
  return regionSetHolds(set, wanted) ? undefined : set
}

/** The first Authorization header value, without the blanks around it, or "". */
export function authorizationHeader({ request }: CheckContext): string {
  return (headerValues(request, HEADER.authorization)[0] ?? '').trim()
}

/** Whether a request has more than one Authorization header. */
export function hasTwoAuthorizations({ request }: CheckContext): boolean {
  return headerValues(request, HEADER.authorization).length > 1
}

/** Whether the request's session token is another than the one that belongs to the key. */
export function wrongSessionToken({ request, options }: CheckContext): boolean {
  if (options.sessionToken === undefined) return false
  const token = sessionTokenOf(request)
  return token !== undefined && token !== options.sessionToken
}

/** Whether the access key ID is unknown. One of temporary credentials without its token is unknown, too, as on AWS. */
export function unknownAccessKey({ request, options, credential }: CheckContext): boolean {
  const { accessKeyIdKnown: known = true, sessionToken } = options
  if (typeof sessionToken === 'string' && sessionTokenOf(request) === undefined) return true
  return typeof known === 'boolean' ? !known : !known(credential?.accessKeyId ?? '')
}
