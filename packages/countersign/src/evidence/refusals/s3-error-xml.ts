/**
 * Error bodies of S3 and of servers that answer as S3 does, with the texts S3 calculated where it quotes them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */

import type { EvidenceReader, EvidenceSource, Fidelity, Observation } from '../../case/index.js'
import { elementOf, type Location, readingsOf, type XmlBody, xmlBodies } from '../../text/index.js'
import { isCanonicalRequest, isStringToSign } from '../quoted/flattened-request.js'
import { statedIn } from './stated-facts.js'
import { statusNear } from './status-near.js'
import { elementsSeen } from './verifier-elements.js'

export const s3ErrorXml: EvidenceReader = {
  id: 's3-error-xml',
  reads: 'an error body of S3 or an S3-compatible server: <Error><Code>...',
  samples: [
    `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256
20241019T090000Z
20241019/eu-west-1/s3/aws4_request
3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04</StringToSign><SignatureProvided>f06a759eb702c32bdf1bf8947e705967886f7012879388e67e8d654c38bb2c8c</SignatureProvided><CanonicalRequest>GET
/a%20b.txt
acl=
host:demo-bucket.s3.eu-west-1.amazonaws.com
x-amz-date:20241019T090000Z

host;x-amz-date
UNSIGNED-PAYLOAD</CanonicalRequest><RequestId>0A49CE4060975EAC</RequestId><HostId>...</HostId></Error>`,
    `<Error>
  <Code>AccessDenied</Code>
  <Message>There were headers present in the request which were not signed</Message>
  <HeadersNotSigned>x-amz-acl, Content-MD5</HeadersNotSigned>
  <RequestId>0A49CE4060975EAC</RequestId>
</Error>`,
    '<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message><RequestTime>20240101T000000Z</RequestTime><ServerTime>2024-01-01T00:20:00Z</ServerTime><MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds></Error>',
  ],
  recognize(text) {
    return bodiesIn(text).bodies.length > 0
  },
  read(source) {
    const { bodies, reading } = bodiesIn(source.text)
    const plain = reading === source.text
    return bodies.flatMap((body) => {
      const location = { source: source.name, start: plain ? body.start : 0, end: plain ? body.end : source.text.length }
      return bodySeen(body, location, reading, source)
    })
  },
}

/** The error bodies in the first reading of a text that has any. */
export function bodiesIn(text: string): { readonly bodies: readonly XmlBody[]; readonly reading: string } {
  if (!MENTIONS_ERROR.test(text)) return { bodies: [], reading: text }
  let best: { readonly bodies: readonly XmlBody[]; readonly reading: string } = { bodies: [], reading: text }
  let worth = -1
  for (const reading of readingsOf(text)) {
    const bodies = xmlBodies(reading, ['Error']).filter(
      (body) => !QUERY_PARENT.test(reading.slice(Math.max(0, body.start - 200), body.start)),
    )
    if (bodies.length === 0) continue
    const one = Math.min(...bodies.map(wholenessOf))
    if (one > worth) [best, worth] = [{ bodies, reading }, one]
    if (worth === 2) break
  }
  return best
}

/** 2 where the quoted texts have their lines, 0 where their line feeds are still escapes, 1 between. */
function wholenessOf(body: XmlBody): number {
  const request = elementOf(body.elements, 'CanonicalRequest') ?? ''
  const toSign = elementOf(body.elements, 'StringToSign') ?? ''
  if ((request === '' || isCanonicalRequest(request)) && (toSign === '' || isStringToSign(toSign))) return 2
  return [request, toSign].some((value) => !value.includes('\n') && value.includes('\\n')) ? 0 : 1
}

function bodySeen(body: XmlBody, location: Location, reading: string, source: EvidenceSource): readonly Observation[] {
  const { elements } = body
  const fidelity: Fidelity = reading === source.text ? 'exact' : 'normalized'
  const code = (elementOf(elements, 'Code') ?? '').trim()
  const message = (elementOf(elements, 'Message') ?? '').trim()
  const status = statusNear(reading, body.start)
  const seen: Observation[] = [
    { kind: 'error', code, message, ...(status === undefined ? {} : { status }), elements, location, fidelity },
    ...statedIn(code, message, elements).map((one): Observation => ({ kind: 'stated', ...one, location, fidelity })),
  ]
  for (const one of elementsSeen(elements, body.cutIn, location, fidelity)) seen.push(one)
  if (body.cutIn !== undefined)
    seen.push({ kind: 'unreadable', reason: `the error body ends early, inside <${body.cutIn}>`, location, fidelity })
  return seen
}

const MENTIONS_ERROR = /(?:<|&lt;|\\u003[cC]|\\x3[cC])Error\b/
const QUERY_PARENT = /<(?:ErrorResponse|Errors)(?:\s[^<>]{0,200})?>\s{0,50}$/
