/**
 * Pieces of one query, for the causes that are about them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalQueryString"
 */

import type { CaseFile } from '../../case/index.js'
import {
  canonicalQueryString,
  canonicalQueryText,
  canonicalRequestPart,
  QUERY,
  queryParameters,
  type SigningInputs,
  splitTarget,
} from '../../sigv4/index.js'
import { labelOf, sidesOf } from './case-views.js'
import type { Match } from './cause.js'
import type { Label } from './explanation.js'
import { linesOfRequest } from './logged-lines.js'

/** The verifier's canonical query string. */
export function canonicalQueryOf(inputs: SigningInputs): string {
  return canonicalRequestPart(inputs, 'canonical-query-string')
}

/** The `name=value` pieces of a canonical query string. */
export function piecesOf(query: string): string[] {
  return query === '' ? [] : query.split('&')
}

/** A parameter as sent, and its canonical piece. */
export interface SentPiece {
  readonly raw: string
  readonly canonical: string
}

/**
 * The parameters in the order sent, without X-Amz-Signature; `undefined` where the request is not known, or is not the
 * one whose canonical query the inputs hold.
 */
export function sentPieces(inputs: SigningInputs): SentPiece[] | undefined {
  if (inputs.request === undefined) return undefined
  const plus = inputs.profile.plusInQuery
  const correct = canonicalQueryString(splitTarget(inputs.request.target).query, plus)
  if (bareQuery(correct) !== bareQuery(canonicalQueryOf(inputs))) return undefined
  const sent: SentPiece[] = []
  for (const [name, value] of queryParameters(splitTarget(inputs.request.target).query ?? '')) {
    const encoded = canonicalQueryText(name, plus)
    if (encoded === QUERY.signature) continue
    const raw = value === undefined ? name : `${name}=${value}`
    sent.push({ raw, canonical: `${encoded}=${value === undefined ? '' : canonicalQueryText(value, plus)}` })
  }
  return sent
}

/** The order sent, as indexes into the canonical pieces; `undefined` where the two do not belong together. */
export function orderSent(inputs: SigningInputs): number[] | undefined {
  const sent = sentPieces(inputs)
  if (sent === undefined || inputs.request === undefined) return undefined
  const correct = piecesOf(canonicalQueryString(splitTarget(inputs.request.target).query, inputs.profile.plusInQuery))
  if (correct.length !== sent.length) return undefined
  const places = new Map<string, number[]>()
  for (const [i, piece] of [...correct.entries()].reverse()) {
    const known = places.get(piece)
    if (known === undefined) places.set(piece, [i])
    else known.push(i)
  }
  return sent.map(({ canonical }) => places.get(canonical)?.pop() ?? -1)
}

/** The raw piece of each canonical piece, in canonical order; `undefined` where the request is not known. */
export function rawInOrder(inputs: SigningInputs): string[] | undefined {
  const sent = sentPieces(inputs)
  const order = orderSent(inputs)
  if (sent === undefined || order === undefined) return undefined
  const raw: string[] = new Array(sent.length).fill('')
  order.forEach((to, from) => {
    raw[to] = sent[from]!.raw
  })
  return raw
}

/** Pieces sorted as the specification sorts them: by name, then by value. */
export function sortedPieces(pieces: readonly string[]): string[] {
  return [...pieces].sort((a, b) => {
    const [nameA, nameB] = [a.split('=', 1)[0]!, b.split('=', 1)[0]!]
    if (nameA !== nameB) return nameA < nameB ? -1 : 1
    return a === b ? 0 : a < b ? -1 : 1
  })
}

/** The canonical queries of every request seen in the evidence, of a log line that can be of this request, and the one the signer logged first. */
export function queriesSeen(file: CaseFile, inputs: SigningInputs): string[] {
  const logged = file.signer.parts?.['canonical-query-string']
  const seen = file.observations.flatMap((one) =>
    one.kind === 'request' ? [canonicalQueryString(splitTarget(one.request.target).query, inputs.profile.plusInQuery)] : [],
  )
  // Several lines of one path with several queries are several requests: none of them is known to be this one.
  const lines = new Set(
    linesOfRequest(file, inputs).map(({ line }) => canonicalQueryString(splitTarget(line.target).query, inputs.profile.plusInQuery)),
  )
  return [...new Set([...(logged === undefined ? [] : [logged]), ...seen, ...(lines.size === 1 ? lines : [])])]
}

