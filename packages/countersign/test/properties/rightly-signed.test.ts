/** Whatever `sign` and `presign` make deviates in nothing, and `verify` and the checks of one view agree on it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkView, requestViewOf } from '../../src/case/check-view/index.ts'
import { type HttpRequest, presign, SecretAccessKey, sign, verify } from '../../src/sigv4/index.ts'

const SECRET = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
const SEED = Number(process.env['SEED'] ?? 2026)
const HOSTS = [
  ['s3', 'eu-west-1', 's3.eu-west-1.amazonaws.com'],
  ['s3', 'us-east-1', 'acme.s3.amazonaws.com'],
  ['s3', 'auto', '0a1b.r2.cloudflarestorage.com'],
  ['s3', 'us-east-1', 'minio.lan:9000'],
  ['execute-api', 'eu-central-1', 'a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com'],
  ['es', 'us-west-2', 'search-acme-x1.us-west-2.es.amazonaws.com'],
  ['sts', 'us-east-1', 'sts.amazonaws.com'],
  ['iam', 'us-east-1', 'iam.amazonaws.com'],
  ['dynamodb', 'cn-north-1', 'dynamodb.cn-north-1.amazonaws.com.cn'],
] as const
const piece = fc.string({
  unit: fc.constantFrom('a', 'B', '7', '-', '.', '_', '~', '%20', '%2B', '%2F', '%C3%BC'),
  minLength: 1,
  maxLength: 8,
})
const inputs = fc.record({
  place: fc.constantFrom(...HOSTS),
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD'),
  path: fc.array(piece, { maxLength: 4 }),
  query: fc.array(fc.tuple(piece, piece), { maxLength: 4 }),
  headers: fc.subarray([
    ['Content-Type', 'text/plain'],
    ['User-Agent', 'agent/1.0'],
    ['X-Amz-Meta-Note', 'two  words'],
    ['X-Amz-Acl', 'private'],
    ['Range', 'bytes=0-9'],
  ] as [string, string][]),
  at: fc.integer({ min: Date.UTC(2016, 0, 1), max: Date.UTC(2036, 0, 1) }),
  keyId: fc.constantFrom('AKIAQQ7EXAMPLEKEYID1', 'minioadmin', '0a1b2c3d4e5f60718293a4b5c6d7e8f9'),
  token: fc.constantFrom(undefined, 'FwoGZXIvYXdzEA1/+zyx=='),
  presigned: fc.boolean(),
})

test('every request that is signed or presigned for random inputs has no deviation', () => {
  let tried = 0
  fc.assert(
    fc.property(inputs, ({ place: [service, region, host], method, path, query, headers, at, keyId, token, presigned }) => {
      const target = `/${path.join('/')}${query.length === 0 ? '' : `?${query.map(([name, value]) => `${name}=${value}`).join('&')}`}`
      const request: HttpRequest = { method, target, headers: [['Host', host], ...headers], body: new Uint8Array() }
      const id = token === undefined ? keyId : 'ASIAQQ7EXAMPLEKEYID1'
      const credentials = { accessKeyId: id, secretAccessKey: SECRET, ...(token !== undefined && { sessionToken: token }) }
      const signed = presigned
        ? presign(request, credentials, { region, service, now: at, expiresSeconds: 600 })
        : sign(request, credentials, { region, service, now: at })
      assert.ok(verify(signed, SECRET, { now: at }).ok)
      for (const fidelity of ['exact', 'normalized'] as const) {
        const view = requestViewOf({
          kind: 'request',
          side: 'wire',
          fidelity,
          location: { source: 'x', start: 0, end: 0 },
          request: signed,
        })
        assert.ok(view !== undefined)
        // Escapes of the caller's own query in lower case would be another encoder's; here there are none.
        assert.deepEqual(
          checkView(view).map(({ rule, sentence }) => [rule, sentence]),
          [],
        )
      }
      tried++
    }),
    { seed: SEED, numRuns: 400 },
  )
  assert.equal(tried, 400)
})
