/**
 * The endpoint takes Signature Version 4A only: a Multi-Region Access Point, signed with the algorithm of one region.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRequests.html
 * @see https://github.com/boto/boto3/issues/4627
 */

import type { CaseFile } from '../case/index.js'
import { scopeOf } from '../endpoints/index.js'
import { AWS4_ECDSA_P256_SHA256, AWS4_HMAC_SHA256, authorizationOf, headerValue, type SigningInputs } from '../sigv4/index.js'
import { requestsSeen } from './kit/case-views.js'
import { defineCause } from './kit/cause.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS, SEND_AGAIN } from './kit/wrong-fixes.js'

/** The host that was asked; absent where only a hint speaks of one. */
interface Params {
  readonly host?: string
}

const HEAD = {
  id: 'algorithm-sigv4a-required',
  class: 'algorithm.version',
  undo,
  narrow: true,
} as const

export const algorithmSigv4aRequired = defineCause<Params>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'algorithm',
  summary: 'the endpoint takes Signature Version 4A only, and the request was signed with Version 4',
  schemes: 'version-4',
  narrow: HEAD.narrow,
  refusedAt: ['mechanism', 'authorization-parts', 'scope', 'signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  undo,
  explain: ({ params: { host } }) => ({
    what: `the request was signed with ${AWS4_HMAC_SHA256}${host === undefined ? '' : ` and sent to ${host}`}; that endpoint takes ${AWS4_ECDSA_P256_SHA256}`,
    why: 'a Multi-Region Access Point answers in any of several regions, and a Version 4 signature is good in one; Version 4A signs for a set of regions, with a key pair made of the same secret',
    labels: [{ part: 'algorithm', calculated: AWS4_ECDSA_P256_SHA256, signed: AWS4_HMAC_SHA256, note: 'another algorithm' }],
    fixes: [
      {
        title:
          'sign with Version 4A, for which the SDKs want a signer installed; or ask the bucket at the endpoint of its region, which takes Version 4',
        applicability: 'maybe',
      },
      {
        title: 'install the CRT, with which the SDKs sign Version 4A automatically',
        applicability: 'exact',
        command: "pip install 'boto3[crt]'",
        appliesTo: ['boto3', 'aws-cli'],
      },
      {
        title: 'load the signer of Version 4A',
        applicability: 'exact',
        command: "import '@aws-sdk/signature-v4a'   // or '@aws-sdk/signature-v4-crt'",
        appliesTo: ['aws-sdk-js-v3'],
      },
      {
        title: 'give the SDK the ARN of the access point, not its host name: it then chooses the algorithm',
        applicability: 'has-placeholders',
        command: 'aws s3api get-object --bucket arn:aws:s3::<account>:accesspoint/<alias>.mrap --key <key> <file>',
        appliesTo: ['aws-cli'],
      },
    ],
    wrongFixes: [
      { title: 'sign for another region', why: 'no single region is right for an endpoint of several' },
      ROTATE_KEYS,
      CHANGE_IAM_POLICIES,
      SEND_AGAIN,
    ],
    check:
      'send the same request to a bucket behind the access point by its own name: it passes; where it is refused there too, this is not the cause',
  }),
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  for (const seen of requestsSeen(file)) {
    const host = headerValue(seen.request, 'host')?.toLowerCase().trim() ?? ''
    if (!isMultiRegion(host) || authorizationOf(seen.request)?.algorithm !== AWS4_HMAC_SHA256) continue
    const grounds = [`${host} is a Multi-Region Access Point, and the request is signed with ${AWS4_HMAC_SHA256}.`]
    // Only a refusal of the algorithm itself says that this is what it was refused for.
    const stated = file.refusal?.check?.group === 'mechanism' && seen.fidelity === 'exact' ? seen : undefined
    yield { params: { host }, weight: stated === undefined ? 0.7 : 0.97, grounds, ...(stated !== undefined && { stated }) }
    return
  }
}

/** Nothing to edit: a signature of another algorithm is not an edit of this one. */
function undo(inputs: SigningInputs, _: Params): SigningInputs {
  return inputs
}

function isMultiRegion(host: string): boolean {
  const { service, regions } = scopeOf(host)
  return service === 's3' && regions?.join() === '*'
}
