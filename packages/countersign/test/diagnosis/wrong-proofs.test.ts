/**
 * The smallest inputs that once were answered with a false proof, where ../shared is beside the tree, each with its right answer.
 * In our own words they are in exchanges.test.ts.
 */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'

const FOLDER = new URL('../../../../../shared/inputs/wrong-proofs/', import.meta.url)
const skip = existsSync(FOLDER) ? false : 'skipped: ../shared/inputs/wrong-proofs is not there'

interface Right {
  readonly files: readonly string[]
  readonly secret?: true
  readonly outcome: 'accepted' | 'proven' | 'likely' | 'unexplained'
  readonly requests: readonly string[]
  /** Causes with their proof, the first answer first. */
  readonly findings: readonly string[]
  readonly notes?: RegExp
  readonly next?: RegExp
}

const TWO = ['refused', 'refused']
const RIGHT: readonly Right[] = [
  { files: ['r1-two-refusals-one-log.txt'], outcome: 'proven', requests: TWO, findings: ['host-rewritten text'] },
  { files: ['r1-two-refusals-one-log.txt'], secret: true, outcome: 'proven', requests: TWO, findings: ['host-rewritten signature'] },
  { files: ['r1b-put-then-get.txt'], outcome: 'proven', requests: TWO, findings: ['host-rewritten text'] },
  ...[['r2-error-of-0800.xml', 'r2-request-of-0805-accepted.txt'] as const].flatMap(([error, log]) =>
    [
      [error, log],
      [log, error],
    ].map(
      (files): Right => ({
        files,
        outcome: 'unexplained',
        requests: ['refused', 'accepted'],
        findings: [],
        notes: /These are two requests: give the log of this one, the request of 2026-11-30 08:00:00 UTC/,
        next: /the log of this one/,
      }),
    ),
  ),
  {
    files: ['r3-get-nothing-quoted.txt'],
    secret: true,
    outcome: 'unexplained',
    requests: ['refused'],
    findings: [],
    notes: /right as it was sent/,
  },
  { files: ['r3-get-nothing-quoted.txt'], outcome: 'unexplained', requests: ['refused'], findings: [], next: /whole body/ },
  { files: ['r5-head-403.txt'], secret: true, outcome: 'unexplained', requests: ['refused'], findings: [], notes: /right as it was sent/ },
  { files: ['r5-head-403.txt'], outcome: 'unexplained', requests: ['refused'], findings: [], next: /error response/ },
  {
    files: ['r6-redirected-then-refused.txt'],
    outcome: 'proven',
    requests: ['refused overcome', 'refused'],
    findings: ['host-rewritten text', 'region-mismatch stated'],
  },
  { files: ['r7-ec2-authfailure.txt'], outcome: 'unexplained', requests: ['refused'], findings: [] },
  {
    files: ['r8-error-edited.txt'],
    outcome: 'likely',
    requests: ['refused'],
    findings: ['path-rewritten none'],
    notes: /edited before it was posted/,
  },
  { files: ['r10-all-accepted.txt'], outcome: 'accepted', requests: ['accepted', 'accepted'], findings: [] },
]

for (const right of RIGHT)
  test(`wrong proofs: ${right.files.join(' with ')}${right.secret ? ', the secret known' : ''}`, { skip }, () => {
    const secretAccessKey = skip === false ? new SecretAccessKey(textOf('r3-secret.txt').trim()) : undefined
    const sources = right.files.map((name) => ({ name, text: textOf(name) }))
    const known = right.secret === true && secretAccessKey !== undefined ? { secrets: [{ label: 'r3-secret.txt', secretAccessKey }] } : {}
    const { outcome, requests, findings, notes, next } = diagnoseEvidence(sources, known)
    assert.equal(outcome, right.outcome)
    assert.deepEqual(
      requests.map((one) => `${one.outcome}${one.overcome ? ' overcome' : ''}`),
      right.requests,
    )
    assert.deepEqual(
      findings.map(({ causes, proof }) => `${causes.join('+')} ${proof.level}`),
      right.findings,
    )
    if (right.notes !== undefined) assert.match(notes.join(), right.notes)
    if (right.next !== undefined) assert.match(next?.what ?? '', right.next)
  })

test('wrong proofs: every file there has its right answer here', { skip }, () => {
  const named = new Set([...RIGHT.flatMap(({ files }) => files), 'r3-secret.txt', 'README.md', 'README'])
  assert.deepEqual(
    readdirSync(FOLDER).filter((name) => !named.has(name)),
    [],
  )
})

function textOf(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'latin1')
}
