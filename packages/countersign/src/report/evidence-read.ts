/** What each piece of evidence was read as. */
import type { EvidenceSource, Observation } from '../case/index.js'

/** One piece of evidence, and what was found in it; nothing where no reader knew it. */
export interface EvidenceRead {
  readonly name: string
  readonly as: readonly string[]
}

/** The pieces in the order given. Clues are no reading: they stand beside what was read. */
export function evidenceRead(evidence: readonly EvidenceSource[], observations: readonly Observation[]): readonly EvidenceRead[] {
  const kinds = new Map<string, Set<Observation['kind']>>()
  for (const { kind, location } of observations) {
    const known = kinds.get(location.source) ?? new Set()
    kinds.set(location.source, known.add(kind))
  }
  return evidence.map(({ name }) => {
    const seen = kinds.get(name) ?? new Set<string>()
    const as = [...new Set(READ_AS.filter(([kind]) => seen.has(kind)).map(([, words]) => words))]
    const other = [...seen].some((kind) => kind !== 'unreadable')
    return { name, as: as.length === 0 && other ? ['words'] : as }
  })
}

/** What a person would call it, in this order. What is not here only stands beside something that is: what an error states, what is named. */
const READ_AS: readonly (readonly [kind: Observation['kind'], words: string])[] = [
  ['request', 'request'],
  ['request-line', 'request line'],
  ['response', 'answer'],
  ['error', 'error'],
  ['canonical-request', 'canonical request'],
  ['string-to-sign', 'string to sign'],
  ['signature', 'signature'],
  ['authorization', 'Authorization'],
  ['access-key-id', 'access key ID'],
  ['client', 'client'],
  ['secret', 'secret access key'],
  ['derived-key', 'derived key'],
  ['call', 'call in a program'],
  ['setting', 'setting'],
  ['told', 'what you told'],
  ['clue', 'clues'],
]
