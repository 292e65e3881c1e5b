import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { rawQuery } from '../standard-inputs.ts'
import { changedInTransit, type Inject, pick } from './injection.ts'

/** A hop drops a parameter that was signed. */
export const inject: Inject = (correct, choice) => {
  if (correct.request === undefined) return undefined
  const query = rawQuery(correct) ?? ''
  const dropped = pick(['list-type=2', 'x-id=GetObject', 'acl'], choice)!
  const pieces = query.split('&').filter((piece) => piece !== '')
  if (pieces.some((piece) => piece.split('=')[0] === dropped.split('=')[0])) return undefined
  const { path } = splitTarget(correct.request.target)
  const signed = { ...correct, request: { ...correct.request, target: `${path}?${[...pieces, dropped].join('&')}` } }
  return changedInTransit(signed, { target: correct.request.target })
}
