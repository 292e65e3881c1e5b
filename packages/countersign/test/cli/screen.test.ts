/** Everything a person reads at a terminal is folded at its width: no word is cut, and nothing is wider. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COMMANDS } from '../../src/cli/command-list.ts'
import { screen } from '../../src/cli/screen.ts'
import { bare } from '../../src/report/index.ts'
import { fakeIo, run } from './fake-io.ts'

/** Lines that are wider than they may be and could have been folded: those with two words after their indent. */
const tooWide = (text: string, columns: number): string[] =>
  bare(text)
    .split('\n')
    .filter((line) => line.length > columns && / \S/.test(line.trim()))

for (const columns of [60, 80, 120]) {
  const world = { stdoutIsTerminal: true, columns, env: { NO_COLOR: '1' } }
  test(`at ${columns} columns`, async (t) => {
    const pages = [['--help'], ['causes'], ['explain', '403'], ['explain', 'SignatureDoesNotMatch'], ['explain', 'secret']]
    for (const args of [...pages, ...Object.keys(COMMANDS).map((name) => [name, '--help'])]) {
      const { stdout } = await run(t, args, world)
      const examples = stdout.indexOf('\nExample:')
      assert.deepEqual(tooWide(examples < 0 ? stdout : stdout.slice(0, examples), columns), [], args.join(' '))
    }
    // Commands and addresses are never folded; they begin at the indent of an item.
    const cause = (await run(t, ['explain', 'clock-skewed'], world)).stdout.replace(/^ {6}\S.*$|https:\S+/gm, '')
    assert.deepEqual(tooWide(cause, columns), [])
  })
}

test('80 columns where there is no terminal; narrower and wider ones have limits', (t) => {
  const columnsOf = (world: Parameters<typeof fakeIo>[1]) => screen(fakeIo(t, world).io).columns
  assert.equal(columnsOf({ columns: 100 }), 80)
  assert.equal(columnsOf({ stdoutIsTerminal: true, columns: 100 }), 100)
  assert.equal(columnsOf({ stdoutIsTerminal: true, columns: 30 }), 60)
  assert.equal(columnsOf({ stdoutIsTerminal: true, columns: 300 }), 120)
})

test('options are grouped, and further lines begin under the first', async (t) => {
  const { stdout } = await run(t, ['diagnose', '--help'])
  const groups = [...stdout.matchAll(/^([A-Z][A-Za-z ]+):$/gm)].map(([, name]) => name)
  assert.deepEqual(groups, ['Output', 'Evidence', 'Secrets', 'What you know', 'Limits', 'Help', 'Example'])
  assert.match(stdout, /^ {2}-v, --verbose {10}\S.*\n {25}\S/m)
})
