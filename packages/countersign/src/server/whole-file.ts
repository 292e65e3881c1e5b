/** Writes files that are there whole or not at all. */
import { rename, unlink, writeFile } from 'node:fs/promises'

/**
 * Writes under another name, `PATH.part`, and renames it: on a full disk no empty or cut file is left.
 *
 * @throws Error of the file system. What was begun is removed.
 */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  const part = `${path}.part`
  try {
    await writeFile(part, text, { flag: 'wx' })
    await rename(part, path)
  } catch (error) {
    // Another's file of that name is not ours to remove.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await unlink(part).catch(() => {})
    throw error
  }
}
