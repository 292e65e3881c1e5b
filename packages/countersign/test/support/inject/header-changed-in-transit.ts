import { changedInTransit, type Inject, pick } from './injection.ts'

/** A hop writes another value into a signed header. */
export const inject: Inject = (correct, choice) => {
  const { request } = correct
  const [name, signed, arrived] = pick(CHANGES, choice)!
  if (request === undefined || !request.headers.some(([given, value]) => given.toLowerCase() === name && value === signed)) return undefined
  const headers = request.headers.map(([given, old]) => [given, given.toLowerCase() === name ? arrived : old] as const)
  return changedInTransit(correct, { headers })
}

const CHANGES = [
  ['content-type', 'application/json', 'text/plain'],
  ['accept', '*/*', 'application/json'],
] as const
