/** The command line: finds the command, reads its options, and turns every kind of wrong into words and an exit code. */
import { CliError } from './cli-error.js'
import { type Command, HELP_RULE } from './command.js'
import { COMMANDS } from './command-list.js'
import { defaultArguments } from './defaults.js'
import { existing } from './globs.js'
import { commandHelp, mainHelp } from './help.js'
import { type Options, readOptions, refuseSecrets } from './options.js'
import { processIo } from './process-io.js'
import { screen } from './screen.js'
import { nearest } from './suggestion.js'
import { EXIT, type Io, say } from './terminal-rules.js'
import { keepNamedSecrets } from './unspoken.js'

export { COMMANDS }

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
    say(io, `this is a bug in countersign, please report it:\n${trace}`)
    return EXIT.bug
  }
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv
  // What is piped in, or pasted, is diagnosed.
  if (name === undefined) return run(['diagnose'], io)
  if (name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    io.stdout.write(mainHelp(screen(io)))
    return EXIT.valid
  }
  if (name === '--version' || name === '-V') return run(['version'], io)
  const found = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  refuseSecrets(found?.startsProgram === true ? ownWords(argv) : argv, io)
  if (name === 'help') return run([rest[0]!, '--help'], io)
  if (found === undefined) return withoutVerb(argv, io)
  const command = await found.load()
  if (wantsHelp(rest)) {
    io.stdout.write(commandHelp(screen(io), command))
    return EXIT.valid
  }
  return command.run(await givenOptions(command, rest, io), io)
}

/** The options of the command line, and the project's own for what it does not say. */
async function givenOptions(command: Command, args: readonly string[], io: Io): Promise<Options> {
  const rules = { ...command.rules, ...HELP_RULE }
  // What the command line has wrong is said first.
  const given = readOptions(args, rules, command.name)
  const defaults = await defaultArguments(command.name, command.rules, args, io)
  if (defaults.length === 0) return given
  refuseSecrets(defaults, io)
  await keepNamedSecrets(defaults, io)
  return readOptions([...defaults, ...args], rules, command.name)
}

function wantsHelp(args: readonly string[]): boolean {
  return ownWords(args).some((arg) => arg === '--help' || arg === '-h')
}

/** What stands before "--". */
function ownWords(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--')
  return end < 0 ? args : args.slice(0, end)
}

/** No verb: everything that diagnose takes. A word that is no file and no message was meant as one of them. */
async function withoutVerb(argv: readonly string[], io: Io): Promise<number> {
  const { diagnose } = await import('./commands/diagnose.js')
  const options = await givenOptions(diagnose, argv, io)
  for (const word of options.files) {
    if (word === '-' || /\s/.test(word) || existing(word, io.cwd)) continue
    const meant = nearest(word, Object.keys(COMMANDS))
    throw new CliError(
      `no such file or command: ${JSON.stringify(word)}; ${meant === undefined ? 'countersign --help lists the commands' : `did you mean ${meant}?`}`,
    )
  }
  return diagnose.run(options, io)
}
