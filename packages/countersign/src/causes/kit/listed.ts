/** Names in a sentence: the first few, and how many more there are. A request may hold any number of headers and parameters. */
export function listed(names: Iterable<string>): string {
  const all = [...names]
  const shown = all.slice(0, MOST_NAMED).map((name) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name))
  return all.length > shown.length ? `${shown.join(', ')} and ${all.length - shown.length} more` : shown.join(', ')
}

const MOST_NAMED = 10
const LONGEST_NAME = 200
