import { changedInTransit, type Inject, pick } from './injection.ts'

/** A front end appends its own mark to Accept-Encoding, or replaces it. */
export const inject: Inject = (correct, choice) => {
  const { request } = correct
  const [name, signed, arrived] = pick(CHANGES, choice)!
  if (request === undefined || !request.headers.some(([given, value]) => given.toLowerCase() === name && value === signed)) return undefined
  const headers = request.headers.map(([given, old]) => [given, given.toLowerCase() === name ? arrived : old] as const)
  return changedInTransit(correct, { headers })
}

const CHANGES = [
  ['accept-encoding', 'identity', 'gzip, gzip(gfe)'],
  ['accept-encoding', 'identity', 'gzip, br'],
] as const
