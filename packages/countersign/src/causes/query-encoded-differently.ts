/**
 * The query was signed with other escapes: reserved characters raw, or everything encoded twice.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "UriEncode"
 * @see https://github.com/smithy-lang/smithy-rs/issues/4227
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, splitTarget, uriDecode, uriEncode, utf8ByteString, withPart } from '../sigv4/index.js'
import { clientSeen, labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { finishedUrlFixes } from './kit/finished-url.js'
import { decodedOnly, lowerCaseEscapes } from './kit/path-spelling.js'
import {
  bareQuery,
  canonicalQueryOf,
  type Pieces,
  piecesOf,
  piecesToSpell,
  queriesSeen,
  rawInOrder,
  respelled,
  shownQuery,
  sortedPieces,
} from './kit/query-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** How it was spelled. raw: these characters were left as they are. observed: the text itself, seen in the evidence. */
interface Params {
  readonly spelling: keyof typeof SPELLINGS | 'as-sent' | 'raw' | 'decoded-before-split' | 'observed'
  readonly text?: string
  readonly of?: Pieces
}

const HEAD = { id: 'query-encoded-differently', class: 'query.encoding', part: 'canonical-query-string', undo } as const

export const queryEncodedDifferently = defineCause<Params>({
  ...HEAD,
  summary: 'the query was signed with other percent-escapes than the service calculates with',
  schemes: 'signatures',
  // A credential whose slashes are encoded twice cannot be read at all.
  refusedAt: ['signature', 'authorization-parts', 'credential'],
  shownBy: () => ({ spelling: 'as-sent' }),
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const logged = signerPart(file, 'canonical-query-string')
  const grounds: string[] = []
  const odd = logged === undefined ? undefined : oddity(logged)
  if (odd !== undefined) grounds.push(`The canonical query string that was signed ${odd}.`)
  let weight = odd === undefined ? 0 : 0.6
  if (inputs === undefined) {
    yield { params: { spelling: 'observed', text: logged ?? '' }, weight, grounds }
    return
  }
  const sent = inputs.request === undefined ? '' : (splitTarget(inputs.request.target).query ?? '')
  const oddSent = oddity(sent)
  if (oddSent !== undefined) {
    grounds.push(`The query on the wire ${oddSent}.`)
    weight = Math.max(weight, clientSeen(file, /^curl$/i) === undefined ? 0.3 : 0.5)
  }
  // The service's own text is all there is: its escapes are where a signer's may differ.
  const quoted = file.verifier.parts?.['canonical-query-string'] ?? ''
  if (logged === undefined && /%(?!20|2F)[0-9A-F]{2}/.test(quoted) && !quoted.includes('X-Amz-')) {
    grounds.push("The service's canonical query string holds escapes, which a signer may have left out or made differently.")
    weight = Math.max(weight, 0.32)
  }
  const reason = weight > 0 ? { weight, grounds } : {}
  if (/%26/.test(sent))
    yield {
      params: { spelling: 'decoded-before-split' },
      weight: 0.35,
      grounds: ['A value on the wire holds an escaped "&"; a signer that decodes before it splits takes it for a separator.'],
    }
  yield { params: { spelling: 'as-sent' }, ...reason }
  const canonical = canonicalQueryOf(inputs)
  for (const of of piecesToSpell(canonical)) {
    for (const spelling of Object.keys(SPELLINGS) as (keyof typeof SPELLINGS)[]) yield { params: { spelling, of } }
    for (const text of RAW_SETS) yield { params: { spelling: 'raw', text, of } }
  }
  yield { params: { spelling: 'decoded-before-split' } }
  for (const seen of queriesSeen(file, inputs)) {
    // What only sorts otherwise, or lacks "=", is the matter of other causes.
    const rewritten = sortedPieces(piecesOf(seen)).map((piece) => (piece.includes('=') ? piece : `${piece}=`))
    if (bareQuery(seen) === bareQuery(canonical) && rewritten.join('&') !== canonical)
      yield { params: { spelling: 'observed', text: seen }, weight: 0.4, grounds }
  }
}

function undo(inputs: SigningInputs, { spelling, text, of = 'all' }: Params): SigningInputs {
  const canonical = canonicalQueryOf(inputs)
  const pieces = piecesOf(canonical)
  const signed = (made: readonly string[]): SigningInputs => withPart(inputs, 'canonical-query-string', made.join('&'))
  if (spelling === 'observed') return text === undefined ? inputs : signed([text])
  if (spelling === 'as-sent') {
    const raw = rawInOrder(inputs)
    if (raw === undefined || raw.length !== pieces.length) return inputs
    // A missing "=" is the matter of query-equals-missing.
    return signed(raw.map((piece) => (piece.includes('=') ? piece : `${piece}=`)))
  }
  if (spelling === 'raw') return signed(respelled(canonical, of, (piece) => decodedOnly(piece, text ?? '')))
  if (spelling === 'decoded-before-split')
    return signed(
      sortedPieces(
        uriDecode(canonical)
          .split('&')
          .filter((piece) => piece !== '')
          .map(encodedPiece),
      ),
    )
  return signed(respelled(canonical, of, SPELLINGS[spelling]))
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const calculated = sides === undefined ? '' : shownQuery(canonicalQueryOf(sides.verifier))
  const signed = shownQuery(sides === undefined ? (match.params.text ?? '') : canonicalQueryOf(sides.signer))
  return {
    what:
      signed === ''
        ? 'the query was signed in another spelling'
        : `the query was signed as ${signed}${calculated === '' ? '' : `; the service calculates with ${calculated}`}`,
    why: `in the canonical query string every byte of a name or value is percent-encoded but A-Z a-z 0-9 "-" "." "_" "~", a space as %20 and a "+" as %2B${WHY[match.params.spelling] ?? ''}`,
    labels:
      calculated === ''
        ? []
        : [labelOf(match.file, 'canonical-query-string', calculated, signed, 'the same parameters, spelled differently')],
    fixes: [
      ...finishedUrlFixes(match.file, HEAD.id),
      {
        title: 'split the query first, then encode each name and each value once, with the unreserved set and upper-case hex',
        applicability: 'exact',
      },
      { title: 'send %20 for a space and %2B for a plus; never an unescaped "+", which is read in two ways', applicability: 'exact' },
      ...CLIENT_FIXES,
      { title: 'sign with a maintained SDK or its presigner instead of your own signer', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'encode the finished query as a whole', why: 'it encodes the separators too, or the escapes a second time' },
      { title: "use the language's form encoder", why: 'it writes a space as "+" and leaves "*" unescaped or escapes "~"' },
    ],
    check: 'send the same request with values of plain letters and digits only: it passes with the same signer and key',
  }
}

/** What is wrong in a canonical query, as the rest of a sentence. */
function oddity(query: string): string | undefined {
  if (/%[0-9A-Fa-f]?[a-f]|%[a-f]/.test(query)) return 'has escapes in lower case'
  if (/%25[0-9A-Fa-f]{2}/.test(query)) return 'has escapes that were escaped again'
  const raw = [...new Set(query.replace(/[A-Za-z0-9\-._~%&=+]/g, ''))].filter((char) => char > ' ' && char < '\x7f').join(' ')
  return raw === '' ? undefined : `has characters that must be escaped: ${raw}`
}

function encodedPiece(piece: string): string {
  const equals = piece.indexOf('=')
  return equals < 0 ? `${uriEncode(piece)}=` : `${uriEncode(piece.slice(0, equals))}=${uriEncode(piece.slice(equals + 1))}`
}

function latin1(bytes: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)))
    return [...text].some((char) => char.charCodeAt(0) > 0xff) ? bytes : text
  } catch {
    return bytes
  }
}

