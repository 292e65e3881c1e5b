/** Where a head ends in a stream of bytes. */

/** The offset behind the head's empty line, "more" where it is not there yet, or why it never will be. */
export function headEnd(bytes: Uint8Array, from: number): number | 'more' | { readonly status: number; readonly reason: string } {
  let line = from
  for (;;) {
    const feed = nextFeed(bytes, line)
    if (feed < 0) return bytes.length - from > MOST_HEAD_BYTES ? TOO_LARGE : 'more'
    if (feed === 0 || bytes[feed - 1] !== CR || feed === line) return BARE
    if (feed === line + 1) {
      if (line > from) return feed + 1 - from > MOST_HEAD_BYTES ? TOO_LARGE : feed + 1
      // RFC 9112, 2.2: one empty line before a request is no part of it. More of them are no client's.
      return EMPTY_LINE
    }
    line = feed + 1
  }
}

/** Lines of heads are short: to call the machine's own search costs more than to look. */
function nextFeed(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) if (bytes[at] === LF) return at
  return -1
}

/** The largest head, its lines and their endings together. */
export const MOST_HEAD_BYTES = 64 * 1024
const [CR, LF] = [13, 10]
const TOO_LARGE = { status: 431, reason: 'its head is larger than 64 KiB' }
const BARE = { status: 400, reason: 'a line of its head ends with a line feed alone' }
const EMPTY_LINE = { status: 400, reason: 'an empty line stands before it' }
