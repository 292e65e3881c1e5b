/**
 * The path was signed as it is sent; all services but S3 encode it a second time for the canonical URI.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalUri"
 * @see https://github.com/curl/curl/issues/16927
 */

import type { CaseFile } from '../case/index.js'
import { encodedOnce, normalizedPath, type SigningInputs, withPart } from '../sigv4/index.js'
import { clientSeen, labelOf, sidesOf } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { canonicalUriOf, wirePath } from './kit/path-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** What was signed: the path as sent, or the path under the S3 rules; and whether slashes and dots were normalized before. */
interface Params {
  readonly form: 'as-sent' | 's3-rules'
  readonly normalized: boolean
}

const HEAD = { id: 'path-encoded-once', class: 'path.encoding', part: 'canonical-uri', undo } as const

export const pathEncodedOnce = defineCause<Params>({
  ...HEAD,
  summary: 'the path was signed as sent where the service encodes it a second time',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const escaped = inputs !== undefined && inputs.profile.pathEncoding === 'twice' && wirePath(inputs).includes('%')
  const grounds: string[] = []
  if (escaped) grounds.push('The path holds percent-escapes, and this service encodes their "%" once more for the canonical URI.')
  const curl = clientSeen(file, /^curl$/i)
  if (escaped && curl !== undefined) grounds.push('curl --aws-sigv4 signs the escapes of the path as they stand in the URL.')
  const weight = escaped ? (curl === undefined ? 0.4 : 0.6) : 0
  for (const normalized of [true, false]) {
    yield { params: { form: 'as-sent', normalized }, ...(normalized && weight > 0 && { weight }), grounds: normalized ? grounds : [] }
    yield { params: { form: 's3-rules', normalized } }
  }
}

function undo(inputs: SigningInputs, { form, normalized }: Params): SigningInputs {
  const sent = wirePath(inputs)
  // Only escapes can be encoded twice; what stands raw in the path is the matter of path-not-encoded.
  if (inputs.profile.pathEncoding !== 'twice' || !sent.includes('%')) return inputs
  const path = normalized ? normalizedPath(sent) : sent
  return withPart(inputs, 'canonical-uri', form === 'as-sent' ? path : encodedOnce(path))
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] = sides === undefined ? ['', ''] : [canonicalUriOf(sides.verifier), canonicalUriOf(sides.signer)]
  const service = sides?.verifier.scope.service ?? ''
  return {
    what:
      sides === undefined
        ? 'the path was signed as it is sent'
        : `the path was signed as ${signed}; the service calculates with ${calculated}`,
    why: `${service === '' ? 'this service' : `the service "${service}"`} takes the path as sent and percent-encodes it once more, so that "%3A" is signed as "%253A"; only S3 takes it as it is`,
    labels:
      sides === undefined
        ? []
        : [labelOf(match.file, 'canonical-uri', calculated, signed, 'the "%" of every escape must be signed as "%25"')],
    fixes: [
      {
        title: 'percent-encode the path as sent once more for the canonical URI; leave the URL that is sent as it is',
        applicability: 'exact',
      },
      ...CLIENT_FIXES,
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'write the second encoding into the URL',
        why: 'then the service receives the doubled escapes, encodes them a third time, and looks for another resource',
      },
      {
        title: 'sign for the service "s3" to get its path rule',
        why: 'the service is part of the credential scope and of the key; the request is then refused for its scope',
      },
    ],
    check: 'call the same operation on a resource whose path needs no escapes: it passes with the same signer and key',
  }
}

const CLIENT_FIXES = [
  {
    title: 'use a client that encodes the path twice for this service',
    applicability: 'maybe',
    command: 'awscurl --service <service> --region <region> <url>',
    appliesTo: ['curl'],
  },
  {
    title: 'leave the second encoding on',
    applicability: 'maybe',
    command: 'new SignatureV4({ ..., uriEscapePath: true })',
    appliesTo: ['smithy-signature-v4'],
  },
  {
    title: 'leave the second encoding on',
    applicability: 'maybe',
    command: 'v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = false })',
    appliesTo: ['aws-sdk-go-v2'],
  },
  {
    title: 'use the general signer, not the one for S3',
    applicability: 'maybe',
    command: 'botocore.auth.SigV4Auth(credentials, "<service>", region).add_auth(request)',
    appliesTo: ['botocore'],
  },
] as const
