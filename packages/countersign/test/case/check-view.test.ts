/** Each check of one view fires on its deviation and is silent on the same view without it, and on one in which the value is masked. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { checkView, requestViewOf, VIEW_RULES } from '../../src/case/check-view/index.ts'
import type { ObservationOf } from '../../src/case/observation.ts'

type Fields = Readonly<Record<string, string | readonly string[]>>
const SIGNATURE = '4f0c1a9d3b7e5f2846a1c0d9e8b7f6a5d4c3b2a190f8e7d6c5b4a39281706f5e'
const LOCATION = { source: 'test', start: 0, end: 0 }

/** A request of S3's in West Ireland, right in every part but for what is given. */
function request(given: Fields = {}, authorization = 'AWS4-HMAC-SHA256 {credential}, {signed}, Signature={signature}') {
  const fill: Record<string, string> = {
    credential: `Credential=${given['credential'] ?? 'AKIAQQ7EXAMPLEKEYID1/20260305/eu-west-1/s3/aws4_request'}`,
    signed: `SignedHeaders=${given['signedHeaders'] ?? 'host;x-amz-content-sha256;x-amz-date'}`,
    signature: String(given['signature'] ?? SIGNATURE),
  }
  const value = authorization.replace(/\{(\w+)\}/g, (_, name: string) => fill[name]!)
  const headers = {
    Host: 's3.eu-west-1.amazonaws.com',
    'X-Amz-Date': '20260305T101112Z',
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    Authorization: value,
    ...(given['headers'] as unknown as Record<string, string | readonly string[]>),
  }
  return {
    kind: 'request',
    side: 'wire',
    fidelity: (given['fidelity'] ?? 'exact') as 'exact',
    location: LOCATION,
    request: {
      method: 'GET',
      target: String(given['target'] ?? '/acme/report.pdf?list-type=2'),
      headers: Object.entries(headers).flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).filter((one) => one !== '').map((one) => [name, one] as const),
      ),
      body: new Uint8Array(),
    },
  } satisfies ObservationOf<'request'>
}

/** A presigned URL, raw. */
function url(edit: (query: string) => string = (query) => query, prefix = 'Amz', host = 's3.eu-west-1.amazonaws.com') {
  const [algorithm, service, end] = prefix === 'Amz' ? ['AWS4-HMAC-SHA256', 's3', 'aws4'] : ['GOOG4-HMAC-SHA256', 'storage', 'goog4']
  const query = edit(
    [
      `X-${prefix}-Algorithm=${algorithm}`,
      `X-${prefix}-Credential=AKIAQQ7EXAMPLEKEYID1%2F20260305%2Feu-west-1%2F${service}%2F${end}_request`,
      `X-${prefix}-Date=20260305T101112Z&X-${prefix}-Expires=300&X-${prefix}-SignedHeaders=host&X-${prefix}-Signature=${SIGNATURE}`,
    ].join('&'),
  )
  return {
    ...request({ target: `/acme/a.pdf?${query}`, headers: { Authorization: '', 'X-Amz-Date': '', Host: host } as never }),
    methodGuessed: true as const,
  }
}

function rules(seen: ObservationOf<'request'> | ObservationOf<'authorization'>): readonly string[] {
  const view = requestViewOf(seen)
  assert.ok(view !== undefined)
  return checkView(view).map(({ rule }) => rule)
}

