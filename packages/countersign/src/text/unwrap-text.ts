/**
 * Undoes what people's tools did to a text before it was pasted: colours, log prefixes, quoting, escapes, entities.
 */
import { utf8ByteString } from '../sigv4/index.js'

/** The text with terminal colours, uniform CRLF line ends and a prefix common to all its lines taken off. */
export function unwrapLines(text: string): string {
  let out = text.includes('\u001b') ? text.replace(ANSI, '') : text
  if (out.startsWith('\u00ef\u00bb\u00bf')) out = out.slice(3)
  if (out.includes('\r\n') && !LONE_LF.test(out)) out = out.replaceAll('\r\n', '\n')
  return withoutPrefixes(out)
}

/** Every reading of a text, the text itself first, then with one wrapping after the other taken off. Never more than five. */
export function readingsOf(text: string): readonly string[] {
  const lines = unwrapLines(text)
  const entities = ESCAPED_XML.test(lines) ? decodeEntities(lines) : lines
  const once = LOOKS_ESCAPED.test(entities) ? unescapeText(entities) : entities
  const twice = LOOKS_ESCAPED.test(once) ? unescapeText(once) : once
  return [...new Set([text, lines, entities, once, twice])]
}

/** JSON, Python and Go string escapes undone: `\n`, `\"`, `\u003c`, `\x3c`, `\\`. What is not an escape stays. */
export function unescapeText(text: string): string {
  return text.replace(ESCAPE, (whole, hex4: string | undefined, hex2: string | undefined, letter: string | undefined) => {
    if (hex4 !== undefined) return utf8ByteString(String.fromCharCode(Number.parseInt(hex4, 16)))
    if (hex2 !== undefined) return String.fromCharCode(Number.parseInt(hex2, 16))
    return LETTERS[letter ?? ''] ?? whole
  })
}

/** XML and HTML entities decoded once; unknown ones stay. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(ENTITY, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? utf8ByteString(String.fromCodePoint(code)) : whole
  })
}

/** A prefix that stands on all lines but empty ones ("> ", "==> default: ", "| ", a time stamp and level) goes. */
function withoutPrefixes(text: string): string {
  const sample = text
    .slice(0, PREFIX_SAMPLE)
    .split('\n')
    .filter((line) => line.trim() !== '')
  const prefix = PREFIXES.find((one) => sample.length > 0 && sample.every((line) => one.test(line)))
  if (prefix === undefined) return text
  return text
    .split('\n')
    .map((line) => line.replace(prefix, ''))
    .join('\n')
}

const PREFIX_SAMPLE = 100_000
const PREFIXES = [
  /^==> [\w.-]{1,40}: ?/,
  /^\s{0,8}[>|#] ?(?=\S|$)/,
  /^(?:[<>*] |[<>*]$)/,
  /^[\w.-]{1,40}\s{0,20}\| ?/,
  /^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]? (?:\[?(?:DEBUG|INFO|WARN|WARNING|ERROR|TRACE)\]?:? )?/,
]
// biome-ignore lint/suspicious/noControlCharactersInRegex: ANSI colours begin with the escape character
const ANSI = /\u001b\[[0-9;?]{0,20}[A-Za-z]/g
const LONE_LF = /(?:^|[^\r])\n/
const ESCAPED_XML = /&lt;(?:\?xml|\/?Error|\/?Code|Response|ErrorResponse)/
const LOOKS_ESCAPED = /\\u003c|\\[nr"]|\\x3c/i
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrt"'\\/]))/g
const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\', '/': '/' }
const ENTITY = /&(?:#[xX]([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos|nbsp));/g
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }
