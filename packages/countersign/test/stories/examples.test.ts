/** The examples of the library's own documentation, run as a reader runs them, and what they show compared with what comes out. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type CodeExample, documentExamples, documentedNames, quotedFiles } from '../support/documents/code-examples.ts'
import { checkingModule, runExamples } from '../support/documents/run-examples.ts'

const EXAMPLES: readonly CodeExample[] = [...documentedNames().flatMap(({ examples }) => examples), ...documentExamples('README.md')]

describe('every example shows what comes out', () => {
  for (const [i, { place, shown, error }] of runExamples(EXAMPLES).entries())
    test(`${EXAMPLES[i]!.name} (${place})`, () => {
      assert.equal(error, undefined, `${place}: ${error}`)
      assert.ok(shown > 0, `${place} shows no result: end a line with // => and what comes out`)
    })
})

test('an example that shows something else fails, and so does one that shows nothing', () => {
  const wrong = [
    '1 + 1 // => 3',
    'const a = [1] // => [2]',
    "JSON.parse('{') // throws TypeError: no",
    '1 // throws Error: x',
    "'a' // => /b/",
  ]
  const runs = runExamples([...wrong, '1 + 1', '// nothing'].map((code, i) => ({ name: 'wrong', place: `${i}`, code })))
  assert.deepEqual(
    runs.map(({ shown, error }) => [shown, error === undefined]),
    [...wrong.map(() => [1, false]), [0, true], [0, true]],
  )
})

test('lines stay where they are, so that a place is right', () => {
  const code = "import { scopeOf } from 'countersign'\n\nconst a = 1 // => 1\nconsole.log(a) // => 1"
  assert.equal(checkingModule(code).split('\n').length, 4)
  assert.match(checkingModule(code).split('\n')[3]!, /__shown\(\(a\), 1\)/)
})

test('a file that a manual shows is the file', () => {
  const files = quotedFiles('docs/manual/verifier.md')
  assert.ok(files.length > 0)
  for (const { file, quoted, held } of files) assert.equal(quoted, held, file)
})
