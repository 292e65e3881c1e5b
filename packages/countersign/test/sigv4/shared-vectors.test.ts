/** The published suites, where this machine has them beside the repository; where it has not, no test is registered. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  authorizationOf,
  bytesOf,
  canonicalRequest,
  dangerSigningKeyChain,
  deriveEcdsaPrivateKey,
  deriveSigningKey,
  EcdsaPublicKey,
  ecdsaPublicKeyOf,
  type HttpRequest,
  headerValue,
  IOT_PROFILE,
  parseLenientDate,
  parsePolicy,
  parseRequestDate,
  parseStringToSign,
  presign,
  queryParameters,
  S3_PROFILE,
  SecretAccessKey,
  type SigningProfile,
  STANDARD_PROFILE,
  sign,
  signatureMatches,
  signingInputsOf,
  signingProfileOf,
  signPostPolicy,
  splitTarget,
  stringToSign,
  utf8ByteString,
  verify,
  verifyPostForm,
} from '../../src/sigv4/index.ts'
import { signatureUnder } from '../../src/sigv4/signature.ts'
import { readRequest, withHeader, without } from '../vectors/request-text.ts'

const ROOT = fileURLToPath(new URL('../../../../../shared/vectors/', import.meta.url))
const SUITE_KEY = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')

if (existsSync(ROOT)) {
  describe('aws-c-auth/v4', () => {
    const cases = readdirSync(`${ROOT}aws-c-auth/v4`)
    it('has 38 cases', () => assert.equal(cases.length, 38))
    for (const name of cases) for (const by of ['header', 'query'] as const) it(`${name}, ${by}`, () => cAuthCase(name, by))
  })

  describe('aws-c-auth/v4a', () => {
    const cases = readdirSync(`${ROOT}aws-c-auth/v4a`).filter((name) => existsSync(`${ROOT}aws-c-auth/v4a/${name}/public-key.json`))
    it('has 38 cases', () => assert.equal(cases.length, 38))
    for (const name of cases) for (const by of ['header', 'query'] as const) it(`${name}, ${by}`, () => cAuthEcdsaCase(name, by))
  })

  describe('aws-sig-v4-test-suite (2015)', () => {
    const cases = filesBelow(`${ROOT}aws-sig-v4-test-suite`, '.req')
    it('has 34 cases', () => assert.equal(cases.length, 34))
    for (const path of cases) it(basename(path, '.req'), () => suite2015Case(path.slice(0, -4)))
  })

  describe('aws4-testsuite-2011', () => {
    const cases = filesBelow(`${ROOT}aws4-testsuite-2011`, '.req')
    it('has 30 cases', () => assert.equal(cases.length, 30))
    for (const path of cases) it(basename(path, '.req'), () => suite2011Case(path.slice(0, -4)))
  })

  describe('worked examples of the guides', () => {
    const s3 = json<{ cases: Example[] }>('s3-docs.json').cases
    const iam = json<{ requests: Example[]; keyDerivationV4: Derivation[]; keyDerivationV4a: KeyPair[]; stringToSignOnly: Example[] }>(
      'iam-and-key-derivation.json',
    )
    for (const example of [...s3, ...iam.requests]) {
      if (example.kind === 'post-policy') it(`${example.id}: the policy of a form`, () => formExample(example))
      else it(example.id, () => requestExample(example))
    }
    for (const example of iam.keyDerivationV4a) it(`${example.id}: key pair`, () => keyPairExample(example))
    for (const example of iam.keyDerivationV4) it(`${example.id}: signing key`, () => derivationExample(example))
    it('a string to sign alone (Redshift guide)', () => iam.stringToSignOnly.forEach(policyExample))
  })
}

/** The suite signs the raw path encoded once. Case by case it says whether the path is normalized and the body hashed. */
function cAuthCase(name: string, by: 'header' | 'query'): void {
  const folder = `${ROOT}aws-c-auth/v4/${name}/`
  const context = JSON.parse(readFileSync(`${folder}context.json`, 'utf8'))
  const base = context.omit_session_token === true ? IOT_PROFILE : STANDARD_PROFILE
  const profile: SigningProfile = { ...base, pathEncoding: 'once', normalizePath: context.normalize }
  const written = (file: string): string => utf8ByteString(readFileSync(`${folder}${by}-${file}.txt`, 'utf8'))
  const bodied = (request: HttpRequest): HttpRequest => (context.sign_body ? request : { ...request, body: new Uint8Array() })
  const signed = bodied(readRequest(readFileSync(`${folder}${by}-signed-request.txt`), 'raw'))
  const now = parseLenientDate(context.timestamp)!
  const { region, service } = context

  const inputs = signingInputsOf(signed, { profile })!
  assert.equal(canonicalRequest(inputs), written('canonical-request'))
  assert.equal(stringToSign(inputs), written('string-to-sign'))
  const verdict = verify(signed, new SecretAccessKey(context.credentials.secret_access_key), { now, profile, region, service })
  assert.deepEqual(verdict.ok ? undefined : verdict.error, undefined)

  const request = bodied(readRequest(readFileSync(`${folder}request.txt`), 'raw'))
  const { access_key_id: accessKeyId, secret_access_key: secret, token } = context.credentials
  const credentials = { accessKeyId, secretAccessKey: new SecretAccessKey(secret), ...(token !== undefined && { sessionToken: token }) }
  const options = { now, region, service, profile }
  const ours =
    by === 'header'
      ? sign(request, credentials, { ...options, contentSha256: context.sign_body })
      : presign(request, credentials, { ...options, expiresSeconds: context.expiration_in_seconds })
  assert.equal(authorizationOf(ours)?.signature, written('signature'))
  assert.deepEqual(parametersOf(ours), parametersOf(signed))
}

