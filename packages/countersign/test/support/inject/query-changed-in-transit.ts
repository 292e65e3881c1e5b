import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { rawQuery } from '../lawful.ts'
import { changedInTransit, type Inject, pick } from './injection.ts'

/** A second value that a hop adds is an added parameter. */
export const sameBytesAs = ['query-parameter-added']

/** A hop repeats the first parameter, or writes the letters of a value in capitals. */
export const inject: Inject = (lawful, choice) => {
  const query = rawQuery(lawful)
  if (lawful.request === undefined || query === undefined || query === '') return undefined
  const first = query.split('&')[0]!
  const capital = query.replace(/=([a-z]+)(?=&|$)/, (_, letters: string) => `=${letters.toUpperCase()}`)
  const arrived = pick([`${query}&${first.split('=')[0]}=zzz`, capital], choice)!
  return arrived === query ? undefined : changedInTransit(lawful, { target: `${splitTarget(lawful.request.target).path}?${arrived}` })
}
