/** The comparison of two canonical requests: lines paired by what they are, bytes aligned, whatever the width. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparedLines } from '../../src/diagnosis/comparison.ts'
import type { Comparison } from '../../src/diagnosis/finding.ts'
import { comparedText, runsOf } from '../../src/report/compare.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { FINDING, PROVEN, SECOND } from './hand-made.ts'

const VERIFIER = 'GET\n/photos/a%20b.jpg\n\nhost:example.com\nx-amz-date:20150830T123600Z\nx-extra:1\n\nhost;x-amz-date;x-extra\nabc'
const SIGNER = 'GET\n/photos/a%2520b.jpg\n\nhost:example.com:8080\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\nabc'
const compared = (signer: string, verifier: string): Comparison => ({
  signer: { origin: 'rebuilt' },
  verifier: { origin: 'quoted', from: { source: 'error.xml', start: 0, end: 10 } },
  lines: comparedLines(signer, verifier),
})

test('lines are paired by part and by the name of the header', () => {
  assert.deepEqual(
    comparedLines(SIGNER, VERIFIER).map(({ part, signer, verifier, same }) => [part, signer, verifier, same]),
    [
      ['method', 'GET', 'GET', true],
      ['canonical-uri', '/photos/a%2520b.jpg', '/photos/a%20b.jpg', false],
      ['canonical-query-string', '', '', true],
      ['canonical-headers', 'host:example.com:8080', 'host:example.com', false],
      ['canonical-headers', 'x-amz-date:20150830T123600Z', 'x-amz-date:20150830T123600Z', true],
      ['canonical-headers', undefined, 'x-extra:1', false],
      ['canonical-headers', '', '', true],
      ['signed-headers', 'host;x-amz-date', 'host;x-amz-date;x-extra', false],
      ['payload-hash', 'abc', 'abc', true],
    ],
  )
})

test('masked text is the same, and a text that lacks the line of the query is paired all the same', () => {
  assert.ok(comparedLines('GET\n/\n\nhost:***\n\nhost\nx', 'GET\n/\n\nhost:a.example\n\nhost\nx').every(({ same }) => same))
  const lines = comparedLines('GET\n/\nhost:a\n\nhost\nx', 'GET\n/\n\nhost:a\n\nhost\nx')
  assert.equal(lines.filter(({ same }) => !same).length, 1)
  assert.deepEqual(lines[2], { part: 'canonical-query-string', verifier: '', same: false })
})

test('texts of any size are compared in no time', () => {
  const lines = (letter: string) => `GET\n/\n\n${Array.from({ length: 3000 }, (_, i) => `x-${i}:${letter}`).join('\n')}\n\nhost\nx`
  const all = compared(lines('a'), lines('b')).lines
  assert.equal(all.filter(({ same }) => !same).length, 3000)
  const [line] = comparedLines('a'.repeat(50_000), 'b'.repeat(50_000))
  assert.equal(runsOf(line!).length, 1)
})

test('what differs within a line, and nothing else', () => {
  const runs = (signer: string, verifier: string) =>
    runsOf({ part: 'canonical-uri', same: false, signer, verifier }).map((run) => [run.same, run.signer, run.verifier])
  assert.deepEqual(runs('/a%2520b', '/a%20b'), [
    [true, '/a%2', '/a%2'],
    [false, '52', ''],
    [true, '0b', '0b'],
  ])
  assert.deepEqual(runs('a=1&b=2', 'a=1&c=2'), [
    [true, 'a=1&', 'a=1&'],
    [false, 'b', 'c'],
    [true, '=2', '=2'],
  ])
  assert.deepEqual(runs('x', ''), [[false, 'x', '']])
})

test('side by side: both sides stand in the same column, marks under both', () => {
  const text = comparedText(compared(SIGNER, VERIFIER), { columns: 100 })
  assert.deepEqual(text.slice(0, 4), [
    '      signer                                          verifier',
    '   1  GET                                             GET',
    '   2! /photos/a%2520b.jpg                             /photos/a%2╌╌0b.jpg',
    '                 ^^                                              ^^',
  ])
  assert.ok(text.includes('   6! (no such line)                                  x-extra:1'))
})

test('stacked below 100 columns, and no line is longer than the terminal', () => {
  const long = SIGNER.replace('b.jpg', `${'b'.repeat(200)}.jpg`)
  for (const columns of [40, 80, 99, 100, 133]) {
    for (const line of comparedText(compared(long, VERIFIER), { columns })) assert.ok([...line].length <= columns, `${columns}: ${line}`)
  }
  assert.deepEqual(comparedText(compared(SIGNER, VERIFIER), { columns: 80 }).slice(1, 4), [
    '   2! signer    /photos/a%2520b.jpg',
    '      verifier  /photos/a%2╌╌0b.jpg',
    '                           ^^',
  ])
})

test('invisible bytes are seen, and a difference in what is not shown is told', () => {
  const text = comparedText(compared('GET\n/\n\nhost: a\t\n\nhost\nx', 'GET\n/\n\nhost:a\n\nhost\nx'), { columns: 80 }).join('\n')
  assert.match(text, /host:·a␉|host: a␉/)
  const hidden: Comparison = {
    ...compared('', ''),
    lines: [{ part: 'canonical-headers', same: false, signer: 'x:[session token]', verifier: 'x:[session token]' }],
  }
  assert.match(comparedText(hidden, { columns: 90 }).join('\n'), /x:\[session token\] \(differs in what is not shown\)/)
})

test('terminal: shown where nothing was matched, in full with diff, not beside a proof', () => {
  const comparison = compared(SIGNER, VERIFIER)
  const report = (findings: typeof PROVEN.findings, diff = false) =>
    renderTerminal({ ...PROVEN, findings, comparison }, { colour: false, diff, columns: 80, verbose: true })
  assert.doesNotMatch(report([FINDING]), /Canonical requests compared/)
  assert.match(
    report([FINDING], true),
    /Canonical requests compared: signer as the proof has it; verifier as quoted\n {2}\(error\.xml, bytes 1-10\)/,
  )
  assert.match(report([SECOND]), /Canonical requests compared/)
})

test('brief: lines alike are left out but for the neighbours of a difference', () => {
  const text = comparedText(compared('GET\n/a\n\nhost:x\na:1\nb:2\n\nhost\ny', 'GET\n/b\n\nhost:x\na:1\nb:2\n\nhost\ny'), {
    columns: 80,
    brief: true,
  })
  assert.deepEqual(text, [
    '   1            GET',
    '   2! signer    /a',
    '      verifier  /b',
    '                 ^',
    '   3            (empty)',
    '   …  6 lines alike',
  ])
})
