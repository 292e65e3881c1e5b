/**
 * A temporary access key (ASIA...) was used without the session token that belongs to it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html
 * @see https://github.com/awslabs/aws-sdk-swift/issues/513
 */

import { type CaseFile, signedAsSent, statedFacts } from '../case/index.js'
import { authorizationOf, type SigningInputs } from '../sigv4/index.js'
import {
  accessKeyIdOf,
  accessKeyIdsSeen,
  carriesToken,
  LONG_TERM,
  requestCarriesToken,
  shownWhole,
  TEMPORARY,
} from './kit/access-key-seen.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, SEND_AGAIN } from './kit/wrong-fixes.js'

/** lost: the client sent it, and it did not reach the service. */
interface Params {
  readonly lost?: true
}

const HEAD = { id: 'session-token-missing', class: 'token.missing', undo } as const

export const sessionTokenMissing = defineCause<Params>({
  ...HEAD,
  part: 'canonical-headers',
  summary: 'a temporary access key was used without its session token',
  schemes: 'any',
  refusedAt: ['token', 'access-key'],
  shownBy: () => ({}),
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const sent = signedAsSent(file)
  const ids = accessKeyIdsSeen(file)
  // A service that gets another token than the key's says that the token is invalid.
  const unknownId = statedFacts(file, 'access-key-unknown').length > 0 && statedFacts(file, 'token-invalid').length === 0
  if (unknownId && sent !== undefined && requestCarriesToken(sent) && !ids.some((id) => LONG_TERM.test(id)))
    yield {
      params: { lost: true },
      weight: 0.75,
      grounds: ['The client sent a session token with the key, and the service looked for a key without one: it does not know the ID.'],
    }
  if (!ids.some((id) => TEMPORARY.test(id)) || carriesToken(file)) {
    // S3 and STS word the refusal of an unknown key and of a temporary key without a token alike.
    const unknown = [...statedFacts(file, 'access-key-unknown'), ...statedFacts(file, 'token-invalid')]
    // Signatures are compared only where key and token are known.
    const compares = statedFacts(file, 'signature-mismatch').length > 0
    if (unknown.length > 0 && ids.length === 0 && !carriesToken(file) && !compares)
      yield handsTwo(file)
        ? {
            params: {},
            weight: 0.7,
            grounds: ['The program hands over an access key ID and a secret, and no session token; the service does not know them.'],
          }
        : { params: {}, weight: 0.35, grounds: ['The service answers so too where a temporary key comes without its session token.'] }
    return
  }
  // A service that came to compare signatures had accepted the key and the token.
  const compared = file.refusal?.check?.group === 'signature'
  const refused = ['access-key-unknown', 'token-invalid'].some((fact) => statedFacts(file, fact as 'token-invalid').length > 0)
  const grounds = ['The access key ID begins with ASIA: it is temporary, and nothing in the evidence holds a session token.']
  for (const seen of file.observations) {
    if (seen.kind !== 'request' || compared || !shownWhole(seen) || requestCarriesToken(seen)) continue
    const authorization = authorizationOf(seen.request)
    const id = authorization === undefined ? undefined : accessKeyIdOf(authorization)
    if (id !== undefined && TEMPORARY.test(id)) {
      yield { params: {}, weight: 0.9, stated: seen, grounds }
      return
    }
  }
  yield { params: {}, weight: compared ? 0.25 : refused ? 0.8 : 0.55, grounds }
}

/** Whether every call that is handed credentials by name is handed two of their three parts. */
function handsTwo({ observations }: CaseFile): boolean {
  const handed = observations.flatMap((one) => (one.kind === 'call' && one.call.handed !== undefined ? [one.call.handed] : []))
  return handed.length > 0 && handed.every((parts) => parts.includes('id') && parts.includes('secret') && !parts.includes('token'))
}

/** Nothing that was signed is wrong: what is lacking was never signed. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

function explain({ params, file }: Match<Params>): Explanation {
  if (params.lost === true) return LOST
  const presigned = file.inputsSeen?.authentication === 'query'
  return {
    what: `the access key is a temporary one (ASIA...), and the request carried no ${presigned ? 'X-Amz-Security-Token parameter' : 'x-amz-security-token header'}`,
    why: 'temporary credentials are three values: access key ID, secret access key and session token. The service finds the key through the token, so without it the key is unknown and the request is refused before signatures are compared',
    labels: [{ part: 'session-token', calculated: '<session token>', signed: '<none>', note: 'the token was not handed to the signer' }],
    fixes: [
      ...CLIENT_FIXES,
      {
        title: 'hand the third value over too',
        applicability: 'has-placeholders',
        command: "export AWS_SESSION_TOKEN='<session token>'",
      },
      {
        title: 'name the provider that sends a session token, and the token',
        applicability: 'has-placeholders',
        command:
          'fs.s3a.aws.credentials.provider=org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider fs.s3a.session.token=<session token>',
        appliesTo: ['hadoop', 'spark'],
      },
      {
        title: 'pass the variable into the container',
        applicability: 'exact',
        command: 'docker run -e AWS_ACCESS_KEY_ID -e AWS_SECRET_ACCESS_KEY -e AWS_SESSION_TOKEN ...',
        appliesTo: ['docker'],
      },
      {
        title: 'let the SDK take the credentials of the role itself instead of copying two of the three values',
        applicability: 'maybe',
        appliesTo: ['ec2', 'ecs', 'lambda', 'eks'],
      },
    ],
    wrongFixes: [
      {
        title: 'replace the secret access key',
        why: 'the secret of a temporary key is no use without its token, and the service has not looked at the secret',
      },
      {
        title: 'add the header after signing',
        why: 'most services expect the token among the signed headers; give it to the signer, which signs it with the rest',
      },
      CHANGE_IAM_POLICIES,
      SEND_AGAIN,
    ],
    check:
      'look for x-amz-security-token in the request as it is sent (curl -v, or the debug log of the SDK): if it is there, this is not the cause',
  }
}

const LOST: Explanation = {
  what: 'the client sent the session token, and it did not reach the service',
  why: 'temporary credentials are three values. The service finds a temporary key through its token, so where something on the way takes x-amz-security-token off, the key is unknown',
  labels: [],
  fixes: [
    {
      title: 'let x-amz-security-token through: name it among the headers that the proxy, CDN or gateway passes on',
      applicability: 'maybe',
    },
    {
      title:
        'keep the header under the limit of the proxy: a session token has 300 to 2,000 characters, and some proxies drop long headers',
      applicability: 'exact',
      command: 'large_client_header_buffers 4 16k;',
      appliesTo: ['nginx'],
    },
  ],
  wrongFixes: [
    {
      title: 'replace the secret access key',
      why: 'the secret of a temporary key is no use without its token, and the service has not looked at the secret',
    },
    CHANGE_IAM_POLICIES,
    SEND_AGAIN,
  ],
  check: 'print the headers at the proxy before the service: x-amz-security-token is not among them',
}

const CLIENT_FIXES = [
  {
    title: 'pass the session token to the client',
    applicability: 'has-placeholders',
    command: "boto3.client('s3', aws_access_key_id=..., aws_secret_access_key=..., aws_session_token='<session token>')",
    appliesTo: ['boto3'],
  },
  {
    title: 'set the third value in the profile',
    applicability: 'has-placeholders',
    command: "aws configure set aws_session_token '<session token>'",
    appliesTo: ['aws-cli'],
  },
  {
    title: 'pass the session token with the credentials',
    applicability: 'has-placeholders',
    command: 'new S3Client({ credentials: { accessKeyId, secretAccessKey, sessionToken } })  // aws4, aws4fetch: sessionToken as well',
    appliesTo: ['aws-sdk-js', 'aws-sdk-js-v3'],
  },
  {
    title: 'pass the session token as the third argument',
    applicability: 'has-placeholders',
    command: 'credentials.NewStaticCredentialsProvider(id, secret, sessionToken)',
    appliesTo: ['aws-sdk-go-v2'],
  },
  {
    title: 'use session credentials, not basic ones',
    applicability: 'has-placeholders',
    command: 'AwsSessionCredentials.create(id, secret, sessionToken)',
    appliesTo: ['aws-sdk-java-v2'],
  },
  {
    title: 'pass the session token as the third argument',
    applicability: 'has-placeholders',
    command: 'Aws::Credentials.new(id, secret, session_token)',
    appliesTo: ['aws-sdk-ruby'],
  },
  {
    title: 'send and sign the token',
    applicability: 'exact',
    command:
      'curl --aws-sigv4 aws:amz:<region>:<service> --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN" <url>',
    appliesTo: ['curl'],
  },
] as const
