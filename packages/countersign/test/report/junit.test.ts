/** JUnit's XML: a request is a test case, and the suite fails exactly where the diagnosis is of a refusal. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Diagnosis } from '../../src/diagnosis/finding.ts'
import { renderJunit } from '../../src/report/index.ts'
import { golden, goldenReport } from '../support/golden.ts'
import { FINDING, PROVEN } from './hand-made.ts'
import { xmlElements } from './shapes.ts'

const [REQUEST] = PROVEN.requests
const marks = (diagnosis: Diagnosis): readonly string[] =>
  xmlElements(renderJunit(diagnosis))
    .filter(({ depth }) => depth >= 2)
    .map(({ name, attributes }) => (name === 'testcase' ? attributes['name']! : `${name} ${attributes['type'] ?? ''}`.trim()))

test('a failure has the verdict as its message, the finding as its text', () => {
  const elements = xmlElements(
    renderJunit(PROVEN, { evidence: [{ name: 'curl.txt', text: `a\n${'x'.repeat(60)}` }], now: Date.UTC(2026, 0, 2, 3, 4, 5) }),
  )
  assert.deepEqual(
    elements.map(({ name, depth }) => [name, depth]),
    [
      ['testsuites', 0],
      ['testsuite', 1],
      ['testcase', 2],
      ['failure', 3],
    ],
  )
  const [all, suite, one, failure] = elements
  for (const of of [all!, suite!]) {
    const { tests, failures, errors, skipped } = of.attributes
    assert.deepEqual([tests, failures, errors, skipped], ['1', '1', '0', '0'])
  }
  assert.equal(suite!.attributes['timestamp'], '2026-01-02T03:04:05')
  assert.deepEqual(one!.attributes, { name: 'r1 GET /photos/a%20b.jpg', classname: 'examplebucket.s3.us-east-1.amazonaws.com', time: '0' })
  assert.deepEqual(failure!.attributes, {
    message: 'proven: signed differently (path-encoded-twice): the path was percent-encoded once more than the service does before signing',
    type: 'path-encoded-twice',
  })
  assert.equal(
    failure!.text,
    `the path was percent-encoded a second time before signing
at curl.txt:2
you signed        /photos/a%2520b.jpg
service received  /photos/a%20b.jpg
Proof: with this path, the signature calculated is the one provided
Fix: sign with the S3 rules (curl)
    sign --rules s3
    send
Don't: change IAM policies
More: countersign explain path-encoded-twice`,
  )
})

test('one test case a request, by what became of it', () => {
  const requests = [
    { ...REQUEST!, id: 'r1', outcome: 'accepted', findings: [] },
    { ...REQUEST!, id: 'r2', overcome: true, findings: [1] },
    { ...REQUEST!, id: 'r3', outcome: 'unknown', findings: [] },
    { ...REQUEST!, id: 'r4' },
    { ...REQUEST!, id: 'r5', findings: [] },
  ] as const
  const path = 'GET /photos/a%20b.jpg'
  assert.deepEqual(marks({ ...PROVEN, requests }), [
    `r1 ${path}`,
    `r2 ${path}`,
    'system-out',
    `r3 ${path}`,
    'skipped',
    `r4 ${path}`,
    'failure path-encoded-twice',
    `r5 ${path}`,
    'failure unexplained',
  ])
})

test('a refusal never counts as a pass, also where no request is known', () => {
  assert.deepEqual(marks({ ...PROVEN, requests: [] }), ['evidence', 'failure path-encoded-twice'])
  assert.deepEqual(marks({ ...PROVEN, outcome: 'unexplained', requests: [], findings: [] }), ['evidence', 'failure unexplained'])
  const unknown = [{ ...REQUEST!, outcome: 'unknown', findings: [] }] as const
  assert.deepEqual(marks({ ...PROVEN, requests: unknown, findings: [], outcome: 'unexplained' }).slice(1), ['failure unexplained'])
  assert.deepEqual(marks({ ...PROVEN, outcome: 'nothing-read', requests: [], findings: [] }), ['evidence', 'error nothing-read'])
  for (const one of golden(join(import.meta.dirname, '../cases'))) {
    const { diagnosis } = goldenReport(one)
    const [all] = xmlElements(renderJunit(diagnosis))
    const { failures, errors } = all!.attributes
    assert.equal(Number(failures) + Number(errors) > 0, diagnosis.outcome !== 'accepted', one.name)
  }
})

test('nothing in the evidence is markup, and what XML cannot hold is shown', () => {
  const hostile = '"/><failure/>&amp;]]>\u0000\ud800\ufffe\t\n</testcase>'
  const [, , one, failure, ...more] = xmlElements(
    renderJunit({
      ...PROVEN,
      requests: [{ ...REQUEST!, target: hostile, host: hostile }],
      findings: [{ ...FINDING, what: hostile, summary: hostile }],
    }),
  )
  assert.deepEqual(more, [])
  assert.ok(one!.attributes['name']!.includes('"/><failure/>&amp;]]>\u2400\ufffd\ufffd'))
  assert.ok(failure!.text.startsWith('"/><failure/>&amp;]]>'))
})
