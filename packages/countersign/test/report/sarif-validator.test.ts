/** SARIF as Microsoft's own validator sees it: no error and no warning, by the rules of the format and of GitHub. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { renderSarif } from '../../src/report/index.ts'
import { golden, goldenReport, goldenSources } from '../support/golden.ts'
import { leaky, PROVEN } from './hand-made.ts'

const program: string = createRequire(import.meta.url)('@microsoft/sarif-multitool')

/** The errors and warnings of all logs, each "file: rule". */
function complaints(logs: Readonly<Record<string, string>>): readonly string[] {
  const dir = mkdtempSync(join(tmpdir(), 'countersign-sarif-'))
  try {
    for (const [name, text] of Object.entries(logs)) writeFileSync(join(dir, `${name}.sarif`), text)
    const report = join(dir, 'out')
    const rules = ['--rule-kind', 'Sarif;Gh', '--level', 'Error;Warning']
    const said = execFileSync(program, ['validate', join(dir, '*.sarif'), '--output', report, ...rules], {
      encoding: 'utf8',
      // Else it wants a library of the system for languages.
      env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
    })
    assert.ok(said.includes(`Done. ${Object.keys(logs).length} files scanned.`), said)
    const [run] = JSON.parse(readFileSync(report, 'utf8')).runs
    return run.results.map((one: { ruleId: string; locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) => {
      const { uri } = one.locations[0]!.physicalLocation.artifactLocation
      return `${uri.split('/').at(-1)}: ${one.ruleId}`
    })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

test('no error and no warning for any golden case, any outcome and hostile names', () => {
  const logs = new Map<string, string>()
  for (const [i, one] of golden(join(import.meta.dirname, '../cases')).entries()) {
    if (process.env['THOROUGH'] !== '1' && i % 12 !== 0) continue
    const redact = (['safe', 'strict', 'keys'] as const)[i % 3]!
    logs.set(one.name.replace('/', '-'), renderSarif(goldenReport(one).diagnosis, { evidence: goldenSources(one), redact }))
  }
  const evidence = ['C:\\a b\\<x>.txt', '/home/a/curl.txt', 'curl.txt', '-', '../a#b?c.log'].map((name) => ({ name, text: 'x'.repeat(60) }))
  for (const outcome of ['proven', 'likely', 'accepted', 'unexplained', 'nothing-read'] as const)
    logs.set(
      `outcome-${outcome}`,
      renderSarif({ ...PROVEN, outcome, findings: outcome === 'proven' || outcome === 'likely' ? PROVEN.findings : [] }, { evidence }),
    )
  logs.set('leaky', renderSarif(leaky(), { evidence: [{ name: 'empty', text: '' }] }))
  assert.deepEqual(complaints(Object.fromEntries(logs)), [])
})

test('the validator complains of a log that is wrong', () => {
  const log = JSON.parse(renderSarif(PROVEN))
  const { version: _, semanticVersion: __, ...driver } = log.runs[0].tool.driver
  log.runs[0].tool.driver = driver
  log.runs[0].results[0].ruleIndex = 7
  const found = complaints({ wrong: JSON.stringify(log) })
  assert.ok(found.some((one) => /SARIF2005/.test(one)) && found.length > 1, found.join())
})
