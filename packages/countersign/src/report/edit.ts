/** A repair as a change of a line: the line of the user's file as it stands, and as it must be. */
import type { EvidenceSource } from '../case/index.js'
import type { Fix } from '../causes/index.js'
import { withoutUnnamed } from '../credentials/index.js'
import { lineAndColumn } from './excerpt.js'
import { decoded } from './redaction/visible.js'

/** The lines are as they stand in the file. */
export interface EditShown {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly before: string
  /** One line or more. */
  readonly after: string
}

/**
 * The change, where it can be shown whole: `undefined` where the bytes are not where they were read, the line is long, or anything in it
 * must not be shown.
 *
 * @param clean Takes out what may not be shown.
 */
export function editShown(
  { edit }: Pick<Fix, 'edit'>,
  source: EvidenceSource | undefined,
  clean: (text: string) => string,
): EditShown | undefined {
  if (edit === undefined || source === undefined) return undefined
  const { text, name } = source
  const { start, end } = edit.at
  if (text.slice(start, end) !== edit.from || edit.from.includes('\n')) return undefined
  const from = text.lastIndexOf('\n', start - 1) + 1
  const feed = text.indexOf('\n', end)
  const to = feed < 0 ? text.length : feed
  if (to - from > LONGEST) return undefined
  const before = text.slice(from, to).replace(/\r$/, '')
  const after = `${text.slice(from, start)}${edit.to}${text.slice(end, from + before.length)}`
  // A name may stand in the lines before its value: they are cleaned with it.
  const context = text.slice(text.lastIndexOf('\n', Math.max(0, from - MOST_CONTEXT)) + 1, from)
  const shows = (line: string): boolean => withoutUnnamed(clean(`${context}\n${line}`)).endsWith(`\n${decoded(line)}`)
  if (![before, after].every(shows) || before === after) return undefined
  return { file: decoded(name), line: lineAndColumn(text, start).line, before: decoded(before), after: decoded(after) }
}

/** Lines of a unified diff, without what all lines have in front. */
export function diffLines({ before, after }: EditShown): readonly string[] {
  const lines = [before, ...after.split('\n')].map((line) => line.replaceAll('\t', '  '))
  const indent = lines.reduce((least, line) => Math.min(least, line.length - line.trimStart().length), LONGEST)
  const [old, ...made] = lines.map((line) => line.slice(indent))
  return made.includes(old!)
    ? made.filter((line) => line !== old).map((line) => `+ ${line}`)
    : [`- ${old}`, ...made.map((line) => `+ ${line}`)]
}

const LONGEST = 240
const MOST_CONTEXT = 500
