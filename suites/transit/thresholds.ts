/** What a run must reach. */
import { isNamed, type Row } from './matrix.ts'

interface Kind {
  /** Only some were asked for: how many breaks there are says nothing. */
  readonly narrow: boolean
  readonly quick: boolean
  /** How many intermediaries could be had. */
  readonly intermediaries: number
}

const PERCENT = 95

/** What is missing, in words. */
export function shortfalls(rows: readonly Row[], { narrow, quick, intermediaries }: Kind): readonly string[] {
  const least = narrow ? 1 : quick ? 15 * intermediaries : 150
  const few = rows.length < least ? [`${rows.length} breaks, ${least} wanted`] : []
  const share = (what: string, holds: (row: Row) => boolean) => {
    const count = rows.filter(holds).length
    return count * 100 >= PERCENT * rows.length ? [] : [`${what}: ${count} of ${rows.length}, ${PERCENT} % wanted`]
  }
  const untrue = rows.filter(({ recorded, logged, hops }) => [recorded, logged, hops].some((said) => said?.untrue === true))
  return [
    ...few,
    ...share('the cause named with proof', isNamed),
    ...share('the hop named', ({ hops }) => hops.hop),
    ...share('a correction that works', ({ corrected }) => corrected),
    ...rows.filter(({ edited }) => edited === false).map((row) => `${placeOf(row)}: the line that is named does not mend it`),
    ...untrue.map((row) => `${placeOf(row)}: a proof that is not true`),
  ]
}

function placeOf({ service, intermediary, mistake, client, request }: Row): string {
  return `${service}, ${intermediary}/${mistake}, ${client} ${request}`
}
