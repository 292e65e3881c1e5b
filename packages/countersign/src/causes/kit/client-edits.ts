/**
 * The ways in which clients are known to canonicalize otherwise, as edits: the text that the client signed, made of the request.
 * @see ./client-profiles.ts for which client does which
 */
import {
  canonicalHeaderValue,
  canonicalQueryText,
  headerLines,
  type SigningInputs,
  uriDecode,
  uriEncode,
  withHeaderLines,
  withPart,
} from '../../sigv4/index.js'
import { canonicalUriOf, decodedOnly, wirePath } from './path-spelling.js'
import { canonicalQueryOf, orderSent, piecesOf, sentPieces, sortedPieces } from './query-spelling.js'

/** Query pieces as the service has them, and as they were sent where that is known. */
interface Query {
  readonly pieces: readonly string[]
  /** In the order sent. */
  readonly sent: readonly { readonly raw: string; readonly canonical: string }[] | undefined
}

const QUERY_EDITS = {
  'query-unsorted': ({ sent, pieces }: Query) => sent?.map(({ canonical }) => canonical) ?? pieces,
  'query-valueless': ({ pieces, sent }: Query) => {
    const bare = sent && new Set(sent.filter(({ raw }) => !raw.includes('=')).map(({ canonical }) => canonical))
    return pieces.map((piece) => ((bare?.has(piece) ?? piece.endsWith('=')) ? piece.slice(0, -1) : piece))
  },
  'query-verbatim': ({ pieces, sent }: Query) =>
    sent === undefined ? pieces : sortedPieces(sent.map(({ raw }) => (raw.includes('=') ? raw : `${raw}=`))),
  'query-plus-literal': ({ pieces, sent }: Query) =>
    sent === undefined ? pieces : sortedPieces(sent.map(({ raw, canonical }) => (raw.includes('+') ? literal(raw) : canonical))),
  'query-plus-as-space': ({ pieces }: Query) => sortedPieces(pieces.map((piece) => piece.replaceAll('%2B', '%20'))),
  'query-first-of-repeated': ({ pieces, sent }: Query) => {
    const first = new Map<string, string>()
    for (const piece of sent?.map(({ canonical }) => canonical) ?? pieces) if (!first.has(nameOf(piece))) first.set(nameOf(piece), piece)
    return sortedPieces([...first.values()])
  },
  'query-empty-name-dropped': ({ pieces }: Query) => pieces.filter((piece) => !piece.startsWith('=')),
  'query-sorted-as-text': ({ pieces }: Query) => [...pieces].sort(),
  'query-sorted-decoded': ({ pieces }: Query) =>
    [...pieces].sort((a, b) => {
      const [nameA, nameB] = [uriDecode(nameOf(a)), uriDecode(nameOf(b))]
      return nameA === nameB ? 0 : nameA < nameB ? -1 : 1
    }),
} as const

const PATH_EDITS = {
  'path-star-raw': (inputs: SigningInputs) => decodedOnly(canonicalUriOf(inputs), '*'),
  'path-equals-raw': (inputs: SigningInputs) => decodedOnly(canonicalUriOf(inputs), '='),
  'path-signs-raw': (inputs: SigningInputs) => decodedOnly(canonicalUriOf(inputs), "!'()*"),
  'path-as-sent': (inputs: SigningInputs) => wirePath(inputs),
  'path-decoded-first': (inputs: SigningInputs) =>
    inputs.profile.pathEncoding === 'once' ? uriEncode(uriDecode(wirePath(inputs)).replaceAll('+', ' '), '/') : canonicalUriOf(inputs),
  'path-not-normalized': (inputs: SigningInputs) =>
    inputs.profile.pathEncoding === 'twice' ? uriEncode(wirePath(inputs), '/') : canonicalUriOf(inputs),
} as const

/** Makes one value of the values of a header as sent. */
const HEADER_EDITS = {
  'header-inner-blanks-kept': (values: readonly string[]) => values.map((value) => value.trim()).join(','),
  'header-values-joined-with-blank': (values: readonly string[]) => values.map(canonicalHeaderValue).join(', '),
  'header-values-sorted': (values: readonly string[]) => values.map(canonicalHeaderValue).sort().join(','),
} as const

export type ClientEdit = keyof typeof QUERY_EDITS | keyof typeof PATH_EDITS | keyof typeof HEADER_EDITS

/** The inputs as a client with this defect signs them; the same object where the request gives it no occasion. */
export function withClientEdit(inputs: SigningInputs, edit: ClientEdit): SigningInputs {
  if (edit in QUERY_EDITS) {
    const pieces = piecesOf(canonicalQueryOf(inputs))
    // Pieces sent that are not those the service has are of another request.
    const sent = orderSent(inputs)?.includes(-1) === false ? sentPieces(inputs) : undefined
    const query = QUERY_EDITS[edit as keyof typeof QUERY_EDITS]({ pieces, sent })
    return withPart(inputs, 'canonical-query-string', query.join('&'))
  }
  if (edit in PATH_EDITS) return withPart(inputs, 'canonical-uri', PATH_EDITS[edit as keyof typeof PATH_EDITS](inputs))
  const { request } = inputs
  if (request === undefined) return inputs
  const join = HEADER_EDITS[edit as keyof typeof HEADER_EDITS]
  return withHeaderLines(
    inputs,
    headerLines(inputs).map(([name, value]) => {
      const values = request.headers.filter(([given]) => given.toLowerCase() === name).map(([, raw]) => raw)
      // A value that the service has otherwise was changed on the way, which is another cause.
      return values.map(canonicalHeaderValue).join(',') === value ? ([name, join(values)] as const) : ([name, value] as const)
    }),
  )
}

function nameOf(piece: string): string {
  return piece.split('=', 1)[0]!
}

function literal(raw: string): string {
  const at = raw.indexOf('=')
  const [name, value] = at < 0 ? [raw, ''] : [raw.slice(0, at), raw.slice(at + 1)]
  return `${canonicalQueryText(name, 'literal')}=${canonicalQueryText(value, 'literal')}`
}
