/**
 * A clue: what a piece of evidence lets one suspect. It orders suspicions and never founds a proof.
 *
 * What it means is typed (`about`, `tags`, `values`). Its `message` is for people: no cause reads it, so it can be reworded freely.
 */
import type { CauseClass, CauseId } from '../catalog/index.js'
import type { Location } from '../text/index.js'
import type { Mend } from './mend.js'

/** What a clue points to: one cause, or a class of causes. */
export type About = CauseId | CauseClass

/** weak: goes with many problems. fair: goes with this one. strong: a known mistake, or a difference that was seen. */
export type Strength = 'weak' | 'fair' | 'strong'

/** What weighs less than this is tested, and never reported without a proof. */
export const WORTH_REPORTING = 0.2

/** Named values of a stated fact or a clue. Byte strings. */
export type Values = Readonly<Record<string, string>>

export interface Clue {
  readonly kind: 'clue'
  /** The rule that made it. A rule counts once, however often it holds. */
  readonly rule: string
  readonly about: About
  /** Of a clue about a class: the causes of it that the rule speaks of above all. */
  readonly tags: readonly CauseId[]
  readonly strength: Strength
  readonly values: Values
  /** It says only what the request looks like: of a request that is shown whole it says nothing more than the request does. */
  readonly ofShape?: true
  /** It speaks against what it is about, and against its tags: they weigh less. It refutes nothing. */
  readonly against?: true
  /** What stands there and what must, where the rule knows both to the letter. */
  readonly mend?: Mend
  /** A sentence for people, with the line it is about. */
  readonly message: string
  readonly location: Location
  readonly fidelity: 'inferred'
}

/** What a rule says of a place. */
export type Said = Pick<Clue, 'rule' | 'about' | 'strength' | 'message'> &
  Partial<Pick<Clue, 'tags' | 'values' | 'ofShape' | 'against' | 'mend'>>

/** A clue at a place whose line the message does not name. */
export function clue({ rule, about, strength, message, tags = [], values = {}, ofShape, against, mend }: Said, location: Location): Clue {
  return {
    kind: 'clue',
    rule,
    about,
    tags,
    strength,
    values,
    ...(ofShape === true && { ofShape }),
    ...(against === true && { against }),
    ...(mend !== undefined && { mend }),
    message,
    location,
    fidelity: 'inferred',
  }
}

/** A clue for the line that holds an offset; `line` is its number. */
export function clueAt(text: string, source: string, at: number, said: Said, line = lineNumber(text, at)): Clue {
  const start = text.lastIndexOf('\n', at - 1) + 1
  const lineEnd = text.indexOf('\n', at)
  const location = { source, start, end: lineEnd < 0 ? text.length : lineEnd }
  return clue({ ...said, message: `Line ${line}: ${said.message}` }, location)
}

/** The number of the line that holds an offset, from 1. */
export function lineNumber(text: string, at: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++
  return line
}

/** {@link lineNumber} for many offsets of one text: the lines are counted once. */
export function lineNumbers(text: string): (at: number) => number {
  const feeds = [...text.matchAll(/\n/g)].map(({ index }) => index)
  return (at) => {
    let [low, high] = [0, feeds.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (feeds[middle]! < at) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}
