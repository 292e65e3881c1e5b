/** Secrets planted in requests that a verifier refuses: no recording holds one, in the request or in the answer that repeats it. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { recordingLine } from '../../src/evidence/clients/recording-text.ts'
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import { drawn, KINDS, secretPart } from './kinds.ts'
import { seenOf } from './seen.ts'

const SEED = Number(process.env['SEED'] ?? 2015)
const SCOPE = '20150830/us-east-1/s3/aws4_request'
const HEX = 'fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024'
const V4 = (credential: string, signature = HEX): string =>
  `AWS4-HMAC-SHA256 Credential=${credential}/${SCOPE}, SignedHeaders=host;x-amz-date, Signature=${signature}`
const sha256 = (body: Uint8Array): Uint8Array => createHash('sha256').update(body).digest()
const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

interface Place {
  readonly id: string
  readonly request: (secret: string) => Partial<HttpRequest>
  /** Only what is known by its form is hidden here. */
  readonly byForm?: boolean
}

const header = (name: string, value: (secret: string) => string, byForm = false): Place => ({
  id: name,
  request: (secret) => ({ headers: [[name, value(secret)]] }),
  byForm,
})
const target = (id: string, text: (secret: string) => string, byForm = false): Place => ({
  id,
  request: (secret) => ({ target: text(secret) }),
  byForm,
})
const encoded = encodeURIComponent

const PLACES: readonly Place[] = [
  ...[
    'X-Api-Key',
    'X-Auth-Token',
    'Private-Token',
    'X-Vault-Token',
    'X-Auth-Key',
    'X-Amz-Security-Token',
    'X-Secret',
    'x_access_token',
    'Authorization',
  ].map((name) => header(name, (s) => s)),
  header('Cookie', (s) => `a="b"; sid=${s}; c=d`),
  header('x-amz-server-side-encryption-customer-key', (s) => s),
  ...['Bearer', 'Basic', 'Custom', 'AWS4-HMAC-SHA256', 'GOOG4-RSA-SHA256'].map((scheme) => ({
    ...header('Authorization', (s) => `${scheme} ${s}`),
    id: `Authorization: ${scheme}`,
  })),
  { ...header('Authorization', (s) => V4(s)), id: 'Credential' },
  { ...header('Authorization', (s) => V4('AKIAIOSFODNN7EXAMPLE', s)), id: 'Signature' },
  { ...header('Authorization', (s) => `AWS ${s}:c2lnbmF0dXJlc2lnbmF0dXJl`), id: 'Version 2: ID' },
  { ...header('Authorization', (s) => `AWS AKIAIOSFODNN7EXAMPLE:${s}`), id: 'Version 2: signature' },
  { ...header('Proxy-Authorization', (s) => `Basic ${s}`), id: 'Proxy-Authorization' },
  ...[
    'token',
    'access_token',
    'sig',
    'api_key',
    'code',
    'token[]',
    'X-Amz-Security-Token',
    'X-Amz-Signature',
    'X-Amz%2DSecurity%2dToken',
    'AWSAccessKeyId',
  ].map((name) => target(`?${name}=`, (s) => `/b/k?a=1&${name}=${encoded(s)}&z=2`)),
  target('X-Amz-Credential', (s) => `/b/k?X-Amz-Credential=${encoded(`${s}/${SCOPE}`)}&X-Amz-Date=1`),
  header('User-Agent', (s) => `client/1.0 ${s}`, true),
  header('Referer', (s) => `https://a.example/?x=${s}`, true),
  target('?note=', (s) => `/b/k?note=${encoded(s)}&z=2`, true),
  target('path', (s) => `/b/${encoded(s)}`, true),
]

/** The answer of S3, which repeats what was signed as text and byte for byte. */
function answer({ target: text = '/b/k', headers = [] }: Partial<HttpRequest>): string {
  const canonical = `GET\n${text}\n\n${headers.map(([name, value]) => `${name.toLowerCase()}:${value}`).join('\n')}\n`
  const escaped = canonical.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const bytes = Buffer.from(canonical)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ')
  return `<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>${escaped}</CanonicalRequest><CanonicalRequestBytes>${bytes}</CanonicalRequestBytes></Error>`
}

const recorded = (request: Partial<HttpRequest>): string =>
  recordingLine(
    {
      hop: 'verifier',
      at: 0,
      sent: { method: 'GET', target: '/b/k', headers: [], body: undefined, ...request },
      response: { status: 403, headers: request.headers ?? [], body: answer(request) },
    },
    'redacted',
    sha256,
  )

for (const place of PLACES) {
  test(`recorded: ${place.id}`, () => {
    for (const kind of KINDS) {
      if (place.byForm === true && !kind.byForm) continue
      const secret = drawn(kind, SEED)
      const line = recorded(place.request(secret))
      assert.equal(seenOf(secretPart(secret), line), undefined, `${kind.id}: ${line}`)
      JSON.parse(line)
    }
  })
}

test('what a diagnosis needs stays', () => {
  const headers: readonly Header[] = [
    ['Host', 'example.com'],
    ['X-Amz-Date', '20150830T123600Z'],
    ['x-amz-content-sha256', HEX],
    ['ETag', '"9b2cf535f27731c974343645a3985328"'],
    ['x-amz-meta-id', '123e4567-e89b-12d3-a456-426614174000'],
    ['Authorization', V4('AKIAIOSFODNN7EXAMPLE')],
  ]
  const path = '/b/123e4567-e89b-12d3-a456-426614174000/k?continuation-token=abcdef0123456789abcdef&prefix=a%2Fb'
  const line = JSON.parse(recorded({ headers, target: path })) as { sent: HttpRequest; redacted: readonly string[] }
  assert.deepEqual(
    line.sent.headers,
    headers.map(([name, value]) => [name, value.replace(`Signature=${HEX}`, `Signature=***sha256:${sha256Hex(HEX)}`)]),
  )
  assert.equal(line.sent.target, path)
  assert.deepEqual(line.redacted, ['authorization.signature'])
})
