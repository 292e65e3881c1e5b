/**
 * Whether a piece of a request is its own canonical form, told by looking at its bytes once and changing none. "No" is
 * said where it is not, and where only the long way could tell.
 *
 * What is looked at is the scratch: a canonical request put together as if the request were canonical already.
 */

/** The canonical request in the making; ASCII only. */
export const SCRATCH = new Uint8Array(65_536)
const WORDS = new Int32Array(SCRATCH.buffer)
const VIEW = new DataView(SCRATCH.buffer)

/** Where the pieces of a canonical request stand in the scratch. After path and query comes a line feed each. */
export interface Pieces {
  readonly path: number
  readonly pathEnd: number
  /** Where the query is looked at from: 0 where nothing in it is known to be canonical. */
  readonly unknownQuery: number
  /** Where the last name before that begins. */
  readonly lastKnownName: number
  readonly queryEnd: number
  /** Where the header lines end, and how many they are; none where they are known to be canonical. */
  readonly headersEnd: number
  readonly lines: number
}

/**
 * Whether all pieces are their own canonical form.
 *
 * @param isS3 Whether a path is encoded as it is meant, and nothing of it normalized.
 * @param presigned Whether the query says how the request was signed.
 */
export function isCanonical(at: Pieces, isS3: boolean, presigned: boolean): boolean {
  const { path, pathEnd, unknownQuery, queryEnd, headersEnd, lines } = at
  return (
    (isS3 ? isEncodedPath(path, pathEnd) : isPlainPath(path, pathEnd)) &&
    (unknownQuery === 0
      ? isCanonicalQuery(pathEnd + 1, queryEnd, presigned)
      : isCanonicalQueryAfter(unknownQuery, queryEnd, at.lastKnownName)) &&
    (lines === 0 || areCanonicalHeaders(queryEnd, headersEnd, lines))
  )
}

/** Percent-encoded once: unreserved characters, slashes, and canonical escapes of all others. */
function isEncodedPath(from: number, end: number): boolean {
  let i = from
  for (;;) {
    i = wordEnd(i)
    if (i >= end) return SCRATCH[from] === SLASH_CODE
    const kind = KIND[SCRATCH[i]!]!
    if (kind <= SLASH) i++
    else if (kind === PERCENT && isCanonicalEscape(i)) i += 3
    else return false
  }
}

/** Unreserved characters and slashes, no segment empty or beginning with a dot: nothing there to normalize or to encode. */
function isPlainPath(from: number, end: number): boolean {
  let i = from
  for (;;) {
    i = wordEnd(i)
    if (i >= end) return SCRATCH[from] === SLASH_CODE
    const code = SCRATCH[i]!
    if (KIND[code]! > SLASH) return false
    if ((code === SLASH_CODE || code === DOT_CODE) && i > from && SCRATCH[i - 1] === SLASH_CODE) return false
    i++
  }
}

/**
 * Every parameter `name=value`, canonically escaped, the names ascending and each there once.
 *
 * @param own Whether names that begin with "X-Amz-" are allowed: they say how a presigned request was signed. Names that
 *   begin as "Signature" does are left to the long way where they are not: one of Version 2 must not stand beside a header.
 */
function isCanonicalQuery(from: number, end: number, own: boolean): boolean {
  return from === end || areCanonicalParameters(from, end, own, -1)
}

/** The same of a presigned query whose first parameters are known to be so: they end where it begins to look. */
function isCanonicalQueryAfter(from: number, end: number, lastName: number): boolean {
  return from === end || (SCRATCH[from] === AMPERSAND_CODE && areCanonicalParameters(from + 1, end, true, lastName))
}

/** One parameter at least. `lastName`: where the name before them begins, or -1. */
function areCanonicalParameters(from: number, end: number, own: boolean, lastName: number): boolean {
  let before = lastName
  let i = from
  // A parameter each turn; the byte at the end is a line feed.
  while (i < end) {
    const name = i
    i = pieceEnd(i)
    if (SCRATCH[i] !== EQUALS_CODE || (before >= 0 && !isNameBefore(before, name))) return false
    if (!own && isTelling(SCRATCH[name]!, SCRATCH[name + 1]!)) return false
    i = pieceEnd(i + 1)
    if (i === end) return true
    if (SCRATCH[i] !== AMPERSAND_CODE) return false
    before = name
    i++
  }
  return false
}

