/**
 * Error bodies of the query protocol (STS, IAM, SNS, ...), of EC2 and of MWS.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
import type { EvidenceReader, Observation } from '../../case/index.js'
import { elementOf } from '../../text/index.js'
import { errorBodies, mayHold, placeOf } from './error-bodies.js'
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
  recognize: mayHold.query,
  read(source) {
    const { query } = errorBodies(source)
    const { fidelity } = query
    return query.bodies.flatMap((body): readonly Observation[] => {
      const location = placeOf(source, query, body)
      const code = (elementOf(body.elements, 'Code') ?? '').trim()
      const whole = (elementOf(body.elements, 'Message') ?? '').trim()
      const message = messageAlone(whole)
      const status = statusNear(query.reading.text, body.start)
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
