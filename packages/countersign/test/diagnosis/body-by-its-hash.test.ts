/** A body that was hashed while it passed, and not kept, proves as much as the body. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordingLine } from '../../src/evidence/index.ts'
import { diagnoseEvidence } from '../../src/index.ts'
import { sha256 } from '../../src/sha256/pure.ts'
import { bytesOf } from '../../src/sigv4/index.ts'
import { NOW, plain, SECRET, signed } from '../support/signed.ts'

const put = signed(plain('POST', '/', '{"a":1}', [['X-Amz-Target', 'DynamoDB_20120810.GetItem']]), 'dynamodb')
const found = (body: string, host = 'service.example.com') => {
  const headers = put.headers.map(([name, value]) => [name, name === 'Host' ? host : value] as const)
  const text = recordingLine({ hop: 'edge', at: NOW, sent: { ...put, headers, body: bytesOf(body) } }, 'redacted', sha256)
  assert.ok(!text.includes(body))
  return diagnoseEvidence([{ name: 'a.jsonl', text }], { secrets: [{ label: 'the secret', secretAccessKey: SECRET }] })
}

test('a service that hashes the body itself: the recorded request is right', () => {
  assert.equal(found('{"a":1}').outcome, 'accepted')
})

test('another body makes it wrong; another host is proven by the signature', () => {
  assert.notEqual(found('{"a":2}').outcome, 'accepted')
  assert.equal(found('{"a":1}', 'service.example.com:443').findings[0]?.proof.level, 'signature')
})