/** A piece with the decoded text of its value changed. */
function reencoded(piece: string, change: (text: string) => string): string {
  const [name, ...rest] = piece.split('=')
  return `${uriEncode(change(uriDecode(name!)))}=${uriEncode(change(uriDecode(rest.join('='))))}`
}

const SPELLINGS = {
  twice: (piece: string) => piece.replaceAll('%', '%25'),
  'lower-case-escapes': lowerCaseEscapes,
  'tilde-escaped': (piece: string) => piece.replaceAll('~', '%7E'),
  'names-left': (piece: string) => piece.replace(/^[^=]*/, uriDecode),
  'not-encoded': uriDecode,
  'spaces-dropped': (piece: string) => piece.replaceAll('%20', ''),
  'latin1-bytes': (piece: string) => reencoded(piece, latin1),
  'utf8-twice': (piece: string) => reencoded(piece, utf8ByteString),
} as const

const WHY: Partial<Readonly<Record<Params['spelling'], string>>> = {
  twice: '; here the escapes were escaped once more',
  'decoded-before-split': '; here the query was decoded before it was split, so that an escaped "&" or "=" became a separator',
}

const RESERVED = "!$&'()*+,;=:@/?[]"
const RAW_SETS = [
  '/',
  ':',
  ',',
  '=',
  '*',
  '@',
  '/:',
  ':,',
  "!'()*",
  "!'()",
  '*',
  '$',
  '[]',
  '()',
  ';',
  '/?',
  '/?:@',
  '/:=',
  '/?:@!$,;',
  "/?:@!$'()*,;",
  '{}',
  '|',
  `${RESERVED}`,
  '+',
  '"',
  '%',
  '/=',
  ':/,',
  '<>',
  '/:,*',
]

const CLIENT_FIXES = [
  {
    title: 'encode with Uri.EscapeDataString: HttpUtility and WebUtility write forms, "+" for a space',
    applicability: 'exact',
    command: 'Uri.EscapeDataString(value)',
    appliesTo: ['dotnet'],
  },
  {
    title: 'write the query in canonical form in the URL: %20, %2F, %2B, and "=" after every name',
    applicability: 'maybe',
    command: "curl --aws-sigv4 'aws:amz:<region>:<service>' 'https://<host>/<path>?<name>=<value with %2F for />'",
    appliesTo: ['curl'],
  },
  {
    title: 'encode once, with RFC 3986',
    applicability: 'maybe',
    command: 'http_build_query($raw, "", "&", PHP_QUERY_RFC3986)',
    appliesTo: ['php'],
  },
  {
    title: 'encode with quote, not quote_plus',
    applicability: 'maybe',
    command: "urllib.parse.urlencode(sorted(pairs), quote_via=urllib.parse.quote, safe='-_.~')",
    appliesTo: ['python'],
  },
  {
    title: 'do not pass the query through URLSearchParams, which writes "+" and leaves "*"',
    applicability: 'maybe',
    command: "encodeURIComponent(s).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase())",
    appliesTo: ['javascript'],
  },
] as const
