/**
 * SigV4a beside others: what @smithy/signature-v4a signs `verify` accepts, and a P-256 of @noble/curves, passed as the manual
 * says (docs/manual/sigv4a.md), signs and verifies as the runtime's own does.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Sha256 } from '@aws-crypto/sha256-js'
import { p256 as curve } from '@noble/curves/nist.js'
import { SignatureV4a } from '@smithy/signature-v4a'
import {
  deriveEcdsaPrivateKey,
  ecdsaPublicKeyOf,
  type HttpRequest,
  type P256,
  parseRequestDate,
  presign,
  SecretAccessKey,
  sign,
  verify,
} from '../../src/sigv4/index.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const ID = 'AKIAIOSFODNN7EXAMPLE'

// The adapter of the manual, word for word.
const p256: P256 = {
  publicKey: (privateKey) => curve.getPublicKey(privateKey, false),
  sign: (privateKey, message) => curve.sign(message, privateKey, { format: 'der', lowS: false }),
  verify(publicKey, message, signature) {
    try {
      return curve.verify(signature, message, publicKey, { format: 'der', lowS: false })
    } catch {
      return false
    }
  },
}

const REQUEST: HttpRequest = {
  method: 'PUT',
  target: '/a%20b?x=1&y',
  headers: [['Host', 'h.example.amazonaws.com']],
  body: new TextEncoder().encode('hello'),
}

describe('a P-256 of @noble/curves', () => {
  const now = Date.UTC(2015, 7, 30, 12, 36)
  const options = { now, regionSet: ['eu-*'], service: 's3' }
  const credentials = { accessKeyId: ID, secretAccessKey: new SecretAccessKey(SECRET) }

  it('stands in the manual as it is tested here', () => {
    const manual = readFileSync(fileURLToPath(new URL('../../../../docs/manual/sigv4a.md', import.meta.url)), 'utf8')
    const here = readFileSync(fileURLToPath(import.meta.url), 'utf8')
    const adapter = /^const p256: P256 = \{\n[\s\S]*?^\}\n/m.exec(here)![0]
    assert.ok(manual.includes(adapter))
  })

  it('signs what the runtime verifies, and verifies what the runtime signs', () => {
    for (const request of [sign(REQUEST, credentials, options), presign(REQUEST, credentials, { ...options, expiresSeconds: 60 })])
      assert.equal(verify(request, new SecretAccessKey(SECRET), { now, region: 'eu-west-1', p256 }).ok, true)
    const ours = sign(REQUEST, credentials, { ...options, p256 })
    assert.equal(verify(ours, credentials.secretAccessKey, { now, region: 'eu-west-1' }).ok, true)
    const verdict = verify({ ...ours, target: '/a%20c' }, credentials.secretAccessKey, { now, p256 })
    assert.equal(verdict.ok ? '' : verdict.error.code, 'SignatureDoesNotMatch')
    const key = deriveEcdsaPrivateKey(credentials.secretAccessKey, ID)
    assert.deepEqual(ecdsaPublicKeyOf(key, p256), ecdsaPublicKeyOf(key))
  })

  it('refuses what is no signature without throwing', () => {
    const key = ecdsaPublicKeyOf(deriveEcdsaPrivateKey(credentials.secretAccessKey, ID)).bytes
    for (const wrong of [[], [0x30, 6, 2, 1, 0, 2, 1, 1], new Array(72).fill(0x30)])
      assert.equal(p256.verify(key, new Uint8Array(3), Uint8Array.from(wrong)), false)
  })
})

describe('@smithy/signature-v4a', () => {
  for (const [service, region] of [
    ['s3', 'us-east-1'],
    ['s3', '*'],
    ['execute-api', 'eu-west-1'],
  ] as const) {
    it(`${service}, ${region}`, async () => {
      const signer = new SignatureV4a({
        credentials: { accessKeyId: ID, secretAccessKey: SECRET },
        region,
        service,
        sha256: Sha256,
        uriEscapePath: service !== 's3',
        applyChecksum: true,
      })
      const signed = await signer.sign(
        {
          method: 'PUT',
          protocol: 'https:',
          hostname: 'h.example.amazonaws.com',
          path: '/a%20b',
          query: { x: '1 2', y: '' },
          headers: { host: 'h.example.amazonaws.com', 'content-type': 'text/plain' },
          body: 'hello',
        },
        {},
      )
      const headers = Object.entries(signed.headers as Record<string, string>)
      const request: HttpRequest = { method: 'PUT', target: '/a%20b?x=1%202&y=', headers, body: new TextEncoder().encode('hello') }
      const date = headers.find(([name]) => name.toLowerCase() === 'x-amz-date')![1]
      const now = parseRequestDate(date)!
      const verdict = verify(request, new SecretAccessKey(SECRET), { now, region: region === '*' ? 'us-west-2' : region, service })
      assert.deepEqual(verdict.ok ? undefined : verdict.error, undefined)
    })
  }
})
