/**
 * The manners of the command line, and the type through which a command touches the outside.
 *
 * - Standard output carries the report and nothing else; everything else goes to standard error, each line beginning
 *   with "countersign: ", so that `countersign diagnose log.txt --format json | jq` always works. Only `run` has its report on standard
 *   error: its standard output is that of the program it starts.
 * - Colour only where standard output is a terminal, unless --color, NO_COLOR or FORCE_COLOR says otherwise; never the only carrier
 *   of meaning.
 * - Progress only where standard error is a terminal.
 * - Secrets come from files, the shared AWS files, the environment or a prompt; never from an argument, because arguments
 *   end in shell histories and process lists. An argument that looks like a secret is refused and not repeated.
 * - Exit codes: 0 good, 1 found something, 2 usage or an unreadable file, 3 nothing read, 70 our bug, 74 the output could not be
 *   written. The process is never ended midway: `main` returns its code.
 */
import { withoutUnnamed } from '../credentials/index.js'
import { redacted, visibleLines, withoutEncodedCredentials } from '../report/index.js'
import { unspokenOf } from './unspoken.js'

/** What is written to. */
export interface Output {
  write(text: string | Uint8Array): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/** What is read from. */
export interface Input extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean
}

/** The outside, as a command sees it. Tests hand in their own. */
export interface Io {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** Relative paths start here. */
  readonly cwd: string
  /** Where the user's shared AWS files are looked for. */
  readonly home: string
  /** Milliseconds since 1970. */
  now(): number
  /** Calls the listener once when the user presses Ctrl-C, in place of ending the program; the function returned ends that. */
  onInterrupt(listener: () => void): () => void
  /** The same when the program is asked to end (SIGTERM): for commands that run until they are stopped. */
  onTerminate?(listener: () => void): () => void
  /** Asks on the terminal without echo; `undefined` where there is no terminal. */
  askSecret(prompt: string): Promise<string | undefined>
}

export const EXIT = { valid: 0, notValid: 1, usage: 2, nothingRead: 3, bug: 70, output: 74 } as const

/** Says something that is not the report. */
export function say(io: Io, message: string): void {
  for (const line of visibleLines(fitToSay(io, message.trimEnd())).split('\n')) io.stderr.write(`countersign: ${line}\n`)
}

/** It passes the report's gate all the same; words of a command line may be secrets, known ones or such as look so, in any spelling. */
export function fitToSay(io: Io, message: string): string {
  return withoutUnnamed(withoutEncodedCredentials(redacted(message, unspokenOf(io))))
}

/** When there is colour. */
export const COLOUR_WORDS = ['auto', 'always', 'never'] as const

/**
 * Whether the report has colour: what `--color` says, else NO_COLOR, else FORCE_COLOR, else where standard output is a terminal.
 * @see https://no-color.org/
 * @see https://force-color.org/
 */
export function colourWanted(io: Io, option: (typeof COLOUR_WORDS)[number] = 'auto'): boolean {
  if (option !== 'auto') return option === 'always'
  if ((io.env['NO_COLOR'] ?? '') !== '') return false
  const forced = io.env['FORCE_COLOR']
  if (forced !== undefined && forced !== '0' && forced !== 'false') return true
  return io.stdout.isTTY === true && io.env['TERM'] !== 'dumb'
}
