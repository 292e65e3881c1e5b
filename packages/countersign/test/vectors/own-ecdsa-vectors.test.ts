/** Our own vectors of AWS4-ECDSA-P256-SHA256, signed by an independent Python signer, through every door. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { diagnoseEvidence, verify as verifyFast } from '../../src/index.ts'
import {
  authorizationOf,
  bytesOf,
  canonicalRequest,
  deriveEcdsaPrivateKey,
  EcdsaPublicKey,
  ecdsaPublicKeyOf,
  type HttpRequest,
  parseRequestDate,
  presign,
  SecretAccessKey,
  sign,
  signingInputsOf,
  stringToSign,
  verify,
} from '../../src/sigv4/index.ts'

interface Written {
  readonly method: string
  readonly target: string
  readonly headers: [string, string][]
  readonly body: string
}

interface Vector {
  readonly id: string
  readonly by: 'header' | 'query'
  readonly service: string
  readonly regionSet: string[]
  readonly now: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly request: Written
  readonly signed: Written
  readonly canonicalRequest: string
  readonly stringToSign: string
}

interface Derivation {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly counter: number
  readonly privateKey: string
  readonly publicX: string
  readonly publicY: string
}

const { vectors, derivations } = JSON.parse(readFileSync(new URL('own-ecdsa-vectors.json', import.meta.url), 'utf8')) as {
  vectors: Vector[]
  derivations: Derivation[]
}

describe('own vectors of SigV4a', () => {
  it('are as many as were written', () => assert.equal(vectors.length, 9))
  for (const vector of vectors) {
    const now = parseRequestDate(vector.now)!
    const key = new SecretAccessKey(vector.secretAccessKey)
    const { accessKeyId, service, sessionToken } = vector
    const region = vector.regionSet[0]!.replace('*', vector.regionSet[0] === '*' ? 'eu-west-1' : 'east-2')
    const signed = requestOf(vector.signed)

    it(`${vector.id}: canonical request and string to sign`, () => {
      const inputs = signingInputsOf(signed)!
      assert.equal(canonicalRequest(inputs), vector.canonicalRequest)
      assert.equal(stringToSign(inputs), vector.stringToSign)
    })

    it(`${vector.id}: verify accepts it, by the secret and by the public key, and the fast room too`, () => {
      const publicKey = ecdsaPublicKeyOf(deriveEcdsaPrivateKey(key, accessKeyId))
      for (const one of [key, publicKey]) {
        const verdict = verify(signed, one, { now, region, service })
        assert.deepEqual(verdict.ok ? undefined : verdict.error, undefined)
      }
      assert.equal(verifyFast(signed, key, { now, region, service }).ok, true)
    })

    it(`${vector.id}: ${vector.by === 'header' ? 'sign' : 'presign'} makes the same request but for the signature`, () => {
      const credentials = { accessKeyId, secretAccessKey: key, ...(sessionToken !== undefined && { sessionToken }) }
      const options = { now, regionSet: vector.regionSet, service }
      const request = requestOf(vector.request)
      const ours = vector.by === 'header' ? sign(request, credentials, options) : presign(request, credentials, { ...options, expiresSeconds: 900 })
      assert.deepEqual(withoutSignature(ours), withoutSignature(signed))
      assert.notEqual(authorizationOf(ours)?.signature, authorizationOf(signed)?.signature)
      assert.equal(verify(ours, key, { now, region, service }).ok, true)
    })

    it(`${vector.id}: diagnosed as valid`, () => {
      const head = [`${signed.method} ${signed.target} HTTP/1.1`, ...signed.headers.map(([name, value]) => `${name}: ${value}`)]
      const known = { secrets: [{ label: 'secret', secretAccessKey: key }], now }
      const { outcome, findings } = diagnoseEvidence([{ name: 'request.http', text: `${head.join('\r\n')}\r\n\r\n${vector.signed.body}` }], known)
      assert.equal(outcome, 'accepted', JSON.stringify(findings[0]?.causes))
    })
  }
})

describe('own key derivations of SigV4a', () => {
  for (const { accessKeyId, secretAccessKey, counter, privateKey, publicX, publicY } of derivations) {
    it(`${accessKeyId}, counter ${counter}`, () => {
      const key = deriveEcdsaPrivateKey(new SecretAccessKey(secretAccessKey), accessKeyId)
      assert.equal(Buffer.from(key.dangerBytes()).toString('hex'), privateKey)
      assert.equal(Buffer.from(ecdsaPublicKeyOf(key).bytes).toString('hex'), `04${publicX}${publicY}`)
      assert.deepEqual(new EcdsaPublicKey(Buffer.from(`04${publicX}${publicY}`, 'hex')).bytes.length, 65)
    })
  }
})

function requestOf({ method, target, headers, body }: Written): HttpRequest {
  return { method, target, headers, body: bytesOf(body) }
}

function withoutSignature({ method, target, headers, body }: HttpRequest): HttpRequest {
  const cut = (text: string): string => text.replace(/Signature=[0-9a-f]+$/, 'Signature=')
  return { method, target: cut(target), headers: headers.map(([name, value]) => [name, cut(value)]), body }
}
