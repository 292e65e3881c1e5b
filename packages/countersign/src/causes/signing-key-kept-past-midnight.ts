/**
 * A signing key was kept over midnight UTC: the scope names today, the key is of an earlier day.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 * @see https://github.com/tedder/requests-aws4auth/issues/7
 */

import type { CaseFile } from '../case/index.js'
import { parseRequestDate, requestDateText, type SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { chainLabels, KEY_CHECK, KEY_WRONG_FIXES, USE_A_LIBRARY, withDerivation } from './kit/signing-key-edit.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'

/** How many days old the key was; absent where only a hint speaks of it. */
interface Params {
  readonly days?: number
}

const HEAD = {
  id: 'signing-key-kept-past-midnight',
  class: 'key.derivation',
  undo,
  narrow: true,
} as const

export const signingKeyKeptPastMidnight = defineCause<Params>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'the signing key was one of an earlier day than the scope names',
  schemes: 'version-4',
  narrow: HEAD.narrow,
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  undo,
  explain: ({ params: { days }, verifier, signer }) => ({
    what: `the signing key was ${days === undefined ? 'of an earlier day' : days === 1 ? 'of the day before' : `${days} days old`}; the scope that was sent names another day`,
    why: 'the first step of the key is the day in UTC, so a key is good for one day; a cache that outlives midnight signs with the key of yesterday, while the scope names the new day',
    labels: chainLabels(verifier, signer, 'the key is of another day'),
    fixes: [
      {
        title: 'key the cache of signing keys by date, region and service, and take the date out of the request date',
        applicability: 'exact',
      },
      { title: 'derive the key for each request: four HMACs take a few microseconds', applicability: 'maybe' },
      {
        title: 'let the key be derived again when the day changes',
        applicability: 'maybe',
        command: "pip install 'requests-aws4auth>=0.8'",
        appliesTo: ['requests-aws4auth'],
      },
      USE_A_LIBRARY,
    ],
    wrongFixes: [
      { title: 'restart the process', why: 'it makes a new key, and the fault is back after the next midnight UTC' },
      ...KEY_WRONG_FIXES,
    ],
    check: `sign twice, before and after midnight UTC, with one process: the second fails, and a new process passes. ${KEY_CHECK}`,
  }),
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  if (parseRequestDate(`${file.inputs?.scope.date ?? ''}T000000Z`) === undefined) return
  for (let days = 1; days <= 7; days++) yield { params: { days } }
}

function undo(inputs: SigningInputs, { days }: Params): SigningInputs {
  const day = parseRequestDate(`${inputs.scope.date}T000000Z`)
  if (day === undefined || days === undefined) return inputs
  return withDerivation(inputs, { scope: { date: requestDateText(day - days * DAY).slice(0, 8) } })
}

const DAY = 86_400_000
