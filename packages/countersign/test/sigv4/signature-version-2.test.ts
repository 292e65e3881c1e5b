/** Signature Version 2: never accepted, and refused in AWS's words of each dialect, however it was sent. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { diagnoseEvidence, verify as verifyFast } from '../../src/index.ts'
import { type Header, type HttpRequest, SecretAccessKey, verify } from '../../src/sigv4/index.ts'
import { createVerifier, credentialsOf } from '../../src/verifier/index.ts'

const NOW = Date.UTC(2015, 7, 30, 12, 36)
const ID = 'AKIAIOSFODNN7EXAMPLE'
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const DATE: Header = ['Date', 'Sun, 30 Aug 2015 12:36:00 GMT']
const NOT_SUPPORTED = 'InvalidRequest 400 The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.'
const NEEDS_THREE = 'AccessDenied 403 Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters'
/** Rightly signed, as far as that version goes. */
const SIGNATURE = createHmac('sha1', SECRET).update(`GET\n\n\n${DATE[1]}\n/examplebucket/k`).digest('base64')

function request(target: string, headers: readonly Header[] = [], method = 'GET', body = ''): HttpRequest {
  return {
    method,
    target,
    headers: [['Host', 'examplebucket.s3.us-east-1.amazonaws.com'], ...headers],
    body: new TextEncoder().encode(body),
  }
}

function said(sent: HttpRequest, service: string): string {
  const options = { now: NOW, service, region: 'us-east-1' }
  const verdict = verify(sent, new SecretAccessKey(SECRET), options)
  assert.deepEqual(verifyFast(sent, new SecretAccessKey(SECRET), options), verdict)
  assert.ok(!verdict.ok)
  return `${verdict.error.code} ${verdict.error.status} ${verdict.error.message}`
}

describe('Signature Version 2', () => {
  it('in the header, S3', () => {
    assert.equal(said(request('/k', [DATE, ['Authorization', `AWS ${ID}:${SIGNATURE}`]]), 's3'), NOT_SUPPORTED)
    const wrong = 'InvalidArgument 400 AWS authorization header is invalid.  Expected AwsAccessKeyId:signature'
    for (const value of [`AWS ${ID}`, `AWS ${ID}:`, `AWS :${SIGNATURE}`, `AWS ${ID}:a b`])
      assert.equal(said(request('/k', [DATE, ['Authorization', value]]), 's3'), wrong)
  })

  it('in the header, other services', () => {
    assert.equal(
      said(request('/k', [DATE, ['Authorization', `AWS ${ID}:${SIGNATURE}`]]), 'execute-api'),
      `IncompleteSignature 400 Unsupported AWS 'algorithm': 'AWS'.`,
    )
  })

  it('in a URL, S3', () => {
    const url = `/k?AWSAccessKeyId=${ID}&Expires=1440940000&Signature=${encodeURIComponent(SIGNATURE)}`
    assert.equal(said(request(url), 's3'), NOT_SUPPORTED)
    assert.equal(said(request(url.replace('Expires=1440940000&', '')), 's3'), NEEDS_THREE)
    assert.equal(
      said(request(url.replace('1440940000', 'tomorrow')), 's3'),
      'AccessDenied 403 Invalid date (should be seconds since epoch): tomorrow',
    )
    assert.equal(said(request(`/k?AWSAccessKeyId=${ID}`), 's3'), 'AccessDenied 403 Access Denied')
  })

  it('in the parameters of the query protocol', () => {
    const words = 'IncompleteSignature 400 AWS Signature Version 2 is not supported.'
    const parameters = `Action=GetUser&AWSAccessKeyId=${ID}&SignatureVersion=2&SignatureMethod=HmacSHA256&Timestamp=2015-08-30T12%3A36%3A00Z&Signature=x%3D`
    assert.equal(said(request(`/?${parameters}`), 'iam'), words)
    const form: Header = ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']
    assert.equal(said(request('/', [form], 'POST', parameters), 'iam'), words)
    assert.match(
      said(request('/', [form], 'POST', parameters.replace(/&Signature(?:Version|Method)=\w+/g, '')), 'iam'),
      /^MissingAuthenticationToken/,
    )
    assert.match(said(request('/', [], 'POST', parameters), 'iam'), /^MissingAuthenticationToken/)
  })

  it('is refused at the verifier, and the operator is told what it is', async () => {
    const door = createVerifier({
      credentials: credentialsOf({ [ID]: { key: new SecretAccessKey(SECRET) } }),
      clock: () => NOW,
      services: ['s3'],
    })
    const outcome = await door.judge(request('/k', [DATE, ['Authorization', `AWS ${ID}:${SIGNATURE}`]]))
    assert.ok(!outcome.ok)
    assert.deepEqual([outcome.refused.error.code, outcome.refused.answer.status], ['InvalidRequest', 400])
    const parameters = `Action=GetUser&AWSAccessKeyId=${ID}&SignatureVersion=2&Signature=x%3D`
    for (const text of [
      `GET /k HTTP/1.1\r\nHost: h\r\nAuthorization: AWS ${ID}:${SIGNATURE}\r\n\r\n`,
      `GET /?${parameters} HTTP/1.1\r\nHost: iam.amazonaws.com\r\n\r\n`,
    ]) {
      const { findings } = diagnoseEvidence([{ name: 'request.http', text }])
      assert.equal(findings[0]?.causes[0], 'algorithm-version-refused')
      assert.equal(findings[0]?.proof.level, 'none')
    }
  })
})