/** What a query says once escapes, "+" and order are undone, for telling a change of spelling from a change of content. */
export function bareQuery(query: string): string {
  let bare = query
  for (let round = 0; round < 3; round++)
    bare = bare.replaceAll('+', ' ').replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return piecesOf(bare)
    .map((piece) => (piece.includes('=') ? piece : `${piece}=`))
    .sort()
    .join('&')
}

/** A query for showing: the session token is not repeated. */
export function shownQuery(query: string): string {
  return query.replace(/((?:^|&)X-Amz-(?:Security|S3session)-Token=)[^&]+/gi, '$1(not shown)')
}

/** Both sides' canonical queries as a report shows them: a clause for `what`, and the label. */
export function queriesShown<Params>(
  match: Match<Params>,
  undo: (inputs: SigningInputs, params: Params) => SigningInputs,
  note: string,
): { readonly clause: string; readonly labels: readonly Label[] } {
  const sides = sidesOf(match, undo)
  if (sides === undefined) return { clause: '', labels: [] }
  const [calculated, signed] = [shownQuery(canonicalQueryOf(sides.verifier)), shownQuery(canonicalQueryOf(sides.signer))]
  if (calculated === signed) return { clause: '', labels: [] }
  const named = (query: string): string => (query === '' ? 'no query' : query)
  return {
    clause: `: signed ${named(signed)}, the service calculates with ${named(calculated)}`,
    labels: [labelOf(match.file, 'canonical-query-string', calculated, signed, note)],
  }
}

/** What one query has that the other has not, name by name; `rewritten` where the same name has another value. */
export interface QueryDifference {
  readonly added: readonly string[]
  readonly dropped: readonly string[]
  readonly rewritten: readonly (readonly [piece: string, signed: string])[]
}

/** How the query was changed, if `signed` is what was signed; `undefined` where the two differ in spelling or order only. */
export function queryDifference(signed: string, query: string): QueryDifference | undefined {
  if (bareQuery(signed) === bareQuery(query)) return undefined
  const [theirs, ours] = [piecesOf(signed), piecesOf(query)]
  const nameOf = (piece: string): string => piece.split('=', 1)[0]!
  const [inSigned, inSent] = [new Set(theirs), new Set(ours)]
  const missing = theirs.filter((piece) => !inSent.has(piece))
  const extra = ours.filter((piece) => !inSigned.has(piece))
  const partners = new Map(missing.map((piece) => [nameOf(piece), piece] as const).reverse())
  const partner = (piece: string): string | undefined => partners.get(nameOf(piece))
  const rewritten = extra.flatMap((piece) => {
    const was = partner(piece)
    return was === undefined ? [] : [[piece, was] as const]
  })
  const taken = new Set(rewritten.map(([, was]) => was))
  return {
    added: extra.filter((piece) => partner(piece) === undefined),
    dropped: missing.filter((piece) => !taken.has(piece)),
    rewritten,
  }
}

/** The name of a piece, in quotes. */
export function pieceName(piece: string): string {
  return `"${piece.split('=', 1)[0]}"`
}

/**
 * Whose pieces are spelled otherwise: all, or those that the user's code wrote. Of a presigned URL the parameters of the signature come from
 * the signing library, which spells them right.
 */
export type Pieces = 'all' | 'own'

/** Which of these can be told apart in a query. */
export function piecesToSpell(query: string): readonly Pieces[] {
  const pieces = piecesOf(query)
  const amz = pieces.filter(isAmzPiece).length
  return amz === 0 || amz === pieces.length ? ['all'] : ['all', 'own']
}

/** The pieces of a canonical query, spelled otherwise. */
export function respelled(query: string, of: Pieces, spell: (piece: string) => string): readonly string[] {
  return piecesOf(query).map((piece) => (of === 'own' && isAmzPiece(piece) ? piece : spell(piece)))
}

export function isAmzPiece(piece: string): boolean {
  return /^X-Amz-/i.test(piece)
}
