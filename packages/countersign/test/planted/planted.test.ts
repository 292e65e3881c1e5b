/**
 * Secrets of many kinds planted in many places of evidence: no report of any format, at any level, shows one. What may be seen by
 * design is listed with its reason, and only secrets that no form gives away are among it. THOROUGH=1 tries every kind in every place, format and level.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Diagnosis } from '../../src/diagnosis/finding.ts'
import { diagnoseEvidence } from '../../src/index.ts'
import {
  REDACT_LEVELS,
  renderGithub,
  renderHtml,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderSarif,
  renderTerminal,
} from '../../src/report/index.ts'
import type { ReportOptions } from '../../src/report/redaction/clean-diagnosis.ts'
import { drawn, KINDS, secretPart } from './kinds.ts'
import { PLACES } from './places.ts'
import { seenOf } from './seen.ts'

const FORMATS: Readonly<Record<string, (diagnosis: Diagnosis, options: ReportOptions) => string>> = {
  terminal: (diagnosis, options) => renderTerminal(diagnosis, { ...options, colour: false, columns: 200 }),
  'terminal --verbose --diff': (diagnosis, options) =>
    renderTerminal(diagnosis, { ...options, colour: false, verbose: true, diff: true, columns: 200 }),
  json: renderJson,
  markdown: renderMarkdown,
  html: renderHtml,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
}
/** Fixed, so that a run can be repeated; SEED=<number> tries others. */
const SEED = Number(process.env['SEED'] ?? 2015)
const THOROUGH = process.env['THOROUGH'] === '1'
/** Without THOROUGH each place meets a quarter of the kinds; what formats share is rendered once a level. */
const SHARE = THOROUGH ? 1 : 4
const FEWER: ReadonlySet<string> = new Set(THOROUGH ? Object.keys(FORMATS) : ['terminal --verbose --diff', 'html'])

test('there are kinds and places enough, and each has its own name', () => {
  assert.ok(KINDS.length >= 20 && PLACES.length >= 30)
  for (const list of [KINDS, PLACES]) assert.equal(new Set(list.map(({ id }) => id)).size, list.length)
})

PLACES.forEach((place, i) => {
  test(`planted: ${place.id}`, () => {
    KINDS.forEach((kind, k) => {
      if (place.kinds === undefined ? (i + k) % SHARE !== 0 : !place.kinds.includes(kind.id)) return
      if (place.openFor?.[kind.id] !== undefined) return
      const secret = drawn(kind, SEED)
      const evidence = place.evidence(secret)
      const diagnosis = diagnoseEvidence(evidence)
      for (const redact of REDACT_LEVELS) {
        // A secret that no form gives away may be seen in a place that is open by design.
        if (place.open !== undefined && !kind.byForm && redact !== 'strict') continue
        for (const [format, render] of Object.entries(FORMATS)) {
          if (redact !== 'safe' && !FEWER.has(format)) continue
          const seen = seenOf(secretPart(secret), render(diagnosis, { evidence, redact }))
          assert.equal(seen, undefined, `${kind.id}: ${format} at ${redact} shows it`)
        }
      }
    })
  })
})
