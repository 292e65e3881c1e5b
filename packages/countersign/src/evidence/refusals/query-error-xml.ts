/**
 * Error bodies of the query protocol (STS, IAM, SNS, ...), of EC2 and of MWS.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
import type { EvidenceReader, Observation } from '../../case/index.js'
import { elementOf, readingsOf, type XmlBody, xmlBodies } from '../../text/index.js'
import { statedIn } from './stated-facts.js'
import { statusNear } from './status-near.js'
import { messageAlone, quotedInMessage } from './verifier-texts.js'

export const queryErrorXml: EvidenceReader = {
  id: 'query-error-xml',
  reads: 'an error body of the query protocol, EC2 or MWS: <ErrorResponse><Error>... or <Response><Errors>...',
  samples: [
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>SignatureDoesNotMatch</Code>
    <Message>Signature expired: 20170606T095435Z is now earlier than 20170606T100000Z (20170606T101500Z - 15 min.)</Message>
  </Error>
  <RequestId>cc980489-0000-4f50-ab65-ca7027d52c75</RequestId>
</ErrorResponse>`,
    '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>AuthFailure</Code><Message>AWS was not able to validate the provided access credentials</Message></Error></Errors><RequestID>cc980489-0000-4f50-ab65-ca7027d52c75</RequestID></Response>',
  ],
  recognize(text) {
    return queryBodiesIn(text).bodies.length > 0
  },
  read(source) {
    const { bodies, reading } = queryBodiesIn(source.text)
    const fidelity = reading === source.text ? 'exact' : 'normalized'
    return bodies.flatMap((body): readonly Observation[] => {
      const location = {
        source: source.name,
        start: fidelity === 'exact' ? body.start : 0,
        end: fidelity === 'exact' ? body.end : source.text.length,
      }
      const code = (elementOf(body.elements, 'Code') ?? '').trim()
      const whole = (elementOf(body.elements, 'Message') ?? '').trim()
      const message = messageAlone(whole)
      const status = statusNear(reading, body.start)
      const cut: readonly Observation[] =
        body.cutIn === undefined
          ? []
          : [{ kind: 'unreadable', reason: `the error body ends early, inside <${body.cutIn}>`, location, fidelity }]
      return [
        { kind: 'error', code, message, ...(status === undefined ? {} : { status }), elements: body.elements, location, fidelity },
        ...statedIn(code, message, body.elements).map((one): Observation => ({ kind: 'stated', ...one, location, fidelity })),
        ...quotedInMessage(whole, location, fidelity),
        ...cut,
      ]
    })
  },
}

/** The bodies in the first reading of a text that has any. */
export function queryBodiesIn(text: string): { readonly bodies: readonly XmlBody[]; readonly reading: string } {
  if (!MENTIONS.test(text)) return { bodies: [], reading: text }
  for (const reading of readingsOf(text)) {
    const bodies = xmlBodies(reading, ['ErrorResponse', 'Errors'])
    if (bodies.length > 0) return { bodies, reading }
  }
  return { bodies: [], reading: text }
}

const MENTIONS = /(?:<|&lt;|\\u003[cC]|\\x3[cC])(?:ErrorResponse|Errors)\b/
