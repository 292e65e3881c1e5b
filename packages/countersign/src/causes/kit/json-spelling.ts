/**
 * JSON texts written in other ways, as byte strings: other spaces, escapes, order of keys.
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */

/** JSON spaced again; strings are kept as they are. One pass over the text, also where a string is not closed. */
export function respacedJson(text: string, colon: string, comma: string): string {
  let made = ''
  for (let at = 0; at < text.length; ) {
    const char = text[at]!
    if (char === '"') {
      const end = stringEnd(text, at)
      made += text.slice(at, end)
      at = end
      continue
    }
    made += char === ':' ? colon : char === ',' ? comma : BLANKS.includes(char) ? '' : char
    at++
  }
  return made
}

/** Letters outside ASCII as \uXXXX, as Python's json and PHP write them. */
export function escapedLetters(text: string): string {
  return text.replace(/[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}/g, (letter) => {
    const [a, b, c] = [letter.charCodeAt(0), letter.charCodeAt(1), letter.charCodeAt(2)]
    const code = letter.length === 2 ? ((a & 0x1f) << 6) | (b & 0x3f) : ((a & 0x0f) << 12) | ((b & 0x3f) << 6) | (c & 0x3f)
    return `\\u${(code + 0x10000).toString(16).slice(1)}`
  })
}

/** \uXXXX of letters outside ASCII as UTF-8. Surrogates are left alone. */
export function unescapedLetters(text: string): string {
  return text.replace(/(?<!\\)\\u([0-9a-fA-F]{4})/g, (found, hex: string) => {
    const code = Number.parseInt(hex, 16)
    if (code < 0x80 || (code >= 0xd800 && code <= 0xdfff)) return found
    if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 0x3f))
    return String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
  })
}

/** What is made of the data of a JSON text; the text itself where it is not JSON. */
export function parsedJson(text: string, write: (data: unknown) => string): string {
  try {
    return write(JSON.parse(text))
  } catch {
    return text
  }
}

/** The same data on lines of their own, indented; the text itself where it is not JSON, or nested deeper than anybody writes: its indents would be longer than all else. */
export function indentedJson(text: string, by: number): string {
  return nesting(text) > DEEPEST ? text : parsedJson(text, (data) => JSON.stringify(data, null, by))
}

/** How deep arrays and objects stand in one another. */
function nesting(text: string): number {
  let [depth, deepest] = [0, 0]
  for (let at = 0; at < text.length; ) {
    const char = text[at]!
    if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth)
    else if (char === ']' || char === '}') depth--
    at = char === '"' ? stringEnd(text, at) : at + 1
  }
  return deepest
}

/** The same data with the keys of every object in order. */
export function sortedKeys(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(sortedKeys)
  if (typeof data !== 'object' || data === null) return data
  const entries = Object.entries(data).map(([key, value]) => [key, sortedKeys(value)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

const DEEPEST = 200
const BLANKS = ' \t\r\n'