/** As {@link cAuthCase}; each of the case's two signatures is another one, so both are verified, with the secret and with the public key. */
function cAuthEcdsaCase(name: string, by: 'header' | 'query'): void {
  const folder = `${ROOT}aws-c-auth/v4a/${name}/`
  const context = JSON.parse(readFileSync(`${folder}context.json`, 'utf8'))
  const base = context.omit_session_token === true ? IOT_PROFILE : STANDARD_PROFILE
  const profile: SigningProfile = { ...base, pathEncoding: 'once', normalizePath: context.normalize }
  const written = (file: string): string => utf8ByteString(readFileSync(`${folder}${by}-${file}.txt`, 'utf8'))
  const bodied = (request: HttpRequest): HttpRequest => (context.sign_body ? request : { ...request, body: new Uint8Array() })
  const signed = bodied(readRequest(readFileSync(`${folder}${by}-signed-request.txt`), 'raw'))
  const now = parseLenientDate(context.timestamp)!
  const { region, service } = context
  const { access_key_id: accessKeyId, secret_access_key: secret, token } = context.credentials
  const { X, Y } = JSON.parse(readFileSync(`${folder}public-key.json`, 'utf8'))
  const publicKey = new EcdsaPublicKey(Buffer.from(`04${X}${Y}`, 'hex'))
  const key = new SecretAccessKey(secret)
  assert.deepEqual(ecdsaPublicKeyOf(deriveEcdsaPrivateKey(key, accessKeyId)).bytes, publicKey.bytes)

  const inputs = signingInputsOf(signed, { profile })!
  assert.equal(canonicalRequest(inputs), written('canonical-request'))
  assert.equal(stringToSign(inputs), written('string-to-sign'))
  assert.notEqual(signatureMatches({ ...inputs, key: publicKey }, written('signature')), undefined)
  for (const one of [key, publicKey]) {
    const verdict = verify(signed, one, { now, profile, region, service })
    assert.deepEqual(verdict.ok ? undefined : verdict.error, undefined)
  }

  const request = bodied(readRequest(readFileSync(`${folder}request.txt`), 'raw'))
  const credentials = { accessKeyId, secretAccessKey: key, ...(token !== undefined && { sessionToken: token }) }
  const options = { now, regionSet: [region], service, profile }
  const ours =
    by === 'header'
      ? sign(request, credentials, { ...options, contentSha256: context.sign_body })
      : presign(request, credentials, { ...options, expiresSeconds: context.expiration_in_seconds })
  assert.equal(stringToSign(signingInputsOf(ours, { profile })!), written('string-to-sign'))
  assert.equal(verify(ours, publicKey, { now, profile, region, service }).ok, true)
}

interface KeyPair {
  readonly id: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly privateKey: string
  readonly publicX: string
  readonly publicY: string
}

function keyPairExample({ accessKeyId, secretAccessKey, privateKey, publicX, publicY }: KeyPair): void {
  const key = deriveEcdsaPrivateKey(new SecretAccessKey(secretAccessKey), accessKeyId)
  assert.equal(Buffer.from(key.dangerBytes()).toString('hex'), privateKey)
  assert.equal(Buffer.from(ecdsaPublicKeyOf(key).bytes).toString('hex'), `04${publicX}${publicY}`)
}

/** Odd: get-vanilla-with-session-token's signed request has a made-up signature; the .authz file has the right one. */
function suite2015Case(path: string): void {
  const read = (ending: string): string => utf8ByteString(readFileSync(`${path}.${ending}`, 'utf8').replaceAll('\r\n', '\n'))
  const authorization = read('authz').trim()
  const signed = withHeader(readRequest(readFileSync(`${path}.sreq`), 'raw'), ['Authorization', authorization])
  const late = headerValue(signed, 'x-amz-security-token') !== undefined && !authorization.includes('x-amz-security-token')
  const profile: SigningProfile = { ...(late ? IOT_PROFILE : STANDARD_PROFILE), pathEncoding: 'once' }
  const now = parseRequestDate('20150830T123600Z')!
  const inputs = signingInputsOf(signed, { profile })!
  assert.equal(canonicalRequest(inputs), read('creq'))
  assert.equal(stringToSign(inputs), read('sts'))
  assert.equal(verify(signed, SUITE_KEY, { now, profile, region: 'us-east-1', service: 'service' }).ok, true)
  const token = headerValue(signed, 'x-amz-security-token')
  const request = without(signed, 'authorization', 'x-amz-date', 'x-amz-security-token')
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SUITE_KEY, ...(token !== undefined && { sessionToken: token }) }
  const ours = sign(request, credentials, { now, region: 'us-east-1', service: 'service', profile })
  assert.equal(headerValue(ours, 'authorization'), authorization)
}

/**
 * The first suite: one encoding of the path, values of repeated headers sorted, the date in the Date header (so `sign`,
 * which writes X-Amz-Date, has no part in it). Odd: two cases hold raw blanks and what is no escape in the query, which
 * `verify` refuses before the signature; their signature is checked by itself.
 */
function suite2011Case(path: string): void {
  const read = (ending: string): string => readFileSync(`${path}.${ending}`, 'latin1').replaceAll('\r\n', '\n')
  const authorization = read('authz').trim()
  const signed = withHeader(readRequest(readFileSync(`${path}.req`), 'first-word'), ['Authorization', authorization])
  const profile: SigningProfile = { ...STANDARD_PROFILE, pathEncoding: 'once', repeatedHeaderValues: 'sorted' }
  const now = parseLenientDate('Fri, 09 Sep 2011 23:36:00 GMT')!
  const inputs = signingInputsOf(signed, { profile })!
  assert.equal(canonicalRequest(inputs), read('creq'))
  assert.equal(stringToSign(inputs), read('sts'))
  assert.notEqual(signatureMatches({ ...inputs, key: SUITE_KEY }, authorizationOf(signed)?.signature ?? ''), undefined)
  const verdict = verify(signed, SUITE_KEY, { now, profile, region: 'us-east-1', service: 'host' })
  if (verdict.ok) return
  assert.equal(basename(path), 'post-vanilla-query-nonunreserved')
  assert.equal(verdict.error.code, 'MalformedQueryString')
}

interface Example {
  readonly id: string
  readonly kind: string
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly secretAccessKey?: string
  readonly region: string
  readonly service: string
  readonly timestamp: string
  readonly expiresIn?: number
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: [string, string][]
    readonly body: string | { repeat: string; count: number }
  }
  readonly canonicalRequest: string
  readonly stringToSign: string
  readonly signature: string
  readonly signedHeaders: string
  readonly policyText?: string
  readonly policyBase64?: string
}

function requestExample(example: Example): void {
  const { region, service, timestamp, signedHeaders, signature } = example
  const { accessKeyId, secretAccessKey } = example.credentials!
  const { body } = example.request
  const text = typeof body === 'string' ? body : (body?.repeat ?? '').repeat(body?.count ?? 0)
  const target = example.request.url.replace(/^https?:\/\/[^/]*/, '')
  const base = {
    method: example.request.method,
    target: target === '' ? '/' : target,
    headers: example.request.headers,
    body: bytesOf(utf8ByteString(text)),
  }
  const value = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${timestamp.slice(0, 8)}/${region}/${service}/aws4_request, SignedHeaders=${signedHeaders}, Signature=${signature}`
  const signed =
    example.kind === 'query'
      ? { ...base, target: `${base.target}&X-Amz-Signature=${signature}` }
      : withHeader(base, ['Authorization', value])
  const base2 = service === 's3' ? S3_PROFILE : signingProfileOf(service)
  const now = parseRequestDate(timestamp)!
  const inputs = signingInputsOf(signed, { profile: base2 })!
  assert.equal(canonicalRequest(inputs), example.canonicalRequest)
  assert.equal(stringToSign(inputs), example.stringToSign)
  const key = new SecretAccessKey(secretAccessKey)
  const verdict = verify(signed, key, { now, profile: base2, region, service })
  assert.deepEqual(verdict.ok ? undefined : verdict.error, undefined)
  const credentials = { accessKeyId, secretAccessKey: key }
  const options = { now, region, service, profile: base2 }
  if (example.kind !== 'query') {
    if (headerValue(base, 'x-amz-date') === undefined) return
    assert.equal(authorizationOf(sign(base, credentials, options))?.signature, signature)
    return
  }
  const own = { ...base, target: base.target.replace(/[?&]X-Amz-[^&]*/g, '').replace(/^([^?&]*)&/, '$1?') }
  assert.equal(authorizationOf(presign(own, credentials, { ...options, expiresSeconds: example.expiresIn! }))?.signature, signature)
}

/** A policy signed alike, and a form made to meet it accepted. */
function formExample({ credentials, region, timestamp, policyText, policyBase64, signature }: Example): void {
  const { accessKeyId, secretAccessKey } = credentials!
  const key = new SecretAccessKey(secretAccessKey)
  const now = parseRequestDate(timestamp)!
  const signed = signPostPolicy(policyText!, { accessKeyId, secretAccessKey: key }, { now, region })
  assert.deepEqual([signed[0]?.value, signed.at(-1)?.value], [policyBase64, signature])
  const policy = parsePolicy(policyBase64!)
  assert.ok(!('fault' in policy))
  const own = policy.conditions
    .flatMap((one) => (one.kind === 'content-length-range' ? [] : [one]))
    .filter(({ name }) => !signed.some((field) => field.name === name))
  const fields = own.map(({ kind, name, value }) => ({ name, value: kind === 'eq' ? value : `${value}x` }))
  const bucket = fields.find(({ name }) => name === 'bucket')!.value
  const verdict = verifyPostForm([...fields, ...signed], key, { now, region, service: 's3', bucket })
  assert.deepEqual(verdict.ok ? undefined : verdict.error, undefined)
}

/** A signature over a string to sign by itself. */
function policyExample(example: Example): void {
  const secret = new SecretAccessKey(example.credentials?.secretAccessKey ?? example.secretAccessKey!)
  const scope = parseStringToSign(example.stringToSign)?.scope ?? {
    date: example.timestamp.slice(0, 8),
    region: example.region,
    service: example.service,
    terminator: 'aws4_request',
  }
  const inputs = signingInputsOf({
    method: 'POST',
    target: '/',
    headers: [['Authorization', `AWS4-HMAC-SHA256 Credential=A/${Object.values(scope).join('/')}`]],
    body: undefined,
  })!
  const key = deriveSigningKey(secret, scope).dangerBytes()
  assert.equal(signatureUnder(key, inputs, example.stringToSign).equals(example.signature), true)
}

interface Derivation {
  readonly id: string
  readonly secretAccessKey: string
  readonly date: string
  readonly region: string
  readonly service: string
  readonly kDate?: string
  readonly kRegion?: string
  readonly kService?: string
  readonly kSigning: string
}

function derivationExample(example: Derivation): void {
  const { date, region, service } = example
  const chain = dangerSigningKeyChain(new SecretAccessKey(example.secretAccessKey), { date, region, service, terminator: 'aws4_request' })
  for (const name of ['kDate', 'kRegion', 'kService', 'kSigning'] as const) {
    if (example[name] !== undefined) assert.equal(Buffer.from(chain[name]).toString('hex'), example[name], name)
  }
}

function parametersOf(request: HttpRequest): unknown {
  return [...queryParameters(splitTarget(request.target).query ?? '')].sort()
}

function filesBelow(folder: string, ending: string): string[] {
  const found: string[] = []
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith(ending)) found.push(`${entry.parentPath ?? dirname(folder)}/${entry.name}`)
  }
  return found.sort()
}

function json<T>(name: string): T {
  return JSON.parse(readFileSync(`${ROOT}${name}`, 'utf8')) as T
}
