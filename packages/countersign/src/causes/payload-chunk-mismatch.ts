/**
 * The request itself was signed right, and a chunk of its payload, or its trailer, was not. S3 quotes the request's own texts all
 * the same, so that everything compared looks right.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
import { type CaseFile, cluesFor } from '../case/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { defineCause, type Suspicion } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The word in place of the payload hash. */
interface Params {
  readonly word: string
}

export const payloadChunkMismatch = defineCause<Params>({
  id: 'payload-chunk-mismatch',
  class: 'payload.chunked',
  part: 'payload-hash',
  summary: "the request's own signature is right; that of a chunk of its payload, or of its trailer, is not",
  schemes: 'version-4',
  refusedAt: ['signature'],
  undo,
  suspect,
  explain,
})

function* suspect(file: CaseFile): Iterable<Suspicion<Params>> {
  const word = file.inputs?.payloadHash ?? ''
  const compared = file.refusal?.check?.group === 'signature'
  if (!compared || !SIGNED_CHUNKS.test(word)) return
  const hints = cluesFor(file, 'payload.chunked').map(({ message }) => message)
  const grounds = [`The payload is signed chunk by chunk (${word}), and a chunk's signature is compared after the request's own.`, ...hints]
  const keyKnown = (file.known.secrets ?? []).length > 0
  if (keyKnown) {
    const right =
      "Under the secret you gave, the request's own text gives the signature provided; what is left is a chunk's, or another secret at the service."
    yield { params: { word }, weight: 0.92, grounds: [right, ...grounds], unedited: true }
  }
  // Under a known secret the line above decides; where it does not hold, the request's own signature is the one that is wrong.
  yield { params: { word }, weight: hints.length > 0 ? 0.6 : keyKnown ? 0.1 : 0.3, grounds }
}

/** The text of the request is right as it stands. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

function explain(): Explanation {
  return {
    what: 'the signature of a payload chunk, or of the trailer, is wrong; the signature of the request itself is right',
    why: "each chunk's signature covers the SHA-256 of the chunk and the signature before it, the first one the request's own; one byte changed, one chunk joined to another or left out, or one link missed breaks it and all that follow; S3 then quotes the texts of the request, which are right",
    labels: [],
    fixes: [
      {
        title: 'let no proxy between signer and service touch the body: no compression, no transformation, no decoding of aws-chunked',
        applicability: 'maybe',
      },
      {
        title:
          "in your own signer: hash the chunk's bytes without its size line and its line break; chain to the signature of the chunk before, sign with AWS4-HMAC-SHA256-PAYLOAD, and end with an empty chunk",
        applicability: 'maybe',
      },
      {
        title: 'send the payload in one piece, with its hash in x-amz-content-sha256',
        applicability: 'maybe',
        command: 'S3Client.builder().serviceConfiguration(c -> c.chunkedEncodingEnabled(false))',
        appliesTo: ['aws-sdk-java-v2'],
      },
      {
        title: 'see which chunk it is: send the same upload to your own verifier',
        applicability: 'exact',
        command: 'countersign serve --credentials-file <file>',
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: "compare the canonical request with the service's",
        why: 'both are right: what differs is the signature of a chunk, whose string to sign the service does not quote',
      },
    ],
    check:
      'send the same object in one piece, with the hash of the whole in x-amz-content-sha256; it passes if a chunk was the cause, and is refused alike if the service holds another secret',
  }
}

const SIGNED_CHUNKS = /^STREAMING-AWS4-/
