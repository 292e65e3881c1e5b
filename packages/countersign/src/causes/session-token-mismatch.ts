/**
 * The session token that came with the request was not the one of the access key, or was no longer valid.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */

import { type CaseFile, statedFacts } from '../case/index.js'
import { authorizationOf, type SigningInputs, sessionTokenOf } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import { accessKeyIdOf, accessKeyIdsSeen, carriesToken, LONG_TERM, requestCarriesToken, TEMPORARY } from './kit/access-key-seen.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, SEND_AGAIN } from './kit/wrong-fixes.js'

/** How the token and the key fail to go together. */
interface Params {
  readonly how: 'another' | 'expired' | 'long-term-key' | 'malformed'
}

const HEAD = { id: 'session-token-mismatch', class: 'token.mismatch', undo } as const

export const sessionTokenMismatch = defineCause<Params>({
  ...HEAD,
  part: 'canonical-headers',
  summary: 'the session token did not belong to the access key, or was no longer valid',
  schemes: 'signatures',
  refusedAt: ['token', 'access-key'],
  shownBy: () => ({ how: 'long-term-key' }),
  suspect: (file) => suspicionsOutside(file, HEAD, { how: 'another' }, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  for (const stated of statedFacts(file, 'token-expired'))
    yield { params: { how: 'expired' }, weight: 0.95, stated, grounds: ['The service says that the token has expired.'] }
  const refused = statedFacts(file, 'token-invalid')
  const unknown = statedFacts(file, 'access-key-unknown')
  const [invalid] = refused
  // "The security token included in the request is invalid" is also what an unknown key meets; only the other wording is plain.
  if (invalid !== undefined && unknown.length === 0)
    yield {
      params: { how: 'malformed' },
      weight: 0.85,
      stated: invalid,
      grounds: ['The service says that the token is malformed or invalid.'],
    }
  if (file.refusal?.check?.group === 'signature') return
  for (const seen of file.observations) {
    if (seen.kind !== 'request' || !requestCarriesToken(seen)) continue
    const authorization = authorizationOf(seen.request)
    const id = authorization === undefined ? undefined : accessKeyIdOf(authorization)
    if (id === undefined || !LONG_TERM.test(id)) continue
    const said = refused.length + unknown.length > 0
    const grounds = ['The access key ID begins with AKIA: it is a long-term one, and yet a session token came with it.']
    yield {
      params: { how: 'long-term-key' },
      weight: said ? 0.9 : 0.3,
      grounds,
      ...(said && seen.fidelity === 'exact' && { stated: seen }),
    }
    break
  }
  const given = file.known.sessionToken
  const sent = file.request === undefined ? undefined : sessionTokenOf(file.request)
  if (given !== undefined && sent !== undefined && !isMasked(sent) && given.trim() !== sent.trim())
    yield { params: { how: 'another' }, weight: 0.6, grounds: ['The session token of the request is not the one you gave.'] }
  const temporary = accessKeyIdsSeen(file).some((id) => TEMPORARY.test(id))
  if (refused.length + unknown.length > 0 && carriesToken(file) && temporary)
    yield {
      params: { how: 'another' },
      weight: 0.7,
      grounds: ['A session token came with the temporary key, and the service accepts the two as a pair only.'],
    }
  else if (invalid !== undefined && unknown.length > 0 && accessKeyIdsSeen(file).length === 0)
    yield { params: { how: 'another' }, weight: 0.3, grounds: ['The service says that the token is invalid.'] }
}

/** The token was signed as it was sent: the signature is not what is wrong. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

function explain({ params }: Match<Params>): Explanation {
  return {
    what: WHAT[params.how],
    why: 'access key ID, secret access key and session token of temporary credentials are issued together and expire together; the service checks the token before it compares signatures, and refuses one that is not of this key, is cut, or has expired',
    labels: [
      {
        part: 'session-token',
        calculated: '<the token of this access key>',
        signed: LABEL[params.how],
        note: 'the two do not go together',
      },
    ],
    fixes: [
      {
        title: 'get all three values again, from one answer, and set them together',
        applicability: 'exact',
        command: 'aws sts get-session-token   # or: aws sso login; aws configure export-credentials --format env',
        appliesTo: ['aws-cli'],
      },
      ...(params.how === 'long-term-key' || params.how === 'another'
        ? ([
            {
              title: 'remove the token that an earlier session left behind',
              applicability: 'exact',
              command: 'unset AWS_SESSION_TOKEN AWS_SECURITY_TOKEN   # and aws_session_token in ~/.aws/credentials',
              appliesTo: ['shell'],
            },
            {
              title: 'remove the token that an earlier session left behind',
              applicability: 'exact',
              command: 'Remove-Item Env:AWS_SESSION_TOKEN',
              appliesTo: ['powershell'],
            },
          ] as const)
        : []),
      {
        title: 'let the SDK renew the credentials: give it the provider (role, SSO, web identity), not a copy of its values',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      {
        title: 'leave the session token out',
        why: 'a temporary key without its token is refused as an unknown key; only a long-term key goes without',
      },
      CHANGE_IAM_POLICIES,
      params.how === 'expired' ? { ...SEND_AGAIN, why: 'the token does not come alive again; new credentials are needed' } : SEND_AGAIN,
    ],
    check:
      'run "aws sts get-caller-identity" with the same three values: if it answers, the credentials are right and this is not the cause',
  }
}

const WHAT = {
  another: 'the session token of the request was not the one that belongs to the access key',
  expired: 'the session token had expired when the request arrived',
  'long-term-key': 'the access key is a long-term one (AKIA...), and a session token of other credentials came with it',
  malformed: 'the session token of the request was malformed or not valid',
} as const

const LABEL = {
  another: '<another token>',
  expired: '<an expired token>',
  'long-term-key': '<a token that a long-term key has none of>',
  malformed: '<a malformed token>',
} as const
