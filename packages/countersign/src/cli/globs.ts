/** Paths with `*` and `?`, for shells that leave them to the program. */
import { readdir, stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'

/** The path itself if it exists or has no `*` or `?`; else the files it matches, sorted (none: the path itself). */
export async function expandedPath(path: string, cwd: string): Promise<readonly string[]> {
  if (!/[*?]/.test(path) || (await exists(resolve(cwd, path)))) return [path]
  const absolute = /^(?:[A-Za-z]:)?[\\/]/.exec(path)?.[0] ?? ''
  const segments = path
    .slice(absolute.length)
    .split(/[\\/]/)
    .filter((segment) => segment !== '')
  let found = [absolute]
  for (const segment of segments) {
    const next: string[] = []
    for (const folder of found) for (const one of await entries(folder, segment, cwd)) next.push(one)
    found = next.slice(0, MOST_MATCHES)
  }
  const files: string[] = []
  for (const one of found) if ((await stat(resolve(cwd, one)).catch(() => undefined))?.isFile()) files.push(one)
  return files.length > 0 ? files.sort() : [path]
}

/** Whether a path, or one with `*` and `?` in it, names any file. */
export async function existing(path: string, cwd: string): Promise<boolean> {
  const [first] = await expandedPath(path, cwd)
  return first !== undefined && (await exists(resolve(cwd, first)))
}

async function entries(folder: string, segment: string, cwd: string): Promise<string[]> {
  const joined = (name: string) => (folder === '' ? name : folder.endsWith(sep) ? folder + name : join(folder, name))
  if (!/[*?]/.test(segment)) return (await exists(resolve(cwd, joined(segment)))) ? [joined(segment)] : []
  const wanted = new RegExp(
    `^${segment
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )
  const names = await readdir(resolve(cwd, folder)).catch(() => [])
  // As in every shell, a dot at the beginning has to be written out.
  return names.filter((name) => wanted.test(name) && (segment.startsWith('.') || !name.startsWith('.'))).map(joined)
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}

const MOST_MATCHES = 10_000
