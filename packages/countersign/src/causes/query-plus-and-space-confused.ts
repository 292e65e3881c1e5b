/**
 * A space of the query was signed as "+" or a plus as a space: form encoding and URI encoding read "+" in two ways.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "UriEncode"
 * @see https://github.com/mhart/aws4fetch/issues/83
 * @see https://github.com/curl/curl/issues/20543
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, splitTarget, withPart } from '../sigv4/index.js'
import { clientSeen, signerPart } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { decodedOnly } from './kit/path-spelling.js'
import { canonicalQueryOf, type Pieces, piecesToSpell, queriesShown, respelled } from './kit/query-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** How the signer wrote the space or the plus. */
interface Params {
  readonly as: keyof typeof SPELLINGS | 'raw-in-signature'
  readonly of?: Pieces
}

const HEAD = {
  id: 'query-plus-and-space-confused',
  class: 'query.encoding',
  part: 'canonical-query-string',
  narrow: true,
  undo,
  plain: { as: 'form-encoded' },
} as const

export const queryPlusAndSpaceConfused = defineCause<Params>({
  ...HEAD,
  summary: 'a space of the query was signed as "+", or a plus as a space',
  schemes: 'signatures',
  refusedAt: ['signature'],
  shownBy: ({ rule }) => ({ as: rule === 'query-two-spaces' ? 'plus-for-space' : 'raw-in-signature' }),
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) {
    if ((signerPart(file, 'canonical-query-string') ?? '').includes('+'))
      yield {
        params: { as: 'plus-for-space' },
        weight: 0.65,
        grounds: ['The canonical query string that was signed has an unescaped "+".'],
      }
    return
  }
  const sent = inputs.request === undefined ? '' : (splitTarget(inputs.request.target).query ?? '')
  const grounds = sent.includes('+')
    ? ['The query on the wire has an unescaped "+", which some signers read as a space and others as a plus.']
    : []
  const weight = clientSeen(file, /^curl$/i) === undefined ? 0.35 : 0.5
  for (const of of piecesToSpell(canonicalQueryOf(inputs)))
    for (const as of Object.keys(SPELLINGS) as (keyof typeof SPELLINGS)[])
      yield { params: { as, of }, ...(grounds.length > 0 && { weight, grounds }) }
}

function undo(inputs: SigningInputs, { as, of = 'all' }: Params): SigningInputs {
  const spell = as === 'raw-in-signature' ? undefined : SPELLINGS[as]
  return spell === undefined ? inputs : withPart(inputs, 'canonical-query-string', respelled(canonicalQueryOf(inputs), of, spell).join('&'))
}

function explain(match: Match<Params>): Explanation {
  const { as } = match.params
  const { clause, labels } = queriesShown(match, undo, 'a space is %20 and a plus is %2B')
  return {
    what: labels.length === 0 ? 'a space or a plus of the query was signed in one spelling and read in another' : `${PHRASES[as]}${clause}`,
    why: 'in the canonical query string a space is %20 and a plus is %2B; form encoding writes a space as "+", and an unescaped "+" in a URL is read as a space by AWS and as a plus by strict URL parsers',
    labels,
    fixes: [
      { title: 'send %20 for a space and %2B for a plus, and sign exactly that; never send an unescaped "+"', applicability: 'exact' },
      ...CLIENT_FIXES,
      {
        title: 'compare the URL that is sent with the one that was signed: HTTP clients and URL classes rewrite "+" and %20',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'encode the "+" or "%20" once more',
        why: 'the service then reads "%2B" or "%20" as the text of the value, and looks for that',
      },
      {
        title: 'use the language\'s form encoder and replace "+" by %20 in the URL only',
        why: 'the canonical query string has to hold %20 as well; both must be made by one encoder',
      },
    ],
    check:
      'send the same request with a value of letters and digits only: it passes with the same signer and key; with a space in it, it fails',
  }
}

const SPELLINGS = {
  'plus-for-space': (piece: string) => piece.replaceAll('%20', '+'),
  'plus-read-as-plus': (piece: string) => piece.replaceAll('%20', '%2B'),
  'plus-read-as-space': (piece: string) => piece.replaceAll('%2B', '%20'),
  'raw-plus': (piece: string) => piece.replaceAll('%2B', '+'),
  'form-encoded': (piece: string) => decodedOnly(piece.replaceAll('%20', '+').replaceAll('~', '%7E'), '*'),
  'plus-escaped-twice': (piece: string) => piece.replaceAll('%20', '%252B'),
} as const

const PHRASES: Readonly<Record<Params['as'], string>> = {
  'plus-for-space': 'a space was signed as "+"',
  'plus-read-as-plus': 'a "+" was signed as a plus where the service reads a space',
  'plus-read-as-space': 'a plus was signed as a space',
  'raw-in-signature': 'the signature was sent with an unescaped "+", which the service read as a space',
  'raw-plus': 'a plus was signed unescaped',
  'form-encoded': 'the query was signed in form encoding, with "+" for a space',
  'plus-escaped-twice': 'a "+" was escaped twice before signing',
}

const CLIENT_FIXES = [
  {
    title: 'encode with Uri.EscapeDataString: HttpUtility and WebUtility write forms, "+" for a space',
    applicability: 'exact',
    command: 'Uri.EscapeDataString(value)',
    appliesTo: ['dotnet'],
  },
  {
    title: 'write %20 and %2B in the URL; --url-query and --data-urlencode with -G write "+" for a space',
    applicability: 'exact',
    command: "curl --aws-sigv4 'aws:amz:<region>:<service>' 'https://<host>/<path>?<name>=<value with %20>'",
    appliesTo: ['curl'],
  },
  {
    title: 'build the query by RFC 3986',
    applicability: 'exact',
    command: 'http_build_query($parameters, "", "&", PHP_QUERY_RFC3986)',
    appliesTo: ['php'],
  },
  {
    title: 'encode with quote, not quote_plus',
    applicability: 'exact',
    command: "urllib.parse.urlencode(sorted(pairs), quote_via=urllib.parse.quote, safe='-_.~')",
    appliesTo: ['python'],
  },
  {
    title: 'do not send what URLSearchParams writes: it has "+" for a space',
    applicability: 'exact',
    command: "url.search = url.searchParams.toString().replaceAll('+', '%20')",
    appliesTo: ['javascript'],
  },
  {
    title: 'url.Values.Encode writes "+" for a space; replace it before signing and sending',
    applicability: 'exact',
    command: 'req.URL.RawQuery = strings.ReplaceAll(values.Encode(), "+", "%20")',
    appliesTo: ['go'],
  },
  {
    title: 'URLEncoder writes a form; replace "+" by %20',
    applicability: 'exact',
    command: 'URLEncoder.encode(value, UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~")',
    appliesTo: ['java'],
  },
] as const
