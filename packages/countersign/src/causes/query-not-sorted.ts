/**
 * The query was signed in another order: as sent, sorted before encoding, or sorted by another rule.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalQueryString"
 * @see https://github.com/curl/curl/issues/9717
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, uriDecode, withPart } from '../sigv4/index.js'
import { clientSeen, labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { canonicalQueryOf, orderSent, piecesOf, sentPieces, shownQuery, sortedPieces } from './kit/query-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The order signed. as-sent-raw: as sent, and as spelled there. permutation: these indexes of the sorted parameters. */
interface Params {
  readonly order: keyof typeof ORDERS | 'as-sent' | 'as-sent-raw' | 'permutation'
  readonly indexes?: readonly number[]
}

const HEAD = { id: 'query-not-sorted', class: 'query.order', part: 'canonical-query-string', undo } as const

export const queryNotSorted = defineCause<Params>({
  ...HEAD,
  summary: 'the query parameters were signed in another order than the sorted one',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  shownBy: () => ({ order: 'as-sent' }),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const logged = piecesOf(signerPart(file, 'canonical-query-string') ?? '')
  const loggedUnsorted = sortedPieces(logged).join() !== logged.join()
  const grounds: string[] = loggedUnsorted ? ['The canonical query string that was signed is not sorted.'] : []
  if (inputs === undefined) {
    yield { params: { order: 'as-sent' }, ...(loggedUnsorted && { weight: 0.8 }), grounds }
    return
  }
  const order = orderSent(inputs)
  const unsorted = order?.some((at, i) => at !== i) === true
  let weight = loggedUnsorted ? 0.7 : 0
  // A presigned URL may carry its parameters in any order, so only other requests are odd in being unsorted.
  if (unsorted && inputs.authentication === 'header') {
    grounds.push('The query parameters on the wire are not in sorted order; the canonical query string must be sorted.')
    weight = Math.max(weight, 0.3)
    const curl = clientSeen(file, /^curl$/i)
    if (curl !== undefined) grounds.push(`curl --aws-sigv4 signed the query in the order given until it learned to sort; 7.88 does not.`)
    if (curl !== undefined && !/^8\.(?:[3-9]|\d\d)/.test(curl.version)) weight = Math.max(weight, 0.65)
  }
  if (unsorted) {
    yield { params: { order: 'as-sent' }, ...(weight > 0 && { weight }), grounds }
    yield { params: { order: 'as-sent-raw' } }
  }
  for (const name of Object.keys(ORDERS) as (keyof typeof ORDERS)[])
    yield { params: { order: name }, ...(!unsorted && loggedUnsorted && { weight: 0.5, grounds }) }
  const count = piecesOf(canonicalQueryOf(inputs)).length
  if (order === undefined || count <= 3) for (const indexes of permutations(count)) yield { params: { order: 'permutation', indexes } }
  const places = new Map(
    piecesOf(canonicalQueryOf(inputs))
      .map((piece, i) => [piece, i] as const)
      .reverse(),
  )
  const found = logged.map((piece) => places.get(piece) ?? -1)
  if (loggedUnsorted && !found.includes(-1) && new Set(found).size === count) yield { params: { order: 'permutation', indexes: found } }
}

function undo(inputs: SigningInputs, { order, indexes }: Params): SigningInputs {
  const pieces = piecesOf(canonicalQueryOf(inputs))
  if (order === 'as-sent-raw') {
    const sent = sentPieces(inputs)
    return sent === undefined || sent.length !== pieces.length
      ? inputs
      : withPart(inputs, 'canonical-query-string', sent.map(({ raw }) => raw).join('&'))
  }
  const at = order === 'as-sent' ? orderSent(inputs) : order === 'permutation' ? indexes : undefined
  if (at !== undefined)
    return at.length !== pieces.length ? inputs : withPart(inputs, 'canonical-query-string', at.map((i) => pieces[i] ?? '').join('&'))
  return order in ORDERS ? withPart(inputs, 'canonical-query-string', ORDERS[order as keyof typeof ORDERS](pieces).join('&')) : inputs
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] =
    sides === undefined ? ['', ''] : [shownQuery(canonicalQueryOf(sides.verifier)), shownQuery(canonicalQueryOf(sides.signer))]
  const rule = RULES[match.params.order]
  return {
    what:
      sides === undefined
        ? 'the query parameters were signed unsorted'
        : `the query was signed ${rule} (${signed}); the service sorts it (${calculated})`,
    why: 'the canonical query string is sorted by encoded name, then by encoded value, byte by byte, after encoding; the order on the wire does not matter, the order signed does',
    labels:
      sides === undefined
        ? []
        : [labelOf(match.file, 'canonical-query-string', calculated, signed, 'the same parameters in another order')],
    fixes: [
      {
        title: 'sort the encoded parameters by name, then by value, before signing',
        applicability: 'exact',
        command: 'encode each name and value, sort by the bytes of the name, then of the value, join with "&"',
      },
      ...CLIENT_FIXES,
      ...(calculated === ''
        ? []
        : [
            {
              title: 'until the signer is mended, give the parameters in sorted order',
              applicability: 'exact',
              command: `?${calculated}`,
            } as const,
          ]),
      { title: 'sign with a maintained SDK or its presigner instead of your own signer', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'sort whole "name=value" texts, or names before encoding',
        why: 'it goes wrong where one name begins another ("id", "id-type"), or where escapes sort differently from their letters',
      },
      { title: 'let a proxy sort the query', why: 'the verifier sorts for itself; what was signed stays unsorted' },
    ],
    check: 'send the same request with the parameters in sorted order: it passes with the same signer and key',
  }
}

