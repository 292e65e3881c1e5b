/** Runs examples as their readers do: as modules that import the built package. What they say comes out is compared with what does. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CodeExample, ROOT } from './code-examples.ts'

export interface ExampleRun {
  readonly place: string
  /** How many results it showed that were compared. */
  readonly shown: number
  /** Why it failed; absent where it did not. */
  readonly error?: string
}

/** A result: `something() // => value`, `const name = something() // => value`, `console.log(value) // => value`. */
const SHOWN = /^(\s*)(?:(?:const|let) (\w+) = )?(.+?) *\/\/ => (.+)$/
/** A failure: `something() // throws UsageError: the beginning of its message`. */
const THROWS = /^(\s*)(.+?) *\/\/ throws (\w+): (.+)$/

/** The module that compares what an example shows. Lines stay where they are. */
export function checkingModule(code: string): string {
  const lines = code.split('\n').map((line) => {
    const throwing = THROWS.exec(line)
    if (throwing !== null) {
      const [, space, expression, name, message] = throwing
      return `${space};await __throws(async () => (${expression}), ${JSON.stringify(name)}, ${JSON.stringify(message)})`
    }
    const shown = SHOWN.exec(line)
    if (shown === null) return line
    const [, space, variable, expression = '', value] = shown
    if (variable !== undefined) return `${space}const ${variable} = ${expression}; __shown(${variable}, ${value})`
    return `${space};__shown((${/^console\.log\((.*)\)$/.exec(expression)?.[1] ?? expression}), ${value})`
  })
  return `import { shown as __shown, throws as __throws } from './results.mjs'; ${lines.join('\n')}`
}

/** Beside the examples: compares, and counts what was compared. A pattern stands for a text that differs from run to run. */
const RESULTS = `import assert from 'node:assert/strict'
export const results = { shown: 0 }
export const shown = (actual, expected) => {
  results.shown++
  if (expected instanceof RegExp) assert.match(String(actual), expected)
  else assert.deepEqual(actual, expected)
}
export const throws = async (run, name, message) => {
  results.shown++
  const error = await run().then(() => assert.fail('nothing was thrown'), (reason) => reason)
  assert.equal(error.name, name)
  assert.ok(error.message.startsWith(message), error.message)
}
`

/** Says after each how it went: of what hangs, the last word is that it began. */
const RUNNER = `import { writeFileSync } from 'node:fs'
import { results } from './results.mjs'
const runs = []
const say = () => writeFileSync('runs.json', JSON.stringify(runs))
for (let i = 0; i < Number(process.argv[2]); i++) {
  const before = results.shown
  runs.push({ shown: 0, error: 'it does not end' })
  say()
  const error = await import('./' + i + '.mjs').then(() => undefined, (reason) => String(reason?.stack ?? reason))
  runs[i] = { shown: results.shown - before, error }
}
say()
`

/** Runs them one after another in a process. */
export function runExamples(examples: readonly CodeExample[]): readonly ExampleRun[] {
  // Under node_modules, so that `countersign` is found, and found as a user's program finds it.
  const parent = join(ROOT, 'node_modules/.cache')
  mkdirSync(parent, { recursive: true })
  const dir = mkdtempSync(join(parent, 'countersign-examples-'))
  try {
    for (const [i, { code }] of examples.entries()) writeFileSync(join(dir, `${i}.mjs`), checkingModule(code))
    writeFileSync(join(dir, 'results.mjs'), RESULTS)
    writeFileSync(join(dir, 'run.mjs'), RUNNER)
    const env = { PATH: process.env['PATH'] ?? '', HOME: dir }
    const run = spawnSync(process.execPath, ['run.mjs', String(examples.length)], { cwd: dir, env, encoding: 'utf8', timeout: 60_000 })
    const runs = JSON.parse(readFileSync(join(dir, 'runs.json'), 'utf8')) as Omit<ExampleRun, 'place'>[]
    const all = examples.map(({ place }, i) => ({ ...(runs[i] ?? { shown: 0, error: 'one before it does not end' }), place }))
    if (run.status !== 0 && all.every(({ error }) => error === undefined))
      throw new Error(`the examples ended with ${run.status ?? run.signal}, one of them has left something open: ${run.stderr}`)
    return all
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
