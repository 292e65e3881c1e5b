/** Names and values as a table, for those who ask for every name in turn. */
import type { HttpRequest } from '../../sigv4/index.js'

/** The values of each name, names and values in the order given. */
export function groupedByName(pairs: readonly (readonly [name: string, value: string])[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>()
  for (const [name, value] of pairs) {
    const known = values.get(name)
    if (known === undefined) values.set(name, [value])
    else known.push(value)
  }
  return values
}

/** The values of each header of a request as sent, by its name in lower case. */
export function valuesByName({ headers }: HttpRequest): ReadonlyMap<string, readonly string[]> {
  const known = TABLES.get(headers)
  if (known !== undefined) return known
  const table = groupedByName(headers.map(([name, value]) => [name.toLowerCase(), value] as const))
  TABLES.set(headers, table)
  return table
}

const TABLES = new WeakMap<HttpRequest['headers'], ReadonlyMap<string, readonly string[]>>()
