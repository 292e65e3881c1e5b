/** The short report: how long it is, where the fix stands, and that nothing is cut, for every golden case at three widths. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { columnsOf } from '../../src/report/redaction/visible.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { golden, goldenReport, goldenSources } from '../support/golden.ts'

const CASES = golden(join(import.meta.dirname, '../cases'))
const REPORTS = CASES.map((one) => {
  const { diagnosis } = goldenReport(one)
  const evidence = goldenSources(one)
  const at = (columns: number) => renderTerminal(diagnosis, { colour: false, columns, evidence }).trimEnd().split('\n')
  return { name: one.name, diagnosis, at }
})
/** One cause, proven, and nothing beside it. */
const PROVEN = REPORTS.filter(({ diagnosis: { findings } }) => findings.length === 1 && findings[0]!.proof.level !== 'none')

test('there are reports of every outcome', () => {
  assert.ok(PROVEN.length >= 30)
  for (const outcome of ['proven', 'likely', 'unexplained'] as const)
    assert.ok(
      REPORTS.some(({ diagnosis }) => diagnosis.outcome === outcome),
      outcome,
    )
})

test('one proven cause takes at most 14 lines at 80 columns, and its fix is there by line 8', () => {
  for (const { name, at } of PROVEN) {
    const lines = at(80)
    assert.ok(lines.length <= 14, `${name}: ${lines.length} lines\n${lines.join('\n')}`)
    const fix = lines.findIndex((line) => line.startsWith('  Fix '))
    assert.ok(fix >= 0 && fix < 8, `${name}: the fix is in line ${fix + 1}\n${lines.join('\n')}`)
  }
})

test('what more there is, is said where a reader comes to it', () => {
  const { diagnosis } = PROVEN[0]!
  const at = (more: string) => renderTerminal(diagnosis, { colour: false, more })
  assert.match(renderTerminal(diagnosis, { colour: false }), /\n {2}-v {5}why/)
  assert.match(at('countersign diagnose kept -v'), /\n {2}More {3}why.*: countersign\s+diagnose\s+kept\s+-v\n$/)
  assert.doesNotMatch(at(''), /-v|More/)
})

test('half of them have at most 110 words', () => {
  const words = PROVEN.map(({ at }) => at(80).join(' ').split(/\s+/).length).sort((a, b) => a - b)
  assert.ok(words[words.length >> 1]! <= 110, `${words[words.length >> 1]} words`)
})

test('words are folded at any width, and none is lost by it', () => {
  for (const { name, at } of REPORTS) {
    for (const columns of [60, 80]) {
      const lines = at(columns)
      for (const line of lines) {
        // Commands, values and single words longer than the line are never folded.
        const folds = line.trim().includes(' ') && !/^ {11}|^ {4}(?:you signed|service received)|^ +\^|^ {2}-->|^ {2}r\d+ /.test(line)
        if (folds && columnsOf(line) > columns) assert.fail(`${name} at ${columns}: ${line}`)
      }
      if (!/…|\n\n/.test(`${at(120).join('\n')}${lines.join('\n')}`))
        assert.deepEqual(wordsBelow(lines), wordsBelow(at(120)), `${name} at ${columns}`)
    }
  }
})

/** The words below the first sentence, which is a shorter one where the page is narrow. */
function wordsBelow(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex((line) => /^ {2}(?:-->|Proof|Next|-v|Note)/.test(line))
  return lines
    .slice(from)
    .filter((line) => !/^ {4}(?:you signed|service received)|^ +\^/.test(line))
    .join(' ')
    .split(/\s+/)
}
