/** `countersign redact`: evidence made safe to be posted, which can still be diagnosed. */
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE, SECRET_RULES } from '../command.js'
import { type Options, oneOf } from '../options.js'
import { readPieces } from '../pieces.js'
import { hiddenText, redactedPieces } from '../redacted-pieces.js'
import { knownKeys } from '../secrets.js'
import { type Io, say } from '../terminal-rules.js'
import { REDACTED_OUTPUT_RULES, writtenOutput } from '../written-output.js'

export const redact: Command = {
  name: 'redact',
  summary: 'make evidence safe to post, so that it can still be diagnosed',
  usage: '[options] FILE...|-',
  about: `Secrets, tokens, signatures, key IDs, account IDs and names in ARNs are replaced, all else stays as it is. Equal values have the same
placeholder. A signature is replaced by its SHA-256: with the secret you can still test it. Name your secret as for diagnose, and it
is found in any spelling. Read the result before you post it: no tool knows every name that is private to you.`,
  example: 'countersign redact debug.log -o debug-to-post.log',
  rules: {
    ...REDACTED_OUTPUT_RULES,
    ...FORMAT_RULE,
    ...SECRET_RULES,
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const strict = oneOf(options, 'redact', ['safe', 'strict'] as const) === 'strict'
  if (options.files.length === 0 && io.stdin.isTTY === true)
    throw new CliError('redact needs a file, or "-" for standard input; see "countersign redact --help"')
  const names = options.files.length === 0 ? ['-'] : options.files
  const given = await readPieces(
    names.map((path) => ({ path })),
    io,
  )
  const keys = await knownKeys(
    options,
    io,
    given.map(({ text }) => text),
  )
  const { sources, hidden } = redactedPieces(given, keys.silent, strict)
  const text = sources.map((source) => source.text).join('')
  const bytes = Buffer.from(text, 'latin1')
  const written = format === 'json' ? Buffer.from(jsonOf(bytes.toString('utf8'), hidden), 'utf8') : bytes
  const code = writtenOutput(io, options.one('output'), written, names)
  say(io, hidden.length === 0 ? 'nothing was hidden' : `hidden: ${hiddenText(hidden)}`)
  return code
}

function jsonOf(text: string, hidden: ReturnType<typeof redactedPieces>['hidden']): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, text, hidden }, undefined, 2)}\n`
}

const SCHEMA_VERSION = 1
