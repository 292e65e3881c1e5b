/** The one line to look at, within a place that is a whole text. */
import type { Label } from '../causes/index.js'
import type { Location } from '../text/index.js'
import { linePairs } from './frame.js'

/**
 * The line of a place that holds what differs; the place itself where it is one line, or where no line of it shows the value as it is.
 *
 * @param text The whole piece of evidence.
 */
export function markedLine(text: string, place: Location, { calculated, signed }: Pick<Label, 'calculated' | 'signed'>): Location {
  const { source, start, end } = place
  if (start < 0 || end < start || end > text.length || end - start > MOST_TEXT) return place
  // Lines are paired each with each: of texts that long, no reader looks for the one.
  if (calculated.length > MOST || signed.length > MOST) return place
  const whole = text.slice(start, end)
  if (!whole.trimEnd().includes('\n')) return place
  const [pair] = linePairs(calculated, signed)
  const values = [pair?.[1], pair?.[0]].filter((value) => value !== undefined && value.trim() !== '')
  for (const value of values) {
    const found = lineOf(whole, value!) ?? headerLine(whole, value!) ?? within(whole, value!)
    if (found !== undefined) return { source, start: start + found.at, end: start + found.at + found.length }
  }
  return place
}

interface Stretch {
  readonly at: number
  readonly length: number
}

/** A line that is the value. */
function lineOf(whole: string, value: string): Stretch | undefined {
  let at = 0
  for (const line of whole.split('\n')) {
    if (line.replace(/\r$/, '') === value) return { at, length: value.length }
    at += line.length + 1
  }
  return undefined
}

/** "host:a" stands in a request as "Host: a". */
function headerLine(whole: string, value: string): Stretch | undefined {
  const colon = value.indexOf(':')
  if (colon < 1) return undefined
  const [name, rest] = [value.slice(0, colon + 1), value.slice(colon + 1).trim()]
  let at = 0
  for (const line of whole.split('\n')) {
    const begin = line.toLowerCase().indexOf(name)
    const shown = line.trimEnd()
    if (begin >= 0 && shown.endsWith(rest) && shown.slice(begin + name.length).trim() === rest)
      return { at: at + begin, length: shown.length - begin }
    at += line.length + 1
  }
  return undefined
}

/** The value within a line, where it is long enough not to stand there by chance. */
function within(whole: string, value: string): Stretch | undefined {
  const at = value.length < LEAST ? -1 : whole.indexOf(value)
  return at < 0 ? undefined : { at, length: value.length }
}

const MOST = 8_192
const MOST_TEXT = 1_048_576
const LEAST = 4
