/**
 * The query changed after signing: a parameter added, dropped, repeated or rewritten, "=" missing on a key, "&amp;" in the URL.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalQueryString"
 * @see https://github.com/xcir/libvmod-awsrest/issues/24
 */
import type { CaseFile } from '../evidence/case-file.js'
import { withPart } from '../sigv4/edit-inputs.js'
import type { SigningInputs } from '../sigv4/signing-inputs.js'
import { defineCause, type Match } from './cause.js'
import type { Explanation } from './explanation.js'
import { bareQuery, canonicalQueryOf, piecesOf, queriesSeen, shownQuery, sortedPieces } from './query-spelling.js'
import { type Candidate, inputsSeen, labelOf, sidesOf, suspicionsOf } from './suspicion.js'
import { CHANGE_IAM_POLICIES, DEBUG_THE_APPLICATION, ROTATE_KEYS } from './wrong-fixes.js'

/** What happened after signing. `piece`: the canonical `name=value` it is about. */
type Params =
  | { readonly change: 'added' | 'dropped'; readonly piece: string }
  | { readonly change: 'rewritten'; readonly piece: string; readonly signed: string }
  | { readonly change: 'repeated' | 'no-equals' | 'empty-dropped' | 'html-escaped' | 'all-added' | 'all-but-amz-added' }
  | { readonly change: 'observed'; readonly text: string }

const HEAD = { id: 'query-changed-in-transit', class: 'query.changed', part: 'canonical-query-string', undo } as const