function byText(text: (piece: string) => string) {
  return (pieces: readonly string[]): string[] =>
    pieces
      .map((piece, i) => [text(piece), i, piece] as const)
      .sort((a, b) => (a[0] === b[0] ? a[1] - b[1] : a[0] < b[0] ? -1 : 1))
      .map(([, , piece]) => piece)
}

function isAmz(piece: string): boolean {
  return /^x-amz-/i.test(piece)
}

function permutations(count: number): number[][] {
  if (count < 2 || count > 4) return []
  const all = (rest: readonly number[]): number[][] =>
    rest.length === 0 ? [[]] : rest.flatMap((one) => all(rest.filter((other) => other !== one)).map((more) => [one, ...more]))
  return all(Array.from({ length: count }, (_, i) => i)).slice(1)
}

const ORDERS = {
  joined: byText((piece) => piece),
  decoded: byText((piece) => uriDecode(piece.split('=', 1)[0]!)),
  'decoded-joined': byText(uriDecode),
  'case-insensitive': byText((piece) => piece.split('=', 1)[0]!.toLowerCase()),
  'amz-last': (pieces: readonly string[]) => [...pieces.filter((piece) => !isAmz(piece)), ...pieces.filter(isAmz)],
  'amz-first': (pieces: readonly string[]) => [...pieces.filter(isAmz), ...pieces.filter((piece) => !isAmz(piece))],
  reversed: (pieces: readonly string[]) => [...pieces].reverse(),
} as const

const RULES: Readonly<Record<Params['order'], string>> = {
  'as-sent': 'in the order it was sent',
  'as-sent-raw': 'as it was sent',
  permutation: 'in another order',
  joined: 'sorted as whole "name=value" texts',
  decoded: 'sorted before encoding',
  'decoded-joined': 'sorted before encoding',
  'case-insensitive': 'sorted without regard to upper and lower case',
  'amz-last': 'with the X-Amz-* parameters last',
  'amz-first': 'with the X-Amz-* parameters first',
  reversed: 'in reverse order',
}

const CLIENT_FIXES = [
  {
    title: 'use a curl that sorts the query',
    applicability: 'maybe',
    command: 'curl --version   # 7.88 signs the order given, 8.16 sorts',
    appliesTo: ['curl'],
  },
  {
    title: 'update the SDK, or give names that sort alike before and after encoding',
    applicability: 'maybe',
    appliesTo: ['aws-sdk-go-v2'],
  },
  {
    title: 'sort after encoding',
    applicability: 'maybe',
    command:
      "pairs.map(([k, v]) => [enc(k), enc(v)]).sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1)).map((p) => p.join('=')).join('&')",
    appliesTo: ['javascript'],
  },
] as const
