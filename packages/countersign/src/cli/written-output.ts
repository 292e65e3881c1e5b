/** A file that a command writes its output to. */
import { statSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CliError } from './cli-error.js'
import type { OptionRules } from './options.js'
import { reasonOf } from './pieces.js'
import { EXIT, type Io, say } from './terminal-rules.js'

/** The options of commands that print what is safe to post. */
export const REDACTED_OUTPUT_RULES: OptionRules = {
  redact: {
    type: 'string',
    value: 'LEVEL',
    words: ['safe', 'strict'],
    group: 'Output',
    help: 'safe (default), or strict: hosts, buckets, object keys and addresses are replaced, too',
  },
  output: { type: 'string', short: 'o', value: 'FILE', group: 'Output', help: 'write to this file; default: standard output' },
}

/** Writes the file of --output, else standard output. What was read is not written over. @returns The exit code. */
export function writtenOutput(io: Io, path: string | undefined, bytes: Uint8Array, read: readonly string[]): number {
  if (path === undefined) {
    io.stdout.write(bytes)
    return EXIT.valid
  }
  const place = resolve(io.cwd, path)
  if (read.some((one) => sameFile(resolve(io.cwd, one), place)))
    throw new CliError(`--output ${path} is a file that is read; name another one`)
  try {
    writeFileSync(place, bytes)
    return EXIT.valid
  } catch (error) {
    say(io, `cannot write ${path}: ${reasonOf(error)}`)
    return EXIT.output
  }
}

function sameFile(a: string, b: string): boolean {
  if (a === b) return true
  try {
    const [one, other] = [statSync(a), statSync(b)]
    return one.isFile() && one.ino !== 0 && one.ino === other.ino && one.dev === other.dev
  } catch {
    return false
  }
}
