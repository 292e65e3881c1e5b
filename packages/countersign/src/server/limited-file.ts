/** Reads files that others write: a FIFO must not stall the process, and a device must not fill its memory. */
import { constants, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { limitedBytes } from '../environment/index.js'

/**
 * The bytes of a regular file.
 *
 * @throws Error saying what stands there instead, or that it is larger than `mostBytes`. Nothing of it is read then.
 */
export async function readRegularFile(path: string, mostBytes: number): Promise<Buffer> {
  // Opened so, a FIFO answers at once; what it is shows only when it is open.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw new Error(`${path} is ${kindOf(stats)}, and no regular file`)
    const tooLarge = (bytes: string) => new Error(`${path} has ${bytes}, and ${mostBytes} bytes are the most that are read`)
    if (stats.size > mostBytes) throw tooLarge(`${stats.size} bytes`)
    const bytes = await limitedBytes(file, mostBytes)
    if (bytes === undefined) throw tooLarge(`more than ${mostBytes} bytes`)
    return bytes
  } finally {
    await file.close()
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a directory'
  if (stats.isFIFO()) return 'a FIFO'
  if (stats.isSocket()) return 'a socket'
  return 'a device'
}
