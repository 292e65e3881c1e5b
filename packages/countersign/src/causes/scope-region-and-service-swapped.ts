/**
 * Region and service stand in each other's place in the credential scope: positional arguments of a signing function.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html "Credential scope"
 */

import type { CaseFile } from '../case/index.js'
import { credentialScopeText, type SigningInputs } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import { comparedSignatures, factsStated, REPLACE_THE_SECRET, signerHead } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { carriedScope } from './kit/scope-candidates.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES } from './kit/wrong-fixes.js'

/** What was signed in the place of each; absent where only a hint speaks of it. */
interface Params {
  readonly region?: string
  readonly service?: string
}

const HEAD = {
  id: 'scope-region-and-service-swapped',
  class: 'scope.region',
  undo,
  narrow: true,
} as const

export const scopeRegionAndServiceSwapped = defineCause<Params>({
  ...HEAD,
  part: 'credential-scope',
  summary: 'region and service are swapped in the credential scope',
  schemes: 'version-4',
  refusedAt: ['scope', 'signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  shownBy: ({ values }) => values,
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const carried = carriedScope(file)
  const [wrong] = factsStated(file, ['region-wrong', 'service-wrong'])
  const { region, service } = carried?.scope ?? {}
  if (carried !== undefined && region !== undefined && service !== undefined && isSwapped(region, service)) {
    const grounds = [`The credential has "${region}" where the region belongs, and "${service}" where the service belongs.`]
    // The form of the scope shows it; a service that compared signatures had another scope before it.
    const open = !comparedSignatures(file)
    const stated = wrong ?? (carried.seen.fidelity === 'exact' && open && file.refusal?.check?.group === 'scope' ? carried.seen : undefined)
    yield {
      params: { region, service },
      weight: stated !== undefined ? 0.97 : open ? 0.7 : 0.3,
      grounds,
      ...(stated !== undefined && { stated }),
    }
  }
  const logged = signerHead(file)?.scope
  const wanted = file.inputsSeen?.scope
  if (
    logged !== undefined &&
    wanted !== undefined &&
    logged.region === wanted.service &&
    logged.service === wanted.region &&
    logged.region !== '' &&
    logged.region !== undefined
  )
    yield {
      params: { region: logged.region, service: logged.service },
      weight: 0.92,
      grounds: [`The signer's own string to sign has the scope ${credentialScopeText(logged)}.`],
    }
  if (wanted?.region !== undefined && wanted.region !== '' && wanted.service !== '')
    yield { params: { region: wanted.service, service: wanted.region } }
}

/** A region where the service belongs, and none where the region belongs. */
function isSwapped(region: string, service: string): boolean {
  return !isMasked(region + service) && REGION.test(service) && /^[a-z][a-z0-9-]*$/.test(region) && !REGION.test(region)
}

function undo(inputs: SigningInputs, { region, service }: Params): SigningInputs {
  const { scope } = inputs
  if (region === undefined || service === undefined || (scope.region === region && scope.service === service)) return inputs
  return { ...inputs, scope: { ...scope, region, service } }
}

function explain({ params }: Match<Params>): Explanation {
  const { region, service } = params
  const known = region !== undefined && service !== undefined
  return {
    what: known
      ? `the request was signed for the region "${region}" and the service "${service}": the two are swapped`
      : 'region and service are swapped in the credential scope',
    why: 'the scope is date, region, service, "aws4_request", in this order, in the credential, in the string to sign and in the signing key; the service derives its key in this order',
    labels: known
      ? [{ part: 'credential-scope', calculated: `${service}/${region}`, signed: `${region}/${service}`, note: 'the region comes first' }]
      : [],
    fixes: [
      {
        title: 'swap the two arguments where the signing function is called, or pass them by name',
        applicability: 'exact',
        ...(known && { command: `region = "${service}", service = "${region}"` }),
      },
      {
        title: 'mind the order of the library',
        applicability: 'maybe',
        command: 'AWS4Auth(id, secret, region, service)  # requests-aws4auth;  SigV4Auth(credentials, service, region)  # botocore',
        appliesTo: ['python'],
      },
    ],
    wrongFixes: [REPLACE_THE_SECRET, CHANGE_IAM_POLICIES],
    check:
      'print the credential that is sent: after the date comes the region ("us-east-1"), then the service ("s3"); where it is so already, this is not the cause',
  }
}

const REGION = /^[a-z]{2}(?:-[a-z]{2,10}){1,3}-\d$/
