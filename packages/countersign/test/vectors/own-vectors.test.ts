/** Our own vectors, signed by an independent Python signer, through canonicalize, sign and verify. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import {
  authorizationOf,
  bytesOf,
  canonicalRequest,
  type HttpRequest,
  parseRequestDate,
  presign,
  SecretAccessKey,
  type SigningProfile,
  sign,
  signingInputsOf,
  signingProfileOf,
  stringToSign,
  verify,
} from '../../src/sigv4/index.ts'

interface WrittenRequest {
  readonly method: string
  readonly target: string
  readonly headers: [string, string][]
  readonly body: string
}

interface Vector {
  readonly id: string
  readonly by: 'header' | 'query'
  readonly service: string
  readonly region: string
  readonly now: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly tokenAddedAfterSigning: boolean
  readonly formBodyInQuery: boolean
  readonly expires: number
  readonly request: WrittenRequest
  readonly signed: WrittenRequest
  readonly canonicalRequest: string
  readonly stringToSign: string
  readonly signature: string
}

const { vectors } = JSON.parse(readFileSync(new URL('own-vectors.json', import.meta.url), 'utf8')) as { vectors: Vector[] }

describe('own vectors', () => {
  it('are as many as were written', () => assert.equal(vectors.length, 39))
  for (const vector of vectors) {
    const now = parseRequestDate(vector.now)!
    const key = new SecretAccessKey(vector.secretAccessKey)
    const profile = profileOf(vector)
    const signed = requestOf(vector.signed)

    it(`${vector.id}: canonical request and string to sign`, () => {
      const inputs = signingInputsOf(signed, { profile })!
      assert.equal(canonicalRequest(inputs), vector.canonicalRequest)
      assert.equal(stringToSign(inputs), vector.stringToSign)
    })

    it(`${vector.id}: verify accepts it`, () => {
      const verdict = verify(signed, key, { now, profile, region: vector.region, service: vector.service })
      assert.deepEqual(verdict.ok ? undefined : verdict.error, undefined)
    })

    it(`${vector.id}: ${vector.by === 'header' ? 'sign' : 'presign'} makes the same signature`, () => {
      const { accessKeyId, sessionToken } = vector
      const credentials = { accessKeyId, secretAccessKey: key, ...(sessionToken !== undefined && { sessionToken }) }
      const options = { now, region: vector.region, service: vector.service, profile }
      const request = requestOf(vector.request)
      const ours = vector.by === 'header' ? sign(request, credentials, options) : presign(request, credentials, { ...options, expiresSeconds: vector.expires })
      assert.equal(authorizationOf(ours)?.signature, vector.signature)
      assert.deepEqual(ours, signed)
    })
  }
})

function profileOf({ service, formBodyInQuery }: Vector): SigningProfile {
  const profile = signingProfileOf(service)
  return formBodyInQuery ? { ...profile, formBody: 'query' } : profile
}

function requestOf({ method, target, headers, body }: WrittenRequest): HttpRequest {
  return { method, target, headers, body: bytesOf(body) }
}
