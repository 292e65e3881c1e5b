/** `--max-seconds`, Ctrl-C and the progress line: a long search ends early, and says that it did. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { errorXml, requestText } from '../support/golden-evidence.ts'
import { standardInputs } from '../support/standard-inputs.ts'
import { run, SECRET } from './fake-io.ts'

// Signed right, with another secret: nothing fits, and every combination is tried.
const inputs = {
  ...standardInputs({ target: '/photos/a%20b.jpg?x=1' }),
  key: new SecretAccessKey('anotherSecretOfTheSameLengthEXAMPLEKEY00'),
}
const broken = { signer: inputs, verifier: inputs }
const files = { 'error.xml': errorXml(broken), 'request.http': requestText(broken), secret: SECRET }
// Reading looks at the clock a hundred times, the search after it two hundred times more.
const IN_THE_SEARCH = 200
const ARGUMENTS = ['diagnose', 'error.xml', 'request.http', '--secret-file', 'secret']

test('the time limit ends the search, with the best answer so far', async (t) => {
  const whole = await run(t, ARGUMENTS, { files })
  const limited = await run(t, [...ARGUMENTS, '--max-seconds', '1'], { files, passing: 1000 / IN_THE_SEARCH })
  assert.equal(limited.code, 1)
  assert.match(limited.stderr, /stopped after 1 s: this is the best answer so far/)
  assert.match(limited.stdout, /The search was stopped after/)
  assert.equal(limited.stdout.split('\n')[2], whole.stdout.split('\n')[2])
  assert.ok(!whole.stdout.includes('was stopped'))
})

test('Ctrl-C ends the search, not the program', async (t) => {
  const { code, stdout, stderr } = await run(t, ARGUMENTS, { files, interrupted: IN_THE_SEARCH })
  assert.equal(code, 1)
  assert.match(stderr, /^countersign: interrupted: this is the best answer so far\n$/)
  assert.match(stdout, /The search was stopped after/)
})

test('progress is told on a terminal, one line that is wiped away', async (t) => {
  const told = await run(t, ARGUMENTS, { files, passing: 300, stderrIsTerminal: true })
  assert.match(told.stderr, /countersign: reading error\.xml, \d KiB so far; Ctrl-C ends it/)
  assert.match(told.stderr, /countersign: searching, [\d,]+ of at most 100,000 attempts made; Ctrl-C ends it/)
  assert.ok(told.stderr.endsWith('\r\u001b[K'))
  const lines = told.stderr.split('\r\u001b[K')
  assert.ok(lines.every((line) => line.length < 80 && !line.includes('\n')))
})

test('none is told before 300 ms have passed, in a pipe, or where the report has a format', async (t) => {
  // The clock is looked at some two hundred times.
  assert.equal((await run(t, ['diagnose', 'error.xml'], { files, passing: 1, stderrIsTerminal: true })).stderr, '')
  assert.equal((await run(t, ARGUMENTS, { files, passing: 300 })).stderr, '')
  for (const format of ['json', 'terminal'])
    assert.equal((await run(t, [...ARGUMENTS, '--format', format], { files, passing: 300, stderrIsTerminal: true })).stderr, '')
})

test('what is not a number of seconds is refused', async (t) => {
  for (const given of ['0', 'soon', '-1'])
    assert.match((await run(t, [...ARGUMENTS, `--max-seconds=${given}`], { files })).stderr, /whole number/)
})

test('the time limit and Ctrl-C hold while reading; what was not read is said', async (t) => {
  const many = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`part-${i}.log`, `GET /b/${i} HTTP/1.1\r\nHost: b.example\r\n\r\n`]),
  )
  const given = ['diagnose', '-v', 'error.xml', ...Object.keys(many)]
  const limited = await run(t, [...given, '--max-seconds', '1'], { files: { ...files, ...many }, passing: 10 })
  assert.equal(limited.code, 1)
  assert.match(limited.stderr, /stopped after 1 s: this is the best answer so far/)
  // The error came first, and was read whole.
  assert.match(limited.stdout, /part-0\.log: was read in part only/)
  assert.match(limited.stdout, /part-29\.log: was not read: reading was stopped before its end/)
  const interrupted = await run(t, given, { files: { ...files, ...many }, interrupted: true })
  assert.match(interrupted.stdout, /error\.xml: was not read/)
  const told = await run(t, given, { files: { ...files, ...many }, passing: 100, stderrIsTerminal: true })
  assert.match(told.stderr, /reading part-\d+\.log \(\d+ of 31\); Ctrl-C ends it/)
})
