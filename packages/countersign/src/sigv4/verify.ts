/**
 * `verify`: what a verifier of AWS does with a signed request, check by check.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { type Authorization, authorizationOf, requestDateOf } from './authorization.js'
import { signedHeaderNames } from './canonical-headers.js'
import { type CheckContext, type CheckRule, type CheckRules, checkContextOf, type Refused, type VerifyOptions } from './check-context.js'
import { type Check, checksOf, type Dialect } from './checks.js'
import { type Credential, type CredentialScope, parseLenientCredential } from './credential-scope.js'
import type { HttpRequest } from './http-request.js'
import { payloadHash } from './payload-hash.js'
import { ReceivedRequest } from './received-request.js'
import { remembered } from './remembered.js'
import { parseLenientDate, requestDateText } from './request-date.js'
import { S3_RULES } from './s3-checks.js'
import { type SignatureMatches, signatureMatches } from './signature.js'
import { type RequestKey, type SigningInputs, standardInputs } from './signing-inputs.js'
import { type SigningProfile, signingProfileOf } from './signing-profile.js'
import { STANDARD_RULES } from './standard-checks.js'
import type { VerifyError } from './verify-error.js'
import { AWS4_ECDSA_P256_SHA256 } from './wire-names.js'

export type { VerifyOptions } from './check-context.js'

/**
 * What came of a verification.
 * @public
 */
export type Verdict =
  | {
      readonly ok: true
      readonly accessKeyId: string
      readonly scope: CredentialScope
      readonly proof: SignatureMatches
      /** How many checks it passed: all of its order. */
      readonly passed: number
    }
  | {
      readonly ok: false
      readonly error: VerifyError
      /** The inputs as the verifier had them; `undefined` where the request names no credential. */
      readonly inputs: SigningInputs | undefined
    }

/**
 * What a verifier signs again: the inputs of a signed request, without a key. `canonicalRequest` and `stringToSign` take them.
 *
 * @param options.profile Default: the profile of the service in the credential scope.
 * @returns `undefined` if the request is not signed, or its credential has no scope that can be told apart.
 * @example
 * ```js
 * import { signingInputsOf } from 'countersign/sigv4'
 *
 * const authorization =
 *   'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature='
 * const headers = [['Host', 'example.amazonaws.com'], ['X-Amz-Date', '20150830T123600Z'], ['Authorization', authorization]]
 * const request = { method: 'GET', target: '/?Param2=value2&Param1=value1', headers, body: new Uint8Array(0) }
 * const inputs = signingInputsOf(request)
 * inputs.scope // => { date: '20150830', region: 'us-east-1', service: 'service', terminator: 'aws4_request' }
 * inputs.signedHeaders // => ['host', 'x-amz-date']
 * signingInputsOf({ ...request, headers: [] }) // => undefined
 * ```
 * @public
 */
export function signingInputsOf(request: HttpRequest, options: { readonly profile?: SigningProfile } = {}): SigningInputs | undefined {
  const received = ReceivedRequest.of(request)
  const authorization = authorizationOf(received)
  const credential = authorization === undefined ? undefined : credentialIn(authorization)
  if (authorization === undefined || credential === undefined) return undefined
  const profile = options.profile ?? signingProfileOf(credential.scope.service)
  return inputsOf(received, authorization, credential, profile, requestDateOf(received, authorization.by), undefined)
}

/**
 * Checks a signed request as the service would, in the service's order of checks. Synchronous and pure. Signatures are compared in
 * constant time. A key that was derived is good for one of the two algorithms: the other is refused as not supported.
 *
 * @param key The secret of the request's access key ID, the signing key of its scope, or the public key of its key pair.
 * @param options `now` is the verifier's clock in milliseconds since 1970. `region` and `service`: what it insists on.
 * @returns `ok`, with whose request it is; or AWS's error with the check that refused. It never throws for a bad request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @example
 * ```js
 * import { SecretAccessKey, sign, verify } from 'countersign/sigv4'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const request = { method: 'GET', target: '/b/k', headers: [['Host', 's3.example.com']], body: new Uint8Array(0) }
 * const now = Date.UTC(2026, 2, 3, 8, 15, 31)
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret }
 * const signed = sign(request, credentials, { now, region: 'eu-west-1', service: 's3' })
 * verify(signed, secret, { now }).ok // => true
 * verify({ ...signed, target: '/b/other' }, secret, { now }).error.code // => 'SignatureDoesNotMatch'
 * verify(signed, secret, { now: now + 3_600_000 }).error.code // => 'RequestTimeTooSkewed'
 * ```
 * @public
 */
