/** Credentials in the arguments of commands, as a shell takes a line apart. Each word is looked at once. */
import { type ArgumentForm, COMMAND_ROWS, type CommandRow } from './command-options.js'
import type { Hidden } from './hidden-kind.js'

interface Word {
  readonly start: number
  readonly end: number
  /** Without its quotes. */
  readonly text: string
}

/** What is behind options that take a credential, and in places where one belongs. */
export function* commandValues(line: string, offset = 0): Generator<Hidden> {
  let begun: Begun | undefined
  for (const match of line.matchAll(WORD)) {
    const word = wordOf(match, offset)
    if (SEPARATOR.test(word.text)) {
      begun = undefined
      continue
    }
    const rows = ROWS.get(nameOf(word.text))
    if (rows !== undefined) {
      begun = new Begun(rows)
      continue
    }
    const hidden = begun?.next(word)
    if (hidden !== undefined) yield hidden
    // sh -c "..." has a command in one word; what is in quotes holds none of their kind.
    else if (word.text.length < word.end - word.start && /\s/.test(word.text)) yield* commandValues(word.text, word.start + 1)
  }
}

/** A command whose words are read one after the other. */
class Begun {
  readonly #rows: readonly CommandRow[]
  readonly #passed = new Set<string>()
  /** How many words that are no options came after the command, and after each word that a row asks for. */
  readonly #places = new Map<string, number>([['', 0]])
  #expected: ArgumentForm | undefined

  constructor(rows: readonly CommandRow[]) {
    this.#rows = rows
  }

  next(word: Word): Hidden | undefined {
    const expected = this.#expected
    this.#expected = undefined
    if (expected !== undefined) return hiddenIn(word, 0, expected)
    if (!word.text.startsWith('-')) return this.#placed(word)
    for (const { after, options = [], form = 'whole', attached } of this.#rows) {
      if (after !== undefined && !this.#passed.has(after)) continue
      const option = options.find((one) => word.text === one) ?? options.find((one) => word.text.startsWith(leadOf(one)))
      if (option === undefined) continue
      const given = word.text.slice(option.length)
      if (given !== '') return hiddenIn(word, option.length + (given.startsWith('=') ? 1 : 0), form)
      if (attached !== true) this.#expected = form
      return undefined
    }
    return undefined
  }

  #placed(word: Word): Hidden | undefined {
    for (const [after, count] of this.#places) this.#places.set(after, count + 1)
    const row = this.#rows.find(({ after = '', place }) => place !== undefined && this.#places.get(after) === place)
    if (this.#rows.some(({ after }) => after === word.text) && !this.#passed.has(word.text)) {
      this.#passed.add(word.text)
      this.#places.set(word.text, 0)
    }
    return row === undefined || /^\w+=/.test(word.text) ? undefined : hiddenIn(word, 0, 'whole')
  }
}

function hiddenIn({ start, end, text }: Word, from: number, form: ArgumentForm): Hidden | undefined {
  const given = text.slice(from)
  const mark = MARKS[form]
  const at = mark === undefined ? 0 : given.indexOf(mark) + 1
  const value = given.slice(at)
  // An argument without the mark is a token, or a user who is asked for the rest.
  if (value.length < SHORTEST || STANDS.test(value) || (mark !== undefined && at === 0 && !/\d/.test(value))) return undefined
  // Quotes are outside of the text, at both ends alike.
  const quote = (end - start - text.length) / 2
  return { start: start + quote + from + at, end: end - quote, kind: 'credential' }
}

function wordOf({ index, 0: whole }: RegExpMatchArray, offset: number): Word {
  const quoted = whole.length > 1 && /^["']/.test(whole) && whole.endsWith(whole[0]!)
  const start = index! + offset
  return { start, end: start + whole.length, text: quoted ? whole.slice(1, -1) : whole }
}

/** What an option with its argument begins with; options of several letters behind one hyphen take the next word. */
function leadOf(option: string): string {
  return option.startsWith('--') ? `${option}=` : option.length === 2 ? option : '\n'
}

function nameOf(text: string): string {
  return text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1).replace(/^[`"'($]{1,4}|\.exe$/gi, '')
}

const ROWS: ReadonlyMap<string, readonly CommandRow[]> = new Map(
  [...new Set(COMMAND_ROWS.flatMap(({ commands }) => commands))].map((name) => [
    name,
    COMMAND_ROWS.filter(({ commands }) => commands.includes(name)),
  ]),
)
const MARKS: Readonly<Record<ArgumentForm, string | undefined>> = {
  whole: undefined,
  'after-colon': ':',
  'after-comma': ',',
  'after-percent': '%',
}
const SHORTEST = 3
/** A shell's words: in quotes, or up to a blank. */
const WORD = /"[^"\n]{0,4096}"|'[^'\n]{0,4096}'|[^\s]{1,8192}/g
const SEPARATOR = /^(?:\|{1,2}|&&|;|>)$/
/** Placeholders, variables and masks. */
const STANDS = /^(?:[<{[$*]|\.{3}|%[A-Z_]{2,40}%)|\[(?:credentials|secret|session token|long value)\]/
