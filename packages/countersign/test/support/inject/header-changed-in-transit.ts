import { changedInTransit, type Inject, pick } from './injection.ts'

/** A hop writes another value into a signed header. */
export const inject: Inject = (lawful, choice) => {
  const { request } = lawful
  const [name, change] = pick(CHANGES, choice)!
  if (request === undefined || !request.headers.some(([given]) => given.toLowerCase() === name)) return undefined
  const headers = request.headers.map(([given, old]) => [given, given.toLowerCase() === name ? change(old) : old] as const)
  return changedInTransit(lawful, { headers })
}

const CHANGES = [
  ['accept-encoding', () => 'gzip, zstd'],
  ['content-type', () => 'application/json; charset=utf-16'],
  ['x-forwarded-for', (old: string) => `${old}, 10.0.0.1`],
] as const
