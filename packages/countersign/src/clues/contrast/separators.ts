/** What separates the items that fail from those that pass: a property that each of the former has, and none of the latter. */
import type { About, Strength } from '../../case/index.js'
import type { CauseId } from '../../catalog/index.js'
import type { ItemKind, JudgedItem } from './judged-items.js'

/** A property of items, by what it means that only those that fail have it. */
export interface Separator {
  readonly id: string
  readonly of: ItemKind
  readonly about: About
  readonly tags?: readonly CauseId[]
  readonly what: string
  /** It holds wherever narrower ones do: asked only where none of those separates. */
  readonly broad?: true
  /** Whether an item has it; `others` are the items that pass. */
  readonly has: (value: string, others: readonly string[]) => boolean
}

export interface Separated {
  readonly separator: Separator
  readonly strength: Strength
  readonly at: number
}

/** The separators that hold. Of several of one kind each says less. */
export function separatorsThat(hold: readonly Separator[], items: readonly JudgedItem[]): readonly Separated[] {
  const kinds = [...new Set(hold.map(({ of }) => of))]
  return kinds.flatMap((kind) => {
    const [passing, failing] = sidesOf(items.filter((one) => one.kind === kind))
    const others = passing.map(({ value }) => value)
    if (passing.length === 0 || failing.length === 0) return []
    const separates = hold.filter(
      ({ of, has }) => of === kind && failing.every(({ value }) => has(value, others)) && !passing.some(({ value }) => has(value, others)),
    )
    const narrow = separates.filter(({ broad }) => broad !== true)
    const apart = narrow.length > 0 ? narrow : separates
    const strength: Strength = apart.length > 1 ? 'weak' : passing.length > 1 && failing.length > 1 ? 'strong' : 'fair'
    return apart.map((separator) => ({ separator, strength, at: failing[0]!.at }))
  })
}

/** Each value once; one that passes and fails says nothing. */
function sidesOf(items: readonly JudgedItem[]): readonly [passing: readonly JudgedItem[], failing: readonly JudgedItem[]] {
  const passing = new Map(items.filter(({ works }) => works).map((one) => [one.value, one]))
  const failing = new Map(items.filter(({ works }) => !works).map((one) => [one.value, one]))
  const only = (some: ReadonlyMap<string, JudgedItem>, others: ReadonlyMap<string, JudgedItem>): readonly JudgedItem[] =>
    [...some.values()].filter(({ value }) => !others.has(value))
  return [only(passing, failing), only(failing, passing)]
}
