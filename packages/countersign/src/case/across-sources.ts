/** Joins what several sources show of one exchange. */
import type { Draft } from './exchange-draft.js'
import type { Joined } from './join.js'
import type { PieceKeys } from './piece.js'
import { bare, differ, sameMethod, sameTarget } from './same-target.js'

/** Joins what the sources show of one exchange. */
export function acrossSources(sources: readonly (readonly Draft[])[]): readonly Joined[] {
  const drafts = sources.flat()
  const gone = new Set<Draft>()
  if (sources.length > 1) {
    for (const keyOf of KEYS) joinByKey(sources, gone, keyOf)
  }
  const left = (): Draft[] => drafts.filter((draft) => !gone.has(draft))
  placeLooseAnswers(left(), gone)
  gatherViews(left(), gone)
  return left().map(({ pieces, keys, otherAttempt }) => ({ pieces, keys, otherAttempt }))
}

/** What names an exchange across sources, surest first. */
const KEYS: readonly ((keys: PieceKeys) => string | undefined)[] = [
  ({ signature }) => signature,
  ({ requestId }) => requestId,
  ({ hash }) => hash,
  ({ date, method, path }) =>
    date === undefined || method === undefined || path === undefined ? undefined : `${date} ${method} ${bare(path)}`,
]

/** Where one source has an exchange under a key and another has it too, they are one; several sendings are paired in order. */
function joinByKey(sources: readonly (readonly Draft[])[], gone: Set<Draft>, keyOf: (keys: PieceKeys) => string | undefined): void {
  const groups = new Map<string, Draft[][]>()
  for (const [i, drafts] of sources.entries())
    for (const draft of drafts) {
      const key = gone.has(draft) ? undefined : keyOf(draft.keys)
      if (key === undefined) continue
      const bySource = groups.get(key) ?? []
      groups.set(key, bySource)
      const own = bySource[i] ?? []
      bySource[i] = own
      own.push(draft)
    }
  for (const bySource of groups.values()) {
    const lists = Object.values(bySource).sort((a, b) => b.length - a.length || order(a[0]!, b[0]!))
    const [most, ...others] = lists
    for (const list of others) for (const [nth, draft] of list.entries()) mergeInto(most!, nth, list.length, draft, gone)
  }
}

/** A draft joins its counterpart; one that was not sent, the signer's, joins all sendings of its signing. */
function mergeInto(most: readonly Draft[], nth: number, of: number, draft: Draft, gone: Set<Draft>): void {
  const targets = of === 1 && !draft.answered && !draft.has('sending') ? most : [most[nth]!]
  const fitting = targets.filter((target) => target !== draft && !target.clashesWith(draft.keys) && !answersDiffer(target, draft))
  for (const target of fitting) for (const piece of draft.pieces) target.add(piece)
  if (fitting.length > 0) gone.add(draft)
}

function answersDiffer(a: Draft, b: Draft): boolean {
  return (
    a.final &&
    b.final &&
    (differ(a.keys.code, b.keys.code) || (a.keys.status !== undefined && b.keys.status !== undefined && a.keys.status !== b.keys.status))
  )
}

/** An answer that stands alone goes to the request without an answer that it fits; without any, it is compared with another attempt. */
function placeLooseAnswers(drafts: readonly Draft[], gone: Set<Draft>): void {
  const waiting = drafts.filter((draft) => !draft.answered).slice(-MOST_LOOSE)
  const loose = drafts.filter((draft) => draft.answered && !draft.has('sending') && !draft.has('signing'))
  for (const answer of loose.slice(-MOST_LOOSE)) {
    const free = waiting.filter((draft) => !gone.has(draft))
    const fitting = free.filter((draft) => !draft.clashesWith(answer.keys))
    const best =
      latest(fitting.filter((draft) => sameTarget(draft.keys, answer.keys))) ??
      (fitting.length === 1 || loose.length === 1 ? latest(fitting) : undefined)
    if (best !== undefined) {
      for (const piece of best.pieces) answer.add(piece)
      gone.add(best)
      continue
    }
    // An answer that says the same once more, in another piece.
    const said = drafts
      .slice(-MOST_LOOSE)
      .find((draft) => draft !== answer && !gone.has(draft) && draft.final && draft.has('sending') && saysTheSame(draft, answer))
    if (said !== undefined) {
      for (const piece of answer.pieces) said.add(piece)
      gone.add(answer)
      continue
    }
    const attempt = latest(free.filter((draft) => sameMethod(draft.keys, answer.keys)))
    if (attempt !== undefined && loose.length === 1) {
      for (const piece of attempt.pieces) answer.otherAttempt.push(piece)
      gone.add(attempt)
    }
  }
}

function saysTheSame(draft: Draft, answer: Draft): boolean {
  return answer.keys.code !== undefined && draft.keys.code === answer.keys.code && !draft.clashesWith(answer.keys)
}

/** Views that carry no key: in a paste about one exchange they are of that exchange. */
function gatherViews(drafts: readonly Draft[], gone: Set<Draft>): void {
  const answered = drafts.filter((draft) => draft.answered)
  if (answered.length > 1) return
  const waiting = drafts.filter((draft) => !draft.answered)
  const one = answered[0] ?? latest(waiting)
  if (one === undefined) return
  for (const draft of [...waiting].reverse()) {
    if (draft === one || one.clashesWith(draft.keys)) continue
    if (one.has('sending') && draft.has('sending') && bothSigned(one, draft)) continue
    for (const piece of draft.pieces) one.add(piece)
    gone.add(draft)
  }
}

/** Two requests that both carry a signature, of which one is masked, may be two. */
function bothSigned(a: Draft, b: Draft): boolean {
  return a.keys.signature !== undefined && b.keys.signature !== undefined && a.keys.signature !== b.keys.signature
}

/** The latest by request date, then by place. */
function latest(drafts: readonly Draft[]): Draft | undefined {
  return [...drafts]
    .sort((a, b) => ((a.keys.date ?? '') < (b.keys.date ?? '') ? -1 : (a.keys.date ?? '') > (b.keys.date ?? '') ? 1 : order(a, b)))
    .at(-1)
}

function order(a: Draft, b: Draft): number {
  const [one, other] = [a.pieces[0]!, b.pieces[0]!]
  return one.source === other.source ? one.start - other.start : one.source < other.source ? -1 : 1
}

/** Of a log of many answers without a key only the last are placed by what they say. */
const MOST_LOOSE = 200
