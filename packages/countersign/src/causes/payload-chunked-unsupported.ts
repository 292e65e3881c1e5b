/**
 * The SDK sent the body in signed chunks or with a trailing checksum, and the store does not understand that encoding.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @see https://github.com/fleetdm/fleet/issues/47850
 */

import { type CaseFile, statedFacts } from '../case/index.js'
import {
  canonicalRequestPart,
  HEADER,
  headerValue,
  headerValues,
  type SigningInputs,
  STREAMING_PAYLOADS,
  withPart,
} from '../sigv4/index.js'
import { clientSeen, labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import { plainBodyFixes } from './kit/checksum-fixes.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The word that was signed in place of a hash; empty where it is not shown. */
interface Params {
  readonly signed: string
}

const HEAD = { id: 'payload-chunked-unsupported', class: 'payload.chunked', part: 'payload-hash', undo } as const

export const payloadChunkedUnsupported = defineCause<Params>({
  ...HEAD,
  summary: 'the body was sent in chunks or with a trailing checksum that the service does not support',
  schemes: 'version-4',
  refusedAt: ['content-sha256', 'signature', 'payload'],
  suspect: suspicions,
  shownBy: () => ({ signed: '' }),
  explain,
})

const ANY_HEADER = /header you provided implies functionality/i

function* suspicions(file: CaseFile): Iterable<Suspicion<Params>> {
  const word = wordSeen(file)
  for (const stated of statedFacts(file, 'payload-encoding-refused')) {
    const params = { signed: word ?? '' }
    // The sentence is of any header; only with a name it admits one cause.
    if (stated.values['header'] === undefined && ANY_HEADER.test(file.refusal?.message ?? ''))
      yield {
        params,
        weight: 0.6,
        grounds: ['The service does not know what a header asks for, and does not name it; most often it is the encoding of the body.'],
      }
    else yield { params, weight: 1, grounds: ["The service's message refuses the encoding of the body."], stated }
  }
  const bothShown = statedFacts(file, 'payload-hash-mismatch').some(
    ({ values }) => values['signed'] !== undefined && values['received'] !== undefined,
  )
  if (word !== undefined && !isAws(file) && !takenByVerifier(file, word))
    yield {
      params: { signed: word },
      weight: 0.6,
      grounds: [`The request is sent in chunks (${word}), and the service is not known to be Amazon S3.`],
    }
  else if (/XAmzContentSHA256Mismatch/i.test(`${file.refusal?.code} ${file.refusal?.message}`) && !bothShown && !isAws(file)) {
    const sdk = clientSeen(file, SDK) !== undefined
    yield {
      params: { signed: word ?? '' },
      weight: sdk ? 0.6 : 0.5,
      grounds: [
        'The service says that the body it read has another hash than the one given, and shows neither.',
        'Since January 2025 the AWS SDKs send uploads with a trailing checksum by default, which several S3-compatible stores do not read.',
      ],
    }
  }
  yield* suspicionsOf(file, HEAD, candidates(file))
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const logged = signerPart(file, 'payload-hash')
  if (logged !== undefined && STREAMING_PAYLOADS.includes(logged))
    yield { params: { signed: logged }, weight: 0.85, grounds: [`The signer signed ${logged} in place of a hash of the body.`] }
  for (const signed of STREAMING_PAYLOADS) yield { params: { signed } }
}

function undo(inputs: SigningInputs, { signed }: Params): SigningInputs {
  return STREAMING_PAYLOADS.includes(signed) && /^[0-9a-f]{64}$|^UNSIGNED-PAYLOAD$/.test(canonicalRequestPart(inputs, 'payload-hash'))
    ? withPart(inputs, 'payload-hash', signed)
    : inputs
}

/** The streaming word, or the encoding, of any request in the evidence. */
function wordSeen(file: CaseFile): string | undefined {
  for (const seen of file.observations) {
    if (seen.kind === 'canonical-request') {
      const found = STREAMING_PAYLOADS.find((word) => seen.text.endsWith(word) || seen.text.includes(`${HEADER.contentSha256}:${word}\n`))
      if (found !== undefined) return found
    }
    if (seen.kind !== 'request') continue
    const given = headerValue(seen.request, HEADER.contentSha256)
    if (given !== undefined && STREAMING_PAYLOADS.includes(given)) return given
    if (headerValues(seen.request, 'content-encoding').some((value) => /aws-chunked/.test(value))) return 'aws-chunked'
    if (headerValues(seen.request, 'x-amz-trailer').length > 0) return 'x-amz-trailer'
  }
  return undefined
}

/** Whether the verifier compared signatures with that very word in its canonical request: it did not stumble over it. */
function takenByVerifier(file: CaseFile, word: string): boolean {
  const { canonicalRequest, parts } = file.verifier
  return (
    canonicalRequest !== undefined &&
    parts?.['payload-hash'] === word &&
    /^(?:SignatureDoesNotMatch|InvalidSignature)/.test(file.refusal?.code ?? '')
  )
}

/** Whether the service is AWS's own, as far as the evidence tells. */
function isAws(file: CaseFile): boolean {
  const request = file.wire.request?.request ?? file.request
  const host = request === undefined ? undefined : headerValue(request, 'host')
  const server = file.observations.some(
    (seen) => seen.kind === 'response' && seen.headers.some(([name, value]) => /^server$/i.test(name) && /AmazonS3/.test(value)),
  )
  return server || /amazonaws\.com/i.test(host ?? '')
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] =
    sides === undefined
      ? ['', '']
      : [canonicalRequestPart(sides.verifier, 'payload-hash'), canonicalRequestPart(sides.signer, 'payload-hash')]
  const word = match.params.signed
  return {
    what:
      word === ''
        ? 'the body was sent in an encoding that the service does not read'
        : `the body was sent in chunks (${word}), and the service does not read that encoding`,
    why: 'with aws-chunked or a trailing checksum the body on the wire is wrapped in chunk headers, and a word stands where the hash would be; a store that does not know it hashes the wrapping too',
    labels:
      calculated === signed
        ? []
        : [labelOf(match.file, 'payload-hash', calculated, signed, 'a word for a body in chunks in place of its hash')],
    fixes: [
      ...plainBodyFixes(match.file),
      { title: 'or update the store to a release that reads trailing checksums', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'set x-amz-content-sha256 by hand',
        why: 'the body on the wire is still wrapped in chunk headers, and its hash is still another one',
      },
      {
        title: 'pin the old SDK for good',
        why: 'it works and leaves every later fix out; the setting gives the same requests with the new one',
      },
    ],
    check:
      'upload the same object with request_checksum_calculation = when_required and no multipart: it passes if the encoding was the cause',
  }
}

const SDK = /aws-sdk|boto|aws-cli|terraform|smithy|s3manager/i
