/**
 * The credential scope does not end with "aws4_request".
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html "Credential scope"
 */

import type { CaseFile } from '../case/index.js'
import { SCHEMES, type SchemeRow } from '../catalog/index.js'
import { AWS4_REQUEST, type SigningInputs } from '../sigv4/index.js'
import { clingsToTheNext, comparedSignatures, REPLACE_THE_SECRET } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { carriedScope, loggedScope, type ScopeParams, scopeLabels, statedScope, withScope } from './kit/scope-candidates.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES } from './kit/wrong-fixes.js'

const HEAD = { id: 'scope-terminator-mismatch', class: 'scope.terminator', undo } as const

export const scopeTerminatorMismatch = defineCause<ScopeParams>({
  ...HEAD,
  part: 'credential-scope',
  summary: 'the credential scope does not end with "aws4_request"',
  schemes: 'version-4',
  refusedAt: ['scope', 'credential', 'signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  shownBy: ({ values }) => values,
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<ScopeParams>> {
  const own = terminatorOf(file)
  for (const one of statedScope(file, 'terminator-wrong', 'terminator')) yield { ...one, params: { wanted: own, ...one.params } }
  const carried = carriedScope(file)
  if (carried !== undefined && carried.scope.terminator !== own && !clingsToTheNext(carried.scope.terminator)) {
    const params = { signed: carried.scope.terminator, wanted: own }
    const grounds = [`The credential of the request ends with "${params.signed}".`]
    const open = !comparedSignatures(file) && carried.seen.fidelity === 'exact'
    yield { params, weight: open ? 0.95 : 0.5, grounds, ...(open && { stated: carried.seen }) }
  }
  yield* loggedScope(file, 'terminator')
  for (const signed of MISTAKEN) yield { params: { signed, wanted: own } }
}

/** What a scope of this scheme ends with. */
function terminatorOf({ schemes }: CaseFile): string {
  const rows: readonly SchemeRow[] = [...schemes].map((scheme) => SCHEMES[scheme])
  return rows.find(({ family, words }) => family === 'version-4' && words !== undefined)?.words?.terminator ?? AWS4_REQUEST
}

function undo(inputs: SigningInputs, { signed }: ScopeParams): SigningInputs {
  return withScope(inputs, 'terminator', signed)
}

function explain({ params, file }: Match<ScopeParams>): Explanation {
  const own = params.wanted ?? terminatorOf(file)
  return {
    what: `the credential scope ended with ${params.signed === undefined ? 'something else than' : `"${params.signed}", not`} "${own}"`,
    why: `the last part of the scope is the literal "${own}"; it is in the credential, in the string to sign, and in the last step of the signing key`,
    labels: scopeLabels(params, 'the last part of the credential scope'),
    fixes: [
      {
        title: `end the scope with "${own}", the same text in the credential, in the string to sign and in the signing key`,
        applicability: 'exact',
      },
    ],
    wrongFixes: [
      REPLACE_THE_SECRET,
      CHANGE_IAM_POLICIES,
      {
        title: 'mend the credential only',
        why: 'the string to sign and the signing key hold the same text; with only one of them mended the signature does not match',
      },
    ],
    check: 'print the last part of the scope in the string to sign: it is not "aws4_request"',
  }
}

const MISTAKEN = [
  'aws4',
  'AWS4_REQUEST',
  'aws4-request',
  'aws4request',
  'aws_request',
  'aws4_reques',
  'aws4_request ',
  'aws2_request',
  'request',
  'aws4_request/',
  '',
]
