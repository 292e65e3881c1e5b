/** A shared AWS file of this machine, or why there is none. A pipe or a device in its place is not opened: it may never answer. */
import { statSync } from 'node:fs'
import type { SharedFile } from '../doctor/index.js'
import { readableByOthers } from './file-mode.js'
import { limitedText } from './limited-text.js'

export async function sharedFile(path: string): Promise<SharedFile> {
  try {
    const found = statSync(path)
    if (found.isDirectory()) return { path, problem: 'a folder' }
    if (!found.isFile()) return { path, problem: 'unreadable' }
    const text = await limitedText(path, LARGEST)
    if (text === undefined) return { path, problem: 'too large' }
    return { path, text, othersCanRead: readableByOthers(path, path) !== undefined }
  } catch (error) {
    return { path, problem: PROBLEMS[(error as NodeJS.ErrnoException).code ?? ''] ?? 'unreadable' }
  }
}

const PROBLEMS: Readonly<Record<string, SharedFile['problem']>> = {
  ENOENT: 'absent',
  ENOTDIR: 'absent',
  EACCES: 'no permission',
  EPERM: 'no permission',
}
const LARGEST = 1024 * 1024
