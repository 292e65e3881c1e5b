/** What `sign` and `presign` have in common: the caller's options checked, the headers chosen, the inputs made. */

import type { P256 } from '../p256/index.js'
import { signedHeaderNames } from './canonical-headers.js'
import { type CredentialScope, credentialScope, sameScope } from './credential-scope.js'
import { EcdsaPrivateKey } from './ecdsa-key.js'
import type { HttpRequest } from './http-request.js'
import { payloadHash } from './payload-hash.js'
import { headerValues } from './received-request.js'
import { requestDateText } from './request-date.js'
import { dangerSignature } from './signature.js'
import { type SigningInputs, standardInputs } from './signing-inputs.js'
import { type SecretAccessKey, SigningKey } from './signing-key.js'
import { type SigningProfile, signingProfileOf } from './signing-profile.js'
import { UsageError } from './usage-error.js'
import { AWS4_ECDSA_P256_SHA256, AWS4_HMAC_SHA256, HEADER, QUERY } from './wire-names.js'

/**
 * Whose signature it will be.
 * @public
 */
export interface Credentials {
  readonly accessKeyId: string
  /** The secret; or what was derived of it: the signing key of the very scope that is signed for, the private key for a region set. */
  readonly secretAccessKey: SecretAccessKey | SigningKey | EcdsaPrivateKey
  readonly sessionToken?: string
  /** The token of an S3 Express session (CreateSession), which is sent under another name. In place of `sessionToken`. */
  readonly s3SessionToken?: string
}

/**
 * What a signature is made for: one region (AWS4-HMAC-SHA256), or a region set (AWS4-ECDSA-P256-SHA256).
 * @public
 */
export type SigningOptions = CommonSigningOptions & (InOneRegion | InARegionSet)

interface InOneRegion {
  readonly region: string
  readonly regionSet?: undefined
}

interface InARegionSet {
  readonly region?: undefined
  /** The regions that the signature is good in; "*" in a name stands for anything, and alone for all regions. */
  readonly regionSet: readonly string[]
  /** Default: the runtime's, which only Node, Deno and Bun have. */
  readonly p256?: P256
}

interface CommonSigningOptions {
  /** The signer's clock, milliseconds since 1970. */
  readonly now: number
  /** Signing name of the service. */
  readonly service: string
  /** Default: the service's. */
  readonly profile?: SigningProfile
  /** Headers sent but not signed, in any case. Default: {@link UNSIGNED_HEADERS}. */
  readonly unsignedHeaders?: readonly string[]
}

/**
 * Headers that proxies and HTTP clients set and change on the way: they are not signed unless asked for.
 * @internal
 */
export const UNSIGNED_HEADERS: readonly string[] = [
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-amzn-trace-id',
]

/** Options that were checked, and what follows from them. */
export interface SigningPlan {
  readonly algorithm: string
  /** As it is sent, "us-east-1,us-west-2"; `undefined` where the scope names the region. */
  readonly regionSet: string | undefined
  readonly date: string
  readonly scope: CredentialScope
  readonly profile: SigningProfile
  readonly accessKeyId: string
  readonly key: Credentials['secretAccessKey']
  readonly p256: P256 | undefined
}

