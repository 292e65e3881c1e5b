import { changedInTransit, type Inject } from './injection.ts'

/** A presigned GET is used with HEAD (0); a cache asks with GET for what was signed as HEAD (1). */
export const inject: Inject = (lawful, choice) => {
  if (lawful.request?.method !== 'GET') return undefined
  if (choice % 2 === 0) return changedInTransit(lawful, { method: 'HEAD' })
  return changedInTransit({ ...lawful, request: { ...lawful.request, method: 'HEAD' } }, { method: 'GET' })
}
