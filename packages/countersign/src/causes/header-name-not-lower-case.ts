/**
 * Header names stand in the canonical headers, or in SignedHeaders, as they are sent instead of in lower case.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalHeaders"
 */

import type { CaseFile } from '../case/index.js'
import {
  authorizationOf,
  canonicalRequestPart,
  headerLines,
  parseAuthorization,
  parseCanonicalHeaders,
  type SigningInputs,
  withHeaderLines,
  withPart,
} from '../sigv4/index.js'
import { labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { differencesOfFault, FITS, narrowed, shownBySigner, signerBlock } from './kit/header-differences.js'
import { headerLabels } from './kit/header-labels.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The spellings that were signed, where they stood, and whether the lines were sorted by them. */
interface Params {
  readonly names: readonly string[]
  readonly of: 'lines' | 'list' | 'both'
  readonly sorted?: true
}

const HEAD = { id: 'header-name-not-lower-case', class: 'header.canonical', part: 'canonical-headers', undo } as const

export const headerNameNotLowerCase = defineCause<Params>({
  ...HEAD,
  summary: 'header names were signed as they are spelled, not in lower case',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect,
  explain,
})

function* suspect(file: CaseFile): Iterable<Suspicion<Params>> {
  const ground = "The signer's canonical request has header names that are not in lower case."
  yield* shownBySigner<Params>(file, HEAD.id, { names: [], of: 'both' }, ground)
  yield* narrowed(file, HEAD.id, suspicionsOf(file, HEAD, only(candidates(file), false)))
  // Where only the list is misspelled the header lines agree: it is judged alone.
  yield* suspicionsOf(file, { ...HEAD, part: 'signed-headers' }, only(candidates(file), true))
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const written = parseCanonicalHeaders(signerBlock(file) ?? '').map(([name]) => name)
  const grounds = ["The signer's canonical request has header names that are not in lower case."]
  if (differencesOfFault(file, HEAD.id).length > 0) yield* forms(written, FITS, grounds)
  else if (written.some(hasUpper)) yield* forms(written, 0.85, grounds)
  const signedList = (signerPart(file, 'signed-headers') ?? '').split(';')
  if (signedList.some(hasUpper))
    yield* forms(signedList, 0.85, ["The list of signed headers in the signer's canonical request is not in lower case."])
  const listed = listedNames(file)
  if (listed.some(hasUpper)) yield* forms(listed, 0.8, [`SignedHeaders has names that are not in lower case: ${listed.join(';')}.`])
  if (inputs === undefined) {
    yield { params: { names: [], of: 'both' } }
    return
  }
  const names = headerLines(inputs).map(([name]) => name)
  yield* forms((inputs.request?.headers ?? []).map(([name]) => name))
  yield* forms(names.map(titled))
  yield* forms(names.map((name) => titled(name).replace(/^Host$/, 'host')))
  yield* forms(names.map((name) => titled(name).replace(/^X-Amz-.*/, (found) => found.toLowerCase())))
  yield* forms(names.map((name) => titled(name).replace('Sha256', 'SHA256')))
  yield* forms(names.map((name) => name.toUpperCase()))
}

function only(candidates: Iterable<Candidate<Params>>, list: boolean): Candidate<Params>[] {
  return [...candidates].filter(({ params }) => (params.of === 'list') === list)
}

function* forms(names: readonly string[], weight?: number, grounds?: readonly string[]): Iterable<Candidate<Params>> {
  const reasons = { ...(weight !== undefined && { weight }), ...(grounds !== undefined && { grounds }) }
  yield { params: { names, of: 'both' }, ...reasons }
  yield { params: { names, of: 'both', sorted: true }, ...reasons }
  yield { params: { names, of: 'lines' }, ...reasons }
  yield { params: { names, of: 'list' }, ...reasons }
}

function undo(inputs: SigningInputs, { names, of, sorted }: Params): SigningInputs {
  const spellings = new Map<string, string>()
  for (const given of names) if (!spellings.has(given.toLowerCase())) spellings.set(given.toLowerCase(), given)
  const spelled = (name: string): string => spellings.get(name) ?? name
  const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  const lines = headerLines(inputs).map(([name, value]) => [spelled(name), value] as const)
  const withLines =
    of === 'list' ? inputs : withHeaderLines(inputs, sorted === true ? [...lines].sort((a, b) => byName(a[0], b[0])) : lines)
  if (of === 'lines') return withLines
  const list = canonicalRequestPart(inputs, 'signed-headers').split(';').map(spelled)
  return withPart(withLines, 'signed-headers', (sorted === true ? [...list].sort(byName) : list).join(';'))
}

/** The names in SignedHeaders, as they are spelled in any Authorization header or URL shown. */
function listedNames(file: CaseFile): string[] {
  const lists = file.observations.flatMap((seen) => {
    if (seen.kind === 'authorization') return [parseAuthorization(seen.value).signedHeaders]
    return seen.kind === 'request' ? [authorizationOf(seen.request)?.signedHeaders] : []
  })
  return (lists.find((list) => list !== undefined && hasUpper(list)) ?? '').split(';').filter((name) => /^[A-Za-z0-9-]+$/.test(name))
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] =
    sides === undefined
      ? ['', '']
      : [canonicalRequestPart(sides.verifier, 'signed-headers'), canonicalRequestPart(sides.signer, 'signed-headers')]
  return {
    what: 'header names were signed with capital letters',
    why: 'the service writes every name in lower case, in the canonical headers and in the list of signed headers',
    labels: [
      ...headerLabels(match, undo, HEAD.id, 'the names are to be in lower case'),
      ...(calculated === signed ? [] : [labelOf(match.file, 'signed-headers', calculated, signed, 'the names are to be in lower case')]),
    ],
    fixes: [
      { title: 'put every name into lower case before sorting and writing the lines, and in SignedHeaders', applicability: 'exact' },
      { title: 'in JavaScript', applicability: 'maybe', command: 'name.toLowerCase()', appliesTo: ['javascript'] },
      {
        title: 'independent of the locale',
        applicability: 'maybe',
        command: 'name.ToLowerInvariant()  // Java: name.toLowerCase(Locale.ROOT)',
        appliesTo: ['dotnet', 'java'],
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'send the header names in lower case',
        why: 'names on the wire may be in any case (HTTP/2 has lower case only); what counts is the text that was signed',
      },
    ],
    check:
      'write the names in lower case in the canonical request and in SignedHeaders and sign again: it passes with the same headers on the wire',
  }
}

function hasUpper(text: string): boolean {
  return /[A-Z]/.test(text)
}

function titled(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
}
