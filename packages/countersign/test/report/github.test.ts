/** GitHub's annotations: a command a line, as the runner reads it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderGithub } from '../../src/report/index.ts'
import { FINDING, PROVEN, SECOND } from './hand-made.ts'
import { annotationsOf } from './shapes.ts'

const text = `one\n${'x'.repeat(26)}/photos/a%2520b.jpg`
const evidence = [{ name: '/repo/logs/a,b:c 100%25.txt', text }]
const from = { source: evidence[0]!.name, start: 30, end: 49 }
const FOUND = { ...FINDING, labels: [{ ...FINDING.labels[0]!, from }] }

test('the line, by the very bytes', () => {
  assert.equal(
    renderGithub(
      { ...PROVEN, findings: [{ ...FOUND, what: '100%: a,b\nc', fixes: [], wrongFixes: [] }] },
      { evidence, directory: '/repo/' },
    ),
    '::error file=logs/a%2Cb%3Ac 100%2525.txt,line=2,title=proven%3A signed differently (path-encoded-twice)::100%25: a,b␊c%0A' +
      'at /repo/logs/a,b:c 100%2525.txt:2%0Ayou signed        /photos/a%252520b.jpg%0Aservice received  /photos/a%2520b.jpg%0A' +
      'Proof: with this path, the signature calculated is the one provided%0AMore: countersign explain path-encoded-twice\n',
  )
})

test('one a finding: proven is an error, the first that is likely a warning, others are notices', () => {
  const commands = (findings: typeof PROVEN.findings) => annotationsOf(renderGithub({ ...PROVEN, findings })).map(({ command }) => command)
  assert.deepEqual(commands([FOUND, SECOND]), ['error', 'notice'])
  assert.deepEqual(commands([SECOND, SECOND]), ['warning', 'notice'])
})

test('without a finding: one annotation', () => {
  const one = (diagnosis: object) => annotationsOf(renderGithub({ ...PROVEN, findings: [], ...diagnosis }))
  assert.deepEqual(
    [{ outcome: 'accepted' }, { outcome: 'unexplained' }, { outcome: 'nothing-read', requests: [] }].map((of) => {
      const [{ command, properties }, ...more] = one(of) as [ReturnType<typeof one>[number]]
      return [command, properties['title'], more.length]
    }),
    [
      ['notice', 'countersign: accepted', 0],
      ['error', 'countersign: unexplained', 0],
      ['error', 'countersign: nothing read', 0],
    ],
  )
  assert.match(one({ outcome: 'unexplained' })[0]!.message, /\nNext: the body: whether/)
})

test('evidence cannot end a command and begin another', () => {
  const hostile = '%0A::stop-commands::x%0D\r\n::add-mask::y,title=z'
  const finding = { ...FOUND, what: hostile, causes: [hostile], labels: [{ ...FOUND.labels[0]!, from: { ...from, source: hostile } }] }
  const found = annotationsOf(renderGithub({ ...PROVEN, findings: [finding] }, { evidence: [{ name: hostile, text }] }))
  assert.equal(found.length, 1)
  assert.deepEqual(Object.keys(found[0]!.properties), ['file', 'line', 'title'])
  assert.ok(found[0]!.message.startsWith('%0A::stop-commands::x%0D\u240d\u240a::add-mask::y,title=z\n'))
})

test('standard input is no file', () => {
  const [one] = annotationsOf(
    renderGithub({ ...PROVEN, findings: [{ ...FOUND, labels: [{ ...FOUND.labels[0]!, from: { ...from, source: '-' } }] }] }),
  )
  assert.deepEqual(Object.keys(one!.properties), ['title'])
})
