import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'

const request = (id: string, more = ''): string =>
  `GET / HTTP/1.1\nHost: sts.us-east-1.amazonaws.com\nX-Amz-Date: 20150830T123600Z\n${more}Authorization: AWS4-HMAC-SHA256 Credential=${id}/20150830/us-east-1/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024\n\n`
const diagnosed = (...texts: string[]) => diagnoseEvidence(texts.map((text, i) => ({ name: `${i}`, text })))
const INVALID =
  'An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.'

test('a temporary access key ID without a token is shown by the request itself', () => {
  const [first] = diagnosed(request('ASIAIOSFODNN7EXAMPLE'), INVALID).findings
  assert.deepEqual(first?.causes, ['session-token-missing'])
  assert.equal(first?.proof.level, 'stated')
})

test('a long-term access key ID needs no token, and a token that is there is not missing', () => {
  assert.ok(!diagnosed(request('AKIAIOSFODNN7EXAMPLE')).findings.some(({ causes }) => causes.includes('session-token-missing')))
  const sent = diagnosed(request('ASIAIOSFODNN7EXAMPLE', 'X-Amz-Security-Token: EXAMPLEtoken\n'))
  assert.ok(!sent.findings.some(({ causes, proof }) => causes.includes('session-token-missing') && proof.level !== 'none'))
})

test('a program that hands over two of the three parts comes before a wrong key, and one that hands over all three does not', () => {
  const code = (token: string): string =>
    `const aws4 = require('aws4')\naws4.sign(opts, { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY${token} })\n`
  const [first] = diagnosed(code(''), '{"message":"The security token included in the request is invalid."}').findings
  assert.deepEqual(first?.causes, ['session-token-missing'])
  const [other] = diagnosed(
    code(', sessionToken: process.env.AWS_SESSION_TOKEN'),
    '{"message":"The security token included in the request is invalid."}',
  ).findings
  assert.notDeepEqual(other?.causes, ['session-token-missing'])
})
