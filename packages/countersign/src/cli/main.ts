/** The command line: finds the command, reads its options, and turns every kind of wrong into words and an exit code. */
import { readFile } from 'node:fs/promises'
import { CliError } from './cli-error.js'
import { type Command, commandHelp, HELP_RULE } from './command.js'
import { existing } from './globs.js'
import { readOptions, refuseSecrets } from './options.js'
import { processIo } from './process-io.js'
import { nearest } from './suggestion.js'
import { EXIT, type Io, say } from './terminal-rules.js'
import { keepNamedSecrets } from './unspoken.js'

/** Each command is loaded only when it is called. */
const COMMANDS: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>> = {
  diagnose: {
    summary: 'say why a request was refused, what proves it, and how to fix it',
    load: async () => (await import('./commands/diagnose.js')).diagnose,
  },
  verify: { summary: 'check a signed request as AWS does', load: async () => (await import('./commands/verify.js')).verify },
  sign: { summary: 'sign a request and print it', load: async () => (await import('./commands/sign.js')).sign },
  presign: { summary: 'make a presigned URL', load: async () => (await import('./commands/presign.js')).presign },
  serve: {
    summary: "stand in for AWS's front door: verify whatever arrives, and say why what fails fails",
    load: async () => (await import('./commands/serve.js')).serve,
  },
  canonicalize: {
    summary: 'show every step from a request to its signing key',
    load: async () => (await import('./commands/canonicalize.js')).canonicalize,
  },
  scope: {
    summary: 'say what hosts are signed for: service, region, partition, algorithm',
    load: async () => (await import('./commands/scope.js')).scope,
  },
  explain: { summary: 'explain a cause or an AWS error code', load: async () => (await import('./commands/explain.js')).explain },
  causes: { summary: 'list every cause that is known', load: async () => (await import('./commands/causes.js')).causes },
}

/** Runs a command line and returns its exit code; see EXIT. */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  try {
    await keepNamedSecrets(argv, io)
    return await run(argv, io)
  } catch (error) {
    if (error instanceof CliError || (error instanceof Error && error.name === 'UsageError')) {
      say(io, error.message)
      return EXIT.usage
    }
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
    say(io, `this is a bug of countersign, please report it:\n${trace}`)
    return EXIT.bug
  }
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv
  // A pipe diagnoses.
  if (name === undefined && io.stdin.isTTY !== true) return run(['diagnose'], io)
  if (name === undefined) throw new CliError('no command was given; countersign --help lists the commands')
  if (name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    io.stdout.write(mainHelp())
    return EXIT.valid
  }
  if (name === '--version' || name === '-V') {
    io.stdout.write(`countersign ${await version()}\n`)
    return EXIT.valid
  }
  refuseSecrets(argv, io)
  if (name === 'help') return run([rest[0]!, '--help'], io)
  const found = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (found === undefined) return withoutVerb(argv, io)
  const command = await found.load()
  if (wantsHelp(rest)) {
    io.stdout.write(commandHelp(command))
    return EXIT.valid
  }
  return command.run(readOptions(rest, { ...command.rules, ...HELP_RULE }, name), io)
}

function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h')
}

/** No verb: everything that diagnose takes. A word that is no file and no message was meant as one of them. */
async function withoutVerb(argv: readonly string[], io: Io): Promise<number> {
  const { diagnose } = await import('./commands/diagnose.js')
  const options = readOptions(argv, { ...diagnose.rules, ...HELP_RULE }, 'diagnose')
  for (const word of options.files) {
    if (word === '-' || /\s/.test(word) || (await existing(word, io.cwd))) continue
    const meant = nearest(word, Object.keys(COMMANDS))
    throw new CliError(
      `no such file or command: ${JSON.stringify(word)}; ${meant === undefined ? 'countersign --help lists the commands' : `did you mean ${meant}?`}`,
    )
  }
  return diagnose.run(options, io)
}

function mainHelp(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(13)} ${summary}`)
  return [
    'countersign: why was this AWS request refused, what proves it, and how is it fixed',
    '',
    'Usage: countersign [diagnose] [options] FILE...    or    ... | countersign    or    countersign COMMAND [options] [FILE...]',
    '',
    'Commands:',
    ...lines,
    '',
    'countersign COMMAND --help tells the options of a command. "-" as a file is standard input.',
    'Exit codes: 0 good, 1 found something, 2 usage or an unreadable file, 3 nothing read, 70 our bug, 74 output could not be written.',
    '',
    'Example:',
    '  countersign upload.log error.xml',
    '',
  ].join('\n')
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
