/**
 * Error bodies of S3 and of servers that answer as S3 does, with the texts S3 calculated where it quotes them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */

import type { EvidenceReader, Observation } from '../../case/index.js'
import { elementOf, type Location, type XmlBody } from '../../text/index.js'
import { errorBodies, type FoundBodies, mayHold, placeOf } from './error-bodies.js'
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
    '<Code>AccessDenied</Code>\n<Message>Request has expired</Message>\n<Expires>2024-01-01T00:00:00Z</Expires> ...\n',
    'In the answer:\n<CanonicalRequest>GET\n/a\n\nhost:examplebucket.s3.amazonaws.com\nx-amz-date:20241019T090000Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD</CanonicalRequest>\n',
  ],
  recognize: (text) => mayHold.s3(text) || mayHold.s3Loose(text),
  read(source) {
    const { s3 } = errorBodies(source)
    return s3.bodies.flatMap((body) => bodySeen(body, placeOf(source, s3, body), s3))
  },
}

function bodySeen(body: XmlBody, location: Location, { reading, fidelity }: FoundBodies<XmlBody>): readonly Observation[] {
  const { elements } = body
  const code = (elementOf(elements, 'Code') ?? '').trim()
  const message = (elementOf(elements, 'Message') ?? '').trim()
  const status = statusNear(reading.text, body.start)
  const said = code !== '' || message !== ''
  // Texts that were cut out of a body stand in answers about a signature only.
  const facts = said ? statedIn(code, message, elements) : statedIn('SignatureDoesNotMatch', '')
  const error: readonly Observation[] = said
    ? [{ kind: 'error', code, message, ...(status === undefined ? {} : { status }), elements, location, fidelity }]
    : []
  const seen: Observation[] = [...error, ...facts.map((one): Observation => ({ kind: 'stated', ...one, location, fidelity }))]
  for (const one of elementsSeen(elements, body.cutIn, location, fidelity)) seen.push(one)
  if (body.cutIn !== undefined)
    seen.push({ kind: 'unreadable', reason: `the error body ends early, inside <${body.cutIn}>`, location, fidelity })
  return seen
}