export const queryChangedInTransit = defineCause<Params>({
  ...HEAD,
  summary: 'a query parameter was added, dropped, repeated or rewritten after signing',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = inputsSeen(file)
  if (inputs === undefined) {
    yield { params: { change: 'all-added' } }
    return
  }
  const query = canonicalQueryOf(inputs)
  const pieces = piecesOf(query)
  if (/(?:^|&)amp%3B/.test(query))
    yield {
      params: { change: 'html-escaped' },
      weight: 0.85,
      grounds: ['Parameter names on the wire begin with "amp;": the URL was copied out of HTML or XML with "&amp;" in it.'],
    }
  if (pieces.some((piece) => piece.endsWith('='))) {
    const grounds = ['The query has a key without a value; the service signs it as "key=", some signers as "key" or not at all.']
    yield { params: { change: 'no-equals' }, weight: 0.3, grounds }
    yield { params: { change: 'empty-dropped' } }
  }
  for (const seen of queriesSeen(file, inputs).slice(0, 6)) yield* fromOther(seen, query)
  for (const piece of pieces.filter((one) => TRACKING.test(one)))
    yield {
      params: { change: 'added', piece },
      weight: 0.45,
      grounds: [`"${piece.split('=', 1)[0]}" is a parameter that tools add to finished URLs.`],
    }
  for (const piece of [...pieces].sort((a, b) => Number(isAmz(a)) - Number(isAmz(b))).slice(0, 20))
    yield { params: { change: 'added', piece } }
  yield { params: { change: 'all-but-amz-added' } }
  yield { params: { change: 'repeated' } }
  yield { params: { change: 'all-added' } }
  for (const piece of COMMON_DROPPED) yield { params: { change: 'dropped', piece } }
}

/** The single changes that lead from the verifier's query to one seen elsewhere; the whole text last. */
function* fromOther(seen: string, query: string): Iterable<Candidate<Params>> {
  // Differences in order, escapes or a missing "=" are the matter of narrower causes.
  if (bareQuery(seen) === bareQuery(query)) return
  const [theirs, ours] = [piecesOf(seen), piecesOf(query)]
  const missing = theirs.filter((piece) => !ours.includes(piece))
  const extra = ours.filter((piece) => !theirs.includes(piece))
  const grounds = ['The query stands differently elsewhere in the evidence.']
  const rewritten = (piece: string): string | undefined => missing.find((other) => other.split('=', 1)[0] === piece.split('=', 1)[0])
  if (missing.length + extra.length > 2) yield { params: { change: 'observed', text: seen }, weight: 0.4, grounds }
  for (const piece of extra) {
    const signed = rewritten(piece)
    yield { params: signed === undefined ? { change: 'added', piece } : { change: 'rewritten', piece, signed }, weight: 0.45, grounds }
  }
  for (const piece of missing) yield { params: { change: 'dropped', piece }, weight: 0.45, grounds }
  yield { params: { change: 'observed', text: seen }, weight: 0.4, grounds }
}

function undo(inputs: SigningInputs, params: Params): SigningInputs {
  const pieces = piecesOf(canonicalQueryOf(inputs))
  const signed = signedPieces(pieces, params)
  return signed === pieces ? inputs : withPart(inputs, 'canonical-query-string', signed.join('&'))
}

function signedPieces(pieces: readonly string[], params: Params): readonly string[] {
  switch (params.change) {
    case 'added': {
      const at = pieces.indexOf(params.piece)
      return at < 0 ? pieces : pieces.filter((_, i) => i !== at)
    }
    case 'dropped':
      return pieces.includes(params.piece) ? pieces : sortedPieces([...pieces, params.piece])
    case 'rewritten':
      return pieces.includes(params.piece) ? sortedPieces(pieces.map((piece) => (piece === params.piece ? params.signed : piece))) : pieces
    case 'repeated':
      return pieces.filter((piece, i) => pieces.findIndex((other) => other.split('=', 1)[0] === piece.split('=', 1)[0]) === i)
    case 'no-equals':
      return pieces.map((piece) => (piece.endsWith('=') && piece.indexOf('=') === piece.length - 1 ? piece.slice(0, -1) : piece))
    case 'empty-dropped':
      return pieces.filter((piece) => !piece.endsWith('='))
    case 'html-escaped':
      return sortedPieces(pieces.map((piece) => piece.replace(/^amp%3B/, '')))
    case 'all-added':
      return []
    case 'all-but-amz-added':
      return pieces.filter(isAmz)
    case 'observed':
      return [params.text]
  }
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
      { title: said.fix, applicability: 'exact' },
      { title: 'sign at the last hop, or let every hop pass the query untouched', applicability: 'maybe' },
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

interface Sayings {
  readonly what: string
  readonly why: string
  readonly note: string
  readonly fix: string
}

function sayings(params: Params): Sayings {
  const covers = 'the signature covers every parameter of the query but X-Amz-Signature'
  const nameOf = (piece: string): string => `"${piece.split('=', 1)[0]}"`
  switch (params.change) {
    case 'no-equals':
      return {
        what: 'a key without a value was signed without "="',
        why: 'a key that has no value is signed as "key=" with an empty value',
        note: '"=" belongs after every key',
        fix: 'write "=" after every key in the canonical query string (and, simplest, in the URL)',
      }
    case 'empty-dropped':
      return {
        what: 'a key without a value was left out of the signature',
        why: `${covers}, also a key without a value, as "key="`,
        note: 'the key without a value is missing',
        fix: 'sign keys without a value as "key="',
      }
    case 'html-escaped':
      return {
        what: 'the URL was sent with "&amp;" where it was signed with "&"',
        why: 'a URL copied out of HTML or XML has "&amp;" for "&"; sent so, each parameter is called "amp;..." at the service',
        note: '"amp;" belongs to HTML, not to the URL',
        fix: 'decode the HTML or XML once before using the URL: "&amp;" is "&"',
      }
    case 'added':
      return {
        what: `the parameter ${nameOf(params.piece)} was added after signing`,
        why: `${covers}; one that is added later changes line 3 of the canonical request`,
        note: `${nameOf(params.piece)} was not signed`,
        fix: `add ${nameOf(params.piece)} before signing, or do not add it`,
      }
    case 'dropped':
      return {
        what: `the parameter ${nameOf(params.piece)} was signed and did not arrive`,
        why: `${covers}; one that is dropped is missing in line 3 of the canonical request`,
        note: `${nameOf(params.piece)} was signed`,
        fix: `let ${nameOf(params.piece)} through, or do not sign it`,
      }
    case 'rewritten':
      return {
        what: `the value of ${nameOf(params.piece)} changed after signing`,
        why: `${covers}, with their values`,
        note: `${nameOf(params.piece)} has another value`,
        fix: 'sign the value that is sent',
      }
    case 'repeated':
      return {
        what: 'a repeated parameter was signed once only',
        why: `${covers}; a name that occurs twice stands there twice`,
        note: 'the second value was not signed',
        fix: 'sign every occurrence of a repeated parameter, sorted by value',
      }
    case 'all-added':
      return {
        what: 'the query was not signed at all',
        why: `${covers}; the signer left line 3 empty`,
        note: 'the query was not signed',
        fix: 'give the signer the URL with its query',
      }
    case 'all-but-amz-added':
      return {
        what: 'only the X-Amz-* parameters were signed',
        why: `${covers}, not only those of the signature`,
        note: 'the other parameters were not signed',
        fix: 'put all parameters into the URL before it is presigned',
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

function isAmz(piece: string): boolean {
  return /^X-Amz-/i.test(piece)
}

const TRACKING = /^(?:utm_[a-z]+|fbclid|gclid|msclkid|mc_[ce]id|igshid|_|cb|cachebuster|nocache|_dc|ts|timestamp|v)=/
const COMMON_DROPPED = [
  'x-id=GetObject',
  'x-id=PutObject',
  'list-type=2',
  'x-id=ListBuckets',
  'x-id=HeadObject',
  'x-id=DeleteObject',
  'delete=',
  'uploads=',
  'location=',
  'acl=',
  'max-keys=1000',
  'prefix=',
  'delimiter=%2F',
  'encoding-type=url',
]
