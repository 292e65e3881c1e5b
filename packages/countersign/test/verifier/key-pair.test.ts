/** Requests signed with a key pair (SigV4a) at the verifier's door. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { deriveEcdsaPrivateKey, ecdsaPublicKeyOf, type HttpRequest, type RequestKey } from '../../src/sigv4/index.ts'
import { createVerifier, credentialsOf, replayGuard } from '../../src/verifier/index.ts'
import { KEY_ID, NOW, plain, presigned, SECRET, signed } from '../support/signed.ts'

const PUBLIC_KEY = ecdsaPublicKeyOf(deriveEcdsaPrivateKey(SECRET, KEY_ID))
const FOR_TWO = { regionSet: ['eu-west-1', 'us-*'], region: undefined } as const
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

function verifier(key: RequestKey, options: object = {}) {
  return createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key } }), clock: () => NOW, ...options })
}

async function codeOf(request: HttpRequest, door: ReturnType<typeof verifier>): Promise<string> {
  const outcome = await door.judge(request)
  return outcome.ok ? 'ok' : outcome.refused.error.code
}

describe('a verifier and requests signed with a key pair', () => {
  it('accepts them with the secret and with the public key alone, in the header and in the query', async () => {
    for (const key of [SECRET, PUBLIC_KEY]) {
      const door = verifier(key, { regions: ['ap-south-1', 'us-west-2'], services: ['s3', 'execute-api'] })
      assert.equal(await codeOf(signed(plain('PUT', '/k', 'hello'), 's3', FOR_TWO), door), 'ok')
      assert.equal(await codeOf(presigned(plain('GET', '/k'), FOR_TWO), door), 'ok')
      assert.equal(await codeOf(signed(plain('POST', '/k', '{}'), 'execute-api', FOR_TWO), door), 'ok')
    }
  })

  it('refuses a region set that holds none of its regions, another body, and what the public key is of no use for', async () => {
    const door = verifier(PUBLIC_KEY, { regions: ['ap-south-1'] })
    assert.equal(await codeOf(signed(plain('GET', '/k'), 's3', FOR_TWO), door), 'AuthorizationHeaderMalformed')
    const request = signed(plain('POST', '/k', '{}'), 'execute-api', FOR_TWO)
    assert.equal(await codeOf({ ...request, body: new TextEncoder().encode('{ }') }, verifier(PUBLIC_KEY)), 'SignatureDoesNotMatch')
    assert.equal(await codeOf(signed(plain('GET', '/k'), 's3'), verifier(PUBLIC_KEY)), 'InvalidArgument')
  })

  it('takes the two forms of one signature for the same', async () => {
    const door = verifier(SECRET, { replay: replayGuard({ signatures: 100 }) })
    const request = signed(plain('GET', '/k'), 's3', FOR_TWO)
    const other = { ...request, headers: request.headers.map(([name, value]) => [name, value.replace(/[0-9a-f]{128,}$/, twin)] as const) }
    assert.notDeepEqual(other, request)
    assert.equal(await codeOf(other, verifier(SECRET)), 'ok')
    assert.equal(await codeOf(request, door), 'ok')
    assert.equal(await codeOf(other, door), 'AccessDenied')
    assert.equal(await codeOf(signed(plain('GET', '/k'), 's3', FOR_TWO), door), 'ok')
  })
})

/** The signature (r, n - s) of (r, s). */
function twin(signature: string): string {
  const r = signature.slice(8, 8 + 2 * Number.parseInt(signature.slice(6, 8), 16))
  const s = ORDER - BigInt(`0x${signature.slice(8 + r.length + 4)}`)
  const even = s
    .toString(16)
    .padStart(64, '0')
    .replace(/^(?:00)+(?=.)/, '')
  const integer = /^[89a-f]/.test(even) ? `00${even}` : even
  const body = `02${(r.length / 2).toString(16).padStart(2, '0')}${r}02${(integer.length / 2).toString(16).padStart(2, '0')}${integer}`
  return `30${(body.length / 2).toString(16).padStart(2, '0')}${body}`
}
