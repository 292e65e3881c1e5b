/** Whether others on this machine can read a file that holds a secret. POSIX only: Windows keeps no such bits. */
import { statSync } from 'node:fs'
import process from 'node:process'

/** A line for the user, or `undefined`: nobody else can read it, it is no regular file, or it cannot be told. */
export function readableByOthers(path: string, shown: string): string | undefined {
  if (process.platform === 'win32') return undefined
  if (!readable(path)) return undefined
  return `others on this machine can read ${shown}: chmod 600 ${shown}`
}

function readable(path: string): boolean {
  try {
    const found = statSync(path)
    return found.isFile() && (found.mode & 0o044) !== 0
  } catch {
    return false
  }
}
