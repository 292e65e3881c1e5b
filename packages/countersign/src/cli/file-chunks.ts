/** Files and pipes read without a stream: node takes longer to make its first stream than to read most files, and makes a buffer for each read. */
import { fstatSync, readSync } from 'node:fs'
import process from 'node:process'

/** What an open file holds, piece by piece. A piece lasts until the next is asked for. */
export async function* chunksOf(file: number): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.allocUnsafeSlow(CHUNK)
  for (;;) {
    const length = readSync(file, chunk, 0, CHUNK, null)
    if (length === 0) return
    yield chunk.subarray(0, length)
  }
}

/** Standard input, where it is a file or a pipe; `undefined` for all that node had better read itself. */
export function standardInput(): AsyncIterable<Uint8Array | string> | undefined {
  try {
    const found = fstatSync(0)
    return process.platform !== 'win32' && (found.isFile() || found.isFIFO()) ? pipeChunks() : undefined
  } catch {
    return undefined
  }
}

async function* pipeChunks(): AsyncGenerator<Uint8Array | string> {
  try {
    yield* chunksOf(0)
  } catch (error) {
    // Another program that has the pipe, too, made it one that does not wait; nothing was read then.
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    yield* process.stdin
  }
}

export const CHUNK = 1 << 18
