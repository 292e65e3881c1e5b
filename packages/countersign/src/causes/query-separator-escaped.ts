/**
 * The "&" between parameters was sent escaped: "&amp;" out of HTML or XML, \u0026 out of JSON, %26, or "\&" out of a shell.
 * @see https://html.spec.whatwg.org/multipage/syntax.html#character-references
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-7
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, withPart } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { canonicalQueryOf, piecesOf, queriesShown, sortedPieces } from './kit/query-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** How the separator was written. */
interface Params {
  readonly as: keyof typeof FORMS
}

const HEAD = {
  id: 'query-separator-escaped',
  class: 'query.changed',
  part: 'canonical-query-string',
  narrow: true,
  plain: { as: 'html' },
  undo,
} as const

export const querySeparatorEscaped = defineCause<Params>({
  ...HEAD,
  summary: 'the "&" between query parameters was sent escaped, as "&amp;", \\u0026, %26 or "\\&"',
  schemes: 'signatures',
  // Where no parameter has its name any more, the authorization is not found.
  refusedAt: ['signature', 'mechanism', 'authorization-parts'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) return
  const query = canonicalQueryOf(inputs)
  for (const as of Object.keys(FORMS) as (keyof typeof FORMS)[]) {
    const { found, weight, ground } = FORMS[as]
    if (found.test(query)) yield { params: { as }, weight, grounds: [ground] }
  }
}

function undo(inputs: SigningInputs, { as }: Params): SigningInputs {
  const form = FORMS[as]
  if (form === undefined) return inputs
  const query = canonicalQueryOf(inputs)
  const pieces = piecesOf(form.split(query)).filter((piece) => piece !== '' && piece !== '=')
  const changed = sortedPieces(pieces.map((piece) => (piece.includes('=') ? piece : `${piece}=`))).join('&')
  return form.found.test(query) ? withPart(inputs, 'canonical-query-string', changed) : inputs
}

function explain(match: Match<Params>): Explanation {
  const { what, why, fix } = FORMS[match.params.as]
  const { clause, labels } = queriesShown(match, undo, 'what belongs to the text around the URL became part of a parameter')
  return {
    what: `the URL was sent with ${what} where it was signed with "&"${clause}`,
    why: `${why}; the service splits the query at plain "&" only, and reads other parameters than were signed`,
    labels,
    fixes: [
      fix,
      {
        title: 'take the URL as data (a parsed JSON or XML value, an attribute read from the DOM), never by copying source text',
        applicability: 'maybe',
      },
      {
        title: 'on a command line, put the whole URL in single quotes and escape nothing',
        applicability: 'maybe',
        command: `curl 'https://<host>/<path>?<a>=1&<b>=2'`,
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'escape the "&" once more', why: 'each further escape is one more that the receiver does not undo' },
      {
        title: 'sign the URL with the escapes in it',
        why: 'the signature then holds, and the service still reads wrong parameter names or values',
      },
    ],
    check: 'print the URL right before it is sent: parameters are separated by "&" and nothing else; with that URL the request passes',
  }
}

/** Pieces in which a separator stands escaped: the rest of the piece is "name=value" in escaped form. */
function splitAt(query: string, separator: string): string {
  return piecesOf(query)
    .flatMap((piece) => piece.split(separator).map((part, i) => (i === 0 ? part : part.includes('=') ? part : part.replace('%3D', '='))))
    .join('&')
}

interface Form {
  readonly found: RegExp
  readonly weight: number
  readonly ground: string
  readonly what: string
  readonly why: string
  readonly fix: Explanation['fixes'][number]
  split(query: string): string
}

const FORMS: Readonly<Record<'html' | 'html-number' | 'json' | 'percent' | 'shell', Form>> = {
  html: {
    found: /(?:^|&)amp%3B/i,
    weight: 0.85,
    ground: 'Parameter names on the wire begin with "amp;": the URL was copied out of HTML or XML with "&amp;" in it.',
    what: '"&amp;"',
    why: 'in HTML and XML "&" is written "&amp;", and the URL was taken out without undoing that, or escaped once too often',
    fix: {
      title: 'decode the HTML or XML once before using the URL: "&amp;" is "&"',
      applicability: 'exact',
      command: 'html.unescape(url)',
      appliesTo: ['python'],
    },
    split: (query) =>
      piecesOf(query)
        .map((piece) => piece.replace(/^(?:amp%3B)+/i, ''))
        .join('&'),
  },
  'html-number': {
    found: /%2338%3B|(?:^|&)%23x26%3B/i,
    weight: 0.8,
    ground: 'Parameters on the wire hold "#38;" or "#x26;": the URL was copied out of HTML or XML.',
    what: '"&#38;"',
    why: 'in HTML and XML "&" can be written "&#38;", and the URL was taken out without undoing that',
    fix: { title: 'decode the HTML or XML once before using the URL: "&#38;" is "&"', applicability: 'exact' },
    split: (query) =>
      piecesOf(query)
        .map((piece) => piece.replace(/^%23(?:38|x26)%3B/i, '').replace(/^=$/, ''))
        .join('&'),
  },
  json: {
    found: /%5Cu0026/i,
    weight: 0.85,
    ground: 'A value on the wire holds \\u0026, which is how some JSON writers write "&".',
    what: '\\u0026',
    why: 'Go, .NET and others write "&" as \\u0026 in JSON, and the URL was copied out of the JSON text instead of being read from it',
    fix: {
      title: 'read the URL with a JSON parser, which undoes \\u0026',
      applicability: 'exact',
      command: "jq -r '.url' response.json",
      appliesTo: ['jq'],
    },
    split: (query) => splitAt(query.replaceAll('%5CU0026', '%5Cu0026'), '%5Cu0026'),
  },
  percent: {
    // Bounded, and no "=" within: a quoted text can be long and anything.
    found: /=[^&=]{0,300}%26[^&=]{0,300}%3D/,
    weight: 0.3,
    ground: 'A value on the wire holds an escaped "&" followed by an escaped "=": two parameters look escaped into one.',
    what: '%26',
    why: 'the query was percent-encoded as a whole, so that "&" and "=" became part of the first value',
    fix: { title: 'percent-encode names and values one by one, then join them with "=" and "&"', applicability: 'exact' },
    split: (query) => splitAt(query, '%26'),
  },
  shell: {
    found: /%5C(?:&|$)/,
    weight: 0.7,
    ground: 'Values on the wire end in a backslash: the URL was escaped for a shell, and stood in quotes as well.',
    what: '"\\&"',
    why: 'inside quotes a shell leaves the backslash before "&" in place, and it becomes the last character of the value before it',
    fix: { title: 'put the URL in single quotes and take the backslashes out', applicability: 'exact' },
    split: (query) =>
      piecesOf(query)
        .map((piece) => piece.replace(/%5C$/, '').replace(/%5C=/, '='))
        .join('&'),
  },
}
