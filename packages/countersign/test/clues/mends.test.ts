/** What a rule says must stand in a line: put there, the rule is silent. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clue } from '../../src/case/index.ts'
import { FAMILIES } from '../../src/clues/index.ts'
import { WAYS, withMends } from '../../src/clues/mends.ts'

const FIRED = FAMILIES.flatMap(({ reader, rules }) =>
  rules.flatMap(({ id, fires = [] }) =>
    fires.flatMap((text) => {
      const clues = (from: string) =>
        reader.read({ name: 'evidence.txt', text: from }).filter((one): one is Clue => one.kind === 'clue' && one.rule === id)
      return clues(text).map((clue) => ({ id, text, clue, clues }))
    }),
  ),
)

test('where a rule knows what must stand there, it is silent once that stands there', () => {
  for (const { id, text, clue, clues } of FIRED) {
    if (clue.mend === undefined) continue
    const { at, from, to } = clue.mend
    assert.equal(text.slice(at.start, at.end), from, id)
    const mended = text.slice(0, at.start) + to + text.slice(at.end)
    assert.deepEqual(
      clues(mended).filter((one) => one.about === clue.about),
      [],
      `${id}: ${mended}`,
    )
  }
})

test('each rule with a way has an example in which the way is the mend', () => {
  const used = new Set(FIRED.filter(({ clue }) => clue.mend !== undefined).map(({ id }) => id))
  assert.deepEqual(
    Object.keys(WAYS).filter((id) => !used.has(id)),
    [],
  )
})

test('a line that holds the letters twice, or is very long, is left', () => {
  const clue = (text: string): Clue => ({
    ...FIRED[0]!.clue,
    rule: 'key-step-as-hex',
    values: {},
    location: { source: 'a.py', start: 0, end: text.length },
  })
  const mended = (text: string) => withMends([clue(text)], text)[0]?.mend?.to
  assert.equal(mended('a = mac(k).hexdigest()'), '.digest()')
  assert.equal(mended('a, b = mac(k).hexdigest(), mac(l).hexdigest()'), undefined)
  assert.equal(mended(`a = mac(k).hexdigest()${' '.repeat(600)}`), undefined)
})

test('of a value that is known as wrong, the word is replaced, and no part of another word', () => {
  const text = "s3 = client('s3', region='us-east-1', name='us-east-1b')"
  const clue: Clue = {
    ...FIRED[0]!.clue,
    rule: 'region-not-of-host',
    values: { signed: 'us-east-1', wanted: 'eu-west-1' },
    location: { source: 'a.py', start: 0, end: text.length },
  }
  const [{ mend } = {}] = withMends([clue], text) as readonly Partial<Clue>[]
  assert.deepEqual(mend, { at: { source: 'a.py', start: 26, end: 35 }, from: 'us-east-1', to: 'eu-west-1' })
})