/** @throws UsageError where the request cannot be signed as asked. */
export function signingPlan(request: HttpRequest, credentials: Credentials, options: SigningOptions): SigningPlan {
  const { now, region, service, regionSet } = options
  if (!Number.isFinite(now) || now < 0 || now > LAST_DATE) throw new UsageError('invalid-date', 'now must be milliseconds since 1970.')
  if (!SCOPE_PART.test(service) || (regionSet === undefined && !SCOPE_PART.test(region ?? '')))
    throw new UsageError('invalid-scope', 'Region and service must be given, without "/".')
  if (regionSet?.every((one) => REGION_OF_SET.test(one)) === false || regionSet?.length === 0 || (regionSet && region !== undefined))
    throw new UsageError(
      'invalid-scope',
      'A region set is a list of regions, each of letters, digits, "-" and "*", in place of the region.',
    )
  if (!/^[\x21-\x7e]+$/.test(credentials.accessKeyId))
    throw new UsageError('invalid-credentials', 'The access key ID is empty or holds blanks.')
  if (headerValues(request, HEADER.host).length !== 1)
    throw new UsageError('missing-host', 'The request needs exactly one Host header, because it is signed.')
  if (!/^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:\/\/)[^\s#]*$/.test(request.target)) {
    throw new UsageError('invalid-target', 'The target must begin with "/" and hold no blanks and no fragment.')
  }
  for (const [name, value] of request.headers) {
    if (WIDE.test(name) || WIDE.test(value))
      throw new UsageError('not-a-byte-string', `The header ${name} holds characters above U+00FF; use utf8ByteString.`)
  }
  if (WIDE.test(request.target)) throw new UsageError('not-a-byte-string', 'The target holds characters above U+00FF; use utf8ByteString.')
  const date = requestDateText(now)
  const scope = credentialScope(date.slice(0, 8), region, service)
  const { secretAccessKey: key, accessKeyId } = credentials
  if (key instanceof SigningKey && !sameScope(key.scope, scope))
    throw new UsageError('wrong-key-scope', 'The signing key was derived for another scope.')
  if (key instanceof EcdsaPrivateKey && regionSet === undefined)
    throw new UsageError('wrong-key-scope', 'A private key signs for a region set; for one region, the secret or a signing key does.')
  const algorithm = regionSet === undefined ? AWS4_HMAC_SHA256 : AWS4_ECDSA_P256_SHA256
  const profile = options.profile ?? signingProfileOf(service)
  return { algorithm, regionSet: regionSet?.join(','), date, scope, profile, key, accessKeyId, p256: options.regionSet && options.p256 }
}

/** The session token as a header, or as a query parameter; none where there is none. */
export function tokenToSend({ sessionToken, s3SessionToken }: Credentials): (readonly [name: string, value: string])[] {
  if (s3SessionToken !== undefined) return [[QUERY.s3SessionToken, s3SessionToken]]
  return sessionToken === undefined ? [] : [[QUERY.securityToken, sessionToken]]
}

/** The names to sign: all headers sent but those that were asked to be left out. */
export function headersToSign(request: HttpRequest, unsigned: readonly string[] = UNSIGNED_HEADERS): string[] {
  const left = new Set(unsigned.map((name) => name.toLowerCase()))
  if (left.has(HEADER.host)) throw new UsageError('missing-host', 'The Host header has to be signed.')
  return signedHeaderNames(request.headers.map(([name]) => name)).filter((name) => !left.has(name) && name !== HEADER.authorization)
}

/** The inputs of a request that is about to be signed. */
export function plannedInputs(
  request: HttpRequest,
  by: 'header' | 'query',
  signedHeaders: readonly string[],
  plan: SigningPlan,
): SigningInputs {
  const { algorithm, profile, date, scope, key, accessKeyId } = plan
  const hash = payloadHash(request, by, profile)
  if (hash === undefined)
    throw new UsageError(
      'unknown-body',
      'The body is not known, so its hash cannot be signed; pass an empty body, or sign UNSIGNED-PAYLOAD for a service that takes it.',
    )
  return standardInputs({
    request,
    authentication: by,
    profile,
    signedHeaders,
    payloadHash: hash,
    algorithm,
    requestDate: date,
    scope,
    key,
    accessKeyId,
  })
}

/** The signature to send. */
export function signatureToSend(inputs: SigningInputs, { p256 }: SigningPlan): string {
  return dangerSignature(inputs, p256)!
}

const SCOPE_PART = /^[^/\s]+$/
const REGION_OF_SET = /^[A-Za-z0-9*-]+$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of the byte range is meant
const WIDE = /[^\u0000-\u00ff]/
/** The last millisecond of the year 9999. */
const LAST_DATE = 253402300799999
