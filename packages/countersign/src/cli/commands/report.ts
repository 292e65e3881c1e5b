/** `countersign report`: the issue template of a project, filled in and redacted. */
import { diagnoseEvidence } from '../../index.js'
import { renderTerminal } from '../../report/index.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE, knownFacts, SECRET_RULES } from '../command.js'
import { commandIn, machineFacts, namedFrom, textsOf, withinIssue, withTexts } from '../issue/gathered.js'
import { issueForm, PROJECTS } from '../issue/issue-form.js'
import { type Options, oneOf } from '../options.js'
import { readPieces } from '../pieces.js'
import { hiddenText, redactedPieces } from '../redacted-pieces.js'
import { knownKeys } from '../secrets.js'
import { type Io, say } from '../terminal-rules.js'
import { unspokenOf } from '../unspoken.js'
import { REDACTED_OUTPUT_RULES, writtenOutput } from '../written-output.js'

export const report: Command = {
  name: 'report',
  summary: 'fill in the issue template of a project, with nothing in it that must not be posted',
  usage: '--for PROJECT [options] [LOG...]',
  about: `The versions, the system, how the client was installed, container, CI and instance are read from this machine; the command, the error and
its diagnosis from the logs. Account IDs, ARNs, keys and tokens are always hidden, hosts and buckets with --redact strict. What was
hidden is listed on standard error. Nothing is sent: you read the result, then post it.`,
  example: 'countersign report --for aws-cli debug.log -o issue.md',
  rules: {
    for: { type: 'string', value: 'PROJECT', words: PROJECTS, help: 'whose template: aws-cli, boto3, minio or generic' },
    online: { type: 'boolean', help: 'ask STS with the keys, by the other SDKs here, too, and a time server' },
    ...REDACTED_OUTPUT_RULES,
    ...FORMAT_RULE,
    ...SECRET_RULES,
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const project = oneOf(options, 'for', PROJECTS)
  if (project === undefined) throw new CliError(`report needs --for, one of ${PROJECTS.join(', ')}`)
  const strict = oneOf(options, 'redact', ['safe', 'strict'] as const) === 'strict'
  const given =
    options.files.length === 0
      ? []
      : await readPieces(
          options.files.map((path) => ({ path })),
          io,
        )
  const texts = given.map(({ text }) => text)
  const keys = await knownKeys(options, io, texts)
  const machine = await machineFacts(project, io, options.one('profile'), options.flag('online'))
  const known = [...keys.silent, ...unspokenOf(io)]
  const found = given.length === 0 ? undefined : diagnoseEvidence(given, knownFacts(options, keys))
  const shown = { secrets: known, redact: strict ? 'strict' : 'safe', colour: false, columns: COLUMNS } as const
  const diagnosis = found === undefined ? '' : renderTerminal(found, { ...shown, evidence: given })
  // One pass over all, so that a value has one placeholder in all of it.
  const { sources, hidden } = redactedPieces(given, known, strict, [diagnosis, commandIn(given) ?? '', ...textsOf(machine)])
  const [cleanDiagnosis = '', command = '', ...ofMachine] = sources.slice(given.length).map(({ text }) => text)
  const room = Math.floor(MOST_OF_LOGS / Math.max(1, given.length))
  const markdown = issueForm(project, {
    ...withTexts(machine, ofMachine),
    command: command === '' ? undefined : command,
    diagnosis: cleanDiagnosis === '' ? undefined : cleanDiagnosis.trimEnd(),
    logs: sources.slice(0, given.length).map(({ name, text }) => ({
      name: namedFrom(name, io.cwd),
      text: withinIssue(Buffer.from(text, 'latin1').toString('utf8').replaceAll('\r\n', '\n'), room),
    })),
  })
  const text = format === 'json' ? `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, markdown, hidden }, undefined, 2)}\n` : markdown
  const code = writtenOutput(io, options.one('output'), Buffer.from(text, 'utf8'), options.files)
  say(io, hidden.length === 0 ? 'nothing had to be hidden' : `hidden: ${hiddenText(hidden)}`)
  say(io, 'read it before you post it: no tool knows every name that is private to you')
  return code
}

const SCHEMA_VERSION = 1
const COLUMNS = 100
/** Characters: an issue on GitHub holds 65,536. */
const MOST_OF_LOGS = 40_000
