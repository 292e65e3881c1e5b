/** The query line of a signer's canonical request: the specification sorts it by name, for every client. */
import { AWS_QUERY_PARAMETERS } from '../../catalog/index.js'
import type { Observation, ObservationOf } from '../observation.js'
import type { Deviation } from './deviation.js'
import { written } from './request-view.js'

/** Two parameters of a signed query that stand in the wrong order. */
export function* signedQueries(observations: readonly Observation[]): Iterable<Deviation> {
  const seen = observations.find(
    (one): one is ObservationOf<'canonical-request'> => one.kind === 'canonical-request' && one.side === 'signer',
  )
  const query = written(seen?.text.split('\n', 3)[2])
  if (seen === undefined || query === undefined || !PAIRS.test(query)) return
  const names = query.split('&').map((piece) => piece.split('=', 1)[0]!)
  const at = names.findIndex((name, i) => i > 0 && name < names[i - 1]!)
  if (at < 0) return
  const pair = [names[at - 1]!, names[at]!]
  // A name that somebody put in the place of another sorts elsewhere; those of AWS's own APIs nobody hides.
  const ofPaste = !pair.every((name) => AWS_QUERY_PARAMETERS.has(name))
  const sentence = `The canonical query string that was signed has ${pair[0]} before ${pair[1]}; sorted by name, ${pair[1]} comes first.`
  yield { ...UNSORTED, sentence, seen, names: pair, values: {}, ...(ofPaste && { ofPaste }) }
}

/** Names that are written as they are signed, whatever is escaped, and each with its "=": a query that was decoded sorts otherwise. */
const PAIRS = /^[A-Za-z0-9._~-]{1,200}=[A-Za-z0-9._~%-]*(?:&[A-Za-z0-9._~-]{1,200}=[A-Za-z0-9._~%-]*)+$/
const UNSORTED = { rule: 'signed-query-sorted', cause: 'query-not-sorted', severity: 'breaks', checks: ['signature'] } as const
