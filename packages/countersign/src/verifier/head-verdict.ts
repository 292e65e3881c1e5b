/** The verdict of the specification on a request whose signer was asked about. */
import { verify } from '../fast/index.js'
import {
  type Authorization,
  checksOf,
  type HttpRequest,
  regionSetHolds,
  regionSetOf,
  SecretAccessKey,
  SigningKey,
  type SigningProfile,
  sameScope,
  sessionTokenOf,
  UsageError,
  type Verdict,
  type VerifyError,
  type VerifyOptions,
  verify as verifyBySpec,
} from '../sigv4/index.js'
import { clockSkewOf, isForRegionSet, type RequestContext, wanted } from './request-context.js'

/** @param body `undefined`: none is looked at. */
export function verdictOn(context: RequestContext, body: Uint8Array | undefined): Verdict {
  const { known, credential, request } = context
  const key = known?.key ?? UNKNOWN_KEY
  if (key instanceof SigningKey && credential !== undefined && !sameScope(key.scope, credential.scope))
    throw new UsageError('wrong-key-scope', 'The credential store answered with a signing key of another scope than it was asked about.')
  const signed = request.withBody(body)
  const options = { ...verifyOptionsOf(context), accessKeyIdKnown: true }
  const isPlain = key instanceof SecretAccessKey || key instanceof SigningKey
  const verdict = isPlain ? verify(signed, key, options) : verifyBySpec(signed, key, options)
  return known === undefined ? onUnknownKey(context, verdict) : verdict
}

/**
 * The verdict on a request whose access key ID is not known: all that a known one with a wrong signature costs was spent on it
 * (docs/manual/under-load.md), and whatever came of that, nothing is accepted.
 */
function onUnknownKey(context: RequestContext, asIfKnown: Verdict): Verdict {
  const { request, profile, by } = context
  if (!asIfKnown.ok && comesBeforeTheKey(asIfKnown.error, profile, by === 'query' ? 'query' : 'header')) return asIfKnown
  return verifyBySpec(request.withBody(undefined), UNKNOWN_KEY, { ...verifyOptionsOf(context), accessKeyIdKnown: false })
}

/** @param sent The session token of the request: of its head, or of its form. */
export function verifyOptionsOf(context: RequestContext, sent = sessionTokenOf(context.request)): VerifyOptions {
  const { known, profile, now, options, credential } = context
  const named = credential?.scope.region
  // A verifier for every region still refuses a region without a name.
  const region = isForRegionSet(context)
    ? wantedOfSet(context.request, context.authorization, options.regions)
    : (wanted(options.regions, named) ?? (named === '' ? ANY_REGION : undefined))
  const service = wanted(options.services, credential?.scope.service)
  const seconds = clockSkewOf(options, context.service)
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

/** A region set has to hold one of the regions that the verifier answers for. */
function wantedOfSet(
  request: HttpRequest,
  authorization: Authorization | undefined,
  regions: readonly string[] | undefined,
): string | undefined {
  const set = authorization === undefined ? undefined : regionSetOf(request, authorization)
  return regions?.find((region) => regionSetHolds(set ?? '', region)) ?? regions?.[0]
}

/** Whether a check refused that does not ask whose the key is. */
function comesBeforeTheKey({ number }: VerifyError, { dialect }: SigningProfile, by: 'header' | 'query'): boolean {
  return number <= checksOf(dialect, by).findIndex(({ id }) => id === 'access-key')
}

const ANY_REGION = 'us-east-1'
/** Stands in for the key of an access key ID that is not known. Nothing is accepted by it: such a request is refused before. */
export const UNKNOWN_KEY = new SecretAccessKey('no secret access key: the access key ID is not known')
