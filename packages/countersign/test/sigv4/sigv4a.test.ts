/** Signature Version 4A: what the verifier says to what is wrong, and what its keys and region sets are. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { p256 as node } from '../../src/p256/node.ts'
import { p256 as none } from '../../src/p256/none.ts'
import {
  authorizationOf,
  credentialScope,
  credentialScopeText,
  deriveEcdsaPrivateKey,
  deriveSigningKey,
  EcdsaPrivateKey,
  EcdsaPublicKey,
  ecdsaPublicKeyOf,
  type HttpRequest,
  type P256,
  parseCredential,
  parseCredentialScope,
  presign,
  regionSetHolds,
  SecretAccessKey,
  sign,
  UsageError,
  type Verdict,
  type VerifyOptions,
  verify,
} from '../../src/sigv4/index.ts'
import { isEcdsaSignatureOf } from '../../src/sigv4/sigv4a.ts'

const NOW = Date.UTC(2015, 7, 30, 12, 36)
const KEY = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
const ID = 'AKIAIOSFODNN7EXAMPLE'
const CREDENTIALS = { accessKeyId: ID, secretAccessKey: KEY }
const ALGORITHM = 'AWS4-ECDSA-P256-SHA256'
const GET: HttpRequest = { method: 'GET', target: '/a', headers: [['Host', 'h.example.amazonaws.com']], body: new Uint8Array() }
const MISSES: P256 = { publicKey: () => assert.fail(), sign: () => assert.fail(), verify: () => assert.fail() }

const inHeader = (service = 's3', regionSet = ['us-east-1', 'us-west-*'], request = GET): HttpRequest =>
  sign(request, CREDENTIALS, { now: NOW, regionSet, service })
const inQuery = (service = 's3', regionSet = ['us-east-1', 'us-west-*']): HttpRequest =>
  presign(GET, CREDENTIALS, { now: NOW, regionSet, service, expiresSeconds: 900 })

function edited(request: HttpRequest, from: string | RegExp, to: string): HttpRequest {
  const edit = (text: string): string => text.replace(from, to)
  const next = { ...request, target: edit(request.target), headers: request.headers.map(([name, value]) => [name, edit(value)] as const) }
  assert.notDeepEqual(next, request)
  return next
}

function refusal(request: HttpRequest, options: Partial<VerifyOptions> = {}, key: Parameters<typeof verify>[1] = KEY): string {
  const verdict: Verdict = verify(request, key, { now: NOW, ...options })
  return verdict.ok
    ? 'ok'
    : `${verdict.error.number} ${verdict.error.check}: ${verdict.error.code} ${verdict.error.status} ${verdict.error.message}`
}

describe('the order of checks, S3', () => {
  it('accepts a region that the set holds, and refuses one that it does not, with both', () => {
    for (const request of [inHeader(), inQuery()]) {
      assert.equal(refusal(request, { region: 'us-east-1' }), 'ok')
      assert.equal(refusal(request, { region: 'us-west-2' }), 'ok')
      assert.equal(refusal(request), 'ok')
    }
    assert.equal(
      refusal(inHeader(), { region: 'eu-west-1' }),
      `10 region: AuthorizationHeaderMalformed 400 The authorization header is malformed; the region 'us-east-1,us-west-*' is wrong; expecting 'eu-west-1'`,
    )
    assert.equal(
      refusal(inQuery(), { region: 'eu-west-1' }),
      `8 region: AuthorizationQueryParametersError 400 Error parsing the X-Amz-Credential parameter; the region 'us-east-1,us-west-*' is wrong; expecting 'eu-west-1'`,
    )
  })

  it('takes the word of a signed region set only', () => {
    const moved = edited(inHeader(), 'x-amz-region-set', 'x-amz-user-agent')
    assert.match(refusal(moved, { region: 'us-east-1' }), /^10 region: .* the region '' is wrong/)
    assert.match(refusal(moved), /^15 headers-signed: AccessDenied 403/)
    const header = { ...inQuery(), headers: [...GET.headers, ['X-Amz-Region-Set', 'eu-west-1'] as const] }
    assert.match(refusal(header, { region: 'eu-west-1' }), /^8 region/)
  })

  it('wants a credential of four parts', () => {
    for (const [request, scope] of [
      [inHeader(), /20150830\/s3/],
      [inQuery(), /20150830%2Fs3/],
    ] as const) {
      const slash = request === undefined || request.target.includes('%2F') ? '%2F' : '/'
      for (const wrong of [`20150830${slash}us-east-1${slash}s3`, `20150830${slash}${slash}s3`])
        assert.match(
          refusal(edited(request, scope, wrong)),
          /credential-parts: .*expecting "<YOUR-AKID>\/YYYYMMDD\/SERVICE\/aws4_request"\.$/,
        )
      assert.match(refusal(edited(request, scope, 's3')), /(?:credential-parts|scope-date-format): /)
    }
    assert.match(refusal(edited(inHeader(), '/s3/', '/sts/'), { service: 's3' }), /service: .*incorrect service "sts"/)
    assert.match(refusal(edited(inHeader(), 'aws4_request', 'aws4')), /terminator: .*incorrect terminal "aws4"/)
    assert.match(refusal(edited(inHeader(), '/20150830/', '/20150831/')), /scope-date: .*Invalid credential date\. Date is not/)
  })

  it('finds one bit of the signature, the text, the key or the region set', () => {
    const request = inHeader()
    const wrong = [
      edited(request, /Signature=(..)(..)/, 'Signature=$1ff'),
      edited(request, /(Signature=[0-9a-f]+)[0-9a-f]$/, '$1'),
      edited(request, /Signature=[0-9a-f]+$/, 'Signature=zz'),
      edited(request, /Signature=[0-9a-f]+$/, 'Signature=' + authorizationOf(request)!.signature!.toUpperCase()),
      edited(request, /^us-east-1/, 'us-east-*'),
      { ...request, target: '/b' },
      edited(request, ID, 'AKIDEXAMPLE'),
    ]
    for (const one of wrong) assert.match(refusal(one), /^16 signature: SignatureDoesNotMatch 403/)
    const verdict = verify(wrong[0]!, KEY, { now: NOW })
    const extra = verdict.ok ? [] : verdict.error.extra
    assert.deepEqual(
      extra.map(([name]) => name),
      ['AWSAccessKeyId', 'StringToSign', 'SignatureProvided', 'StringToSignBytes', 'CanonicalRequest', 'CanonicalRequestBytes'],
    )
    assert.match(extra[1]![1], /^AWS4-ECDSA-P256-SHA256\n20150830T123600Z\n20150830\/s3\/aws4_request\n[0-9a-f]{64}$/)
  })

  it('keeps to the clock, the session token and the expiry as for any other request', () => {
    assert.match(refusal(inHeader(), { now: NOW + 901_000 }), /^3 clock: RequestTimeTooSkewed/)
    assert.match(refusal(inQuery(), { now: NOW + 901_000 }), /clock: AccessDenied 403 Request has expired/)
    assert.match(refusal(inHeader(), { accessKeyIdKnown: false }), /access-key: InvalidAccessKeyId/)
  })

  it('names both algorithms to a query that has a third, and only its own where the key is good for one', () => {
    const third = edited(inQuery(), ALGORITHM, 'AWS4-HMAC-SHA512')
    assert.match(
      refusal(third, { service: 's3' }),
      /algorithm: .*X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"$/,
    )
    const signingKey = deriveSigningKey(KEY, credentialScope('20150830', 'us-east-1', 's3'))
    assert.match(refusal(inQuery(), {}, signingKey), /algorithm: .*only supports "AWS4-HMAC-SHA256"$/)
    assert.match(refusal(inHeader(), {}, signingKey), /algorithm: InvalidArgument 400 Unsupported Authorization Type$/)
    const publicKey = ecdsaPublicKeyOf(deriveEcdsaPrivateKey(KEY, ID))
    const plain = { now: NOW, region: 'us-east-1', service: 's3' }
    assert.match(
      refusal(presign(GET, CREDENTIALS, { ...plain, expiresSeconds: 9 }), {}, publicKey),
      /only supports "AWS4-ECDSA-P256-SHA256"$/,
    )
    assert.match(refusal(sign(GET, CREDENTIALS, plain), {}, publicKey), /Unsupported Authorization Type$/)
    assert.equal(refusal(inHeader(), {}, publicKey), 'ok')
  })
})

describe('the order of checks, other services', () => {
  it('judges region set, parts and signature with their texts', () => {
    for (const request of [inHeader('execute-api'), inQuery('execute-api')]) {
      assert.equal(refusal(request, { region: 'us-west-9', service: 'execute-api' }), 'ok')
      assert.equal(
        refusal(request, { region: 'eu-west-1' }),
        `13 scope: SignatureDoesNotMatch 403 Credential should be scoped to a valid region, not 'us-east-1,us-west-*'.`,
      )
    }
    assert.match(refusal(edited(inHeader('execute-api'), 'x-amz-region-set', 'x-amz-user-agent'), { region: 'us-east-1' }), /not ''\.$/)
    assert.match(
      refusal(edited(inHeader('execute-api'), '/execute-api/', '/us-east-1/execute-api/')),
      /^12 credential-parts: .*exactly 4 slash-delimited elements, e\.g\. keyid\/date\/service\/term, got 'AKIAIOSFODNN7EXAMPLE\/20150830\/us-east-1\//,
    )
    assert.match(refusal({ ...inHeader('execute-api'), method: 'PUT' }), /^16 signature: SignatureDoesNotMatch/)
    const signingKey = deriveSigningKey(KEY, credentialScope('20150830', 'us-east-1', 'execute-api'))
    assert.match(
      refusal(inHeader('execute-api'), {}, signingKey),
      /IncompleteSignature 400 Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'\.$/,
    )
    assert.match(refusal(inQuery('execute-api'), {}, signingKey), /MissingAuthenticationToken/)
  })
})

describe('signing for a region set', () => {
  it('refuses what cannot be signed for', () => {
    const wrong = (options: object): string => {
      try {
        sign(GET, CREDENTIALS, { now: NOW, service: 's3', ...options } as never)
        return 'signed'
      } catch (error) {
        assert.ok(error instanceof UsageError)
        return error.code
      }
    }
    assert.equal(wrong({ regionSet: [] }), 'invalid-scope')
    assert.equal(wrong({ regionSet: ['us-east-1,eu-west-1'] }), 'invalid-scope')
    assert.equal(wrong({ regionSet: ['us-east-1'], region: 'us-east-1' }), 'invalid-scope')
    assert.equal(wrong({}), 'invalid-scope')
    const privateKey = deriveEcdsaPrivateKey(KEY, ID)
    assert.throws(() => sign(GET, { accessKeyId: ID, secretAccessKey: privateKey }, { now: NOW, region: 'us-east-1', service: 's3' }), {
      code: 'wrong-key-scope',
    })
    const signingKey = deriveSigningKey(KEY, credentialScope('20150830', 'us-east-1', 's3'))
    assert.throws(() => sign(GET, { accessKeyId: ID, secretAccessKey: signingKey }, { now: NOW, regionSet: ['*'], service: 's3' }), {
      code: 'wrong-key-scope',
    })
  })

  it('signs with the private key alone', () => {
    const request = sign(
      GET,
      { accessKeyId: ID, secretAccessKey: deriveEcdsaPrivateKey(KEY, ID) },
      { now: NOW, regionSet: ['*'], service: 's3' },
    )
    assert.equal(refusal(request, { region: 'mx-central-1' }), 'ok')
  })

  it('asks the P-256 that it is given, and only for this algorithm', () => {
    const asked: string[] = []
    const counting =
      <Given extends unknown[], Answer>(name: string, call: (...given: Given) => Answer) =>
      (...given: Given): Answer => {
        asked.push(name)
        return call(...given)
      }
    const counted: P256 = {
      publicKey: counting('publicKey', node!.publicKey),
      sign: counting('sign', node!.sign),
      verify: counting('verify', node!.verify),
    }
    const fresh = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
    const request = sign(GET, { accessKeyId: ID, secretAccessKey: fresh }, { now: NOW, regionSet: ['*'], service: 's3', p256: counted })
    assert.equal(verify(request, fresh, { now: NOW, p256: counted }).ok, true)
    assert.equal(verify(request, fresh, { now: NOW, p256: counted }).ok, true)
    assert.deepEqual(asked, ['sign', 'publicKey', 'verify', 'verify'])
    const plain = sign(GET, CREDENTIALS, { now: NOW, region: 'us-east-1', service: 's3' })
    assert.equal(verify(plain, KEY, { now: NOW, p256: MISSES }).ok, true)
    assert.equal(none, undefined)
  })
})

describe('region sets', () => {
  it('hold what they name', () => {
    for (const [set, region, holds] of [
      ['us-east-1', 'us-east-1', true],
      ['us-east-1', 'us-east-10', false],
      ['us-east-1, eu-west-1', 'eu-west-1', true],
      ['*', 'anything', true],
      ['us-*', 'us-gov-west-1', true],
      ['us-*', 'eu-west-1', false],
      ['*-west-*', 'eu-west-1', true],
      ['*-west-*-*', 'eu-west-1', false],
      ['us-*-1', 'us-1', false],
      ['a*a', 'a', false],
      ['', '', false],
      [',', '', false],
      ['', 'us-east-1', false],
      ['US-EAST-1', 'us-east-1', false],
      ['**', 'x', true],
    ] as const)
      assert.equal(regionSetHolds(set, region), holds, `${set} holds ${region}`)
  })

  it('are looked through in linear time', () => {
    const started = performance.now()
    regionSetHolds(`${'*a'.repeat(100_000)}*b`, 'a'.repeat(100_000))
    assert.ok(performance.now() - started < 1000)
  })
})

describe('scopes without a region', () => {
  it('are read only beside their algorithm', () => {
    assert.equal(parseCredentialScope('20150830/s3/aws4_request'), undefined)
    assert.deepEqual(parseCredentialScope('20150830/s3/aws4_request', ALGORITHM), {
      date: '20150830',
      region: undefined,
      service: 's3',
      terminator: 'aws4_request',
    })
    assert.equal(credentialScopeText(credentialScope('20150830', undefined, 's3')), '20150830/s3/aws4_request')
    assert.equal(credentialScopeText(credentialScope('20150830', '', 's3')), '20150830//s3/aws4_request')
    assert.equal(parseCredential('A/20150830/s3/aws4_request'), undefined)
    assert.equal(parseCredential('a/b/20150830/s3/aws4_request', ALGORITHM)?.accessKeyId, 'a/b')
    assert.equal(parseCredential('A/20150830//s3/aws4_request', ALGORITHM)?.scope.region, '')
  })
})

describe('keys', () => {
  it('print as placeholders, and refuse what is no key', () => {
    const key = deriveEcdsaPrivateKey(KEY, ID)
    assert.equal(`${key} ${JSON.stringify({ key })}`, '[private key] {"key":"[private key]"}')
    const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex')
    for (const bytes of [new Uint8Array(32), new Uint8Array(31).fill(1), order])
      assert.throws(() => new EcdsaPrivateKey(bytes), { code: 'invalid-ecdsa-key' })
    order[31]!--
    assert.doesNotThrow(() => new EcdsaPrivateKey(order))
    const point = Uint8Array.from(ecdsaPublicKeyOf(key).bytes)
    assert.doesNotThrow(() => new EcdsaPublicKey(point))
    for (const at of [0, 1, 40, 64])
      assert.throws(() => new EcdsaPublicKey(point.map((byte, i) => (i === at ? byte ^ 1 : byte))), { code: 'invalid-ecdsa-key' })
    assert.throws(() => new EcdsaPublicKey(point.subarray(1)), { code: 'invalid-ecdsa-key' })
  })

  it('refuse every text that is no signature, without throwing', () => {
    const key = ecdsaPublicKeyOf(deriveEcdsaPrivateKey(KEY, ID))
    const right = Buffer.from(node!.sign(deriveEcdsaPrivateKey(KEY, ID).dangerBytes(), Buffer.from('text'))).toString('hex')
    assert.equal(isEcdsaSignatureOf('text', right, key, node!), true)
    for (const wrong of [
      '',
      '*',
      `${right}00`,
      `${right}*`,
      right.slice(2),
      '30'.repeat(36),
      '3006020101020101',
      '3006020100020100',
      'g'.repeat(140),
      'a'.repeat(100_000),
    ])
      assert.equal(isEcdsaSignatureOf('text', wrong, key, node!), false, wrong.slice(0, 40))
  })
})

describe('the specification of key pairs', () => {
  const byte = fc.string({
    unit: fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 8,
  })
  const samples = fc.record({
    service: fc.constantFrom('s3', 'execute-api'),
    path: fc.string({ unit: fc.constantFrom(...'abc/-._~%20'), maxLength: 12 }).filter((text) => !/%(?![0-9A-Fa-f]{2})|\.\./.test(text)),
    meta: byte,
    body: fc.uint8Array({ maxLength: 20 }),
    presigned: fc.boolean(),
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
  })
  it('verifies whatever it signs, and nothing of which one signed character is another', () => {
    fc.assert(
      fc.property(samples, ({ service, path, meta, body, presigned, at }) => {
        const request: HttpRequest = { method: 'PUT', target: `/${path}`, headers: [...GET.headers, ['X-Amz-Meta-A', meta]], body }
        const options = { now: NOW, service, regionSet: ['us-east-1'] }
        const signed = presigned ? presign(request, CREDENTIALS, { ...options, expiresSeconds: 60 }) : sign(request, CREDENTIALS, options)
        assert.equal(refusal(signed, { region: 'us-east-1', service }), 'ok')
        const { signature } = authorizationOf(signed)!
        const changedSignature = JSON.parse(JSON.stringify(signed).replace(signature!, flipped(signature!, at)))
        for (const changed of [
          { ...signed, headers: signed.headers.map(([name, value]) => [name, name === 'X-Amz-Meta-A' ? `${value}x` : value] as const) },
          { ...signed, method: 'POST' },
          { ...changedSignature, body },
          ...(presigned && service === 's3' ? [] : [{ ...signed, body: Uint8Array.of(...body, 1) }]),
        ])
          assert.notEqual(refusal(changed, { region: 'us-east-1', service }), 'ok')
      }),
      { numRuns: 60, seed: 256 },
    )
  })
})

/** A hex text with one digit changed. */
function flipped(hex: string, at: number): string {
  const index = Math.floor(at * hex.length)
  return hex.slice(0, index) + (Number.parseInt(hex[index]!, 16) ^ 1).toString(16) + hex.slice(index + 1)
}
