/**
 * Starts the command line with the code that V8 kept of earlier runs. A bundle beside `main.cjs`, so small that it
 * needs no such help; `bundle-cli.mjs` writes both.
 */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'
import { codeDirectory, readCode, writeCode } from './kept-code.js'

type Main = typeof import('./main.js')

/** Runs the command line of `bundle`, whose text has this `hash`, with the `require` of a file beside it. */
export async function start(bundle: string, hash: string, require: NodeJS.Require): Promise<void> {
  const argv = process.argv.slice(2)
  const command = wordOf(argv)
  // A V8 that does not know a flag would say so.
  if (Number.parseInt(process.versions.node, 10) <= TRIED) setFlagsFromString(command === 'record' ? LASTING_FLAGS : FLAGS)
  const directory = codeDirectory(process.env, homedir, process.platform)
  const name = `${hash}-${process.version}-${process.arch}-${command}`
  const kept = directory === undefined ? undefined : readCode(directory, name)
  // A bundle is ASCII, which is read fastest as Latin-1.
  const script = new Script(readFileSync(bundle, 'latin1'), { filename: bundle, ...(kept === undefined ? {} : { cachedData: kept.data }) })
  const module = { exports: {} as Main }
  script.runInThisContext()(require, module, module.exports, bundle)
  const { main, COMMANDS } = module.exports
  const code = await main(argv)
  // Where the output could not be written, that was said and counts.
  process.exitCode ??= code
  if (directory === undefined || !Object.hasOwn(COMMANDS, command) || code >= FAULTS || argv.some((word) => HELP.has(word))) return
  const runs = script.cachedDataRejected === true ? 0 : (kept?.runs ?? 0)
  // Other evidence needs other functions: what the first runs needed is kept.
  if (runs < KEEPING_RUNS) writeCode(directory, name, { data: script.createCachedData(), runs: runs + 1 }, Date.now())
}

/**
 * The command, before anything is there that knows them all: a command needs other functions than another. A file
 * whose name looks like a command is diagnosed without kept code.
 */
function wordOf([first = DIAGNOSE]: readonly string[]): string {
  if (first === '-V' || first === '--version') return 'version'
  return /^[a-z]{2,16}$/.test(first) ? first : DIAGNOSE
}

const DIAGNOSE = 'diagnose'
/** A help says nothing of which functions a command needs. */
const HELP: ReadonlySet<string> = new Set(['help', '--help', '-h'])
/**
 * V8 makes a pattern ready twice, to be interpreted the first time and compiled from the second on; most are used twice. And it
 * begins with room for one megabyte of new objects, collects eight times in a short run, and concludes that it must collect all.
 */
const FLAGS = '--no-regexp-tier-up --semi-space-growth-factor=16'
/** What a relay allocates is gone with its request: a small space for it is enough, and 30 MB less. */
const LASTING_FLAGS = '--no-regexp-tier-up --semi-space-growth-factor=1'
/** The newest Node that these were tried with. */
const TRIED = 24
const KEEPING_RUNS = 3
/** From here exit codes say that little was done. */
const FAULTS = 2
