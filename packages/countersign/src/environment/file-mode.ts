/** Whether others on this machine can read a file that holds a secret. POSIX only: Windows keeps no such bits. */
import { stat } from 'node:fs/promises'
import process from 'node:process'

/** A line for the user, or `undefined`: nobody else can read it, it is no regular file, or it cannot be told. */
export async function readableByOthers(path: string, shown: string): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined
  const found = await stat(path).catch(() => undefined)
  if (found === undefined || !found.isFile() || (found.mode & 0o044) === 0) return undefined
  return `others on this machine can read ${shown}: chmod 600 ${shown}`
}
