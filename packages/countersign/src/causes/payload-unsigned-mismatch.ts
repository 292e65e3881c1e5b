/**
 * One side has UNSIGNED-PAYLOAD where the other has a hash: presigned URLs of S3, and services that hash every body.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html "UNSIGNED-PAYLOAD"
 */

import { type CaseFile, cluesFor } from '../case/index.js'
import {
  canonicalRequestPart,
  EMPTY_PAYLOAD_HASH,
  HEADER,
  headerValue,
  payloadHashOf,
  type SigningInputs,
  UNSIGNED_PAYLOAD,
  withPart,
} from '../sigv4/index.js'
import { labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** What the signer put as payload hash. */
interface Params {
  readonly signed: 'unsigned' | 'empty' | 'body' | 'logged'
  readonly hash?: string
}

const HEAD = { id: 'payload-unsigned-mismatch', class: 'payload.hash', part: 'payload-hash', undo } as const

export const payloadUnsignedMismatch = defineCause<Params>({
  ...HEAD,
  summary: 'one side used UNSIGNED-PAYLOAD and the other a hash of the body',
  schemes: 'version-4',
  refusedAt: ['content-sha256', 'signature', 'payload'],
  suspect: suspicions,
  explain,
})

function* suspicions(file: CaseFile): Iterable<Suspicion<Params>> {
  yield* suspicionsOf(file, HEAD, candidates(file))
  const inputs = file.inputsSeen
  if (inputs !== undefined && file.verifier.parts === undefined && saysUnsignedInVain(inputs))
    yield {
      params: { signed: 'unsigned' },
      weight: 0.4,
      grounds: [`The request says UNSIGNED-PAYLOAD, and ${inputs.scope.service} is not known to take it.`],
    }
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) {
    yield { params: { signed: 'unsigned' } }
    return
  }
  const logged = signerPart(file, 'payload-hash')
  if (logged !== undefined && HEX.test(logged) && isUnsigned(inputs))
    yield {
      params: { signed: 'logged', hash: logged },
      weight: 0.9,
      grounds: ['The signer has a hash of the body, the service UNSIGNED-PAYLOAD.'],
    }
  const presigned = inputs.authentication === 'query'
  const reason = (text: string, weight: number) => (presigned ? { weight, grounds: [text] } : {})
  if (isUnsigned(inputs)) {
    yield {
      params: { signed: 'empty' },
      ...reason('The service takes UNSIGNED-PAYLOAD for a presigned URL; signers of other services put the hash of an empty body.', 0.3),
    }
    yield { params: { signed: 'body' } }
  } else
    yield {
      params: { signed: 'unsigned' },
      ...reason('The URL is presigned: presigners made for S3 put UNSIGNED-PAYLOAD for the body.', 0.35),
    }
}

function undo(inputs: SigningInputs, { signed, hash }: Params): SigningInputs {
  if (!isUnsigned(inputs))
    // Of a body that is not known there is no hash to replace; the word needs none.
    return signed === 'unsigned' && /^(?:[0-9a-f]{64})?$/.test(canonicalRequestPart(inputs, 'payload-hash'))
      ? withPart(inputs, 'payload-hash', UNSIGNED_PAYLOAD)
      : inputs
  if (signed === 'empty') return withPart(inputs, 'payload-hash', EMPTY_PAYLOAD_HASH)
  if (signed === 'logged' && hash !== undefined) return withPart(inputs, 'payload-hash', hash)
  const body = inputs.request?.body
  return signed === 'body' && body !== undefined && body.length <= LONGEST_BODY
    ? withPart(inputs, 'payload-hash', payloadHashOf(body))
    : inputs
}

const GIVE_TEXT = {
  title: 'give the signer the text that is sent, and send that same text',
  applicability: 'exact',
  command: 'const body = JSON.stringify(value)  // body: body in the signed request, and in the request that is sent',
  appliesTo: ['javascript'],
} as const

function isUnsigned(inputs: SigningInputs): boolean {
  return canonicalRequestPart(inputs, 'payload-hash') === UNSIGNED_PAYLOAD
}

/** Whether a request says that its body is not signed, to a service that hashes every body. */
function saysUnsignedInVain({ request, profile, scope }: SigningInputs): boolean {
  if (request === undefined || scope.service === '' || profile.unsignedPayload === 'accepted') return false
  return headerValue(request, HEADER.contentSha256) === UNSIGNED_PAYLOAD
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] =
    sides === undefined
      ? ['', '']
      : [canonicalRequestPart(sides.verifier, 'payload-hash'), canonicalRequestPart(sides.signer, 'payload-hash')]
  const word = match.params.signed === 'unsigned'
  return {
    what: word
      ? 'UNSIGNED-PAYLOAD was signed, and the service calculates with the hash of the body'
      : 'a hash of the body was signed, and the service calculates with UNSIGNED-PAYLOAD',
    why: word
      ? 'only S3 and the few services that share its rules take UNSIGNED-PAYLOAD; the others hash the body that arrives'
      : 'S3 takes UNSIGNED-PAYLOAD for a presigned URL and for a request that says so in x-amz-content-sha256',
    labels:
      calculated === signed || calculated === ''
        ? []
        : [labelOf(match.file, 'payload-hash', calculated, signed, 'the last line of the canonical request')],
    fixes: word
      ? [
          ...(cluesFor(match.file, HEAD.id).some(({ values }) => values['by'] === 'object') ? [GIVE_TEXT] : []),
          { title: 'sign the SHA-256 of the body that is sent', applicability: 'exact' },
          {
            title:
              'behind origin access control, send the SHA-256 of the body in x-amz-content-sha256 from the client: CloudFront signs what it finds there',
            applicability: 'exact',
            command: "headers: { 'x-amz-content-sha256': <SHA-256 of the body, in lower-case hex> }",
            appliesTo: ['cloudfront'],
          },
          {
            title: 'for a presigned URL without a body, sign the hash of an empty body',
            applicability: 'maybe',
            command: EMPTY_PAYLOAD_HASH,
          },
          {
            title: 'do not sign for this service with a signer made for S3',
            applicability: 'maybe',
            command: 'botocore.auth.SigV4QueryAuth instead of S3SigV4QueryAuth',
            appliesTo: ['botocore'],
          },
        ]
      : [
          { title: 'sign UNSIGNED-PAYLOAD as the last line when presigning for S3', applicability: 'exact' },
          {
            title: 'use a presigner for S3',
            applicability: 'maybe',
            command: 'new S3RequestPresigner(...)  // or botocore.auth.S3SigV4QueryAuth',
            appliesTo: ['aws-sdk-js-v3', 'botocore'],
          },
          { title: 'or send x-amz-content-sha256 with the hash that was signed, and sign that header', applicability: 'maybe' },
        ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'send the request with an empty body',
        why: 'with UNSIGNED-PAYLOAD the body does not count at all; without it, the word is still not the hash of the body',
      },
    ],
    check:
      'sign once with UNSIGNED-PAYLOAD and once with the hash of the body as the last line, all else alike: exactly one of the two passes',
  }
}

const HEX = /^[0-9a-f]{64}$/
const LONGEST_BODY = 1_000_000
