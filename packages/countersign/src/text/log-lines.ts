/** Lines of evidence without what a terminal, a log, a container or a quotation put around them; offsets stay those of the text given. */
import type { Location } from './location.js'

/** A line as its writer meant it, and where it stands in the text given. */
export interface Line {
  readonly text: string
  /** Offset of the line's first byte, and of the byte after its last. */
  readonly start: number
  readonly end: number
}

/** The lines of a text: no line ends, no colours, no prefixes that every line has. */
export function logLines(text: string): readonly Line[] {
  const lines = rawLines(text)
  const prefix = commonPrefix(lines)
  return lines.map((line) => ({ ...line, text: withoutPrefix(line.text, prefix) }))
}

/** Whether a line opens a new log record: then it ends a text that runs over several lines. */
export function opensRecord(text: string): boolean {
  return RECORD.test(text.length > 200 ? text.slice(0, 200) : text)
}

/** Where the lines from `first` to `last` stand. */
export function locationOf(source: string, first: Line | undefined, last: Line | undefined = first): Location {
  return { source, start: first?.start ?? 0, end: last?.end ?? first?.end ?? 0 }
}

function rawLines(text: string): readonly Line[] {
  const lines: Line[] = []
  for (let start = 0; start <= text.length; ) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed
    const line = text.slice(start, end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end)
    lines.push({ text: line.includes('\u001b') ? line.replace(COLOUR, '') : line, start, end })
    start = end + 1
  }
  return lines
}

type Prefix = (typeof PREFIXES)[number] | undefined

/** A container's name or a quotation mark counts only where nearly every line that is not empty has it. */
function commonPrefix(lines: readonly Line[]): Prefix {
  const full = lines.filter(({ text }) => text.trim() !== '').slice(0, 200)
  if (full.length === 0) return undefined
  const share = (pattern: RegExp): number => full.filter(({ text }) => pattern.test(text.slice(0, 120))).length / full.length
  if (full.some(({ text }) => /^[*<] /.test(text))) return undefined
  return PREFIXES.find(({ pattern, atLeast }) => share(pattern) >= atLeast)
}

function withoutPrefix(text: string, prefix: Prefix): string {
  const bare = prefix === undefined ? text : text.replace(prefix.pattern, '')
  return bare.includes(' provider') ? bare.replace(TERRAFORM, '') : bare
}

const PREFIXES = [
  { pattern: /^> ?/, atLeast: 1 },
  { pattern: /^[\w.-]{1,60} +\| ?/, atLeast: 0.8 },
  // s3fs
  { pattern: /^\S{10,40} \[CURL DBG\] /, atLeast: 0.5 },
]
const TERRAFORM = /^\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:?\d\d) \[[A-Z]{3,6}\] {1,2}provider[^:\s]{0,80}: /
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character opens a colour sequence
const COLOUR = /\u001b\[[0-9;?]{0,20}[A-Za-z]/g
const RECORD =
  /^(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]|\[(?:INFO|DEBUG|TRACE|WARN|ERROR)\]|(?:INFO|DEBUG|TRACE|WARN(?:ING)?|ERROR):? |SDK \d{4}\/|botocore\.|mc: <|-{2,}|\* |> |< |HTTP\/|\[\w+\] \d{4}-)/
