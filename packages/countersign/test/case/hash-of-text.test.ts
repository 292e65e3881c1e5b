/** The signer's own two texts: how the hash in the one was made of the other, without a key and without the service's text. */
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'

const TEXT = `PUT
/box/b.bin

host:store.lan.example
x-amz-content-sha256:UNSIGNED-PAYLOAD
x-amz-date:20260305T101112Z

host;x-amz-content-sha256;x-amz-date
UNSIGNED-PAYLOAD`
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string): string => createHmac('sha256', key).update(TEXT).digest('hex')
const MISMATCH = 'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.'

function first(hash: string, answer = MISMATCH, text = TEXT): string {
  const [finding] = diagnoseEvidence([
    { name: 'text', text, side: 'signer' },
    { name: 'to-sign', text: `AWS4-HMAC-SHA256\n20260305T101112Z\n20260305/eu-west-1/s3/aws4_request\n${hash}`, side: 'signer' },
    { name: 'answer', text: answer },
  ]).findings
  return finding === undefined ? 'none' : `${finding.causes.join('+')} ${finding.proof.level}`
}

test('a hash that comes out of the text beside it, made in another way, is recomputed', () => {
  for (const hash of [hmac('1'), hmac(''), sha256(TEXT.replaceAll('\n', '\\n')), sha256(TEXT.replaceAll('\n', '\r\n'))])
    assert.equal(first(hash), 'string-to-sign-malformed recomputed', hash)
})

test('the right hash, that of another text, and a refusal of something else show nothing', () => {
  for (const hash of [sha256(TEXT), sha256(`${TEXT}x`), hmac('0')]) assert.doesNotMatch(first(hash), /recomputed/, hash)
  assert.doesNotMatch(first(hmac('1'), 'AccessDenied: Request has expired'), /recomputed/)
  assert.doesNotMatch(first(hmac('1'), MISMATCH, TEXT.replace('b.bin', '***')), /recomputed/)
})