/** Where unreserved characters and canonical escapes end. */
function pieceEnd(from: number): number {
  let i = from
  for (;;) {
    i = wordEnd(i)
    const kind = KIND[SCRATCH[i]!]!
    if (kind === UNRESERVED) i++
    else if (kind === PERCENT && isCanonicalEscape(i)) i += 3
    else return i
  }
}

/**
 * Where letters and digits end, four at a time. In a sum the highest bit of a byte tells whether it was as much as a limit; what is
 * carried out of a byte that is not ASCII falls on those behind it. After every piece looked at stands a line feed.
 */
function wordEnd(from: number): number {
  let i = from
  for (;;) {
    const four = VIEW.getInt32(i, true)
    const lower = four | 0x20202020
    const letters = (lower + 0x1f1f1f1f) & ~(lower + 0x05050505)
    const digits = (four + 0x50505050) & ~(four + 0x46464646)
    const others = ~(letters | digits) & 0x80808080
    if (others !== 0) return i + ((31 - Math.clz32(others & -others)) >> 3)
    i += 4
  }
}

/** Whether a name begins as "X-Amz-…" or as "Signature" does. */
function isTelling(first: number, second: number): boolean {
  return (first === X_CODE && second === DASH_CODE) || (first === S_CODE && second === I_CODE)
}

/** Compares two names, each up to its "=": the first difference decides, and "=" stands for the end. */
function isNameBefore(earlier: number, later: number): boolean {
  let i = 0
  // Alike, and no "=" among them: a byte below ">" borrows from its highest bit.
  for (;;) {
    const four = VIEW.getInt32(earlier + i)
    if (four !== VIEW.getInt32(later + i) || ((four - 0x3e3e3e3e) & 0x80808080) !== 0) break
    i += 4
  }
  let left = SCRATCH[earlier + i]!
  let right = SCRATCH[later + i]!
  while (left === right && left !== EQUALS_CODE) {
    i++
    left = SCRATCH[earlier + i]!
    right = SCRATCH[later + i]!
  }
  return right !== EQUALS_CODE && (left === EQUALS_CODE || left < right)
}

/**
 * Header lines, each begun by a line feed, without blanks that folding would change.
 *
 * @param lines How many there are: a line feed more stands in a value.
 */
function areCanonicalHeaders(from: number, end: number, lines: number): boolean {
  const bytes = SCRATCH
  const words = WORDS
  let left = lines
  for (let at = from & ~3; at < end; at += 4) {
    const word = words[at >> 2]!
    // A byte below "!" borrows from its highest bit, as all bytes are ASCII; one above a borrowing byte may seem to.
    if (((word - 0x21212121) & ~word & 0x80808080) === 0) continue
    const stop = Math.min(at + 4, end)
    for (let i = Math.max(at, from); i < stop; i++) {
      const code = bytes[i]!
      if (code > SPACE_CODE) continue
      if (code === LINE_FEED_CODE) left--
      else if (code === SPACE_CODE) {
        const next = bytes[i + 1]!
        if (next === SPACE_CODE || next === LINE_FEED_CODE || bytes[i - 1] === COLON_CODE) return false
      } else if (code >= TAB_CODE && code <= CARRIAGE_RETURN_CODE) return false
    }
  }
  return left === 0
}

/** "%" and two upper-case hex digits, for a byte that has to be escaped. Past the end of the piece no digit follows. */
function isCanonicalEscape(at: number): boolean {
  const high = DIGIT[SCRATCH[at + 1]!]!
  const low = DIGIT[SCRATCH[at + 2]!]!
  return high < 16 && low < 16 && KIND[(high << 4) | low] !== UNRESERVED
}

const UNRESERVED = 0
const SLASH = 1
const PERCENT = 2
const OTHER = 3
const SLASH_CODE = 0x2f
const DOT_CODE = 0x2e
const EQUALS_CODE = 0x3d
const AMPERSAND_CODE = 0x26
const X_CODE = 0x58
const S_CODE = 0x53
const I_CODE = 0x69
const DASH_CODE = 0x2d
const COLON_CODE = 0x3a
const SPACE_CODE = 0x20
const LINE_FEED_CODE = 0x0a
const TAB_CODE = 0x09
const CARRIAGE_RETURN_CODE = 0x0d
const KIND = new Uint8Array(256).fill(OTHER)
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~') KIND[char.charCodeAt(0)] = UNRESERVED
KIND[SLASH_CODE] = SLASH
KIND[0x25] = PERCENT
const DIGIT = new Uint8Array(256).fill(16)
for (const [value, digit] of [...'0123456789ABCDEF'].entries()) DIGIT[digit.charCodeAt(0)] = value
