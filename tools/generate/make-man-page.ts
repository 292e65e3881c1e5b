/**
 * Writes docs/man/countersign.1 from the rules of the commands: `npm run man`. With `--check` it only compares, and lets mandoc or man
 * judge the page where one of them is installed.
 * @see https://man.openbsd.org/man.7
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { COMMANDS } from '../../packages/countersign/src/cli/command-list.ts'
import { EXIT_CODES, optionGroups, optionText } from '../../packages/countersign/src/cli/help.ts'

const PAGE = 'docs/man/countersign.1'
const { version } = JSON.parse(readFileSync('packages/countersign/package.json', 'utf8')) as { version: string }

/** A text as roff has it: no backslash, hyphen or leading dot means anything else. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1')
}

function entry(name: string, text: string): string[] {
  return ['.TP', `.B ${roff(name)}`, roff(text)]
}

const lines = [
  `.TH COUNTERSIGN 1 "" "countersign ${version}" "User Commands"`,
  '.SH NAME',
  'countersign \\- say why an AWS request was refused, what proves it, and how to fix it',
  '.SH SYNOPSIS',
  '.B countersign',
  roff('[diagnose] [options] FILE...'),
  '.br',
  '.B countersign',
  roff('COMMAND [options] [FILE...]'),
  '.SH DESCRIPTION',
  roff(
    'Reads the error, the logs and the request you have, and finds the change that makes the signature match. It calls nothing and stores nothing. What you pipe in is diagnosed; on a terminal without arguments, paste the error and press Ctrl-D.',
  ),
  '.SH COMMANDS',
]
for (const [name, { load }] of Object.entries(COMMANDS)) {
  const { summary, usage, about, rules, example } = await load()
  lines.push(`.SS ${roff(`countersign ${name} ${usage}`.trimEnd())}`)
  lines.push(roff(`${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.`), roff(about.replaceAll('\n', ' ')))
  for (const [group, options] of optionGroups(rules)) {
    if (group === 'Help') continue
    lines.push('.PP', roff(`${group}:`))
    for (const [option, rule] of options)
      lines.push(...entry(optionText(option, rule), `${rule.help}${rule.multiple === true ? ' (repeatable)' : ''}`))
  }
  lines.push('.PP', 'Example:', '.PP', '.nf', '.RS', ...example.split('\n').map(roff), '.RE', '.fi')
}
lines.push('.SH EXIT STATUS')
for (const [code, meaning] of EXIT_CODES) lines.push(...entry(code, meaning))
lines.push(
  '.SH FILES',
  ...entry(
    'countersign.config.json',
    'Defaults of options, by command, in the working directory: {"diagnose": {"redact": "strict"}}. The key "countersign" of package.json does the same.',
  ),
  '.SH ENVIRONMENT',
  ...entry('AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN', 'the key, where no option names one'),
  ...entry('NO_COLOR, FORCE_COLOR', 'no colour; colour where standard output is no terminal'),
)
const text = `${lines.join('\n')}\n`

if (!process.argv.includes('--check')) {
  mkdirSync('docs/man', { recursive: true })
  writeFileSync(PAGE, text)
} else {
  const problems = []
  if (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== text) problems.push(`${PAGE} is not what is generated; run: npm run man`)
  const judges = [
    ['mandoc', '-Tlint', '-Wwarning', PAGE],
    ['man', '--warnings', '-l', PAGE],
  ]
  const judge = judges
    .map(([name, ...args]) => spawnSync(name!, args, { encoding: 'utf8', env: { ...process.env, MANPAGER: 'cat' } }))
    .find(({ error }) => error === undefined)
  if (judge !== undefined && (judge.stderr !== '' || judge.status !== 0)) problems.push(judge.stderr || judge.stdout)
  for (const problem of problems) console.error(problem)
  console.log(`man page: ${problems.length} problems${judge === undefined ? '; neither mandoc nor man is installed' : ''}`)
  if (problems.length > 0) process.exitCode = 1
}
