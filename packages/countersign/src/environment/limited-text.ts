/** Files that are small by nature: no more of them is read than they may hold, whatever they are. */
import { closeSync, openSync, readSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'

/**
 * The text of a file or a pipe, one character per byte; `undefined` where it is larger than `most`. Read synchronously:
 * node:fs/promises takes node longer to load than such a file to read. @throws what the file system says.
 */
export async function limitedText(path: string, most: number): Promise<string | undefined> {
  const file = openSync(path, 'r')
  try {
    const pieces: Buffer[] = []
    for (let length = 0; length <= most; ) {
      const piece = Buffer.alloc(Math.min(PIECE, most + 1 - length))
      const bytesRead = readSync(file, piece, 0, piece.length, null)
      if (bytesRead === 0) return Buffer.concat(pieces).toString('latin1')
      pieces.push(piece.subarray(0, bytesRead))
      length += bytesRead
    }
    return undefined
  } finally {
    closeSync(file)
  }
}

/** What an open file holds; `undefined` where that is more than `most` bytes. It may grow while it is read, and a pipe has no size at all. */
export async function limitedBytes(file: FileHandle, most: number): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  for (let length = 0; length <= most; ) {
    const piece = Buffer.alloc(Math.min(PIECE, most + 1 - length))
    const { bytesRead } = await file.read(piece, 0, piece.length, null)
    if (bytesRead === 0) return Buffer.concat(pieces)
    pieces.push(piece.subarray(0, bytesRead))
    length += bytesRead
  }
  return undefined
}

const PIECE = 65_536
