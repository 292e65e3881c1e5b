/** The program that `run` starts: it has this program's own streams, and gets its signals. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { isatty } from 'node:tty'
import { CliError } from '../cli-error.js'

export interface Child {
  /** Its exit code; 128 and the number of the signal that ended it. */
  readonly ended: Promise<number>
  /** Asks it to end. */
  stop(): void
}

export interface ChildRules {
  readonly words: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Where its standard output goes: "stderr" where this program's own carries a report; "none": nowhere, nor its errors. */
  readonly stdout: 'inherit' | 'stderr' | 'none'
}

export function startChild({ words: [program = '', ...args], env, cwd, stdout }: ChildRules): Child {
  // Before the program starts: a signal that comes with its first word must not end this one.
  for (const signal of PASSED) process.on(signal, pass)
  function pass(signal: NodeJS.Signals): void {
    // A terminal has sent it to both.
    if ((signal === 'SIGINT' || signal === 'SIGQUIT') && isatty(0)) return
    child?.kill(signal)
  }
  let child: ChildProcess | undefined
  const ended = new Promise<number>((resolve) => {
    const failed = ({ code }: NodeJS.ErrnoException): void => resolve(code === 'ENOENT' ? NOT_FOUND : NOT_STARTED)
    // A descriptor is handed over as it is: no byte passes through here.
    const stdio = { inherit: ['inherit', 'inherit', 'inherit'], stderr: ['inherit', 2, 'inherit'], none: 'ignore' } as const
    try {
      child = spawn(program, args, { cwd, env: { ...env }, stdio: stdio[stdout] as StdioOptions })
      child.once('error', failed)
      child.once('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    } catch (error) {
      failed(error as NodeJS.ErrnoException)
    }
  }).finally(() => {
    for (const signal of PASSED) process.off(signal, pass)
  })
  return { ended, stop: () => child?.kill('SIGTERM') }
}

/** The command behind "--". */
export function commandWords(files: readonly string[], behind: readonly string[]): readonly string[] {
  if (behind.length < files.length) throw new CliError('write "--" before the command: countersign run [options] -- COMMAND...')
  return behind
}

/** What shells answer where a program is not there, and where it is none. */
export const NOT_FOUND = 127
export const NOT_STARTED = 126
const PASSED: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH']
