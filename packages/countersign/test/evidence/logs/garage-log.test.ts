/** Garage's log. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { garageLog } from '../../../src/evidence/logs/garage-log.ts'
import { factsOf, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(garageLog)

const record = (said: string): string => `2025-04-04T08:00:00.000000Z  INFO garage_api::generic_server: ${said}\n`
const REFUSED = record('Response: error 403 Forbidden, Forbidden: Invalid signature')

test('the answer belongs to the request before it, if only one waits', () => {
  const one = read(garageLog, record('192.0.2.1:1 PUT /b/k') + REFUSED)
  assert.deepEqual(seenOf(one, 'request-line')[0]?.line, { method: 'PUT', target: '/b/k', status: 403 })
  assert.ok('signature-mismatch' in factsOf(one))
  const two = read(garageLog, record('192.0.2.1:1 PUT /b/k') + record('192.0.2.2:1 GET /b/other') + REFUSED)
  assert.deepEqual(seenOf(two, 'request-line'), [])
  assert.ok('signature-mismatch' in factsOf(two))
})

test('another refusal is none of a signature', () => {
  const seen = read(
    garageLog,
    record('192.0.2.1:1 PUT /b/k') + record('Response: error 403 Forbidden, Forbidden: Operation is not allowed for this key.'),
  )
  assert.deepEqual(seenOf(seen, 'error'), [])
})
