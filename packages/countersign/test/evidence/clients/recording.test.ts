/** Recordings of a hop, and traces of a MinIO server. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { recording } from '../../../src/evidence/clients/recording.ts'
import { minioTrace } from '../../../src/evidence/logs/minio-trace.ts'
import { kinds, read, readerLaws, seenOf } from '../reader-laws.ts'

for (const reader of [recording, minioTrace]) readerLaws(reader)

const flow = (members: object): string => `${JSON.stringify({ countersign: 'recording', schemaVersion: 1, hop: 'edge', ...members })}\n`
const request = {
  method: 'PUT',
  target: '/b/caf\u00c3\u00a9?x',
  headers: [
    ['Host', 'a.example'],
    ['x-amz-meta-a', ' 1'],
    ['X-Amz-Meta-A', '2'],
  ],
  body: { base64: 'aGVsbG8=' },
}

test('a request is read byte for byte: order, spelling, repeated headers, body', () => {
  const [seen] = seenOf(read(recording, flow({ sent: request })), 'request')
  assert.equal(seen?.fidelity, 'exact')
  assert.equal(seen?.hop, 'sent')
  assert.equal(seen?.request.target, '/b/caf\u00c3\u00a9?x')
  assert.deepEqual(seen?.request.headers, request.headers)
  assert.deepEqual(seen?.request.body, new TextEncoder().encode('hello'))
})

test('what came and what was sent are told apart, and the difference is a hint', () => {
  const seen = read(recording, flow({ received: { ...request, target: '/b//k' }, sent: { ...request, target: '/b/k' } }))
  assert.deepEqual(
    seenOf(seen, 'request').map(({ hop }) => hop),
    ['received', 'sent'],
  )
  assert.deepEqual(
    seenOf(seen, 'clue').map(({ about }) => about),
    ['path-normalized'],
  )
})

test('a body that is only hashed is not known, and the answer is read', () => {
  const seen = read(
    recording,
    flow({
      sent: { ...request, body: { sha256: 'ab', length: 5 } },
      response: { status: 403, headers: [], body: { text: '{"__type":"InvalidSignatureException","message":"m"}' } },
    }),
  )
  assert.equal(seenOf(seen, 'request')[0]?.request.body, undefined)
  assert.deepEqual(kinds(seen).slice(0, 3), ['request', 'response', 'error'])
})

test('a cut line and another version say so', () => {
  assert.match(seenOf(read(recording, flow({ sent: request }).slice(0, -9)), 'unreadable')[0]?.reason ?? '', /not whole JSON/)
  assert.match(seenOf(read(recording, flow({ schemaVersion: 3 })), 'unreadable')[0]?.reason ?? '', /version 3; this reads versions 1 and 2/)
})

test('the example of the page is read', () => {
  const page = readFileSync(new URL('../../../../../docs/evidence/recording.md', import.meta.url), 'latin1')
  const example = /```json\n([^`]+)```/.exec(page)?.[1] ?? ''
  assert.deepEqual(
    kinds(read(recording, example)).filter((kind) => kind !== 'clue'),
    ['request', 'request', 'response'],
  )
})

test('mc admin trace: the request as the server saw it, never exact', () => {
  for (const sample of minioTrace.samples.slice(0, 2)) {
    const seen = read(minioTrace, sample)
    const [one] = seenOf(seen, 'request')
    assert.match(one?.request.target ?? '', /^\/examplebucket\/a.*\?versionId=1$/)
    assert.equal(one?.fidelity, 'normalized')
    assert.ok(one?.request.headers.some(([name, value]) => name === 'Host' && value === 'store:9000'))
    assert.equal(seenOf(seen, 'response')[0]?.status, 403)
    assert.deepEqual(seenOf(seen, 'response')[0]?.headers, [['Server', 'MinIO']])
  }
})
