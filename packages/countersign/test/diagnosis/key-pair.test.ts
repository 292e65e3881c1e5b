/** Requests signed with a key pair (SigV4a): what can be proven of them, and that nothing else is claimed. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { canonicalRequest, type HttpRequest, SecretAccessKey, sign, signingInputsOf, stringToSign } from '../../src/sigv4/index.ts'

const NOW = Date.UTC(2015, 7, 30, 12, 36)
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'

function signed(target = '/a%20b', secret = SECRET, regionSet = ['us-east-1']): HttpRequest {
  const request: HttpRequest = {
    method: 'GET',
    target,
    headers: [
      ['Host', 'examplebucket.s3.us-east-1.amazonaws.com'],
      ['X-Amz-Meta-A', 'b'],
    ],
    body: new Uint8Array(),
  }
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey(secret) }
  return sign(request, credentials, { now: NOW, regionSet, service: 's3' })
}

function raw({ method, target, headers }: HttpRequest): string {
  return `${method} ${target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

const mismatch = (request: HttpRequest): string => {
  const inputs = signingInputsOf(request)!
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId><StringToSign>${escaped(stringToSign(inputs))}</StringToSign><SignatureProvided>${request.headers.at(-1)![1].replace(/.*Signature=/, '')}</SignatureProvided><CanonicalRequest>${escaped(canonicalRequest(inputs))}</CanonicalRequest><RequestId>4442587FB7D0A2F9</RequestId></Error>`
}

function diagnosed(texts: readonly string[], secret = SECRET) {
  const secrets =
    secret === '' ? [] : [{ label: 'secret', secretAccessKey: new SecretAccessKey(secret), accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }]
  return diagnoseEvidence(
    texts.map((text, i) => ({ name: `evidence-${i}.txt`, text })),
    { secrets, now: NOW },
  )
}

describe('a request signed with a key pair', () => {
  it('is proven by its signature: a path encoded twice, a header changed on the way, a secret with a line feed', () => {
    const twice = { ...signed('/a%2520b'), target: '/a%20b' }
    const changed = signed()
    const headers = changed.headers.map(([name, value]) => [name, name === 'X-Amz-Meta-A' ? 'B' : value] as const)
    const newline = signed('/a%20b', `${SECRET}\n`)
    for (const [request, cause] of [
      [twice, 'path-encoded-twice'],
      [newline, 'secret-has-newline'],
    ] as const) {
      for (const texts of [[raw(request)], [raw(request), mismatch(request)], [mismatch(request)]]) {
        const { outcome, findings } = diagnosed(texts)
        assert.equal(outcome, 'proven', cause)
        assert.equal(findings[0]!.proof.level, 'signature')
        assert.deepEqual([...findings[0]!.causes, ...findings[0]!.alternatives].includes(cause), true, JSON.stringify(findings[0]!.causes))
      }
    }
    const altered = diagnosed([raw({ ...changed, headers })])
    assert.notEqual(altered.outcome, 'accepted')
    for (const { proof, causes } of altered.findings) if (proof.level === 'signature') assert.match(causes.join(), /^header-/)
  })

  it('is not proven to be anything where it was signed with another secret, or another key signed it', () => {
    for (const request of [signed('/a%20b', 'AnotherSecretOfTheSameLengthEXAMPLEKEY00'), signed()]) {
      const other = {
        ...request,
        headers: request.headers.map(([name, value]) => [name, value.replace('AKIAIOSFODNN7EXAMPLE', 'AKIDEXAMPLE')] as const),
      }
      const { outcome, findings } = diagnosed([raw(other), mismatch(other)])
      assert.notEqual(outcome, 'accepted')
      assert.deepEqual(
        findings.filter(({ proof }) => proof.level !== 'none' && proof.level !== 'stated').map(({ causes }) => causes),
        [],
      )
    }
  })

  it('is never proven by its signature without the secret', () => {
    const { findings } = diagnosed([raw(signed()), mismatch(signed())], '')
    assert.deepEqual(
      findings.filter(({ proof }) => proof.level === 'signature'),
      [],
    )
  })

  it('is not said to be of another key, or malformed, where the signature is right and the service refuses it all the same', () => {
    for (const secret of [SECRET, '']) {
      const request = signed()
      const { findings } = diagnosed([raw(request), mismatch(request)], secret)
      for (const { causes, proof } of findings) {
        assert.doesNotMatch(causes.join(), /secret-of-another-key|malformed|scope-|region-|access-key/)
        if (proof.level === 'signature') assert.match(causes.join(), /^(?:secret-mismatch|server-)/)
      }
    }
  })

  it('is searched within seconds, and says so where not everything was tried', () => {
    const started = performance.now()
    const request = signed(`/${'a%20b/'.repeat(20)}?${Array.from({ length: 20 }, (_, i) => `k${i}=v%20${i}`).join('&')}`)
    const { search } = diagnosed([raw({ ...request, method: 'PUT', target: request.target.replace('k1=', 'k1=x') })])
    assert.ok(performance.now() - started < 20_000)
    assert.ok(search.trials > 100)
  })

  it('is refused for its region set by its own name', () => {
    const { findings, outcome } = diagnosed([raw(signed('/', SECRET, ['eu-west-1']))])
    assert.equal(outcome, 'accepted', JSON.stringify(findings))
  })
})
