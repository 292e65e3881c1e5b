/**
 * The key was derived for another day, region or service than the credential scope names: a cached key, a local date, a constant.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */

import type { CaseFile } from '../case/index.js'
import { type CredentialScope, parseRequestDate, requestDateText, type SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { STANDARD_CHAIN } from './kit/key-derivation.js'
import { chainLabels, KEY_CHECK, KEY_WRONG_FIXES, USE_A_LIBRARY, withDerivation } from './kit/signing-key-edit.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'

/** The scope parts that the key was derived with. */
interface Params {
  readonly scope: Partial<CredentialScope>
}

const HEAD = {
  id: 'signing-key-of-another-scope',
  class: 'key.derivation',
  undo,
  narrow: true,
} as const

export const signingKeyOfAnotherScope = defineCause<Params>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'the signing key was derived for another date, region or service than the scope names',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, { scope: {} }, candidates(file)),
  undo,
  explain: ({ params, verifier, signer }) => ({
    what: `the key was derived ${
      Object.entries(params.scope)
        .map(([part, value]) => `for the ${part} "${value}"`)
        .join(' and ') || 'for another scope'
    }, the scope that was sent names another`,
    why: 'the key is derived for the same scope that is in the string to sign; the service derives it for the scope in the request',
    labels: chainLabels(verifier, signer, 'the key belongs to another scope'),
    fixes: [
      {
        title:
          'derive the key from the very scope that goes into the string to sign; a cached key is good for its day, region and service only',
        applicability: 'exact',
      },
      ...STANDARD_CHAIN,
      USE_A_LIBRARY,
    ],
    wrongFixes: KEY_WRONG_FIXES,
    check: KEY_CHECK,
  }),
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const scope = file.inputs?.scope
  if (scope?.region === undefined) return
  const day = parseRequestDate(`${scope.date}T000000Z`)
  if (day !== undefined) for (const days of [1, -1, 2]) yield { params: { scope: { date: requestDateText(day + days * DAY).slice(0, 8) } } }
  if (file.inputs?.requestDate !== undefined) yield { params: { scope: { date: file.inputs.requestDate } } }
  for (const region of ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', '', scope.region.toUpperCase()])
    yield { params: { scope: { region } } }
  for (const service of ['s3', 'execute-api', 'es', 'iam', 'sts', '', scope.service.toUpperCase()]) yield { params: { scope: { service } } }
  for (const terminator of ['aws4', 'aws_request', 'AWS4_REQUEST', '']) yield { params: { scope: { terminator } } }
}

function undo(inputs: SigningInputs, { scope }: Params): SigningInputs {
  return withDerivation(inputs, { scope })
}

const DAY = 86_400_000
