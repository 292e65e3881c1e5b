/** Lines for a terminal: folded between words, coloured where that is wanted, linked where the terminal can. */
import { columnsOf } from './redaction/visible.js'

/** What a stretch of text is, which decides its colour. Meaning never hangs on colour alone. */
export type Tone = 'refused' | 'unsure' | 'good' | 'label' | 'command' | 'quiet' | 'mark'

/** Lines being collected. */
export class Page {
  readonly #lines: string[] = []

  /** @param columns The widest a line of words may be; commands and values are never folded. */
  constructor(
    private readonly colour: boolean,
    readonly columns: number,
  ) {}

  /** A line as it stands. */
  line(text: string): void {
    this.#lines.push(text)
  }

  /** An empty line, never two. */
  gap(): void {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== '') this.#lines.push('')
  }

  /** A named line: "  Fix    ...". What does not fit stands under its beginning. */
  entry(name: string, text: string): void {
    if (text !== '') this.fold(`  ${this.in('label', name)}${' '.repeat(Math.max(1, NAME - name.length))}`, text)
  }

  /** A command or a value, under the text of an entry. */
  block(text: string): void {
    for (const line of text.split('\n')) this.line(`${' '.repeat(2 + NAME + 2)}${this.in('command', line)}`)
  }

  /**
   * Words after a lead.
   * @param indent Where further lines begin. Default: where the first one's words do.
   */
  fold(lead: string, text: string, indent = columnsOf(bare(lead))): void {
    let line = lead
    let used = columnsOf(bare(lead))
    let empty = true
    for (const word of text.split(' ')) {
      const width = columnsOf(bare(word))
      // A break helps only where the next line begins further to the left.
      if (used > indent && used + (empty ? 0 : 1) + width > this.columns) {
        this.line(line.trimEnd())
        line = ' '.repeat(indent)
        used = indent
        empty = true
      }
      line += empty ? word : ` ${word}`
      used += width + (empty ? 0 : 1)
      empty = false
    }
    this.line(line.trimEnd())
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`
  }

  /** A text in the colour of its tone. */
  in(tone: Tone, text: string): string {
    return this.colour && text !== '' ? `\u001b[${COLOURS[tone]}m${text}\u001b[0m` : text
  }

  /** A text that leads somewhere, in terminals that know links (OSC 8). */
  link(text: string, address: string | undefined): string {
    return this.colour && address !== undefined ? `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\` : text
  }
}

/** A text without colours and links. */
export function bare(text: string): string {
  return text.replace(CODES, '')
}

const NAME = 7
const COLOURS: Readonly<Record<Tone, string>> = {
  refused: '1;31',
  unsure: '1;33',
  good: '1;32',
  label: '1',
  command: '36',
  quiet: '2',
  mark: '33',
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes that begin a colour or a link
const CODES = /\u001b\[[0-9;]*m|\u001b\]8;;[^\u001b]*\u001b\\/g
