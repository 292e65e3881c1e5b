/**
 * The form of an S3 POST upload does not meet the policy that was signed, or the policy has expired.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */

import type { CaseFile } from '../case/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { factsStated } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { SEND_AGAIN } from './kit/wrong-fixes.js'

/** The condition that failed, as the service words it. */
interface Params {
  readonly condition?: string
}

const HEAD = { id: 'policy-violated', class: 'policy.mismatch', undo } as const

export const policyViolated = defineCause<Params>({
  ...HEAD,
  part: 'string-to-sign',
  summary: 'the form of a POST upload did not meet the policy that was signed',
  schemes: 'signatures',
  refusedAt: ['not-by-the-verifier'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  for (const stated of factsStated(file, ['policy-violated'])) {
    const condition = stated.values['condition']
    yield {
      params: condition === undefined ? {} : { condition },
      weight: 0.95,
      grounds: ['The service names the policy as the reason.'],
      stated,
    }
  }
}

/** The signature over the policy is right; the form is not what the policy allows. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

function explain({ params: { condition } }: Match<Params>): Explanation {
  const expired = condition !== undefined && /expired/i.test(condition)
  const misplaced = condition !== undefined && /must contain a field|exactly one file|preceding the upload/i.test(condition)
  const extra = condition === undefined ? undefined : /Extra input fields?:\s*(\S+)/i.exec(condition)?.[1]
  return {
    what: `the form did not meet the signed policy${condition === undefined ? '' : `: ${condition}`}`,
    why: 'the policy is what is signed in a POST upload; its signature was right, and the service then held every field of the form against the conditions of the policy',
    labels: [],
    fixes: [
      ...(expired
        ? ([{ title: 'make a new policy shortly before the upload, with a later expiration', applicability: 'exact' }] as const)
        : []),
      ...(extra === undefined
        ? []
        : ([
            {
              title: `add a condition for the field "${extra}", or leave the field out of the form`,
              applicability: 'exact',
              command: `["starts-with", "$${extra}", ""]`,
            },
          ] as const)),
      ...(misplaced
        ? ([
            {
              title: 'put the file last in the form: S3 reads no field behind it. Every field that the presigner returned stands before it',
              applicability: 'exact',
            },
            {
              title: 'put the file last in the form',
              applicability: 'exact',
              command: "for (const [name, value] of Object.entries(fields)) form.append(name, value)\nform.append('file', file)",
              appliesTo: ['javascript'],
            },
          ] as const)
        : []),
      {
        title: 'send every field exactly as the policy has it, put the file last, and sign the policy again after each change',
        applicability: expired ? 'maybe' : 'exact',
      },
      {
        title: 'let the SDK make policy and fields together, and send all the fields it returns',
        applicability: 'has-placeholders',
        command: "client.generate_presigned_post('<bucket>', '<key>', Fields={...}, Conditions=[...])",
        appliesTo: ['boto3'],
      },
    ],
    wrongFixes: [
      { title: 'change IAM or bucket policies', why: 'the policy meant here is the one inside the form, not one of the account' },
      { title: 'create new access keys', why: 'the signature over the policy had matched; the key is right' },
      SEND_AGAIN,
      { title: 'change the policy in the form without signing it again', why: 'the refusal turns into a signature that does not match' },
    ],
    check:
      'decode the policy field (base64 -d) and lay its conditions next to the fields of the form: the one that the message names differs',
  }
}
