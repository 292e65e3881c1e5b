import { changedInTransit, type Inject, pick } from './injection.ts'

/** Signed for one method, sent with another. */
export const inject: Inject = (correct, choice) => {
  const method = pick(['PUT', 'HEAD', 'GET', 'POST', 'DELETE'], choice)!
  const swapped = [correct.request?.method, method].sort().join()
  return correct.request?.method === method || swapped === 'GET,HEAD' ? undefined : changedInTransit(correct, { method })
}
