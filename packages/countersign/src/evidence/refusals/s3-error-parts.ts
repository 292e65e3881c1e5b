/**
 * Elements of an S3 error that people paste without the body around them: "the CanonicalRequest in the answer is ...".
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { MOST_SCANNED } from '../../text/index.js'
import { errorBodies } from './error-bodies.js'
import { elementsSeen } from './verifier-elements.js'

export const s3ErrorParts: EvidenceReader = {
  id: 's3-error-parts',
  reads: 'elements of an S3 error that stand without the body around them: <CanonicalRequest>, <StringToSign>',
  samples: [
    '<CanonicalRequest>GET\n/a\n\nhost:examplebucket.s3.amazonaws.com\nx-amz-date:20241019T090000Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD</CanonicalRequest>\n',
    'It says\n  <StringToSign>AWS4-HMAC-SHA256\n20241019T090000Z\n20241019/eu-west-1/s3/aws4_request\n3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04</StringToSign>\n',
  ],
  recognize: (text) => NAMED.test(text),
  read,
}

function read(source: EvidenceSource): readonly Observation[] {
  if (errorBodies(source).s3.bodies.length > 0) return []
  const found = [...source.text.slice(0, MOST_SCANNED).matchAll(ELEMENT)].slice(0, MOST)
  const [first] = found
  if (first === undefined) return []
  const last = found.at(-1)!
  const location = { source: source.name, start: first.index, end: last.index + last[0].length }
  const elements = found.map(([, name, value]) => [name!, unescaped(value!)] as const)
  const refused: Observation = { kind: 'error', code: 'SignatureDoesNotMatch', message: '', elements, location, fidelity: 'inferred' }
  return [
    refused,
    { kind: 'stated', fact: 'signature-mismatch', values: {}, location, fidelity: 'inferred' },
    ...elementsSeen(elements, undefined, location, 'normalized'),
  ]
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

const NAMES = 'CanonicalRequest(?:Bytes)?|StringToSign(?:Bytes)?|SignatureProvided|AWSAccessKeyId'
const NAMED = /<(?:CanonicalRequest|StringToSign)(?:Bytes)?>/
const ELEMENT = new RegExp(`<(${NAMES})>([^<]{1,20000})</\\1>`, 'g')
const MOST = 12
