import { changedInTransit, type Inject, pick } from './injection.ts'

/** Signed for one method, sent with another. */
export const inject: Inject = (lawful, choice) => {
  const method = pick(['PUT', 'HEAD', 'GET', 'POST', 'DELETE'], choice)!
  return lawful.request?.method === method ? undefined : changedInTransit(lawful, { method })
}
