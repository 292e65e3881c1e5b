// How many pieces of evidence no reader reads, and which:
//   npm run pieces              the count of each set, and the pieces that nobody reads
//   npm run pieces -- --little  also those of which only the client's name is known
//   npm run pieces -- --kinds   what was read of each piece
// The pieces are those of known-cases.ts. What is to be kept low is the share of the sets that are not ours: ours were written to be read.
import type { EvidenceSource } from '../packages/countersign/src/case/index.ts'
import { readEvidence } from '../packages/countersign/src/intake/index.ts'
import { caseSets } from './known-cases.ts'

const [little, kinds] = ['--little', '--kinds'].map((flag) => process.argv.includes(flag))
const counts = caseSets().map(({ name: set, cases }) => {
  const pieces = cases.flatMap(({ name, sources }) => sources.map((source) => ({ name: `${name}/${source.name}`, ...readOf(source) })))
  const missed = pieces.filter(({ read }) => read.length === 0)
  console.log(`${set}: ${missed.length} of ${pieces.length} pieces are read by nobody (${percent(missed.length, pieces.length)})`)
  for (const { name, start } of missed) console.log(`  ${name}  ${start}`)
  for (const { name, start, read } of pieces) {
    if (little && read.length === 1 && read[0] === 'client') console.log(`  only the client  ${name}  ${start}`)
    if (kinds && read.length > 0) console.log(`  ${name}  ${read.join(' ')}`)
  }
  return { set, missed: missed.length, pieces: pieces.length }
})
const others = counts.filter(({ set }) => set.startsWith('../shared'))
const [missed, pieces] = [others.reduce((sum, one) => sum + one.missed, 0), others.reduce((sum, one) => sum + one.pieces, 0)]
console.log(`of what others wrote: ${missed} of ${pieces} (${percent(missed, pieces)})`)

/** The kinds of what was read, and how a piece begins. */
function readOf(source: EvidenceSource): { readonly read: readonly string[]; readonly start: string } {
  const seen = readEvidence([source]).filter(({ kind }) => kind !== 'unreadable')
  const read = [...new Set(seen.map((one) => (one.kind === 'clue' ? `clue:${one.rule}` : one.kind)))]
  return { read, start: JSON.stringify(source.text.slice(0, 100)) }
}

function percent(part: number, of: number): string {
  return of === 0 ? '-' : `${((100 * part) / of).toFixed(1)} %`
}
