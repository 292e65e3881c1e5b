/** The lines of a file as byte strings; `undefined` for one that is longer than `most`, which costs no memory. */
import { createReadStream } from 'node:fs'

export async function* boundedLines(path: string, most: number): AsyncGenerator<string | undefined> {
  let pieces: string[] = []
  let length = 0
  const take = (): string | undefined => {
    const line = length > most ? undefined : pieces.join('')
    pieces = []
    length = 0
    return line
  }
  for await (const chunk of createReadStream(path, { encoding: 'latin1' }) as AsyncIterable<string>) {
    for (const [index, piece] of chunk.split('\n').entries()) {
      if (index > 0) yield take()
      length += piece.length
      if (length <= most) pieces.push(piece)
      else pieces = []
    }
  }
  if (length > 0) yield take()
}
