/** The fast path and the law give the same verdict, on valid, odd and hostile requests. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { verify as fast } from '../../src/fast/verify.ts'
import { type Header, type HttpRequest, verify as law, presign, SecretAccessKey, sign } from '../../src/sigv4/index.ts'

const KEY = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: KEY }
const NOW = Date.UTC(2015, 7, 30, 12, 36)

const words = fc.string({
  unit: fc.constantFrom(...'abZ09-._~/%+ =&;:é2F0A'.split(''), '%20', '%2F', '//', '/../', 'X-Amz-Date', '%58-Amz-'),
  maxLength: 6,
})
const raw = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text.replaceAll(' ', '%20')))
const requests = fc
  .record({
    service: fc.constantFrom('s3', 'execute-api', 'sts', 'iotdevicegateway'),
    method: fc.constantFrom('GET', 'PUT', 'POST'),
    path: words.map((text) => `/${raw(text).replaceAll('?', '')}`),
    query: fc.option(fc.array(fc.tuple(words, words), { maxLength: 4 })),
    headers: fc.array(
      fc.tuple(
        fc.constantFrom('X-Amz-Meta-A', 'x-amz-meta-b', 'Content-Type', 'Range', 'Date'),
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\t', ','), maxLength: 5 }),
      ),
      { maxLength: 3 },
    ),
    body: fc.constantFrom('', 'x', '{"a": 1}'),
    presigned: fc.boolean(),
    token: fc.boolean(),
    skew: fc.constantFrom(0, 1, 299, 300, 301, 899, 900, 901, -299, -300, -301, -901),
  })
  .map(({ service, query, headers, ...rest }) => ({
    ...rest,
    service,
    target: rest.path + (query === null ? '' : `?${query.map(([name, value]) => raw(`${name}=${value}`)).join('&')}`),
    headers: [['Host', `${service}.us-east-1.amazonaws.com`], ...headers] as Header[],
  }))

/** What may happen to a signed request on its way: nothing, or one change of many kinds. */
const changes = fc.constantFrom<(request: HttpRequest) => HttpRequest>(
  (request) => request,
  (request) => request,
  (request) => ({ ...request, method: `${request.method}X` }),
  (request) => ({ ...request, target: `${request.target}a` }),
  (request) => ({ ...request, target: request.target.replace('/', '//') }),
  (request) => ({ ...request, target: `${request.target}${request.target.includes('?') ? '&' : '?'}X-Amz-Algorithm=AWS4-HMAC-SHA256` }),
  (request) => ({ ...request, headers: request.headers.slice(1) }),
  (request) => ({ ...request, headers: [...request.headers].reverse() }),
  (request) => ({ ...request, headers: [...request.headers, ...request.headers.slice(0, 2)] }),
  (request) => ({ ...request, headers: [...request.headers, ['x-amz-extra', '1']] }),
  (request) => ({ ...request, headers: request.headers.map(([name, value]) => [name.toUpperCase(), ` ${value}  `] as const) }),
  (request) => ({
    ...request,
    headers: request.headers.map(([name, value]) => [name, value.replace('Signature=', 'Signature=0')] as const),
  }),
  (request) => ({
    ...request,
    headers: request.headers.map(([name, value]) => [name, value.replace(/[0-9a-f]$/, (digit) => (digit === '0' ? '1' : '0'))] as const),
  }),
  (request) => ({ ...request, headers: request.headers.map(([name, value]) => [name, value.replace('us-east-1', 'eu-west-1')] as const) }),
  (request) => ({ ...request, target: request.target.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=0900') }),
  (request) => ({ ...request, target: request.target.replace(/[0-9a-f]$/, 'f') }),
  (request) => ({ ...request, body: undefined }),
  (request) => ({ ...request, body: new Uint8Array([1]) }),
)
const options = fc.constantFrom(
  {},
  { region: 'us-east-1' },
  { region: 'eu-west-1' },
  { service: 's3' },
  { sessionToken: 'EXAMPLEtoken' },
  { accessKeyIdKnown: false },
  { maxClockSkewSeconds: 1 },
)

test('the same verdict as the law, whatever the request', () => {
  let [right, wrong] = [0, 0]
  fc.assert(
    fc.property(requests, changes, options, ({ service, presigned, token, skew, body, ...plain }, change, extra) => {
      const request = { method: plain.method, target: plain.target, headers: plain.headers, body: new TextEncoder().encode(body) }
      const credentials = token ? { ...CREDENTIALS, sessionToken: 'EXAMPLEtoken' } : CREDENTIALS
      const how = { now: NOW, region: 'us-east-1', service }
      let signed: HttpRequest
      try {
        signed = presigned ? presign(request, credentials, { ...how, expiresSeconds: 600 }) : sign(request, credentials, how)
      } catch {
        return
      }
      const arrived = change(signed)
      const asked = { now: NOW + skew * 1000, ...extra }
      const verdict = law(arrived, KEY, asked)
      assert.deepEqual(fast(arrived, KEY, asked), verdict)
      if (verdict.ok) right++
      else wrong++
    }),
    { numRuns: 6000 },
  )
  assert.ok(right > 300 && wrong > 300, `${right} right, ${wrong} wrong`)
})
