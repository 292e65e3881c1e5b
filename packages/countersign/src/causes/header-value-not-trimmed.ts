/**
 * A header value was signed with spaces that the canonical form removes: around it, or several in a row inside it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalHeaders"
 * @see https://github.com/oven-sh/bun/pull/36108
 */

import type { CaseFile } from '../case/index.js'
import { canonicalHeaderValue, headerLines, parseCanonicalHeaders, type SigningInputs, withHeaderLines } from '../sigv4/index.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { differencesOfFault, FITS, faultsOfBlock, narrowed, shownBySigner, signerBlock } from './kit/header-differences.js'
import { headerLabels, said } from './kit/header-labels.js'
import { listed } from './kit/listed.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { valuesByName } from './kit/values-by-name.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** Values as they were signed; or a space after every colon. */
interface Params {
  readonly values: readonly (readonly [name: string, value: string])[]
  readonly afterColon?: true
}

const HEAD = { id: 'header-value-not-trimmed', class: 'header.canonical', part: 'canonical-headers', undo } as const

export const headerValueNotTrimmed = defineCause<Params>({
  ...HEAD,
  summary: 'a header value was signed with spaces that the canonical form removes',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect,
  explain,
})

function* suspect(file: CaseFile): Iterable<Suspicion<Params>> {
  yield* shownBySigner<Params>(file, HEAD.id, { values: [] }, "The signer's canonical request has a value with too many spaces.")
  yield* narrowed(file, HEAD.id, suspicionsOf(file, HEAD, candidates(file)))
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const block = signerBlock(file)
  const written = parseCanonicalHeaders(block ?? '').filter(([, value]) => value !== canonicalHeaderValue(value))
  const differing = differencesOfFault(file, HEAD.id)
  if (differing.length > 0)
    yield {
      params: { values: differing.map(({ name, signed }) => [name, signed] as const) },
      weight: FITS,
      grounds: differing.map(({ name }) => `The two sides' values of ${name} differ in spaces only.`),
    }
  if (block !== undefined && faultsOfBlock(block).includes(HEAD.id))
    yield {
      params: { values: written },
      weight: 0.85,
      grounds: [`The signer's canonical request has a value with too many spaces: ${listed(written.map(([name]) => name))}.`],
    }
  if (inputs === undefined) {
    yield { params: { values: [] } }
    return
  }
  const raw = rawValues(file, inputs)
  const grounds = [`The value of ${listed(raw.map(([name]) => name))} on the wire has spaces that the canonical form removes.`]
  if (raw.length > 0) {
    yield { params: { values: raw }, weight: 0.5, grounds }
    yield { params: { values: raw.map(([name, value]) => [name, value.trim()] as const) }, weight: 0.5, grounds }
    yield { params: { values: raw.map(([name, value]) => [name, value.replace(/[ \t]+/g, ' ')] as const) }, weight: 0.5, grounds }
  }
  if (raw.length > 1) for (const one of raw.slice(0, 10)) yield { params: { values: [one] }, weight: 0.4, grounds }
  yield { params: { values: [], afterColon: true } }
  for (const [name, value] of headerLines(inputs).slice(0, 12)) {
    yield { params: { values: [[name, ` ${value}`]] } }
    yield { params: { values: [[name, `${value} `]] } }
  }
}

function undo(inputs: SigningInputs, { values, afterColon }: Params): SigningInputs {
  const signedAs = new Map<string, string>()
  for (const [given, value] of values) if (!signedAs.has(given.toLowerCase())) signedAs.set(given.toLowerCase(), value)
  return withHeaderLines(
    inputs,
    headerLines(inputs).map(([name, value]) => {
      if (afterColon === true) return [name, ` ${value}`] as const
      const signed = signedAs.get(name)
      // Only blanks: anything else in which the two differ is another cause's.
      return [name, signed !== undefined && canonicalHeaderValue(signed) === canonicalHeaderValue(value) ? signed : value] as const
    }),
  )
}

/** Signed headers whose value, somewhere in the evidence, has spaces that the canonical form removes. */
function rawValues(file: CaseFile, inputs: SigningInputs): (readonly [string, string])[] {
  const seen = file.observations.flatMap((one) => (one.kind === 'request' ? [one.request] : []))
  const requests = inputs.request === undefined ? seen : [inputs.request, ...seen]
  return headerLines(inputs).flatMap(([name, value]) => {
    for (const request of requests) {
      const raw = valuesByName(request)
        .get(name)
        ?.find((text) => text !== value && canonicalHeaderValue(text) === value)
      if (raw !== undefined) return [[name, raw] as const]
    }
    return []
  })
}

function explain(match: Match<Params>): Explanation {
  const labels = headerLabels(match, undo, HEAD.id, 'the two differ in spaces only')
  return {
    what: said(labels, 'a header value was signed with spaces around it or several in a row inside it'),
    why: 'the service removes spaces at both ends of a value and makes each run of spaces inside it one space, also between quotes',
    labels,
    fixes: [
      { title: 'trim every value and collapse runs of spaces before writing the line', applicability: 'exact' },
      { title: 'in JavaScript', applicability: 'maybe', command: "value.trim().replace(/ +/g, ' ')", appliesTo: ['javascript'] },
      { title: 'in Python', applicability: 'maybe', command: "' '.join(value.split())", appliesTo: ['python'] },
      {
        title: 'write name, colon and value without a space after the colon',
        applicability: 'maybe',
        command: 'f"{name}:{value}\\n"',
        appliesTo: ['python'],
      },
      {
        title: 'until then, send values without double or outer spaces (file names in Content-Disposition, user metadata)',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'put the value in quotes', why: 'spaces inside quotes are collapsed all the same' },
      { title: 'percent-encode the spaces in the header', why: 'the header then says something else, for example another file name' },
    ],
    check: 'send the same request with single spaces only: it passes; with two in a row it fails until the signer collapses them',
  }
}
