/**
 * The session token was sent, and not among the headers that were signed: added after signing, or left out of a list of headers.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Temporary security credentials"
 */

import type { CaseFile } from '../case/index.js'
import { authorizationOf, HEADER, headerValue, QUERY, type SigningInputs, withPart } from '../sigv4/index.js'
import { factsStated, requestsSeen } from './kit/case-views.js'
import type { Suspicion } from './kit/cause.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { canonicalQueryOf, piecesOf } from './kit/query-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** Where the token was added. */
interface Params {
  readonly to: 'header' | 'query'
}

const HEAD = {
  id: 'session-token-not-signed',
  class: 'token.missing',
  part: 'canonical-query-string',
  undo,
  narrow: true,
} as const

export const sessionTokenNotSigned = defineCause<Params>({
  ...HEAD,
  summary: 'the session token was sent, and was not signed',
  schemes: 'version-4',
  refusedAt: ['headers-signed', 'signature'],
  suspect,
  explain,
})

function* suspect(file: CaseFile): Iterable<Suspicion<Params>> {
  for (const stated of factsStated(file, ['headers-not-signed'])) {
    const names = (stated.values['names'] ?? '').toLowerCase().split(/[,;\s]+/)
    if (names.includes(HEADER.securityToken))
      yield { params: { to: 'header' }, weight: 1, grounds: ["The service's message names x-amz-security-token as not signed."], stated }
  }
  const unsigned = requestsSeen(file).find(({ request }) => {
    const authorization = authorizationOf(request)
    const signed = authorization?.signedHeaders?.toLowerCase().split(';')
    return (
      authorization?.by === 'header' &&
      signed !== undefined &&
      headerValue(request, HEADER.securityToken) !== undefined &&
      !signed.includes(HEADER.securityToken)
    )
  })
  if (unsigned !== undefined && file.refusal?.check?.group !== 'signature')
    yield {
      params: { to: 'header' },
      weight: 0.45,
      grounds: ['The request carries x-amz-security-token, and SignedHeaders does not list it.'],
    }
  yield* suspicionsOf(file, HEAD, candidates())
}

function* candidates(): Iterable<Candidate<Params>> {
  yield { params: { to: 'query' } }
}

/** Without the parameter that came later. A header that is not signed is in no canonical request, so that there is nothing to undo. */
function undo(inputs: SigningInputs, { to }: Params): SigningInputs {
  if (to === 'header' || inputs.authentication !== 'query') return inputs
  const kept = piecesOf(canonicalQueryOf(inputs)).filter((piece) => !piece.startsWith(`${QUERY.securityToken}=`))
  return withPart(inputs, 'canonical-query-string', kept.join('&'))
}

function explain({ params: { to }, signer, verifier }: Match<Params>): Explanation {
  const changed = signer !== undefined && verifier !== undefined && signer !== verifier
  return {
    what:
      to === 'header'
        ? 'x-amz-security-token was sent and was not among the signed headers'
        : 'X-Amz-Security-Token was added to the URL after it had been signed',
    why:
      to === 'header'
        ? 'every x-amz-* header has to be signed; a session token that anybody could put on a request would be no proof of anything'
        : 'the service signs every parameter of the query but the signature, the token among them; the signer signed the query without it. Only AWS IoT takes a token that was added later',
    labels: changed
      ? [
          {
            part: 'canonical-query-string',
            calculated: '...&X-Amz-Security-Token=<session token>&...',
            signed: '... (no X-Amz-Security-Token)',
            note: 'the token came after the signature',
          },
        ]
      : [],
    fixes: [
      {
        title: 'hand the session token to the signer together with the key, so that it signs it with the rest',
        applicability: 'has-placeholders',
        command:
          'new SignatureV4({ credentials: { accessKeyId, secretAccessKey, sessionToken }, ... })  // boto3: aws_session_token=, aws4: sessionToken',
        appliesTo: ['aws-sdk'],
      },
      {
        title: 'in code of your own, set x-amz-security-token before the canonical request is made, and list it in SignedHeaders',
        applicability: 'exact',
      },
      {
        title: 'give the token to curl as a header, which it signs',
        applicability: 'exact',
        command: 'curl --aws-sigv4 aws:amz:<region>:<service> -H "x-amz-security-token: $AWS_SESSION_TOKEN" ...',
        appliesTo: ['curl'],
      },
    ],
    wrongFixes: [
      { title: 'leave the session token out', why: 'a temporary key is unknown without its token' },
      {
        title: 'write the name into SignedHeaders of the finished request',
        why: 'the list itself is signed; the signature has to be made again',
      },
      ROTATE_KEYS,
      CHANGE_IAM_POLICIES,
    ],
    check:
      'look at SignedHeaders (or, in a presigned URL, make it again with the token given to the signer): it lists x-amz-security-token; where it does already, this is not the cause',
  }
}
