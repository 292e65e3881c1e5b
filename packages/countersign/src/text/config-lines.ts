/**
 * Configuration of many notations (YAML, JSON, TOML, HCL, object literals, labels with dots) as lines "outer.inner.name=value".
 * Tolerant: indentation and brackets are followed where they are there; in a cut snippet the names in front are fewer.
 */

/** The lines, and where in the text an offset among them stands. */
export interface ConfigLines {
  readonly text: string
  readonly origin: (offset: number) => number
}

/** The settings of a text, one a line, each with the names that it stands under. */
export function configLines(text: string): ConfigLines {
  const tokens = [...text.matchAll(TOKEN)].slice(0, MOST_TOKENS)
  const lines: string[] = []
  const places: { readonly offset: number; readonly at: number }[] = []
  let length = 0
  let frames: readonly Frame[] = []
  let indent = 0
  /** The first word of a statement: the name of a block that opens without a sign, as in HCL. */
  let first = ''
  /** Whether the next word may be a member of a list. */
  let item = false
  const emit = (name: string, value: string, at: number): void => {
    const names = [...frames.map((frame) => frame.name), name].filter((one) => one !== '')
    const line = `${names.join('.')}=${value}\n`.slice(-LONGEST)
    places.push({ offset: length, at })
    lines.push(line)
    length += line.length
  }
  const push = (name: string, bracket: string): void => {
    if (frames.length < DEEPEST) frames = [...frames, { name, indent, bracket }]
  }
  const lastWhere = (holds: (frame: Frame) => boolean): number => frames.map(holds).lastIndexOf(true)
  for (let i = 0; i < tokens.length; i++) {
    const { 0: token, index } = tokens[i]!
    const next = tokens[i + 1]?.[0] ?? ''
    const after = tokens[i + 2]?.[0] ?? ''
    if (token.startsWith('\n')) {
      const inside = lastWhere(({ bracket }) => bracket !== '')
      indent = token.length - 1
      const dash = next === '-'
      frames = frames.filter((frame, at) => at <= inside || frame.indent < indent || (dash && frame.indent === indent))
      item = dash || frames.at(-1)?.bracket === '['
      first = ''
    } else if (OPENS.test(token)) {
      const section = token === '[' && first === '' ? SECTION.exec(text.slice(Math.max(0, index - 1), index + 200))?.[1] : undefined
      if (section !== undefined) frames = [{ name: section.replace(/["' ]/g, ''), indent: -1, bracket: '' }]
      push(section === undefined ? first : '', token)
      first = ''
      item = token === '[' && section === undefined
    } else if (Object.hasOwn(CLOSES, token)) {
      const opened = lastWhere(({ bracket }) => bracket === CLOSES[token])
      if (opened >= 0) frames = frames.slice(0, opened)
      first = ''
    } else if (/^[,;]$/.test(token)) {
      first = ''
      item = token === ',' && frames.at(-1)?.bracket === '['
    } else if (token === '-') indent += 2
    else if (!/^(?:#|\/\/)/.test(token) && !SIGN.test(token)) {
      const word = bare(token)
      const label = /^["'`]([\w.@/[\]-]{2,200})=([^\n]{0,300})["'`]$/.exec(token)
      const named = SIGN.test(next)
      if (named && /^[{[]$/.test(after)) first = word
      else if (first === '') first = word
      if (named && (after === '' || after.startsWith('\n'))) {
        if (lastWhere(({ bracket }) => bracket === '{') < 0) push(word, '')
      } else if (named && !/^[{[]$/.test(after)) {
        emit(word, bare(after), index)
        i += 1
      } else if (!named && label !== null) emit(label[1]!, label[2]!, index)
      else if (!named && item) emit('', word, index)
      if (named) i += 1
      item = false
    }
  }
  return { text: lines.join(''), origin: (offset) => places.filter((place) => place.offset <= offset).at(-1)?.at ?? 0 }
}

interface Frame {
  readonly name: string
  readonly indent: number
  /** The bracket that opened it, if one did. */
  readonly bracket: string
}

function bare(token: string): string {
  return /^["'`]/.test(token) ? token.slice(1, -1) : token
}

const QUOTED = `"[^"\\n]{0,2000}"|'[^'\\n]{0,2000}'|\`[^\`\\n]{0,2000}\``
const WORD = `[^\\s"'\`{}[\\](),;:=](?:[^\\s"'\`{}[\\](),;:=]|:(?=[^\\s"'{[])){0,500}`
const TOKEN = new RegExp(`\\n[ \\t]{0,200}|(?<!\\S)(?:#|//)[^\\n]*|${QUOTED}|={2,3}|[!<>]=|=>|[{}[\\](),;:=]|${WORD}`, 'g')
const SIGN = /^(?:[:=]|=>)$/
const OPENS = /^[{[(]$/
const CLOSES: Readonly<Record<string, string>> = { '}': '{', ']': '[', ')': '(' }
const SECTION = /^\n?\[{1,2}([\w.@ "'-]{1,120})\]{1,2}[ \t\r]{0,40}(?=\n|$)/
const MOST_TOKENS = 100_000
const LONGEST = 600
const DEEPEST = 40
