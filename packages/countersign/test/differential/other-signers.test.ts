/**
 * What aws4, @smithy/signature-v4 and aws4fetch sign, our `verify` accepts; where they differ from the specification, a test says how.
 *
 * - aws4 writes X-Amz-Content-Sha256 for S3 only when asked to sign the body or headers hold it; the rest it leaves out.
 * - @smithy/signature-v4 needs its path decoded once for S3 (`uriEscapePath: false`), its query as an object.
 * - aws4 and aws4fetch sign `/` where an S3 path holds `%2F`; the others, and the specification, keep it.
 * - aws4fetch takes a URL, so dot segments and blanks are gone before it signs.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'
import { AwsClient } from 'aws4fetch'
import fc from 'fast-check'
import { type HttpRequest, SecretAccessKey, uriEncode, utf8ByteString, verify } from '../../src/sigv4/index.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const ID = 'AKIAIOSFODNN7EXAMPLE'
const KEY = new SecretAccessKey(SECRET)
const RUNS = { numRuns: 60, seed: 2015 }

/** Requests that every client can send: segments and parameters of any characters, percent-encoded correctly. */
const words = fc
  .string({ unit: fc.constantFrom(...'abZ09-._~ +/&=$,:;@!*\'()éü✓"<>{}'), minLength: 1, maxLength: 8 })
  .filter((word) => !/^\.+$/.test(word))
const requests = fc.record({
  service: fc.constantFrom('s3', 'execute-api'),
  method: fc.constantFrom('GET', 'PUT', 'POST'),
  path: fc.array(words, { maxLength: 3 }).map((parts) => `/${parts.map((part) => uriEncode(utf8ByteString(part))).join('/')}`),
  query: fc.uniqueArray(fc.tuple(words, words), { maxLength: 3, selector: ([name]) => name }),
  meta: fc.string({ unit: fc.constantFrom(...'ab c'), maxLength: 8 }),
  body: fc.string({ maxLength: 20 }),
})
/** The same without `%2F` in an S3 path. */
const slashless = requests.filter(({ service, path }) => service !== 's3' || !path.includes('%2F'))
type Sample = typeof requests extends fc.Arbitrary<infer T> ? T : never

describe('other signers', () => {
  it('aws4', () =>
    fc.assert(
      fc.property(slashless, (sample) => accepted(sample, signedByAws4(sample))),
      RUNS,
    ))
  it('@smithy/signature-v4', () =>
    fc.assert(
      fc.asyncProperty(requests, async (sample) => accepted(sample, await signedBySmithy(sample))),
      RUNS,
    ))
  it('aws4fetch', () =>
    fc.assert(
      fc.asyncProperty(slashless, async (sample) => accepted(sample, await signedByAws4fetch(sample))),
      RUNS,
    ))

  it('differ on %2F in an S3 path: aws4 and aws4fetch sign "/"', async () => {
    const sample: Sample = { service: 's3', method: 'GET', path: '/a%2Fb', query: [], meta: '', body: '' }
    for (const [request, now] of [signedByAws4(sample), await signedByAws4fetch(sample)]) {
      const verdict = verify(request, KEY, { now })
      assert.equal(verdict.ok ? '' : verdict.error.code, 'SignatureDoesNotMatch')
      const decoded = { ...request, target: '/a/b' }
      assert.equal(verify(decoded, KEY, { now }).ok, true)
    }
    accepted(sample, await signedBySmithy(sample))
  })
})

function accepted({ service }: Sample, [request, now]: readonly [HttpRequest, number]): void {
  const verdict = verify(request, KEY, { now, region: 'us-east-1', service })
  assert.deepEqual(verdict.ok ? undefined : verdict.error, undefined)
}

function hostOf({ service }: Sample): string {
  return service === 's3' ? 'examplebucket.s3.us-east-1.amazonaws.com' : 'abc.execute-api.us-east-1.amazonaws.com'
}

function targetOf({ path, query }: Sample): string {
  const text = query.map(([name, value]) => `${uriEncode(utf8ByteString(name))}=${uriEncode(utf8ByteString(value))}`).join('&')
  return text === '' ? path : `${path}?${text}`
}

function bodyOf(sample: Sample): string {
  return sample.method === 'GET' ? '' : sample.body
}

function signedByAws4(sample: Sample): readonly [HttpRequest, number] {
  const headers = { 'X-Amz-Meta-A': `x${sample.meta}`, 'Content-Type': 'text/plain' }
  const body = bodyOf(sample)
  const given = {
    host: hostOf(sample),
    service: sample.service,
    region: 'us-east-1',
    method: sample.method,
    path: targetOf(sample),
    headers,
    body,
  }
  const signed = aws4.sign(given, { accessKeyId: ID, secretAccessKey: SECRET })
  return [requestOf(sample.method, signed.path, Object.entries(signed.headers), body), Date.now()]
}

async function signedBySmithy(sample: Sample): Promise<readonly [HttpRequest, number]> {
  const s3 = sample.service === 's3'
  const signer = new SignatureV4({
    credentials: { accessKeyId: ID, secretAccessKey: SECRET },
    region: 'us-east-1',
    service: sample.service,
    sha256: Sha256,
    uriEscapePath: !s3,
    applyChecksum: true,
  })
  const body = bodyOf(sample)
  const signed = await signer.sign({
    method: sample.method,
    protocol: 'https:',
    hostname: hostOf(sample),
    path: sample.path,
    query: Object.fromEntries(sample.query),
    headers: { host: hostOf(sample), 'x-amz-meta-a': `x${sample.meta}`, 'content-type': 'text/plain' },
    body,
  })
  return [requestOf(sample.method, targetOf(sample), Object.entries(signed.headers), body), Date.now()]
}

async function signedByAws4fetch(sample: Sample): Promise<readonly [HttpRequest, number]> {
  const client = new AwsClient({ accessKeyId: ID, secretAccessKey: SECRET, service: sample.service, region: 'us-east-1' })
  const body = bodyOf(sample)
  const url = `https://${hostOf(sample)}${targetOf(sample)}`
  const headers = { 'x-amz-meta-a': `x${sample.meta}`, 'x-amz-content-sha256': await hashOf(body) }
  const signed = await client.sign(url, { method: sample.method, headers, ...(body !== '' && { body }) })
  const { pathname, search } = new URL(signed.url)
  return [requestOf(sample.method, pathname + search, [['host', hostOf(sample)], ...signed.headers.entries()], body), Date.now()]
}

async function hashOf(body: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body))).toString('hex')
}

function requestOf(method: string, target: string, headers: Iterable<readonly [string, string]>, body: string): HttpRequest {
  return { method, target: utf8ByteString(target), headers: [...headers], body: new TextEncoder().encode(body) }
}
