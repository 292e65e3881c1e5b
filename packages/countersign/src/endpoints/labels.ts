/** The labels of a host name, as the tables of endpoints write them. */

/** Labels without the words that choose a variant of the same endpoint: "dualstack", and "fips" in its several places. */
export function plainLabels(labels: readonly string[]): readonly string[] {
  return labels.filter((label) => label !== 'dualstack' && label !== 'fips').map((label) => label.replace(/-fips(?=-|$)/, ''))
}

/** The key of an endpoint: its labels left of the region, and ">" and those right of it, where there are any. */
export function shapeOf(left: readonly string[], right: readonly string[]): string {
  return right.length === 0 ? left.join('.') : `${left.join('.')}>${right.join('.')}`
}
