import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'

const request = (id: string, more = ''): string =>
  `GET / HTTP/1.1\nHost: sts.us-east-1.amazonaws.com\nX-Amz-Date: 20150830T123600Z\n${more}Authorization: AWS4-HMAC-SHA256 Credential=${id}/20150830/us-east-1/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024\n\n`
const diagnosed = (...texts: string[]) => diagnoseEvidence(texts.map((text, i) => ({ name: `${i}`, text })))
const INVALID =
  'An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.'

test('a long-term access key ID beside a session token is suspected', () => {
  const { findings } = diagnosed(request('AKIAIOSFODNN7EXAMPLE', 'X-Amz-Security-Token: EXAMPLEtoken\n'), INVALID)
  const found = findings.find(({ causes }) => causes.includes('session-token-mismatch'))
  assert.ok(found !== undefined)
  assert.ok(!JSON.stringify(findings).includes('EXAMPLEtoken'))
})

test('without a token there is nothing to mismatch', () => {
  assert.ok(!diagnosed(request('AKIAIOSFODNN7EXAMPLE')).findings.some(({ causes }) => causes.includes('session-token-mismatch')))
})
