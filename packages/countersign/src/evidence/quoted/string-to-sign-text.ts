/**
 * A string to sign alone, with or without a label before it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-string-to-sign
 */

import type { EvidenceReader } from '../../case/index.js'
import { loneTexts } from './lone-texts.js'

export const stringToSignText: EvidenceReader = {
  id: 'string-to-sign-text',
  reads: 'a string to sign alone',
  samples: [
    'AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972\n',
    'String to sign: AWS4-HMAC-SHA256\r\n20130524T000000Z\r\n20130524/us-east-1/s3/aws4_request\r\n7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972\r\n',
  ],
  recognize: (text) => /(?:AWS4|GOOG4|OSS4)-(?:HMAC|ECDSA-P256|RSA)-SHA256\r?(?:\n|\\n)/.test(text),
  read: (source) => loneTexts(source, 'string-to-sign'),
}
