/**
 * Another signing algorithm than the one the service takes: Signature Version 2 where Version 4 is required, or a misspelled algorithm.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingAWSSDK.html "Signature Version 2"
 * @see https://github.com/poise/citadel/issues/28
 */

import { type CaseFile, statedFacts } from '../case/index.js'
import { SCHEMES } from '../catalog/index.js'
import { hostScope } from '../endpoints/index.js'
import { headerValue, type SigningInputs, version2Of, version2UrlFault } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { toolFixes } from './kit/tool-fixes.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS, SEND_AGAIN } from './kit/wrong-fixes.js'

/** The algorithm seen, where one was. */
interface Params {
  readonly algorithm?: string
}

const { text: version2 } = SCHEMES.aws2
const HEAD = { id: 'algorithm-version-refused', class: 'algorithm.version', undo } as const

export const algorithmVersionRefused = defineCause<Params>({
  ...HEAD,
  part: 'algorithm',
  summary: 'the request was signed with another algorithm than the service accepts',
  schemes: 'any',
  refusedAt: ['mechanism', 'authorization-parts', 'signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  refutes: ({ verifier: { stringToSign } }) =>
    stringToSign !== undefined && version2.test(stringToSign.text)
      ? 'the service quotes a string to sign of Version 2, so it accepts the version'
      : undefined,
  explain: ({ params, file }) => ({
    what: `the request ${params.algorithm?.startsWith('a ') ? 'carries' : 'was signed with'} ${params.algorithm ?? 'another algorithm'}; the service accepts AWS4-HMAC-SHA256`,
    why: 'Signature Version 2 signs other bytes with another key, and Regions opened since 2014 do not accept it; the signature itself may be right and is refused all the same',
    labels: [
      {
        part: 'algorithm',
        calculated: 'AWS4-HMAC-SHA256',
        signed: params.algorithm ?? 'another',
        note: 'the algorithm is named in the request',
      },
    ],
    fixes: [
      ...toolFixes(file, 'signature4'),
      {
        title: 'sign with Signature Version 4',
        applicability: 'exact',
        command: "boto3.client('s3', config=Config(signature_version='s3v4'))",
        appliesTo: ['boto3'],
      },
      {
        title: 'sign with Signature Version 4',
        applicability: 'exact',
        command: "new AWS.S3({ signatureVersion: 'v4', region: '<region>' })",
        appliesTo: ['aws-sdk-js'],
      },
      {
        title: 'sign with Signature Version 4',
        applicability: 'exact',
        command: 'aws configure set default.s3.signature_version s3v4',
        appliesTo: ['aws-cli'],
      },
      { title: 'replace a client that signs with Version 2 only', applicability: 'maybe' },
    ],
    wrongFixes: [
      ROTATE_KEYS,
      CHANGE_IAM_POLICIES,
      SEND_AGAIN,
      {
        title: 'move the bucket to an older Region',
        why: 'it keeps a scheme that AWS turns off; signing with Version 4 works in every Region',
      },
    ],
    check: 'look at the Authorization header: it begins with "AWS4-HMAC-SHA256 Credential="; where it does already, this is not the cause',
  }),
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  for (const stated of statedFacts(file, 'algorithm-unsupported')) {
    const algorithm = stated.values['algorithm']
    const params = algorithm === undefined || algorithm === '' ? {} : { algorithm }
    yield { params, weight: 0.95, stated, grounds: ['The service names the algorithm that it accepts.'] }
  }
  const token = tokenSeen(file)
  if (token !== undefined && file.refusal?.check?.group !== 'signature')
    yield { params: { algorithm: token }, weight: 0.85, grounds: [`The request carries ${token}, and no signature.`] }
  for (const seen of file.observations) {
    const found = seenAlgorithm(seen)
    if (found !== undefined && file.refusal?.check?.group !== 'signature')
      yield { params: { algorithm: found }, weight: 0.5, grounds: [`The request is signed with ${found}.`] }
  }
}

/** A token in a request to a service of AWS that takes signatures only, so far as its host tells. */
function tokenSeen(file: CaseFile): string | undefined {
  const host = file.request === undefined ? undefined : headerValue(file.request, 'host')
  const service = host === undefined ? undefined : hostScope(host)?.service
  if (file.family !== 'token' || service === undefined || TAKE_TOKENS.has(service)) return undefined
  const [scheme] = file.schemes
  return scheme === undefined ? undefined : SCHEMES[scheme].name
}

/** Services whose endpoints take bearer tokens as well: API keys of Bedrock, authorizers of API Gateway and Lambda, CodeArtifact, ECR. */
const TAKE_TOKENS: ReadonlySet<string> = new Set([
  'bedrock',
  'codeartifact',
  'codecatalyst',
  'ecr',
  'ecr-public',
  'execute-api',
  'lambda',
  'appsync',
])

/** Signature Version 2 in a header, or in the query of a presigned URL. */
function seenAlgorithm(seen: CaseFile['observations'][number]): string | undefined {
  const values =
    seen.kind === 'authorization'
      ? [seen.value]
      : seen.kind === 'request'
        ? seen.request.headers.filter(([name]) => name.toLowerCase() === 'authorization').map(([, value]) => value)
        : []
  if (values.some((value) => /^\s*AWS [^\s:]+:/.test(value))) return 'Signature Version 2'
  const place = seen.kind === 'request' ? version2Of(seen.request) : undefined
  // CloudFront's signed URLs have some of the same names.
  const whole = place === 'parameters' || (place === 'url' && seen.kind === 'request' && version2UrlFault(seen.request) === undefined)
  return whole ? 'Signature Version 2' : undefined
}

/** Nothing to edit: a text of another scheme is not an edit of this one. */
function undo(inputs: SigningInputs, _: Params): SigningInputs {
  return inputs
}
