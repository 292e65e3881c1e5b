/** Entities of XML and HTML, and escapes of strings in JSON, Python and Go: undone in a value, or as edits that keep offsets. */
import { utf8ByteString } from '../sigv4/index.js'
import { type Edit, type EditedText, edited, matchEdits } from './edited-text.js'

/** JSON, Python and Go string escapes undone: `\n`, `\"`, `\u003c`, `\x3c`, `\\`. What is not an escape stays. */
export function unescapeText(text: string): string {
  return text.includes('\\') ? text.replace(ESCAPE, unescaped) : text
}

/** The edits that undo every escape of a text. */
export function escapeEdits(text: string): readonly Edit[] {
  return matchEdits(text, ESCAPE, (match) => unescaped(match[0], match[1], match[2], match[3]))
}

/** XML and HTML entities decoded once; unknown ones stay. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? text.replace(ENTITY, decoded) : text
}

/** The edits that decode every entity of a text once. */
export function entityEdits(text: string): readonly Edit[] {
  return matchEdits(text, ENTITY, (match) => decoded(match[0], match[1], match[2], match[3]))
}

/**
 * A text as it is, and what it is without what hides a body in it: line ends of Windows, the entities of a page, the escapes of a
 * string in a log. At most five; each knows where its bytes stood.
 */
export function* bodyReadings(given: EditedText): Iterable<EditedText> {
  let reading = given
  const { text } = given
  yield reading
  if (text.includes('\r\n') && !LONE_LF.test(text)) {
    reading = edited(
      reading,
      matchEdits(text, /\r\n/g, () => '\n'),
    )
    yield reading
  }
  if (ESCAPED_XML.test(text)) {
    reading = edited(reading, entityEdits(reading.text))
    yield reading
  }
  for (let round = 0; round < 2 && LOOKS_ESCAPED.test(reading.text); round++) {
    reading = edited(reading, escapeEdits(reading.text))
    yield reading
  }
}

function unescaped(whole: string, hex4: string | undefined, hex2: string | undefined, letter: string | undefined): string {
  if (hex4 !== undefined) return utf8ByteString(String.fromCharCode(Number.parseInt(hex4, 16)))
  if (hex2 !== undefined) return String.fromCharCode(Number.parseInt(hex2, 16))
  return LETTERS[letter ?? ''] ?? whole
}

function decoded(whole: string, hex: string | undefined, decimal: string | undefined, name: string | undefined): string {
  if (name !== undefined) return ENTITIES[name] ?? whole
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? utf8ByteString(String.fromCodePoint(code)) : whole
}

const LONE_LF = /(?:^|[^\r])\n/
const ESCAPED_XML = /&lt;(?:\?xml|\/?Error|\/?Code|Response|ErrorResponse)/
const LOOKS_ESCAPED = /\\u003c|\\[nr"]|\\x3c/i
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrt"'\\/]))/g
const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\', '/': '/' }
const ENTITY = /&(?:#[xX]([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos|nbsp));/g
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }
