/**
 * A string to sign of a chunk of an aws-chunked body: where a refusal or a log shows one, a chunk's signature is what differs.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */

import { clueAt, type EvidenceReader, type EvidenceSource } from '../../case/index.js'
import { MOST_SCANNED } from '../../text/index.js'

export const chunkSignatureText: EvidenceReader = {
  id: 'chunk-signature-text',
  reads: "a chunk's string to sign, as a refusal or a log shows it",
  samples: [
    'StringToSign=AWS4-HMAC-SHA256-PAYLOAD\\n20240102T030405Z\\n20240102/eu-west-1/s3/aws4_request\\n...',
    'AWS4-HMAC-SHA256-TRAILER\n20240102T030405Z\n20240102/eu-west-1/s3/aws4_request\n',
  ],
  recognize(text) {
    return MARK.test(text.slice(0, MOST_SCANNED))
  },
  read({ name, text }: EvidenceSource) {
    const match = MARK.exec(text.slice(0, MOST_SCANNED))
    if (match === null) return []
    const message =
      'the string to sign is that of a chunk of the body, not of the request: the signatures of the chunks are what was compared.'
    return [clueAt(text, name, match.index, { rule: 'chunk-text', about: 'payload.chunked', strength: 'strong', message })]
  },
}

// STREAMING-AWS4-HMAC-SHA256-PAYLOAD is the word in place of a payload hash, and says nothing of this kind.
const MARK = /(?<!STREAMING-)AWS4-HMAC-SHA256-(?:PAYLOAD|TRAILER)(?=\\n|\r?\n)/
