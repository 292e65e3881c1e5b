/**
 * Error bodies of JSON services, API Gateway and OpenSearch: `{"__type":...,"message":...}`, `{"message":...}`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import type { FoundObject } from '../../text/index.js'
import { errorBodies, type FoundBodies, mayHold, placeOf } from './error-bodies.js'
import { givenCode, isError, messageOf } from './json-error.js'
import { codeOf, statedIn } from './stated-facts.js'
import { statusNear } from './status-near.js'
import { elementsSeen } from './verifier-elements.js'
import { messageAlone, quotedInMessage } from './verifier-texts.js'

export const errorJson: EvidenceReader = {
  id: 'error-json',
  reads: 'an error body in JSON: {"__type": ..., "message": ...}',
  samples: [
    '{"__type":"com.amazon.coral.service#InvalidSignatureException","message":"Signature expired: 20241108T195522Z is now earlier than 20241108T195940Z (20241108T200440Z - 5 min.)"}',
    `{"message": "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\\n\\nThe Canonical String for this request should have been\\n'GET\\n/_cat/indices\\n\\nhost:search-demo.us-east-1.es.amazonaws.com\\nx-amz-date:20240210T173713Z\\n\\nhost;x-amz-date\\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'\\n\\nThe String-to-Sign should have been\\n'AWS4-HMAC-SHA256\\n20240210T173713Z\\n20240210/us-east-1/es/aws4_request\\n62b3fb7b7929a68b2cbe7a4679c39668e1d6ecbe089789fb9aab234574f4b1c0'\\n"}`,
    'x-amzn-ErrorType: UnrecognizedClientException:\n\n{"Message":"The security token included in the request is invalid."}',
  ],
  recognize: mayHold.json,
  read(source) {
    const { json } = errorBodies(source)
    return json.bodies.flatMap((one) => objectSeen(one, json, source))
  },
}

function objectSeen(found: FoundObject, all: FoundBodies<FoundObject>, source: EvidenceSource): readonly Observation[] {
  const location = placeOf(source, all, found)
  const fidelity = found.whole ? all.fidelity : 'normalized'
  const reading = all.reading.text
  const header = errorTypeNear(reading, found.start)
  const status = statusInside(reading.slice(found.start, found.end)) ?? statusNear(reading, found.start)
  const seen = found.objects
    .filter((members) => isError(members, found))
    .flatMap((members): readonly Observation[] => {
      const whole = messageOf(members)
      const message = messageAlone(whole)
      const code = givenCode(members) || header || codeOf(message, 'json')
      const elements = [...members].filter(([, value]) => value !== '')
      return [
        { kind: 'error', code, message, ...(status === undefined ? {} : { status }), elements, location, fidelity },
        ...statedIn(code, message, elements).map((one): Observation => ({ kind: 'stated', ...one, location, fidelity })),
        ...quotedInMessage(whole, location, fidelity),
        ...elementsSeen(elements, undefined, location, fidelity),
      ]
    })
  return found.whole ? seen : [...seen, { kind: 'unreadable', reason: 'the JSON object ends early', location, fidelity }]
}

function statusInside(json: string): number | undefined {
  const match = STATUS_MEMBER.exec(json)
  return match === null ? undefined : Number(match[1])
}

function errorTypeNear(text: string, at: number): string {
  let code = ''
  for (const match of text.slice(Math.max(0, at - 4000), at).matchAll(ERROR_TYPE)) code = match[1] ?? ''
  return code
}

const STATUS_MEMBER = /(?:httpStatusCode|statusCode|StatusCode|status)["']?\s{0,4}:\s{0,4}([345]\d\d)\b/
const ERROR_TYPE = /x-amzn-error-?type["']?\s{0,4}[:=,]\s{0,4}["'[]{0,2}(?:[\w.]{1,100}#)?([A-Za-z]{3,80})/gi
