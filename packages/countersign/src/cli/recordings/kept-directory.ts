/** The directory in which a command keeps recordings. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { CliError } from '../cli-error.js'
import { reasonOf } from '../pieces.js'

/** The directory that an option names, made where there is none. An empty name is a variable that is not set, not this directory. */
export function keptDirectory(option: '--dir' | '--record', dir: string, cwd: string): string {
  if (dir === '') throw new CliError(`${option} is empty: name a directory`)
  const place = resolve(cwd, dir)
  let why: string | undefined
  try {
    makeEach(place)
    if (!statSync(place).isDirectory()) why = 'it is no directory'
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    why = code === 'ENOENT' || code === 'ENOTDIR' ? 'no directory can be made there' : reasonOf(error)
  }
  if (why !== undefined) throw new CliError(`cannot keep recordings in ${dir}: ${why}`)
  return place
}

/** The command that says everything of what is kept there; nothing without a directory. */
export function moreFrom(dir: string | undefined): string {
  if (dir === undefined) return ''
  return `countersign diagnose ${/^[\w./][\w./-]*$/.test(dir) ? dir : 'DIR'} -v`
}

/** One after another: to make them all at once, Node tries for ever below a directory that takes no others, such as /proc. */
function makeEach(place: string): void {
  if (existsSync(place)) return
  makeEach(dirname(place))
  try {
    mkdirSync(place, { mode: 0o700 })
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
