/** Secrets that are known while a command runs: no message repeats them, in whatever spelling a word of the command line has them. */
import { resolve } from 'node:path'
import { environmentProfile, limitedText, type SharedProfile, sharedProfile } from '../environment/index.js'
import { isFile } from './globs.js'
import type { Io } from './terminal-rules.js'

/** Of each run. The list stays the same for as long as nothing is added: it is made ready for searching once. */
const KNOWN = new WeakMap<Io, readonly string[]>()

/** What no message may show: what is in the environment, and what was kept since. */
export function unspokenOf(io: Io): readonly string[] {
  const known = KNOWN.get(io) ?? valuesOf(environmentProfile(io.env))
  KNOWN.set(io, known)
  return known
}

/** From here on these are not repeated, either. */
export function keepUnspoken(io: Io, values: readonly string[]): void {
  const known = new Set(unspokenOf(io))
  const more = values.filter((value) => !known.has(value)).slice(0, MOST)
  if (more.length > 0) KNOWN.set(io, [...known, ...more])
}

export function valuesOf({ secretAccessKey, sessionToken }: SharedProfile): readonly string[] {
  return [secretAccessKey, sessionToken].filter((value) => value !== undefined)
}

/**
 * Keeps the secrets that a command line names before anything repeats a word of it: a command says much before it needs them. Only regular files are read: a pipe gives what it holds once, and may have nothing to give.
 */
export async function keepNamedSecrets(argv: readonly string[], io: Io): Promise<void> {
  for (const [name, value] of namedIn(argv)) {
    if (name === 'profile') {
      const { profile } = await sharedProfile(value, io)
      if (profile !== undefined) keepUnspoken(io, valuesOf(profile))
      continue
    }
    const text = await regularText(resolve(io.cwd, value))
    if (text !== undefined && text.trim() !== '') keepUnspoken(io, [text.trim()])
  }
}

function* namedIn(argv: readonly string[]): Generator<readonly [name: string, value: string]> {
  for (const [i, word] of argv.entries()) {
    const [, name, value = argv[i + 1]] = /^--(secret-file|profile)(?:=(.*))?$/s.exec(word) ?? []
    if (name !== undefined && value !== undefined) yield [name, value]
  }
}

async function regularText(path: string): Promise<string | undefined> {
  try {
    return isFile(path) ? await limitedText(path, LARGEST) : undefined
  } catch {
    return undefined
  }
}

const LARGEST = 65_536
/** Of one list: who gives more candidates than that has no message to wait for. */
const MOST = 1000
