/**
 * The query changed after signing in a way that no narrower cause names: a value rewritten, a parameter repeated, several changes.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalQueryString"
 * @see https://github.com/boto/botocore/issues/2363
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { QUERY_KEPT } from './kit/hop-fixes.js'
import { canonicalQueryOf, pieceName, piecesOf, queriesSeen, queryDifference, shownQuery, sortedPieces } from './kit/query-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, DEBUG_THE_APPLICATION, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** What happened to the query. `piece`: the canonical `name=value` it is about. */
type Params =
  | { readonly change: 'rewritten'; readonly piece: string; readonly signed: string }
  | { readonly change: 'cut'; readonly piece: string; readonly signed: string }
  | { readonly change: 'repeated' }
  | { readonly change: 'observed'; readonly text: string }

const HEAD = { id: 'query-changed-in-transit', class: 'query.changed', part: 'canonical-query-string', undo } as const

export const queryChangedInTransit = defineCause<Params>({
  ...HEAD,
  summary: 'the value of a query parameter was rewritten, or a parameter repeated, after signing',
  schemes: 'signatures',
  replaces: 'values',
  refusedAt: ['signature'],
  shownBy: () => ({ change: 'repeated' }),
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) {
    yield { params: { change: 'repeated' } }
    return
  }
  const query = canonicalQueryOf(inputs)
  for (const seen of queriesSeen(file, inputs).slice(0, 6)) {
    // Differences in order, escapes or a missing "=" are the matter of narrower causes, as are single kinds of change.
    const difference = queryDifference(seen, query)
    if (difference === undefined) continue
    const { added, dropped, rewritten } = difference
    const grounds = ['The query stands differently elsewhere in the evidence.']
    for (const [piece, signed] of rewritten) yield { params: { change: 'rewritten', piece, signed }, weight: 0.45, grounds }
    if (rewritten.length > 0 || (added.length > 0 && dropped.length > 0))
      yield {
        params: { change: 'observed', text: seen },
        weight: rewritten.length + added.length + dropped.length > 1 ? 0.45 : 0.4,
        grounds,
      }
  }
  yield { params: { change: 'repeated' } }
  for (const piece of piecesOf(query)) {
    const [name, value] = piece.split('=', 2)
    if (name === 'X-Amz-Expires')
      for (const signed of EXPIRIES) yield { params: { change: 'rewritten', piece, signed: `${name}=${signed}` } }
    else if (value?.includes('%3D') === true)
      yield { params: { change: 'cut', piece, signed: `${name}=${value.slice(0, value.indexOf('%3D'))}` } }
    else if (value !== undefined && /^[A-Za-z]+$/.test(value))
      for (const signed of [value.toLowerCase(), value.toUpperCase()])
        if (signed !== value) yield { params: { change: 'rewritten', piece, signed: `${name}=${signed}` } }
  }
}

function undo(inputs: SigningInputs, params: Params): SigningInputs {
  const pieces = piecesOf(canonicalQueryOf(inputs))
  const signed = signedPieces(pieces, params)
  return signed === pieces ? inputs : withPart(inputs, 'canonical-query-string', signed.join('&'))
}

function signedPieces(pieces: readonly string[], params: Params): readonly string[] {
  switch (params.change) {
    case 'rewritten':
    case 'cut':
      return pieces.includes(params.piece) ? sortedPieces(pieces.map((piece) => (piece === params.piece ? params.signed : piece))) : pieces
    case 'repeated':
      return firstOfEachName(pieces)
    case 'observed':
      return [params.text]
  }
}

function firstOfEachName(pieces: readonly string[]): readonly string[] {
  const names = new Set<string>()
  return pieces.filter((piece) => {
    const name = piece.split('=', 1)[0]!
    return names.size < names.add(name).size
  })
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] =
    sides === undefined ? ['', ''] : [shownQuery(canonicalQueryOf(sides.verifier)), shownQuery(canonicalQueryOf(sides.signer))]
  const said = sayings(match.params)
  return {
    what:
      sides === undefined
        ? 'the query changed after signing'
        : `${said.what}: signed ${shown(signed)}, the service calculates with ${shown(calculated)}`,
    why: said.why,
    labels: sides === undefined ? [] : [labelOf(match.file, 'canonical-query-string', calculated, signed, said.note)],
    fixes: [
      ...QUERY_KEPT,
      // What happened to the query is not known where nobody shows it; that a hop changed it is.
      ...(sides === undefined ? [UNTOUCHED] : []),
      { title: said.fix, applicability: 'exact' },
      ...(sides === undefined ? [] : [UNTOUCHED]),
      {
        title:
          'pass wanted parameters (response-content-disposition, versionId, ...) to the presigner; never append them to a finished URL',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      DEBUG_THE_APPLICATION,
      {
        title: 'have the verifier ignore the parameter',
        why: 'a query that the signature does not cover can be changed by anyone on the way',
      },
    ],
    check: 'send the signed request straight to the service with exactly the query that was signed: it passes',
  }
}

const UNTOUCHED = { title: 'sign at the last proxy, or let every proxy pass the query untouched', applicability: 'maybe' } as const

interface Sayings {
  readonly what: string
  readonly why: string
  readonly note: string
  readonly fix: string
}

function sayings(params: Params): Sayings {
  const covers = 'the signature covers every parameter of the query but X-Amz-Signature'
  switch (params.change) {
    case 'rewritten':
      return {
        what: `the value of ${pieceName(params.piece)} changed after signing`,
        why: `${covers}, with their values`,
        note: `${pieceName(params.piece)} has another value`,
        fix: 'sign the value that is sent',
      }
    case 'cut':
      return {
        what: `the value of ${pieceName(params.piece)} was signed up to its first "=" only`,
        why: `${covers}; only the first "=" of a parameter parts its name from its value`,
        note: 'from its "=" on the value was not signed',
        fix: 'send "=" within a value as %3D, or take a signer that parts a parameter at its first "=" only',
      }
    case 'repeated':
      return {
        what: 'a repeated parameter was signed once only',
        why: `${covers}; a name that occurs twice stands there twice`,
        note: 'the second value was not signed',
        fix: 'sign every occurrence of a repeated parameter, sorted by value',
      }
    case 'observed':
      return {
        what: 'the query changed between signer and service',
        why: covers,
        note: 'another query',
        fix: 'sign the query that is sent',
      }
  }
}

function shown(query: string): string {
  return query === '' ? 'no query' : query
}

const EXPIRIES = ['60', '300', '600', '900', '1800', '3600', '7200', '43200', '86400', '604800']
