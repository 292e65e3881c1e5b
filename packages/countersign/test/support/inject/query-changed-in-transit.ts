import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { rawQuery } from '../standard-inputs.ts'
import { changedInTransit, type Inject, pick } from './injection.ts'

/** A second value that a hop adds is an added parameter. */
export const orElse = ['query-parameter-added']

/** A hop writes the letters of a value in capitals, or repeats the first parameter. */
export const inject: Inject = (correct, choice) => {
  const query = rawQuery(correct)
  if (correct.request === undefined || query === undefined || query === '') return undefined
  const first = query.split('&')[0]!
  const capital = query.replace(/=([a-z]+)(?=&|$)/, (_, letters: string) => `=${letters.toUpperCase()}`)
  const arrived = pick([capital, `${query}&${first.split('=')[0]}=zzz`], choice)!
  return capital === query ? undefined : changedInTransit(correct, { target: `${splitTarget(correct.request.target).path}?${arrived}` })
}
