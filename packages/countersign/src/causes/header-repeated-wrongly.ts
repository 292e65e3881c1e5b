/**
 * A header that is sent more than once was signed in another form than one line with its values joined by commas.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalHeaders"
 * @see https://github.com/awslabs/aws-sdk-rust/issues/720
 */

import type { CaseFile } from '../case/index.js'
import {
  type CanonicalHeader,
  canonicalHeaderValue,
  headerLines,
  parseCanonicalHeaders,
  type SigningInputs,
  withHeaderLines,
} from '../sigv4/index.js'
import { labelOf } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { differencesOfFault, FITS, faultsOfBlock, narrowed, shownBlock, shownBySigner, signerBlock } from './kit/header-differences.js'
import { headerLabels } from './kit/header-labels.js'
import { listed } from './kit/listed.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { groupedByName, valuesByName } from './kit/values-by-name.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The form that was signed. */
interface Params {
  readonly as: 'listed-twice' | 'comma-space' | 'first' | 'last' | 'lines' | 'first-on-every-line' | 'sorted' | 'sorted-lines' | 'semicolon'
}

const HEAD = { id: 'header-repeated-wrongly', class: 'header.canonical', part: 'canonical-headers', undo } as const

export const headerRepeatedWrongly = defineCause<Params>({
  ...HEAD,
  summary: 'the values of a repeated header were not joined by commas on one line',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect,
  explain,
})

function* suspect(file: CaseFile): Iterable<Suspicion<Params>> {
  yield* shownBySigner<Params>(file, HEAD.id, { as: 'lines' }, "The signer's canonical request has the same header name on several lines.")
  yield* listedTwice(file)
  yield* narrowed(file, HEAD.id, suspicionsOf(file, HEAD, candidates(file)))
}

/** A name that stands twice among the signed headers though the request has the header once: nothing there to test, and wrong by itself. */
function* listedTwice(file: CaseFile): Iterable<Suspicion<Params>> {
  const inputs = file.inputsSeen
  const once = new Set<string>()
  const twice = new Set<string>()
  for (const name of inputs?.signedHeaders ?? []) (once.has(name) ? twice : once).add(name)
  if (twice.size > 0)
    yield {
      params: { as: 'listed-twice' },
      weight: 0.8,
      grounds: [`${listed(twice)} stands twice among the signed headers; each name stands there once.`],
    }
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const block = signerBlock(file)
  const grounds = ["The signer's canonical request has the same header name on several lines."]
  if (block !== undefined && faultsOfBlock(block).includes(HEAD.id)) {
    const lines = parseCanonicalHeaders(block).map(([name, value]) => `${name}:${value}`)
    yield { params: { as: new Set(lines).size < lines.length ? 'first-on-every-line' : 'lines' }, weight: FITS, grounds }
  }
  const differing = differencesOfFault(file, HEAD.id)
  const known =
    differing.length > 0
      ? { weight: 0.6, grounds: [`The values of ${listed(differing.map(({ name }) => name))} are joined differently.`] }
      : {}
  const repeated = inputs === undefined ? [] : repeatedNames(inputs)
  const seen = repeated.length > 0 ? { weight: 0.4, grounds: [`The request has ${listed(repeated)} more than once.`] } : {}
  for (const as of FORMS) yield { params: { as }, ...seen, ...known }
}

function undo(inputs: SigningInputs, { as }: Params): SigningInputs {
  if (as === 'listed-twice') return inputs
  const lines = headerLines(inputs).flatMap(([name, value]): readonly CanonicalHeader[] => {
    const values = valuesOf(inputs, name, value)
    const [first] = values
    if (values.length < 2 || first === undefined) return [[name, value]]
    const sorted = [...values].sort()
    if (as === 'lines' || as === 'sorted-lines') return (as === 'lines' ? values : sorted).map((one) => [name, one])
    if (as === 'first-on-every-line') return values.map(() => [name, first])
    if (as === 'first') return [[name, first]]
    if (as === 'last') return [[name, values.at(-1) ?? first]]
    if (as === 'sorted') return [[name, sorted.join(',')]]
    return [[name, values.join(as === 'semicolon' ? ';' : ', ')]]
  })
  return withHeaderLines(inputs, lines)
}

/** The values of a repeated header; where only a canonical request is known, the pieces that a comma without a space parts. */
function valuesOf(inputs: SigningInputs, name: string, value: string): string[] {
  if (inputs.request !== undefined) {
    const sent = (valuesByName(inputs.request).get(name.toLowerCase()) ?? []).map(canonicalHeaderValue)
    return sent.join(',') === value ? sent : [value]
  }
  return /^(?:x-amz-|x-)/.test(name) && !/^x-amz-(?:security-token|content-sha256|date)$/.test(name) ? value.split(/,(?! )/) : [value]
}

function repeatedNames(inputs: SigningInputs): string[] {
  const { request } = inputs
  if (request === undefined) return []
  const values = valuesByName(request)
  return inputs.signedHeaders.filter((name) => (values.get(name.toLowerCase()) ?? []).length > 1)
}

function explain(match: Match<Params>): Explanation {
  const shown = headerLabels(match, undo, HEAD.id, 'the values belong on one line, joined by ","')
  const block = signerBlock(match.file)
  const own =
    block === undefined || shown.length > 0
      ? []
      : [
          labelOf(
            match.file,
            'canonical-headers',
            shownBlock(joined(block)),
            shownBlock(block),
            'the values belong on one line, joined by ","',
          ),
        ]
  return {
    what:
      match.params.as === 'listed-twice'
        ? `a header is listed ${PHRASES['listed-twice']}`
        : `a header with several values was signed ${PHRASES[match.params.as]}`,
    why: 'the service writes a repeated header as one line, its values in the order sent and joined by "," without a space',
    labels: [...shown, ...own.filter(({ calculated, signed }) => calculated !== signed)],
    fixes: [
      { title: 'join the values of a repeated header by "," in the order sent, on one line', applicability: 'exact' },
      {
        title: 'send one header with the values joined by ","',
        applicability: 'maybe',
        command: "-H 'x-amz-object-attributes: Checksum,ObjectSize'",
        appliesTo: ['curl'],
      },
      {
        title: 'update the SDK: its signer writes every value',
        applicability: 'maybe',
        command: 'cargo update -p aws-sigv4',
        appliesTo: ['aws-sdk-rust'],
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'sort the values', why: 'the values stay in the order in which they are sent' },
      { title: 'leave the header unsigned', why: 'x-amz-* headers have to be signed; for others it hides the fault' },
    ],
    check: 'send the request with one value of the header only: it passes; with two it fails until they are joined on one line',
  }
}

function joined(block: string): string {
  return [...groupedByName(parseCanonicalHeaders(block))].map(([name, all]) => `${name}:${all.join(',')}\n`).join('')
}

const FORMS = ['comma-space', 'lines', 'first', 'last', 'first-on-every-line', 'sorted', 'sorted-lines', 'semicolon'] as const
const PHRASES: Readonly<Record<Params['as'], string>> = {
  'listed-twice': 'twice among the signed headers',
  'comma-space': 'with its values joined by ", "',
  first: 'with its first value only',
  last: 'with its last value only',
  lines: 'on one line per value',
  'first-on-every-line': 'on one line per value, each with the first value',
  sorted: 'with its values sorted',
  'sorted-lines': 'on one line per value, the values sorted',
  semicolon: 'with its values joined by ";"',
}
