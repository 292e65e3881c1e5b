/**
 * The canonical headers were not in the order of their lower-case names.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalHeaders"
 * @see https://github.com/badslug/Paw-AWSSignature4DynamicValue/issues/17
 */

import type { CaseFile } from '../case/index.js'
import {
  authorizationOf,
  canonicalRequestPart,
  headerLines,
  parseCanonicalHeaders,
  type SigningInputs,
  withHeaderLines,
  withPart,
} from '../sigv4/index.js'
import { labelOf, sidesOf } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { differencesOfFault, FITS, faultsOfBlock, narrowed, shownBySigner, signerBlock } from './kit/header-differences.js'
import { headerLabels } from './kit/header-labels.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The order that was signed, and whether SignedHeaders was in it too or only the lines. */
interface Params {
  readonly order: readonly string[]
  readonly of: 'lines' | 'both'
}

const HEAD = { id: 'headers-not-sorted', class: 'header.canonical', part: 'canonical-headers', undo } as const

export const headersNotSorted = defineCause<Params>({
  ...HEAD,
  summary: 'the canonical headers were not sorted by name before signing',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect,
  explain,
})

function* suspect(file: CaseFile): Iterable<Suspicion<Params>> {
  const ground = "The header lines of the signer's canonical request are not sorted by name."
  yield* shownBySigner<Params>(file, HEAD.id, { order: [], of: 'both' }, ground)
  yield* narrowed(file, HEAD.id, suspicionsOf(file, HEAD, candidates(file)))
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const block = signerBlock(file)
  const written = block === undefined ? [] : parseCanonicalHeaders(block).map(([name]) => name.toLowerCase())
  if (differencesOfFault(file, HEAD.id).length > 0) yield* both(written, FITS, ['Both sides have the same header lines, in another order.'])
  else if (block !== undefined && faultsOfBlock(block).includes(HEAD.id))
    yield* both(written, 0.85, ["The header lines of the signer's canonical request are not sorted by name."])
  if (inputs === undefined) {
    yield { params: { order: [], of: 'lines' } }
    return
  }
  const listed = listedOrder(file)
  if (listed.length > 1 && listed.join(';') !== [...listed].sort().join(';'))
    yield* both(listed, 0.6, [`The names in SignedHeaders are not sorted: ${listed.join(';')}.`])
  const names = headerLines(inputs).map(([name]) => name)
  const sent = (inputs.request?.headers ?? []).map(([name]) => name.toLowerCase())
  const isAmz = (name: string): boolean => name.startsWith('x-amz-')
  const first = (wanted: (name: string) => boolean): string[] => [...names.filter(wanted), ...names.filter((name) => !wanted(name))]
  const orders = [
    sent,
    first((name) => name === 'host'),
    first((name) => name !== 'host'),
    first(isAmz),
    first((name) => name !== 'x-amz-date'),
    first((name) => name === 'x-amz-date'),
    first((name) => name === 'content-type'),
    ['host', 'x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token'],
    ['host', 'x-amz-content-sha256', 'x-amz-security-token', 'x-amz-date'],
    ['content-type', 'host', 'x-amz-date', 'x-amz-target', 'x-amz-security-token'],
    ['x-amz-date', 'host'],
    ['date', 'host'],
    [...names].reverse(),
    // A comparison that skips the hyphens, as some locales' sorting does.
    [...names].sort((a, b) => (a.replaceAll('-', '') < b.replaceAll('-', '') ? -1 : 1)),
  ]
  for (const order of orders) yield* both(order)
}

function* both(order: readonly string[], weight?: number, grounds?: readonly string[]): Iterable<Candidate<Params>> {
  const reasons = { ...(weight !== undefined && { weight }), ...(grounds !== undefined && { grounds }) }
  yield { params: { order, of: 'lines' }, ...reasons }
  yield { params: { order, of: 'both' }, ...reasons }
}

function undo(inputs: SigningInputs, { order, of }: Params): SigningInputs {
  const places = new Map<string, number>()
  for (const [i, name] of order.entries()) if (!places.has(name)) places.set(name, i)
  const place = (name: string): number => places.get(name.toLowerCase()) ?? order.length
  const lines = headerLines(inputs)
  const moved = withHeaderLines(
    inputs,
    [...lines].sort((a, b) => place(a[0]) - place(b[0])),
  )
  if (moved === inputs || of === 'lines') return moved
  const names = canonicalRequestPart(inputs, 'signed-headers').split(';')
  return withPart(moved, 'signed-headers', [...names].sort((a, b) => place(a) - place(b)).join(';'))
}

/** The names in SignedHeaders as they are written in the evidence. */
function listedOrder(file: CaseFile): string[] {
  const request = file.wire.request?.request ?? file.request
  const text = request === undefined ? undefined : authorizationOf(request)?.signedHeaders
  return (text ?? '')
    .toLowerCase()
    .split(';')
    .filter((name) => name !== '')
}

function explain(match: Match<Params>): Explanation {
  const blocks = headerLabels(match, undo, HEAD.id, 'the same lines in another order')
  const sides = sidesOf(match, undo)
  const [calculated, signed] =
    sides === undefined
      ? ['', '']
      : [canonicalRequestPart(sides.verifier, 'signed-headers'), canonicalRequestPart(sides.signer, 'signed-headers')]
  return {
    what: 'the header lines were signed in another order than that of their names',
    why: 'the service sorts the canonical headers, and the list of signed headers, by lower-case name; the order is part of what is hashed',
    labels: [
      ...blocks,
      ...(calculated === signed ? [] : [labelOf(match.file, 'signed-headers', calculated, signed, 'the list in another order')]),
    ],
    fixes: [
      {
        title: 'sort the lower-case header names by byte value before writing the lines, and use the same order for SignedHeaders',
        applicability: 'exact',
      },
      {
        title: 'sort in JavaScript',
        applicability: 'maybe',
        command: 'names.map((name) => name.toLowerCase()).sort()',
        appliesTo: ['javascript'],
      },
      {
        title: 'sort in Python',
        applicability: 'maybe',
        command: 'sorted((name.lower(), value) for name, value in headers.items())',
        appliesTo: ['python'],
      },
      { title: 'let a maintained signer make the canonical request', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'send the headers in the order in which they were signed',
        why: 'the service sorts them, so the order on the wire does not matter',
      },
      { title: 'sign the host only', why: 'one line needs no sorting, so that the fault is hidden; x-amz-* headers have to be signed' },
    ],
    check: 'sign the same request with the lines sorted by name: it passes, and nothing else has to change',
  }
}
