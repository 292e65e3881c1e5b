/** What the checks of `verify` look at: a request, taken apart once. */
import { type Authorization, queryAuthorization, sessionTokenOf } from './authorization.js'
import type { Credential } from './credential-scope.js'
import { type HttpRequest, headerValues, splitTarget } from './http-request.js'
import { remembered } from './remembered.js'
import { parseLenientDate, parseRequestDate } from './request-date.js'
import type { SigningInputs } from './signing-inputs.js'
import type { SigningProfile } from './signing-profile.js'
import { HEADER } from './wire-names.js'

/** How to verify. What is left out is not checked, or is taken from the request's own scope. */
export interface VerifyOptions {
  /** The verifier's clock, milliseconds since 1970. */
  readonly now: number
  /** Default: the profile of `service`, else of the service in the credential scope. */
  readonly profile?: SigningProfile
  /** The region and service that this verifier answers for. */
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
}

/** A request on its way through the checks. */
export interface Judged {
  readonly request: HttpRequest
  readonly options: VerifyOptions
  readonly profile: SigningProfile
  readonly by: 'header' | 'query'
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

/** Judges a request at one check: `undefined` lets it pass. */
export type Judge = (judged: Judged) => Refused | undefined
/** The judges of a dialect by check id. A check without a judge (the method, the content type) is the service's own. */
export type Judges = Readonly<Record<string, Judge | undefined>>

const basicTime = remembered(parseRequestDate)
const lenientTime = remembered(parseLenientDate)

type Given = Pick<Judged, 'request' | 'options' | 'profile' | 'authorization' | 'credential' | 'date' | 'inputs'>

/** Completes what a verification has found out. */
export function requestJudged(given: Given): Judged {
  const { request, options, authorization, date, profile } = given
  const by = authorization?.by ?? 'header'
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
    signedTwice: authorization?.by === 'header' && queryAuthorization(splitTarget(request.target).query) !== undefined,
    time: date === undefined ? undefined : by === 'query' ? basicTime(date) : lenientTime(date),
    maxSkewSeconds: options.maxClockSkewSeconds ?? profile.maxClockSkewSeconds,
  }
}

/** The first Authorization header value as sent, or "". */
export function authorizationHeader({ request }: Judged): string {
  return headerValues(request, HEADER.authorization)[0] ?? ''
}

/** Whether the request's session token is another than the one that belongs to the key. */
export function wrongSessionToken({ request, options }: Judged): boolean {
  if (options.sessionToken === undefined) return false
  const token = sessionTokenOf(request)
  return token !== undefined && token !== options.sessionToken
}

/** Whether the access key ID is unknown. One of temporary credentials without its token is unknown, too, as on AWS. */
export function unknownAccessKey({ request, options, credential }: Judged): boolean {
  const { accessKeyIdKnown: known = true, sessionToken } = options
  if (typeof sessionToken === 'string' && sessionTokenOf(request) === undefined) return true
  return typeof known === 'boolean' ? !known : !known(credential?.accessKeyId ?? '')
}
