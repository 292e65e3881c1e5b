/**
 * The query was signed as part of the path: "?" and what follows stand in line 2 of the signer's canonical request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalUri"
 * @see https://github.com/aws-samples/sigv4-signing-examples/pull/14
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, splitTarget, uriEncode, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { canonicalUriOf, wirePath } from './kit/path-spelling.js'
import { bareQuery, canonicalQueryOf, shownQuery } from './kit/query-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** How line 2 was written (`observed`: the text itself), and whether line 3 was empty or held the query as well. */
interface Params {
  readonly form: 'raw' | 'as-sent' | 'escaped' | 'mark-only' | 'observed'
  readonly text?: string
  readonly query: 'empty' | 'kept'
}

const HEAD = {
  id: 'query-in-canonical-uri',
  class: 'path.encoding',
  part: 'canonical-uri',
  narrow: true,
  undo,
  plain: { form: 'raw', query: 'empty' },
} as const

export const queryInCanonicalUri = defineCause<Params>({
  ...HEAD,
  summary: 'the query was signed as part of the path',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const logged = signerPart(file, 'canonical-uri') ?? ''
  const grounds = /\?|%3F/i.test(logged) ? [`The canonical URI that was signed holds "?".`] : []
  const weight = grounds.length > 0 ? 0.6 : undefined
  if (inputs === undefined) {
    if (logged.includes('?')) yield { params: { form: 'raw', query: 'empty' }, weight: 0.85, grounds }
    return
  }
  const at = logged.search(/\?|%(?:25)?3F/i)
  // The query in the order of the wire, where only the log tells it.
  if (at >= 0 && bareQuery(logged.slice(at).replace(/^(?:\?|%(?:25)?3F)/i, '')) === bareQuery(canonicalQueryOf(inputs)))
    for (const query of ['empty', 'kept'] as const) yield { params: { form: 'observed', text: logged, query }, weight: 0.6, grounds }
  for (const form of ['raw', 'as-sent', 'escaped', 'mark-only'] as const)
    for (const query of ['empty', 'kept'] as const) yield { params: { form, query }, ...(weight !== undefined && { weight }), grounds }
}

function undo(inputs: SigningInputs, { form, query, text }: Params): SigningInputs {
  const canonical = canonicalQueryOf(inputs)
  if (canonical === '' && form !== 'mark-only') return inputs
  const sent = inputs.request === undefined ? canonical : (splitTarget(inputs.request.target).query ?? canonical)
  const uri = canonicalUriOf(inputs)
  const line =
    form === 'observed'
      ? (text ?? uri)
      : form === 'raw'
        ? `${uri}?${canonical}`
        : form === 'as-sent'
          ? `${uri}?${sent}`
          : form === 'escaped'
            ? uriEncode(`${wirePath(inputs)}?${sent}`, '/')
            : `${uri}?`
  const moved = withPart(inputs, 'canonical-uri', line)
  return query === 'empty' ? withPart(moved, 'canonical-query-string', '') : moved
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const lines = (inputs: SigningInputs): string => `${shownTarget(canonicalUriOf(inputs))}\n${shownQuery(canonicalQueryOf(inputs))}`
  const mark = match.params.form === 'mark-only'
  return {
    what: mark ? 'a "?" was signed at the end of the path' : 'the query was signed as part of the path',
    why: 'line 2 of the canonical request is the path up to "?", which stands in neither line; the query, sorted, is line 3',
    labels:
      sides === undefined
        ? []
        : [labelOf(match.file, 'canonical-uri', lines(sides.verifier), lines(sides.signer), '"?" and the query do not belong to line 2')],
    fixes: [
      { title: 'split the URL at the first "?" before signing: the path is line 2, the query line 3', applicability: 'exact' },
      ...CLIENT_FIXES,
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'percent-encode the "?"', why: 'the path then holds %3F as a letter of a name; the service asks for it and finds nothing' },
      { title: 'send the request without its query', why: 'it passes and does something else; the signer stays wrong for every query' },
    ],
    check:
      'send the same request without a query: it passes with the same signer and key; with ?a=1 it fails until path and query are split',
  }
}

function shownTarget(uri: string): string {
  const at = uri.indexOf('?')
  return at < 0 ? uri : `${uri.slice(0, at + 1)}${shownQuery(uri.slice(at + 1))}`
}

const CLIENT_FIXES = [
  {
    title: 'give path and query apart',
    applicability: 'exact',
    command: 'new HttpRequest({ ..., path: url.pathname, query: Object.fromEntries(url.searchParams) })',
    appliesTo: ['smithy-signature-v4'],
  },
  {
    title: 'split the URL',
    applicability: 'exact',
    command: 'parts = urllib.parse.urlsplit(url); parts.path, parts.query',
    appliesTo: ['python'],
  },
  {
    title: 'use the URL, not the request URI',
    applicability: 'exact',
    command: 'req.URL.EscapedPath(), req.URL.RawQuery   // not req.RequestURI',
    appliesTo: ['go'],
  },
  { title: 'split the URL', applicability: 'exact', command: "parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)", appliesTo: ['php'] },
] as const
