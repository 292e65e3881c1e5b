import { changedInTransit, type Inject, pick } from './injection.ts'

/** Signed for one method, sent with another. */
export const inject: Inject = (lawful, choice) => {
  const method = pick(['PUT', 'HEAD', 'GET', 'POST', 'DELETE'], choice)!
  const swapped = [lawful.request?.method, method].sort().join()
  return lawful.request?.method === method || swapped === 'GET,HEAD' ? undefined : changedInTransit(lawful, { method })
}
