/** The table of a scoring: a line a group, a column a verdict. */
import { type Judged, VERDICTS, type Verdict } from './verdict.ts'

export interface Row extends Judged {
  readonly set: string
  readonly group: string
}

const GROUPS = [
  'sessions of 4 and more',
  'accepted',
  'singles',
  'two-sided',
  'edited before posting',
  'nothing quoted',
  'bare refusals',
  'signed right, refused bare',
  'right secret given',
  'right secret given, changed on the way',
  'one refusal that tells',
  'one refusal, nothing quoted',
  'one refusal, bare',
  'files in the other order',
]

export interface Sum {
  readonly group: string
  readonly of: number
  readonly counts: Readonly<Record<Verdict, number>>
  readonly untrueProof: number
  readonly suspectsRequest: number
  readonly blamesService: number
}

export function sums(rows: readonly Row[]): readonly Sum[] {
  return GROUPS.map((group) => {
    const own = rows.filter((row) => row.group === group)
    const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, own.filter((row) => row.verdict === verdict).length])) as Record<
      Verdict,
      number
    >
    return {
      group,
      of: own.length,
      counts,
      untrueProof: own.filter((row) => row.untrueProof).length,
      suspectsRequest: own.filter((row) => row.suspectsRequest).length,
      blamesService: own.filter((row) => row.blamesService).length,
    }
  }).filter(({ of }) => of > 0)
}

export function table(rows: readonly Row[]): string {
  const shown = [...VERDICTS, 'untrue proof', 'wrong suspicion', 'blames service']
  const head = ['group'.padEnd(40), 'of'.padStart(5), 'right %'.padStart(8), ...shown.map((name) => name.padStart(width(name)))].join(' ')
  const lines = sums(rows).map(({ group, of, counts, untrueProof, suspectsRequest, blamesService }) => {
    const right = counts['right'] + counts['right, proven'] + counts['right, silent']
    const cells = [...VERDICTS.map((verdict) => counts[verdict]), untrueProof, suspectsRequest, blamesService]
    return [
      group.padEnd(40),
      `${of}`.padStart(5),
      ((100 * right) / of).toFixed(1).padStart(8),
      ...cells.map((n, i) => `${n || '.'}`.padStart(width(shown[i]!))),
    ].join(' ')
  })
  return [head, ...lines].join('\n')
}

const width = (name: string) => Math.max(5, name.length)
