/** SARIF: what version 2.1.0 requires, and that places are the user's own. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderSarif } from '../../src/report/sarif.ts'
import { FINDING, leaky, PROVEN } from './hand-made.ts'
import { assertSarif } from './shapes.ts'

// biome-ignore lint/suspicious/noExplicitAny: the shape of what was parsed is what is tested
const parsed = (text: string): any => JSON.parse(text)

test('a finding is a result, its cause a rule, its place a region of bytes and of lines', () => {
  const text = `line one\n${'x'.repeat(21)}/photos/a%2520b.jpg`
  const log = parsed(
    renderSarif(PROVEN, {
      evidence: [
        { name: 'a dir/curl.txt', text: '' },
        { name: 'curl.txt', text },
      ],
    }),
  )
  const [run] = log.runs
  assert.deepEqual(
    run.tool.driver.rules.map(({ id }: { id: string }) => id),
    ['path-encoded-twice', 'secret-mismatch'],
  )
  assert.deepEqual(
    run.results.map(({ ruleId, ruleIndex, level }: Record<string, unknown>) => [ruleId, ruleIndex, level]),
    [
      ['path-encoded-twice', 0, 'error'],
      ['secret-mismatch', 1, 'note'],
    ],
  )
  assert.deepEqual(run.results[0].locations[0].physicalLocation, {
    artifactLocation: { uri: 'curl.txt' },
    region: { startLine: 2, startColumn: 22, endLine: 2, endColumn: 40, byteOffset: 30, byteLength: 18 },
  })
  // A finding without a place still points at a file: code hosts refuse a result that points nowhere.
  assert.equal(run.results[1].locations[0].physicalLocation.artifactLocation.uri, 'a%20dir/curl.txt')
  assert.match(run.results[0].message.text, /^Proven: .*Proof \(signature\): .*Fix: sign with the S3 rules/)
  assert.match(run.tool.driver.rules[0].help.text, /sign --rules s3/)
})

test('without the evidence at hand a region is in bytes only', () => {
  const { region } = parsed(renderSarif(PROVEN)).runs[0].results[0].locations[0].physicalLocation
  assert.deepEqual(region, { byteOffset: 30, byteLength: 18 })
})

test('a line of megabytes is a place in bytes', () => {
  const label = { ...FINDING.labels[0]!, from: { source: 'long.json', start: 3_000_000, end: 3_000_010 } }
  const evidence = [{ name: 'long.json', text: 'x'.repeat(4_000_000) }]
  const [one, other] = parsed(
    renderSarif(
      {
        ...PROVEN,
        findings: [
          { ...FINDING, labels: [label] },
          { ...FINDING, labels: [] },
        ],
      },
      { evidence },
    ),
  ).runs[0].results
  assert.deepEqual(one.locations[0].physicalLocation.region, { byteOffset: 3_000_000, byteLength: 10 })
  assert.equal(other.locations[0].physicalLocation.region.byteLength, 10_000)
})

test('a command of a fix has lines of its own; names of files are relative to the directory', () => {
  const at = (name: string, directory?: string): string => {
    const label = { ...FINDING.labels[0]!, from: { source: name, start: 0, end: 1 } }
    const log = parsed(
      renderSarif({ ...PROVEN, findings: [{ ...FINDING, labels: [label] }] }, directory === undefined ? {} : { directory }),
    )
    return log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri
  }
  assert.equal(at('/repo/logs/a.txt', '/repo'), 'logs/a.txt')
  assert.equal(at('C:\\repo\\logs\\a.txt', 'C:\\repo\\'), 'logs/a.txt')
  assert.equal(at('/repository/a.txt', '/repo'), 'file:///repository/a.txt')
  assert.equal(at('./logs/a b.txt'), 'logs/a%20b.txt')
  const { help, helpUri } = parsed(renderSarif(PROVEN)).runs[0].tool.driver.rules[0]
  assert.match(help.text, /^Fix: sign with the S3 rules \(as it is, curl\):\n {4}sign --rules s3\n {4}send$/m)
  assert.match(help.markdown, /^```text\nsign --rules s3\nsend\n```$/m)
  assert.match(helpUri, /\/docs\/causes\/path-encoded-twice\.md$/)
})

test('outcomes without a finding', () => {
  assert.deepEqual(parsed(renderSarif({ ...PROVEN, outcome: 'accepted', findings: [] })).runs[0].results, [])
  const [open] = parsed(renderSarif({ ...PROVEN, outcome: 'unexplained', findings: [] })).runs[0].results
  assert.deepEqual([open.ruleId, open.kind, open.level], ['unexplained', 'open', 'none'])
  assert.match(open.message.text, /To be sure: the body/)
})

test('braces and links in evidence are no arguments and no links', () => {
  const [result] = parsed(renderSarif({ ...PROVEN, findings: [{ ...FINDING, what: 'see {0} and [x](1)' }] })).runs[0].results
  assert.match(result.message.text, /see \{\{0\}\} and \[x\] \(1\)/)
})

test('what the schema requires is there', () => {
  for (const outcome of ['proven', 'likely', 'accepted', 'unexplained'] as const) {
    const findings = outcome === 'accepted' || outcome === 'unexplained' ? [] : PROVEN.findings
    assertSarif(renderSarif({ ...PROVEN, outcome, findings }, { evidence: [{ name: 'C:\\a b\\<x>.txt', text: 'x' }] }))
  }
  assertSarif(renderSarif(leaky()))
})
