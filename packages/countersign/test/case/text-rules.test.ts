/** What the texts of one side show of each other. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acrossSignings } from '../../src/case/check-view/index.ts'
import { assembleCase } from '../../src/case/index.ts'
import type { Observation, Side } from '../../src/case/observation.ts'

const LOCATION = { source: 'test', start: 0, end: 0 }
const HASH = '9b1d5c3e7f20a4863bd1e5f70c92a8461d3e5b7f9021c4a68e0d2f4b6a8c1e35'
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const sts = (end = HASH, date = '20260305T101112Z', day = '20260305', side: Side = 'signer'): Observation => ({
  kind: 'string-to-sign',
  side,
  fidelity: 'exact',
  location: LOCATION,
  text: `AWS4-HMAC-SHA256\n${date}\n${day}/eu-west-1/s3/aws4_request\n${end}`,
})
const canonical = (date: string): Observation => ({
  kind: 'canonical-request',
  side: 'signer',
  fidelity: 'exact',
  location: LOCATION,
  text: `GET\n/a\n\nhost:a.example\nx-amz-date:${date}\n\nhost;x-amz-date\n${EMPTY}`,
})
const rules = (...seen: Observation[]) => assembleCase(seen).deviations.map(({ rule, values }) => [rule, values['fault'] ?? ''])

test('a string to sign ends with 64 lower-case hexadecimal digits', () => {
  assert.deepEqual(rules(sts()), [])
  assert.deepEqual(rules(sts(HASH.toUpperCase())), [['string-to-sign-end', 'hash-in-upper-case']])
  assert.deepEqual(rules(sts(btoa(HASH).slice(0, 43).concat('='))), [['string-to-sign-end', 'hash-in-base64']])
  assert.deepEqual(rules(sts(`GET\n/a\n\nhost:a.example\n\nhost\n${EMPTY}`)), [['string-to-sign-end', 'canonical-request-unhashed']])
  for (const masked of ['***', '<hash>', '9b1d...']) assert.deepEqual(rules(sts(masked)), [])
})

test('no canonical request is empty', () => {
  assert.deepEqual(rules(sts(EMPTY)), [['string-to-sign-of-nothing', '']])
})

test('the dates of one side agree', () => {
  assert.deepEqual(rules(sts(), canonical('20260305T101112Z')), [])
  assert.deepEqual(rules(sts(), canonical('20260305T101113Z')), [['dates-of-one-side', '']])
  assert.deepEqual(rules(sts(HASH, '20260305T101112Z', '20260304')), [['string-to-sign-scope-day', '']])
  assert.deepEqual(rules(sts(HASH, '20260305T101112Z', '20260305', 'verifier'), canonical('20260305T101113Z')), [])
})

test('the hash changes with the date', () => {
  const found = (...others: Observation[]) => [...acrossSignings([sts()], others)].map(({ rule }) => rule)
  assert.deepEqual(found(sts(HASH, '20260305T101500Z')), ['hash-under-two-dates'])
  assert.deepEqual(found(sts(HASH)), [])
  assert.deepEqual(found(sts(EMPTY, '20260305T101500Z')), [])
  assert.deepEqual(found(sts(HASH, '20260305T101500Z', '20260305', 'verifier')), [])
})

test('a signature of version 4 arrives as 64 lower-case hexadecimal digits', () => {
  const arrived = (value: string): Observation => ({ kind: 'signature', side: 'wire', fidelity: 'exact', location: LOCATION, value })
  const verified = sts(HASH, '20260305T101112Z', '20260305', 'verifier')
  assert.deepEqual(rules(verified, arrived(HASH)), [])
  assert.deepEqual(rules(verified, arrived(HASH.toUpperCase())), [['signature-arrived-form', '']])
  assert.deepEqual(rules(arrived('bWq0eMCZgJ9Zx6GkN4v4nUaB1tE=')), [])
  assert.deepEqual(rules(arrived('bWq0eMCZgJ9Zx6 kN4v4nUaB1tE=')), [['signature-space', '']])
})
