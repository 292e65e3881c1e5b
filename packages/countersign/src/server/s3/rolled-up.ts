/** The walk through sorted keys that every listing of S3 is: from a place on, keys with a delimiter rolled up to their prefix. */

export interface Walk {
  readonly prefix: string
  readonly delimiter: string
  /** What is listed comes after this. */
  readonly after: string
  /** The key `after` is listed as well. */
  readonly including?: boolean
}

/** A key, or a prefix that several may have. */
export type Rolled = { readonly key: string } | { readonly commonPrefix: string }

export function* rolledUp(keys: readonly string[], { prefix, delimiter, after, including = false }: Walk): Generator<Rolled> {
  let at = firstFrom(keys, after < prefix ? prefix : after)
  while (at < keys.length) {
    const key = keys[at]!
    if (!key.startsWith(prefix)) return
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    if (end < 0) {
      if (key > after || (including && key === after)) yield { key }
      at++
      continue
    }
    const commonPrefix = key.slice(0, end + delimiter.length)
    // A listing that ended with a prefix goes on behind all that it stands for.
    if (commonPrefix > after) yield { commonPrefix }
    at = firstFrom(keys, behind(commonPrefix))
  }
}

/** So many of a list, and whether there are more. */
export function page<One>(list: Iterable<One>, most: number): { readonly items: readonly One[]; readonly truncated: boolean } {
  const items: One[] = []
  if (most > 0)
    for (const one of list) {
      if (items.length === most) return { items, truncated: true }
      items.push(one)
    }
  return { items, truncated: false }
}

/** The index of the first that is not less. */
function firstFrom(sorted: readonly string[], least: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}

/** The least text that is greater than all that begin with this one. */
function behind(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)
}
