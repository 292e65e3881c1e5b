/**
 * The lines around the canonical headers are not as they have to be: the blank line is missing, there is one too many, or CRLF.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalHeaders"
 */

import type { CaseFile } from '../case/index.js'
import { canonicalRequestPart, type SigningInputs, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { differencesOfFault, FITS, narrowed, shownBlock } from './kit/header-differences.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** How the block was written. */
interface Params {
  readonly as: 'no-blank-line' | 'extra-blank-line' | 'glued' | 'blank-line-before' | 'crlf' | 'no-list'
}

const HEAD = { id: 'headers-block-malformed', class: 'header.canonical', part: 'canonical-headers', undo } as const

export const headersBlockMalformed = defineCause<Params>({
  ...HEAD,
  summary: 'the blank line after the canonical headers was missing or doubled',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => narrowed(file, HEAD.id, suspicionsOf(file, HEAD, candidates(file))),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const seen = differencesOfFault(file, HEAD.id).length > 0
  const known = seen ? { weight: FITS, grounds: ['Both sides have the same header lines; the line breaks around them differ.'] } : {}
  const bare = withoutBlankLine(file)
  if (bare)
    yield {
      params: { as: 'no-blank-line' },
      weight: 0.5,
      grounds: ["The signer's canonical request shows no blank line between the headers and the signed headers."],
    }
  for (const as of FORMS) yield { params: { as }, ...known }
}

function undo(inputs: SigningInputs, { as }: Params): SigningInputs {
  const text = canonicalRequestPart(inputs, 'canonical-headers')
  const bare = text.replace(/\n$/, '')
  if (bare === '') return inputs
  if (as === 'no-blank-line') return withPart(inputs, 'canonical-headers', bare)
  if (as === 'extra-blank-line') return withPart(inputs, 'canonical-headers', `${text}\n`)
  if (as === 'blank-line-before') return withPart(inputs, 'canonical-headers', `\n${text}`)
  if (as === 'crlf') return withPart(inputs, 'canonical-headers', text.replaceAll(/\r?\n/g, '\r\n'))
  if (as === 'no-list') return withPart(inputs, 'signed-headers', '')
  const last = bare.lastIndexOf('\n')
  // The last header line and the signed headers on one line: the two parts are cut at another place to write it so.
  if (last < 0) return inputs
  const list = canonicalRequestPart(inputs, 'signed-headers')
  return withPart(withPart(inputs, 'canonical-headers', bare.slice(0, last)), 'signed-headers', bare.slice(last + 1) + list)
}

/** The signer's text has the request line, header lines and then the signed headers without the blank line between. */
function withoutBlankLine(file: CaseFile): boolean {
  const text = file.signer.parts === undefined ? file.signer.canonicalRequest?.text : undefined
  const lines = text?.split('\n') ?? []
  return (
    /^[A-Z]+$/.test(lines[0] ?? '') &&
    (lines[1] ?? '').startsWith('/') &&
    /^[a-z0-9;-]+$/.test(lines.at(-2) ?? '') &&
    /^[a-z0-9-]+:/.test(lines.at(-3) ?? '')
  )
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const text = (inputs: SigningInputs): string =>
    shownBlock(`${canonicalRequestPart(inputs, 'canonical-headers')}\n${canonicalRequestPart(inputs, 'signed-headers')}`)
  const [calculated, signed] = sides === undefined ? ['', ''] : [text(sides.verifier), text(sides.signer)]
  return {
    what: `the canonical headers were written ${PHRASES[match.params.as]}`,
    why: 'every header line ends with a line feed, the last one too; a further line feed then makes the blank line before the signed headers',
    labels:
      calculated === signed
        ? []
        : [labelOf(match.file, 'canonical-headers', calculated, signed, 'the line breaks around the headers differ')],
    fixes: [
      { title: 'end every header line with "\\n" and join the six parts of the canonical request with "\\n"', applicability: 'exact' },
      {
        title: 'in JavaScript',
        applicability: 'maybe',
        command: "[method, uri, query, lines.map((line) => line + '\\n').join(''), signedHeaders, payloadHash].join('\\n')",
        appliesTo: ['javascript'],
      },
      { title: 'let a maintained signer make the canonical request', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'add or remove headers until it passes', why: 'the number of line breaks stays wrong for every list of headers' },
    ],
    check:
      'count the lines: a canonical request has six lines more than it has header lines (the blank line is one of them); write it so and sign again: it passes',
  }
}

const FORMS = ['no-blank-line', 'extra-blank-line', 'glued', 'blank-line-before', 'crlf', 'no-list'] as const
const PHRASES: Readonly<Record<Params['as'], string>> = {
  'no-blank-line': 'without the blank line after them',
  'extra-blank-line': 'with a blank line too many after them',
  glued: 'without the line feed after the last of them, so that the signed headers stand on the same line',
  'blank-line-before': 'with a blank line before them',
  crlf: 'with CR LF at the end of each line',
  'no-list': 'without the list of signed headers after them',
}
