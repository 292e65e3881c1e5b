import type { Header } from '../../../src/sigv4/http-request.ts'
import { changedInTransit, type Inject } from './injection.ts'

/** The request goes out with the date of its first signing before or behind that of the second. */
export const inject: Inject = (correct, choice) => {
  if (correct.request === undefined) return undefined
  const old: Header = ['X-Amz-Date', '20150830T123500Z']
  const { headers } = correct.request
  return changedInTransit(correct, { headers: choice === 0 ? [old, ...headers] : [...headers, old] })
}
