/** Stories of what goes wrong on a command line: exit code 2, nothing on standard output, and a way on. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COMMANDS } from '../../src/cli/command-list.ts'
import { colourWanted, type Io } from '../../src/cli/terminal-rules.ts'
import { run, SECRET, TOKEN } from './fake-io.ts'

const STORIES: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [['diagnos', 'x'], /no such file or command: "diagnos"; did you mean diagnose\?/],
  [['verfiy'], /did you mean verify\?/],
  [['frobnicate'], /countersign --help lists the commands/],
  [['error.xml'], /no such file or command: "error\.xml"/],
  [['--fromat', 'json'], /unknown option --fromat of countersign diagnose; did you mean --format\?/],
  [['diagnose', '--fromat', 'json'], /unknown option --fromat of countersign diagnose; did you mean --format\?/],
  [['diagnose', '--format'], /--format needs a value \(FORMAT\)/],
  [['diagnose', '--format', '--signer'], /--format needs a value/],
  [
    ['diagnose', '--format=jsn', 'x'],
    /--format must be one of terminal, json, markdown, html, sarif, junit, github; not "jsn"\. Did you mean json\?/,
  ],
  [['diagnose', '--ask-secret=yes', 'x'], /--ask-secret takes no value/],
  [['diagnose', '--max-trials', 'many', 'x'], /--max-trials must be a whole number/],
  [['verify', '--now', 'noon', 'x'], /--now must be a time such as 20150830T123600Z/],
  [['verify', '--rules', 's4', 'x'], /--rules must be one of s3, standard, iot/],
  [['presign', '--expires', '700000', 'https://b.s3.eu-west-1.amazonaws.com/k'], /--expires must be seconds from 1 to 604800/],
  [['presign', 'https://example.com/k', '--access-key-id', 'A'], /secret access key is needed: give it with --secret-file/],
  [['sign', '--method', 'PUT', 'request.http'], /--method goes with a URL/],
  [['explain'], /explain needs a cause, a code, a status or a message/],
  [['explain', 'path-encodedtwice'], /did you mean path-encoded-twice\?/],
  [['causes', 'qqqq'], /no cause matches "qqqq"/],
]

for (const [args, says] of STORIES) {
  test(`countersign ${args.join(' ')}`, async (t) => {
    const { code, stdout, stderr } = await run(t, args)
    assert.match(stderr, says)
    assert.equal(code, 2)
    assert.equal(stdout, '')
    for (const line of stderr.trimEnd().split('\n')) assert.match(line, /^countersign: /)
  })
}

test('what is pasted on a terminal is diagnosed, and so is what a pipe brings', async (t) => {
  const pasted = '<Error><Code>RequestTimeTooSkewed</Code></Error>'
  for (const args of [[], ['diagnose']]) {
    const { code, stdout, stderr } = await run(t, args, { stdinIsTerminal: true, stdin: pasted })
    assert.deepEqual([code, stderr], [1, 'countersign: paste the error, then press Ctrl-D (Ctrl-Z and Enter on Windows)\n'])
    assert.match(stdout, /clock-skewed/)
    assert.equal((await run(t, args, { stdin: pasted })).stderr, '')
  }
  const empty = await run(t, [], { stdin: '' })
  assert.equal(empty.code, 3)
  assert.match(empty.stdout, /^NOTHING READ/)
})

test('without a verb everything is diagnosed; a word with blanks is a message', async (t) => {
  const message =
    'An error occurred (RequestTimeTooSkewed) when calling the PutObject operation: The difference between the request time and the current time is too large.'
  for (const args of [[message], [message, '--format', 'json'], ['--format', 'json', message], ['diagnose', message]]) {
    const { code, stdout } = await run(t, args)
    assert.equal(code, 1)
    assert.match(stdout, /clock-skewed/)
  }
  const hello = await run(t, ['hello world', '--format', 'json'])
  assert.deepEqual([hello.code, JSON.parse(hello.stdout).outcome], [3, 'nothing-read'])
  const file = await run(t, ['./scope'], { files: { scope: message } })
  assert.equal(file.code, 1)
})

test('a secret as an argument is refused and not repeated', async (t) => {
  for (const args of [
    ['verify', 'x', SECRET],
    ['verify', `--access-key-id=${SECRET}`],
    ['verify', '--secret', SECRET],
    ['verify', `--secret-access-key=${SECRET}`],
    ['sign', '--session-token', TOKEN],
    ['diagnose', TOKEN.repeat(2)],
    [SECRET],
  ]) {
    const { code, stdout, stderr } = await run(t, args)
    assert.equal(code, 2)
    assert.match(stderr, /--secret-file FILE, --profile NAME/)
    for (const text of [SECRET, TOKEN]) assert.ok(!(stdout + stderr).includes(text))
  }
})

test('a presigned URL as an argument is refused and not repeated', async (t) => {
  const { code, stderr } = await run(t, ['verify', 'https://h/?X-Amz-Signature=abcdef'])
  assert.equal(code, 2)
  assert.match(stderr, /works like a key/)
  assert.ok(!stderr.includes('abcdef'))
})

test('help and version are reports: standard output, exit code 0', async (t) => {
  for (const args of [['--help'], ['-h'], ['help'], ['--version'], ['-V'], ['version']]) {
    const { code, stdout, stderr } = await run(t, args)
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^countersign/)
  }
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const { code, stdout } = await run(t, [name, '--help'])
    assert.deepEqual([code, (await load()).summary], [0, summary])
    assert.match(stdout, new RegExp(`^countersign ${name}: [^]*Example:\n {2}(?:source <\\()?countersign ${name}`))
    assert.equal((await run(t, ['help', name])).stdout, stdout)
  }
})

test('colour where it is asked for, and nowhere else', () => {
  const io = (env: Record<string, string>, isTTY: boolean) => ({ env, stdout: { isTTY, write: () => true } }) as unknown as Io
  assert.equal(colourWanted(io({}, true)), true)
  assert.equal(colourWanted(io({}, false)), false)
  assert.equal(colourWanted(io({ NO_COLOR: '1', FORCE_COLOR: '1' }, true)), false)
  assert.equal(colourWanted(io({ FORCE_COLOR: '1' }, false)), true)
  assert.equal(colourWanted(io({ FORCE_COLOR: '0' }, true)), true)
  assert.equal(colourWanted(io({ NO_COLOR: '1' }, true), 'always'), true)
  assert.equal(colourWanted(io({ FORCE_COLOR: '1' }, true), 'never'), false)
})
