/** A refusal without a body says nothing; what the others of its log were refused for is the best guess there is. */
import { type Exchange, getPassedBesideHead } from '../case/index.js'
import type { Finding } from './finding.js'
import type { Examined } from './investigate.js'
import { notProven } from './prove.js'

/** The exchanges examined, the bare ones of them with what all explained refusals beside them have in common. */
export function withInherited(examined: readonly Examined[]): readonly Examined[] {
  return examined.map((one) => {
    if (one.exchange.explained || one.exchange.outcome !== 'refused' || !one.exchange.inLog || saysSomething(one)) return one
    const shown = shownByControl(one)
    if (shown !== undefined) return { ...one, found: { ...one.found, findings: [shown], outcome: 'likely' } }
    const common = commonOf(examined.filter((other) => besides(one.exchange, other.exchange)))
    if (common === undefined) return { ...one, found: { ...one.found, findings: [], outcome: 'unexplained' } }
    return { ...one, found: { ...one.found, findings: [common], outcome: 'likely' } }
  })
}

/** What differs from a request of the same object that passed: the method, and nothing else. */
function shownByControl({ file, found }: Examined): Finding | undefined {
  return getPassedBesideHead(file) === undefined ? undefined : found.findings.find(({ class: of }) => of === 'method.mismatch')
}

/** Something is proven, or the answer says without a body what is wrong, as a redirect does. */
function saysSomething({ exchange, found }: Examined): boolean {
  return found.findings.some(({ proof }) => proof.level !== 'none') || exchange.observations.some(({ kind }) => kind === 'stated')
}

/** Explained refusals of the same log, key and host. */
function besides(bare: Exchange, other: Exchange): boolean {
  return (
    other.explained &&
    other.outcome === 'refused' &&
    !other.overcome &&
    other.start.source === bare.start.source &&
    other.credential?.accessKeyId === bare.credential?.accessKeyId
  )
}

/** The cause that all of them have first; none where they differ, or one has none. */
function commonOf(beside: readonly Examined[]): Finding | undefined {
  const firsts = beside.map(({ found }) => found.findings[0])
  const [first] = firsts
  if (first === undefined || firsts.some((one) => one?.causes.join() !== first.causes.join())) return undefined
  const grounds = [
    `The ${beside.length === 1 ? 'other refusal' : `other ${beside.length} refusals`} of this log with the same key ${beside.length === 1 ? 'has' : 'have'} this cause.`,
  ]
  return {
    ...first,
    proof: notProven('no body says why this one was refused'),
    what: first.summary,
    labels: [],
    grounds,
    alternatives: [],
    weight: Math.min(first.weight, 0.6),
  }
}
