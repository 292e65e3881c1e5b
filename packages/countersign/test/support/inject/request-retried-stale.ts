import type { Header } from '../../../src/sigv4/http-request.ts'
import { changedInTransit, type Inject } from './injection.ts'

/** The request goes out with the date of its first signing before or behind that of the second. */
export const inject: Inject = (lawful, choice) => {
  if (lawful.request === undefined) return undefined
  const old: Header = ['X-Amz-Date', '20150830T123500Z']
  const { headers } = lawful.request
  return changedInTransit(lawful, { headers: choice === 0 ? [old, ...headers] : [...headers, old] })
}
