/** The specification's own properties: what `sign` signs `verify` accepts, and not one signed byte may change. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  type Credentials,
  type HttpRequest,
  IOT_PROFILE,
  presign,
  S3_PROFILE,
  SecretAccessKey,
  type SigningProfile,
  STANDARD_PROFILE,
  sign,
  verify,
} from '../../src/sigv4/index.ts'

const NOW = Date.UTC(2015, 7, 30, 12, 36)
const KEY = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
const SERVICE: Record<string, string> = { s3: 's3', standard: 'execute-api', iot: 'iotdevicegateway' }

const pathBytes = fc.string({ unit: fc.constantFrom(...`abcXYZ019-._~/%2Fe+!$'()*,;=:@\u00e9\u0080\u00ff`), maxLength: 20 })
const queryBytes = fc.string({ unit: fc.constantFrom(...`abcZ09-._~&&==%20%41+/?!\u00e9\u00ff`), maxLength: 24 })
const anyByte = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 16 })
const samples = fc.record({
  profile: fc.constantFrom<SigningProfile>(S3_PROFILE, STANDARD_PROFILE, IOT_PROFILE),
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
  target: fc
    .tuple(pathBytes, fc.option(queryBytes, { nil: undefined }))
    .map(([path, query]) => `/${path}${query === undefined ? '' : `?${query}`}`),
  values: fc.array(anyByte, { maxLength: 3 }),
  body: fc.uint8Array({ maxLength: 40 }),
  token: fc.option(fc.constant('IQoJb3JpZ2luX2VjEXAMPLE//+token=='), { nil: undefined }),
  by: fc.constantFrom('header', 'query'),
})
type Sample = typeof samples extends fc.Arbitrary<infer T> ? T : never

/** Targets the services refuse before they look at a signature are of no use here. */
const correct = samples.filter(({ target }) => !/%(?![0-9A-Fa-f]{2})/.test(target) && !/(?:^|\/)\.\.(?:\/|\?|$)/.test(target))

function signed(sample: Sample): HttpRequest {
  const { profile, method, target, values, body, token } = sample
  const request = {
    method,
    target,
    headers: [['Host', 'h.example.amazonaws.com'] as const, ...values.map((value) => ['X-Amz-Meta-V', value] as const)],
    body,
  }
  const credentials: Credentials = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: KEY,
    ...(token !== undefined && { sessionToken: token }),
  }
  const options = { now: NOW, region: 'us-east-1', service: SERVICE[profile.id]!, profile }
  return sample.by === 'header' ? sign(request, credentials, options) : presign(request, credentials, { ...options, expiresSeconds: 900 })
}

describe('the specification', () => {
  it('verifies whatever it signs', () => {
    fc.assert(
      fc.property(correct, (sample) => {
        const request = signed(sample)
        const { profile, token } = sample
        const verdict = verify(request, KEY, {
          now: NOW,
          profile,
          region: 'us-east-1',
          service: SERVICE[profile.id]!,
          ...(token !== undefined && { sessionToken: token }),
        })
        assert.deepEqual(verdict.ok ? undefined : verdict.error, undefined)
      }),
      { numRuns: 400 },
    )
  })

  it('refuses another method, another body, another secret', () => {
    fc.assert(
      fc.property(correct, (sample) => {
        const request = signed(sample)
        const options = { now: NOW, profile: sample.profile }
        assert.equal(verify({ ...request, method: 'PATCH' }, KEY, options).ok, false)
        assert.equal(verify(request, new SecretAccessKey('another'), options).ok, false)
        if (sample.by === 'query' && sample.profile.dialect === 's3') return
        assert.equal(verify({ ...request, body: Uint8Array.of(...sample.body, 1) }, KEY, options).ok, false)
      }),
    )
  })

  it('refuses any flipped byte of a signed header value, of the path and of the signature', () => {
    const where = fc.tuple(correct, fc.nat(), fc.integer({ min: 1, max: 255 }))
    fc.assert(
      fc.property(where, ([sample, at, bits]) => {
        const request = signed({ ...sample, target: '/plain/path?key=value' })
        const options = { now: NOW, profile: sample.profile }
        for (const [index, [name, value]] of request.headers.entries()) {
          if (value === '' || !/^x-amz-meta|^host$/i.test(name)) continue
          const flipped = flip(value, at, bits)
          if (blanksFolded(flipped) === blanksFolded(value)) continue
          const headers = request.headers.map((header, i) => (i === index ? ([name, flipped] as const) : header))
          assert.equal(verify({ ...request, headers }, KEY, options).ok, false, `${name}: ${JSON.stringify(flipped)}`)
        }
        const path = `/${flip('plain/path', at, bits & 0x1f || 1)}`
        if (!/[%?]|\/\//.test(path)) {
          assert.equal(verify({ ...request, target: path + request.target.slice(11) }, KEY, options).ok, false, path)
        }
        const digit = request.target.match(/X-Amz-Signature=([0-9a-f]+)/)?.[1] ?? request.headers.at(-1)![1].slice(-64)
        const swapped = (text: string): string => text.replace(digit, flip(digit, at, 1))
        const broken = { ...request, target: swapped(request.target), headers: request.headers.map(([n, v]) => [n, swapped(v)] as const) }
        assert.equal(verify(broken, KEY, options).ok, false)
      }),
    )
  })

  it('keeps bytes that are not UTF-8 apart from one another', () => {
    const base = { profile: S3_PROFILE, method: 'PUT', target: '/k', body: new Uint8Array(), token: undefined, by: 'header' } as const
    const request = signed({ ...base, values: ['\xff\x80'] })
    assert.equal(verify(request, KEY, { now: NOW }).ok, true)
    const other = { ...request, headers: request.headers.map(([name, value]) => [name, value.replace('\xff', '\xfe')] as const) }
    assert.equal(verify(other, KEY, { now: NOW }).ok, false)
  })
})

function flip(text: string, at: number, bits: number): string {
  const index = at % text.length
  return text.slice(0, index) + String.fromCharCode(text.charCodeAt(index) ^ bits) + text.slice(index + 1)
}

/** Values that differ in blanks only are one canonical value. */
function blanksFolded(value: string): string {
  return value.replace(/[ \t\n\v\f\r]+/g, ' ').replace(/^ | $/g, '')
}
