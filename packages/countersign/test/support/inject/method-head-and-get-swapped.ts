import { changedInTransit, type Inject } from './injection.ts'

/** A presigned GET is used with HEAD (0); a cache asks with GET for what was signed as HEAD (1). */
export const inject: Inject = (correct, choice) => {
  if (correct.request?.method !== 'GET') return undefined
  if (choice % 2 === 0) return changedInTransit(correct, { method: 'HEAD' })
  return changedInTransit({ ...correct, request: { ...correct.request, method: 'HEAD' } }, { method: 'GET' })
}
