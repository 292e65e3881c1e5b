/** Rules that turn a shape in a text into a hint: what code, configuration and prose readers have in common. */

import type { Observation, Values } from '../case/index.js'
import { isLogRecord } from '../text/index.js'

/** One shape, and what it lets one suspect. A rule holds once for a text: at its first match. */
export interface HintRule {
  readonly id: string
  readonly pattern: RegExp
  /** A cause id, or a cause class. */
  readonly hint: string
  readonly weight: number
  /** A whole sentence. "{1}" stands for the pattern's first group. */
  readonly why: string
  /** The whole text must hold this too. */
  readonly needs?: RegExp
  /** The whole text must not hold this. */
  readonly unless?: RegExp
  /** The name under which the first group is kept among the values. */
  readonly value?: string
}

/** Makes a rule. */
export function hintRule(
  id: string,
  hint: string,
  weight: number,
  pattern: RegExp,
  why: string,
  more: Pick<HintRule, 'needs' | 'unless' | 'value'> = {},
): HintRule {
  return { id, hint, weight, pattern, why, ...more }
}

/** The `recognize` of readers whose rules are all there is to recognise: to ask them twice would take twice as long. */
export const anyText = (): number => 0.1

/** How much of a text is looked at. */
export const MOST_SCANNED = 262_144

/** The hints of all rules for a text, in the order of the text. `where` is the text whose offsets count. */
export function hintsOf(rules: readonly HintRule[], text: string, source: string): readonly Observation[] {
  return rules
    .flatMap((rule) => {
      const match = rule.pattern.exec(text)
      if (match === null || rule.needs?.test(text) === false || rule.unless?.test(text) === true) return []
      const group = match[1] ?? ''
      const values = { rule: rule.id, ...(rule.value === undefined ? {} : { [rule.value]: group.toLowerCase() }) }
      return [hintAt(text, source, match.index + leading(match[0]), rule.hint, rule.weight, rule.why.replace('{1}', group), values)]
    })
    .sort((a, b) => a.location.start - b.location.start)
}

/** A hint for the line that holds an offset. */
export function hintAt(text: string, source: string, at: number, hint: string, weight: number, why: string, values: Values): Observation {
  const start = text.lastIndexOf('\n', at - 1) + 1
  const lineEnd = text.indexOf('\n', at)
  const end = lineEnd < 0 ? text.length : lineEnd
  const line = lineNumber(text, at)
  return {
    kind: 'hint',
    hint,
    weight,
    why: `Line ${line}: ${why}`,
    values: { ...values, line: `${line}` },
    location: { source, start, end },
    fidelity: 'inferred',
  }
}

/** The number of the line that holds an offset, from 1. */
export function lineNumber(text: string, at: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++
  return line
}

/** The scanned part of a text with error bodies, their JSON lines and records of access logs blanked; offsets stay what they were. */
export function withoutBodies(text: string): string {
  let rest = text.slice(0, MOST_SCANNED)
  for (const name of ['ErrorResponse', 'Error', 'Response']) {
    for (let open = rest.indexOf(`<${name}`); open >= 0; open = rest.indexOf(`<${name}`, open + 1)) {
      if (!/[\s>]/.test(rest.charAt(open + name.length + 1))) continue
      const close = rest.indexOf(`</${name}>`, open)
      const end = close < 0 ? rest.length : close + name.length + 3
      rest = rest.slice(0, open) + blank(rest.slice(open, end)) + rest.slice(end)
    }
  }
  return rest
    .replace(JSON_LINE, blank)
    .split('\n')
    .map((line) => (isLogRecord(line) ? blank(line) : line))
    .join('\n')
}

/** A text of the same length and the same lines that says nothing. */
export function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

function leading(matched: string): number {
  return matched.length - matched.trimStart().length
}

const JSON_LINE = /^[ \t]{0,40}\{?[ \t]{0,40}"(?:message|Message|__type|code|error|errorMessage|errorType)"[ \t]{0,10}:[^\n]*/gm
