/** The line of a hop's configuration that makes a change, and what must stand there. */
import type { Clue, Observation } from '../case/index.js'
import type { CauseId } from '../catalog/index.js'
import type { Change } from './changes.js'

/** A configuration that was given for a hop. */
export interface HopConfig {
  readonly hop: string
  readonly clues: readonly Clue[]
  /** What the diagnosis may know of the hop: those, its product, its settings. */
  readonly seen: readonly Observation[]
}

/** What a configuration says of what its hop does to requests. */
export function configOf(hop: string, observations: readonly Observation[]): HopConfig {
  const clues = observations.filter((one): one is Clue => one.kind === 'clue' && one.rule.startsWith('hop-') && one.against !== true)
  return { hop, clues, seen: [...clues, ...observations.filter(({ kind }) => kind === 'named' || kind === 'setting')] }
}

/** A line that makes a change, and whose configuration it stands in. */
export interface ConfigLine {
  readonly hop: string
  readonly clue: Clue
}

/** The lines for a cause, those that speak of this very cause and header first; of others only such as change the same part. */
export function linesFor(causes: readonly CauseId[], changes: readonly Change[], configs: readonly HopConfig[]): readonly ConfigLine[] {
  const names = new Set(changes.flatMap(({ name }) => name ?? []))
  const fits = ({ values }: Clue): boolean => values['header'] === undefined || names.has(values['header'])
  const all = configs.flatMap(({ hop, clues }) => clues.filter(fits).map((clue) => ({ hop, clue })))
  const exact = all.filter(({ clue }) => causes.some((id) => id === clue.about))
  const alike = all.filter(({ clue }) => causes.some((id) => partOf(id) === partOf(clue.about)))
  return (exact.length > 0 ? exact : alike).sort((a, b) => weight(b.clue) - weight(a.clue))
}

function partOf(id: string): string {
  return id.split(/[-.]/, 1)[0]!
}

function weight({ mend, strength }: Clue): number {
  return (mend === undefined ? 0 : 4) + STRENGTHS[strength]
}

const STRENGTHS = { weak: 0, fair: 1, strong: 2 } as const
