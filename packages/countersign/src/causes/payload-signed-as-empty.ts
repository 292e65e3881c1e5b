/**
 * The hash of no bytes was signed and a body was sent: the signer never saw the body, or had read its stream to the end.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "HashedPayload"
 * @see https://github.com/mhart/aws4/issues/81
 * @see https://github.com/electron-userland/electron-builder/pull/9863
 */

import { type CaseFile, statedFacts } from '../case/index.js'
import { canonicalRequestPart, EMPTY_PAYLOAD_HASH, HEADER, headerLines, type SigningInputs, withPart } from '../sigv4/index.js'
import { labelOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import type { Explanation, Label } from './kit/explanation.js'
import { isHash, payloadHashLabels } from './kit/payload-bodies.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The hash of the body that arrived, where the evidence shows it. */
interface Params {
  readonly received?: string
}

const HEAD = {
  id: 'payload-signed-as-empty',
  class: 'payload.hash',
  part: 'payload-hash',
  narrow: true,
  undo,
} as const

export const payloadSignedAsEmpty = defineCause<Params>({
  ...HEAD,
  summary: 'the hash of an empty body was signed, and a body was sent',
  schemes: 'version-4',
  refusedAt: ['signature', 'payload'],
  suspect: suspicions,
  explain,
})

function* suspicions(file: CaseFile): Iterable<Suspicion<Params>> {
  for (const stated of statedFacts(file, 'payload-hash-mismatch')) {
    const { signed, received } = stated.values
    if (signed !== EMPTY_PAYLOAD_HASH || received === undefined || received === signed) continue
    const grounds = ["The service's message holds both hashes, and the one signed is that of no bytes at all."]
    yield { params: { received }, weight: 1, grounds, stated }
  }
  yield* suspicionsOf(file, HEAD, candidates(file))
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const logged = signerPart(file, 'payload-hash') === EMPTY_PAYLOAD_HASH
  const headers = signerPart(file, 'canonical-headers') ?? ''
  if (logged && /(?:^|\n)content-length:[1-9]/.test(headers)) {
    const grounds = ["The signer's canonical request has a content-length above 0 and the hash of an empty body."]
    yield { params: {}, weight: 0.7, grounds }
  }
  const inputs = file.inputsSeen
  if (inputs !== undefined && hashClaimed(inputs) === EMPTY_PAYLOAD_HASH && isOtherHash(canonicalRequestPart(inputs, 'payload-hash')))
    yield { params: {}, weight: 0.7, grounds: ['x-amz-content-sha256 is the hash of an empty body, and the service hashed another.'] }
  yield { params: {} }
}

/** What the sender says the payload hash is. */
function hashClaimed(inputs: SigningInputs): string | undefined {
  return headerLines(inputs).find(([name]) => name === HEADER.contentSha256)?.[1]
}

function isOtherHash(hash: string): boolean {
  return isHash(hash) && hash !== EMPTY_PAYLOAD_HASH
}

function undo(inputs: SigningInputs): SigningInputs {
  return isHash(canonicalRequestPart(inputs, 'payload-hash')) ? withPart(inputs, 'payload-hash', EMPTY_PAYLOAD_HASH) : inputs
}

function explain(match: Match<Params>): Explanation {
  const { received } = match.params
  const labels: Label[] =
    received === undefined
      ? payloadHashLabels(match, undo, NOTE)
      : [labelOf(match.file, 'payload-hash', received, EMPTY_PAYLOAD_HASH, NOTE)]
  return {
    what: 'the hash of an empty body was signed, and a body arrived',
    why: 'the payload hash is the last line of the canonical request; the signer was not given the body, or had a stream that was read to its end before, so it hashed no bytes',
    labels,
    fixes: [
      { title: 'give the signer the same bytes that the HTTP client sends', applicability: 'exact' },
      ...CLIENT_FIXES,
      { title: 'rewind a stream before it is hashed, and again before it is sent or sent a second time', applicability: 'maybe' },
      { title: 'sign after the last step that sets the body, not when the request is created', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'write the hash of the body into x-amz-content-sha256 after signing',
        why: 'the header is signed too, so that a second line of the canonical request differs',
      },
      {
        title: 'send the parameters in the query instead',
        why: 'the operation then gets another request; the signer still does not see a body',
      },
    ],
    check: 'send a request without a body (a GET) with the same signer and key: it passes; every request with a body fails',
  }
}

const NOTE = 'this is the hash of no bytes at all'
const CLIENT_FIXES = [
  {
    title: 'hash the body yourself: SignHTTP takes the hash and never reads the body',
    applicability: 'exact',
    command: 'sum := sha256.Sum256(body); signer.SignHTTP(ctx, creds, req, hex.EncodeToString(sum[:]), service, region, time.Now())',
    appliesTo: ['aws-sdk-go-v2'],
  },
  {
    title: 'put the body into the request that is signed, as a string or bytes',
    applicability: 'exact',
    command: 'aws4.sign({ ..., body })   // or new HttpRequest({ ..., body }) for @smithy/signature-v4',
    appliesTo: ['javascript'],
  },
  {
    title: 'put the body into the request that is signed',
    applicability: 'exact',
    command: "AWSRequest(method='POST', url=url, data=body, headers=headers)",
    appliesTo: ['botocore'],
  },
  {
    title: 'put the body into the request that is signed',
    applicability: 'exact',
    command: 'SignableRequest::new(method, uri, headers, SignableBody::Bytes(&body))',
    appliesTo: ['aws-sdk-rust'],
  },
  {
    title: 'give the body with --data-binary; the hash of a file uploaded with -T is not calculated',
    applicability: 'exact',
    command: 'curl --data-binary @<file> -X PUT --aws-sigv4 ...',
    appliesTo: ['curl'],
  },
  {
    title: 'give the signer the payload',
    applicability: 'exact',
    command: 'signer.sign(r -> r.identity(credentials).request(request).payload(ContentStreamProvider.fromByteArray(body)))',
    appliesTo: ['aws-sdk-java-v2'],
  },
] as const