export function verify(request: HttpRequest, key: RequestKey, options: VerifyOptions): Verdict {
  const received = ReceivedRequest.of(request)
  const authorization = authorizationOf(received)
  const credential = authorization === undefined ? undefined : credentialIn(authorization)
  const profile = options.profile ?? signingProfileOf(options.service ?? credential?.scope.service ?? '')
  const date = requestDateOf(received, authorization?.by ?? 'header')
  const inputs =
    authorization === undefined || credential === undefined ? undefined : inputsOf(received, authorization, credential, profile, date, key)
  return verdictOf(checkContextOf({ request: received, key, options, authorization, credential, profile, date, inputs }))
}

/** A check with its rule; a check without one is the service's own and passes. */
interface CheckStep {
  readonly check: Check
  readonly rule: CheckRule | undefined
}

const STEPS = {
  s3: { header: stepsOf('s3', 'header', S3_RULES), query: stepsOf('s3', 'query', S3_RULES) },
  standard: { header: stepsOf('standard', 'header', STANDARD_RULES), query: stepsOf('standard', 'query', STANDARD_RULES) },
} as const

function stepsOf(dialect: Dialect, by: 'header' | 'query', rules: CheckRules): readonly CheckStep[] {
  return checksOf(dialect, by).map((check) => ({ check, rule: rules[check.id] }))
}

/** Asks the rule of every check in turn; the first that refuses decides. */
function verdictOf(context: CheckContext): Verdict {
  const { inputs, credential } = context
  const steps = STEPS[context.profile.dialect][context.by === 'query' ? 'query' : 'header']
  let proof: SignatureMatches | undefined
  for (const { check, rule } of steps) {
    if (check.group === 'signature' && inputs !== undefined) {
      proof = signatureMatches(inputs, context.authorization?.signature ?? '', undefined, context.options.p256)
      if (proof !== undefined) continue
    }
    const refused: Refused | undefined = rule?.(context)
    if (refused === undefined) continue
    const { code, message, status, extra = [] } = refused
    return {
      ok: false,
      error: { code, message, status, check: check.id, group: check.group, number: check.number, of: steps.length, extra },
      inputs,
    }
  }
  return { ok: true, accessKeyId: credential!.accessKeyId, scope: credential!.scope, proof: proof!, passed: steps.length }
}

function inputsOf(
  request: ReceivedRequest,
  authorization: Authorization,
  credential: Credential,
  profile: SigningProfile,
  date: string | undefined,
  key: RequestKey | undefined,
): SigningInputs {
  return standardInputs({
    request: request.given,
    authentication: authorization.by,
    profile,
    signedHeaders: signedHeadersOf(authorization, profile),
    payloadHash: payloadHash(request, authorization.by, profile),
    algorithm: authorization.algorithm,
    requestDate: basicDate(date),
    scope: credential.scope,
    key,
    accessKeyId: credential.accessKeyId,
  })
}

/** Lower case and sorted, in whatever order the request has them; on S3, each once. */
function signedHeadersOf({ signedHeaders }: Authorization, { dialect }: SigningProfile): readonly string[] {
  if (signedHeaders === undefined || signedHeaders === '') return []
  return dialect === 's3' ? uniqueNames(signedHeaders) : sortedNames(signedHeaders)
}

const sortedNames = remembered((list): readonly string[] => list.toLowerCase().split(';').sort())
const uniqueNames = remembered((list): readonly string[] => signedHeaderNames(list.split(';')))
const hmacCredential = remembered((text) => parseLenientCredential(text))
const ecdsaCredential = remembered((text) => parseLenientCredential(text, AWS4_ECDSA_P256_SHA256))

/** The credential of an Authorization; a terminator that is lacking is read as an empty one. */
export function credentialIn({ algorithm, credential = '' }: Authorization): Credential | undefined {
  return algorithm === AWS4_ECDSA_P256_SHA256 ? ecdsaCredential(credential) : hmacCredential(credential)
}

/** A date in the form the string to sign uses; a text that is no date stays as it is. */
function basicDate(text: string | undefined): string {
  if (text === undefined) return ''
  if (/^\d{8}T\d{6}Z$/.test(text)) return text
  const time = parseLenientDate(text)
  return time === undefined ? text : requestDateText(time)
}
