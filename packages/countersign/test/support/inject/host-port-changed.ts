import { changedInTransit, type Inject, pick } from './injection.ts'

/** A port that was not signed arrives, a signed default port does not, or the case of the host changes. */
export const inject: Inject = (correct, choice) => {
  const { request } = correct
  const host = request?.headers.find(([name]) => name === 'Host')?.[1]
  if (request === undefined || host === undefined) return undefined
  const arrived = pick([`${host.replace(/:\d+$/, '')}:443`, host.replace(/:\d+$/, ''), host.toUpperCase()], choice)!
  if (arrived === host) return undefined
  return changedInTransit(correct, { headers: request.headers.map(([name, value]) => [name, name === 'Host' ? arrived : value] as const) })
}
