import { changedInTransit, type Inject, pick } from './injection.ts'

/** A verifier that rebuilds the header makes the same bytes. */
export const orElse = ['server-canonicalizes-wrongly']

/** The HTTP client appends a charset to Content-Type. */
export const inject: Inject = (correct, choice) => {
  const { request } = correct
  const [name, signed, arrived] = pick(CHANGES, choice)!
  if (request === undefined || !request.headers.some(([given, value]) => given.toLowerCase() === name && value === signed)) return undefined
  const headers = request.headers.map(([given, old]) => [given, given.toLowerCase() === name ? arrived : old] as const)
  return changedInTransit(correct, { headers })
}

const CHANGES = [
  ['content-type', 'application/json', 'application/json; charset=UTF-8'],
  ['content-type', 'application/json', 'application/json;charset=utf-8'],
] as const
