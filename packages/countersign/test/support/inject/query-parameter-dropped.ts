import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { rawQuery } from '../standard-inputs.ts'
import { changedInTransit, type Inject, pick } from './injection.ts'

/** A hop drops a parameter that was signed. */
export const inject: Inject = (lawful, choice) => {
  if (lawful.request === undefined) return undefined
  const query = rawQuery(lawful) ?? ''
  const dropped = pick(['list-type=2', 'x-id=GetObject', 'acl'], choice)!
  const pieces = query.split('&').filter((piece) => piece !== '')
  if (pieces.some((piece) => piece.split('=')[0] === dropped.split('=')[0])) return undefined
  const { path } = splitTarget(lawful.request.target)
  const signed = { ...lawful, request: { ...lawful.request, target: `${path}?${[...pieces, dropped].join('&')}` } }
  return changedInTransit(signed, { target: lawful.request.target })
}
