/**
 * The path was percent-encoded once more than the service does: S3 takes it as it is sent, most other services encode it again.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalUri"
 * @see https://github.com/aws/aws-sdk-go-v2/issues/952
 */

import { type CaseFile, ownCanonicalization } from '../case/index.js'
import { normalizedPath, type SigningInputs, uriEncode, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { finishedUrlFixes, isRewrittenBySender } from './kit/finished-url.js'
import { OWN_CANONICALIZATION } from './kit/own-canonicalization.js'
import { canonicalUriOf, wirePath } from './kit/path-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** What was encoded again: the correct canonical URI, the path as sent, or the path as sent with slashes and dots normalized. */
interface Params {
  readonly of: 'canonical' | 'as-sent' | 'normalized'
}

const HEAD = { id: 'path-encoded-twice', class: 'path.encoding', part: 'canonical-uri', undo } as const

export const pathEncodedTwice = defineCause<Params>({
  ...HEAD,
  summary: 'the path was percent-encoded once more than the service does before signing',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const escaped = inputs !== undefined && inputs.profile.pathEncoding === 'once' && canonicalUriOf(inputs).includes('%')
  const grounds = escaped
    ? ['The path holds percent-escapes, and this service takes them as they are sent; most other services encode them again.']
    : []
  if (ownCanonicalization(file).includes('escape')) yield { params: { of: 'canonical' }, weight: 0.5, grounds: [OWN_CANONICALIZATION] }
  yield { params: { of: 'canonical' }, ...(escaped && { weight: 0.3 }), grounds }
  yield { params: { of: 'as-sent' } }
  yield { params: { of: 'normalized' } }
}

function undo(inputs: SigningInputs, { of }: Params): SigningInputs {
  const source = of === 'canonical' ? canonicalUriOf(inputs) : of === 'as-sent' ? wirePath(inputs) : normalizedPath(wirePath(inputs))
  const again = uriEncode(source, '/')
  // Without a "%25" nothing was encoded twice, whatever else differs.
  return again.includes('%25') ? withPart(inputs, 'canonical-uri', again) : inputs
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] = sides === undefined ? ['', ''] : [canonicalUriOf(sides.verifier), canonicalUriOf(sides.signer)]
  const once = sides?.verifier.profile.pathEncoding !== 'twice'
  // Where the program shows that a finished URL is encoded again, the signer was right.
  const sender = isRewrittenBySender(match.file, HEAD.id)
  return {
    what: sender
      ? 'the URL was percent-encoded once more after it was signed, by the code or the HTTP client that sends it'
      : sides === undefined
        ? 'the path was percent-encoded once more before signing'
        : `the path was signed as ${signed}; the service calculates with ${calculated}`,
    why: sender
      ? 'a signed URL is finished; the "%" of each escape in it became "%25", and the service calculates with that'
      : once
        ? 'S3 uses the path as sent, encoded once; the signer encoded the "%" of every escape again, as other services require'
        : 'the service encodes the path as sent exactly once more; the signer encoded it twice more',
    labels:
      sides === undefined || sender
        ? []
        : [labelOf(match.file, 'canonical-uri', calculated, signed, 'every "%" of an escape was encoded again as "%25"')],
    fixes: [
      ...finishedUrlFixes(match.file, HEAD.id),
      {
        title: once
          ? 'sign with the S3 rules: do not encode the path again'
          : 'hand the signer the path as it is sent, not one that is encoded already',
        applicability: 'exact',
      },
      ...CLIENT_FIXES,
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'decode the path in the URL that is sent',
        why: 'the request then asks for another path, or one the HTTP client encodes in its own way; the rule of the signer stays wrong',
      },
      {
        title: 'rename the objects so that they need no escapes',
        why: 'it hides the fault until the next key with a space, a plus or a letter outside ASCII',
      },
    ],
    check:
      'sign the same request for a path of plain letters and digits: it passes; with a space in the path it fails until the path is encoded once only',
  }
}

const CLIENT_FIXES = [
  {
    title: 'switch the second encoding off in the signer',
    applicability: 'maybe',
    command: 'v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })',
    appliesTo: ['aws-sdk-go-v2'],
  },
  {
    title: 'switch the second encoding off in the signer',
    applicability: 'maybe',
    command: 'new SignatureV4({ ..., uriEscapePath: false })',
    appliesTo: ['smithy-signature-v4'],
  },
  {
    title: 'sign with the S3 rules',
    applicability: 'maybe',
    command: "new AwsClient({ ..., service: 's3' })  // or sign(url, { aws: { singleEncode: true } })",
    appliesTo: ['aws4fetch'],
  },
  {
    title: "use botocore's S3 signer",
    applicability: 'maybe',
    command: 'botocore.auth.S3SigV4Auth(credentials, "s3", region).add_auth(request)',
    appliesTo: ['botocore'],
  },
  {
    title: 'switch the second encoding off in the signer',
    applicability: 'maybe',
    command: 'Aws::Sigv4::Signer.new(..., uri_escape_path: false)',
    appliesTo: ['aws-sdk-ruby'],
  },
  {
    title: 'switch the second encoding off in the signer',
    applicability: 'maybe',
    command: '.putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)',
    appliesTo: ['aws-sdk-java-v2'],
  },
] as const
