/** Header lines that came before: most of a client's, and of a server's, are the same in each message, and are read once. */
import type { Header } from '../sigv4/index.js'

/** Bounded: when it is full it begins again. */
export class KnownLines {
  readonly #headers = new Map<string, Header>()

  /** @param read What a line says, or why it says nothing; asked about a line that is not known. */
  header(line: string, read: (line: string) => Header | string): Header | string {
    if (line.length > LONGEST_KEPT) return read(line)
    const known = this.#headers.get(line)
    if (known !== undefined) return known
    // Memory of its own: a part of a larger text keeps all of that.
    const alone = Buffer.from(line, 'latin1').toString('latin1')
    const header = read(alone)
    if (typeof header === 'string') return header
    if (this.#headers.size >= MOST_KEPT) this.#headers.clear()
    this.#headers.set(alone, header)
    return header
  }
}

/** A line with a signature is longer, and does not come again. */
const LONGEST_KEPT = 160
const MOST_KEPT = 1024
