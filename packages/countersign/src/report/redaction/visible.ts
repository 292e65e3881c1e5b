/** Text as a person or a terminal can take it: bytes decoded, control characters shown instead of obeyed. */
import { readableText } from '../../sigv4/index.js'

/** A text whose byte strings are decoded as UTF-8 where they are UTF-8; words that were written as text stay. */
export function decoded(text: string): string {
  return text.replace(/[\u0080-\u00ff]+/g, (run) => readableText(run))
}

/** One line: control characters as their symbols, what would turn or hide text as its code point. */
export function visible(text: string): string {
  return text.replace(UNSEEN, symbolOf)
}

/** As {@link visible}, and also spaces at the ends and runs of spaces, which the eye passes over. */
export function visibleValue(text: string): string {
  return visible(text).replace(/^ +| +$| {2,}/g, (run) => '·'.repeat(run.length))
}

/** Several lines, each visible; tabs become one space. */
export function visibleLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => visible(line.replaceAll('\t', ' ')))
    .join('\n')
}

/** Columns a text takes on a terminal. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += WIDE.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1
  return columns
}

function symbolOf(character: string): string {
  const code = character.codePointAt(0)!
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u