const headers = (given: Readonly<Record<string, string | readonly string[]>>): Fields => ({ headers: given as never })
const credential = (text: string): Fields => ({ credential: text })
const FIRE: readonly (readonly [rule: string, seen: ObservationOf<'request'>])[] = [
  ['algorithm-word', request({}, 'AWS4-HMAC-SHA-256 {credential}, {signed}, Signature={signature}')],
  ['algorithm-word', url((query) => query.replace('AWS4-HMAC-SHA256', 'aws4-hmac-sha256'))],
  ['authorization-form', request({}, 'AWS4-HMAC-SHA256 {credential}; {signed}; Signature={signature}')],
  [
    'authorization-form',
    request({}, 'AWS4-HMAC-SHA256 Credentials=AKIAQQ7EXAMPLEKEYID1/20260305/eu-west-1/s3/aws4_request, {signed}, Signature={signature}'),
  ],
  ['credential-parts', url((query) => query.replace('%2Faws4_request', ''))],
  ['credential-parts', url((query) => query.replaceAll('%2F', '%252F'))],
  ['signature-form', request({ signature: `SHA2-256(stdin)= ${SIGNATURE}` })],
  ['signature-form', request({ signature: SIGNATURE.toUpperCase() })],
  ['signature-form', request({ signature: 'TwwanTt+XyhGocDZ6Lf2pdTDsqGQ+OfWxbSjkoFwb14=' })],
  ['signature-form', request({ signature: btoa(SIGNATURE) })],
  ['signature-form', request({ signature: SIGNATURE.slice(1) })],
  ['signature-shortened', url((query) => query.replace(SIGNATURE, 'a0f'))],
  ['signature-form', url((query) => query.replace(SIGNATURE, SIGNATURE.toUpperCase()), 'Goog', 'storage.googleapis.com')],
  ['scope-date-form', request(credential('AKIAQQ7EXAMPLEKEYID1/2026-03-05/eu-west-1/s3/aws4_request'))],
  ['scope-date-day', request(credential('AKIAQQ7EXAMPLEKEYID1/20260304/eu-west-1/s3/aws4_request'))],
  ['scope-date-day', url((query) => query.replace('%2F20260305%2F', '%2F20260306%2F'), 'Goog', 'storage.googleapis.com')],
  ['scope-terminator', request(credential('AKIAQQ7EXAMPLEKEYID1/20260305/eu-west-1/s3/aws4-request'))],
  ['scope-swapped', request(credential('AKIAQQ7EXAMPLEKEYID1/20260305/s3/eu-west-1/aws4_request'))],
  ['scope-region-of-host', request(credential('AKIAQQ7EXAMPLEKEYID1/20260305/us-east-1/s3/aws4_request'))],
  ['scope-service-of-host', request(credential('AKIAQQ7EXAMPLEKEYID1/20260305/eu-west-1/es/aws4_request'))],
  ['host-signed', request({ signedHeaders: 'x-amz-content-sha256;x-amz-date' })],
  ['amz-headers-signed', request(headers({ 'X-Amz-Acl': 'private' }))],
  ['signed-header-there', request({ signedHeaders: 'content-md5;host;x-amz-content-sha256;x-amz-date' })],
  ['signed-headers-sorted', request({ signedHeaders: 'x-amz-date;host;x-amz-content-sha256' })],
  ...['connection', 'te', 'via', 'x-forwarded-for', 'x-amzn-trace-id', 'traceparent', 'tracestate', 'baggage'].map(
    (name) =>
      [
        'hop-header-signed',
        request({ signedHeaders: ['host', name, 'x-amz-date'].sort().join(';'), ...headers({ [name]: '1' }) }),
      ] as const,
  ),
  ['header-twice', request(headers({ 'X-Amz-Date': ['20260305T101112Z', '20260305T101113Z'] }))],
  ['value-twice', request(headers({ 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD, UNSIGNED-PAYLOAD' }))],
  [
    'authorization-twice',
    request({}, 'AWS4-HMAC-SHA256 {credential}, {signed}, Signature={signature}, AWS4-HMAC-SHA256 {credential}, {signed}'),
  ],
  ['request-date-form', request(headers({ 'X-Amz-Date': '2026-03-05 10:11:12' }))],
  ['port-of-aws-host', request(headers({ Host: 's3.eu-west-1.amazonaws.com:443' }))],
  ['key-id-in-base64', request(credential(`${btoa('AKIAQQ7EXAMPLEKEYID1')}/20260305/eu-west-1/s3/aws4_request`))],
  ['key-id-white-space', request(credential('AKIAQQ7EXAMPLEKEYID1\\n/20260305/eu-west-1/s3/aws4_request'))],
  ['key-id-quoted', request(credential('"AKIAQQ7EXAMPLEKEYID1"/20260305/eu-west-1/s3/aws4_request'))],
  ['token-with-long-term-key', request(headers({ 'X-Amz-Security-Token': 'FwoGZXIvYXdzEA1' }))],
  ['temporary-key-without-token', request(credential('ASIAQQ7EXAMPLEKEYID1/20260305/eu-west-1/s3/aws4_request'))],
  ['query-two-spaces', request({ target: '/acme?prefix=a%20b&delimiter=a+b' })],
  ['query-two-cases', request({ target: '/acme?prefix=a%2Fb&delimiter=%2f' })],
  ['query-raw-beside-escaped', url((query) => query.replace('&X-Amz-Expires', '&X-Amz-Security-Token=Fwo/GZX&X-Amz-Expires'))],
  ['query-raw-plus-in-signature', url((query) => query.replace(SIGNATURE, 'TwwanTt+XyhGocDZ6Lf2pdTDsqGQ%2BOfWxbSjkoFwb14%3D'))],
  ['query-broken-escape', request({ target: '/acme?prefix=100%&x=1' })],
  ['query-parameter-twice', url((query) => `${query}&X-Amz-Expires=300`)],
  [
    'payload-hash-in-vain',
    request({ headers: { 'X-Amz-Content-Sha256': createHash('sha256').update('[object Object]').digest('hex') } as never }),
  ],
  ['checksum-of-nothing', url((query) => `${query}&x-amz-checksum-crc32=AAAAAA%3D%3D`)],
]

test('a right request, and a right URL of either family, deviate in nothing', () => {
  assert.deepEqual(rules(request()), [])
  assert.deepEqual(rules(url()), [])
  assert.deepEqual(rules(url(undefined, 'Goog', 'storage.googleapis.com')), [])
})

for (const [rule, seen] of FIRE)
  test(`${rule} fires: ${seen.request.target.slice(0, 20)} ${JSON.stringify(seen.request.headers).slice(0, 40)}`, () => {
    assert.ok(rules(seen).includes(rule), rules(seen).join())
  })

test('every check has an example that fires it', () => {
  const fired = new Set(FIRE.map(([rule]) => rule))
  assert.deepEqual(
    VIEW_RULES.map(({ id }) => id).filter((id) => !fired.has(id)),
    [],
  )
})

test('all deviations of a view are listed', () => {
  const seen = request({ ...credential('AKIAQQ7EXAMPLEKEYID1/20260304/us-east-1/s3/aws4-request'), signature: SIGNATURE.slice(1) })
  assert.deepEqual(rules(seen), ['signature-form', 'scope-date-day', 'scope-terminator', 'scope-region-of-host'])
})

test('what is masked, cut or to be filled in deviates in nothing', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it stands for what people paste
  for (const signature of ['XXXX', '4f0c...', '***', '<signature>', 'SIGNATURE', '${sig}'])
    assert.deepEqual(rules(request({ signature })), [])
  for (const id of ['AKIA****', '<key>', 'XXXXXXXX'])
    assert.deepEqual(rules(request(credential(`${id}/20260305/eu-west-1/s3/aws4_request`))), [])
  assert.deepEqual(rules(request(credential('AKIAQQ7EXAMPLEKEYID1/<date>/<region>/s3/aws4_request'))), [])
  assert.deepEqual(rules(request(headers({ Host: '<host>' }))), [])
  assert.deepEqual(rules(request({ signedHeaders: 'host;...' })), [])
})

test('a header that a view does not show is unknown where it does not show all', () => {
  const signedHeaders = 'content-md5;host;x-amz-content-sha256;x-amz-date'
  for (const fidelity of ['normalized', 'inferred']) assert.deepEqual(rules(request({ signedHeaders, fidelity })), [])
  const value = request({ signedHeaders }).request.headers.find(([name]) => name === 'Authorization')![1]
  assert.deepEqual(rules({ kind: 'authorization', side: 'wire', fidelity: 'exact', location: LOCATION, value }), [])
  const temporary = request({ ...credential('ASIAQQ7EXAMPLEKEYID1/20260305/eu-west-1/s3/aws4_request'), fidelity: 'normalized' })
  assert.deepEqual(rules(temporary), [])
})

test('other schemes are not held to version 4', () => {
  const bearer = request(headers({ Authorization: 'Bearer abc' }))
  assert.equal(requestViewOf(bearer), undefined)
  const oss = (end: string): string => `OSS4-HMAC-SHA256 Credential=LTAIEXAMPLE/20260305/cn-hangzhou/oss/${end},Signature=${SIGNATURE}`
  const sent = (end: string) => request(headers({ Authorization: oss(end), 'X-Amz-Date': '', 'x-oss-date': '20260305T101112Z' }))
  assert.deepEqual(rules(sent('aliyun_v4_request')), [])
  assert.deepEqual(rules(sent('aws4_request')), ['scope-terminator'])
})
