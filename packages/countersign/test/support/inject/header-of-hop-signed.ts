import { changedInTransit, type Inject, pick } from './injection.ts'

/** A load balancer appends its address, or a proxy sets Connection anew. */
export const inject: Inject = (correct, choice) => {
  const { request } = correct
  const [name, signed, arrived] = pick(CHANGES, choice)!
  if (request === undefined || !request.headers.some(([given, value]) => given.toLowerCase() === name && value === signed)) return undefined
  const headers = request.headers.map(([given, old]) => [given, given.toLowerCase() === name ? arrived : old] as const)
  return changedInTransit(correct, { headers })
}

const CHANGES = [
  ['x-forwarded-for', '192.0.2.1', '192.0.2.1, 10.0.0.1'],
  ['connection', 'keep-alive', 'close'],
] as const
