/** Paths with `*` and `?`, for shells that leave them to the program. */
import { readdirSync, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'

/** The path itself if it exists or has no `*` or `?`; else the files it matches, sorted (none: the path itself). */
export function expandedPath(path: string, cwd: string): readonly string[] {
  if (!/[*?]/.test(path) || exists(resolve(cwd, path))) return [path]
  const absolute = /^(?:[A-Za-z]:)?[\\/]/.exec(path)?.[0] ?? ''
  const segments = path
    .slice(absolute.length)
    .split(/[\\/]/)
    .filter((segment) => segment !== '')
  let found = [absolute]
  for (const segment of segments) {
    const next: string[] = []
    for (const folder of found) for (const one of entries(folder, segment, cwd)) next.push(one)
    found = next.slice(0, MOST_MATCHES)
  }
  const files: string[] = []
  for (const one of found) if (isFile(resolve(cwd, one))) files.push(one)
  return files.length > 0 ? files.sort() : [path]
}

/** Whether a path, or one with `*` and `?` in it, names any file. */
export function existing(path: string, cwd: string): boolean {
  const [first] = expandedPath(path, cwd)
  return first !== undefined && exists(resolve(cwd, first))
}

function entries(folder: string, segment: string, cwd: string): string[] {
  const joined = (name: string) => (folder === '' ? name : folder.endsWith(sep) ? folder + name : join(folder, name))
  if (!/[*?]/.test(segment)) return exists(resolve(cwd, joined(segment))) ? [joined(segment)] : []
  const wanted = new RegExp(
    `^${segment
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )
  const names = namesIn(resolve(cwd, folder))
  // As in every shell, a dot at the beginning has to be written out.
  return names.filter((name) => wanted.test(name) && (segment.startsWith('.') || !name.startsWith('.'))).map(joined)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function exists(path: string): boolean {
  return found(path) !== undefined
}

/** Whether there is a regular file. */
export function isFile(path: string): boolean {
  return found(path)?.isFile() === true
}

/** Synchronous, as all of these: node:fs/promises takes node longer to load than to ask about a hundred files. */
function found(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

const MOST_MATCHES = 10_000
