/**
 * Error bodies of JSON services, API Gateway and OpenSearch: `{"__type":...,"message":...}`, `{"message":...}`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { type FoundObject, jsonObjects, type Location, type Members, readingsOf } from '../../text/index.js'
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
  recognize(text) {
    return errorObjectsIn(text).objects.length > 0
  },
  read(source) {
    const { objects, reading } = errorObjectsIn(source.text)
    return objects.flatMap((one) => objectSeen(one, reading, source))
  },
}

/** The objects that are errors, in the first reading of a text that has any. */
export function errorObjectsIn(text: string): { readonly objects: readonly FoundObject[]; readonly reading: string } {
  if (!text.includes('{') || !MENTIONS.test(text)) return { objects: [], reading: text }
  for (const reading of readingsOf(text)) {
    const objects = jsonObjects(reading, MEMBER).filter((one) => one.objects.some((members) => isError(members, one)))
    if (objects.length > 0) return { objects, reading }
  }
  return { objects: [], reading: text }
}

/** An object is an error where it names a type, or its message or code is one of a refusal, or it is small and holds little else. */
function isError(members: Members, { start, end }: FoundObject): boolean {
  const message = messageOf(members)
  const code = givenCode(members)
  if (members.has('__type')) return true
  if (statedIn(code, message).length > 0) return true
  return (
    message !== '' &&
    (/^[A-Z][A-Za-z.]{4,60}(?:Exception|Error)$/.test(code) || (code === '' && members.size === 1 && end - start <= LARGEST_BARE))
  )
}

function objectSeen(found: FoundObject, reading: string, source: EvidenceSource): readonly Observation[] {
  const exact = reading === source.text
  const location: Location = { source: source.name, start: exact ? found.start : 0, end: exact ? found.end : source.text.length }
  const fidelity = exact && found.whole ? 'exact' : 'normalized'
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

function messageOf(members: Members): string {
  return (members.get('message') ?? members.get('Message') ?? members.get('errorMessage') ?? members.get('msg') ?? '').trim()
}

function givenCode(members: Members): string {
  for (const name of ['__type', 'code', 'Code', 'errorType', 'name', 'Type']) {
    const code = bareCode(members.get(name) ?? '')
    if (/^[A-Z][A-Za-z.]{3,80}$/.test(code) && code !== 'Client' && code !== 'Sender' && code !== 'Server' && code !== 'Error') return code
  }
  return ''
}

/** "com.amazon.coral.service#Code" and "Code:http://..." are both Code. */
function bareCode(text: string): string {
  return (text.slice(text.lastIndexOf('#') + 1).split(':')[0] ?? '').trim()
}

function errorTypeNear(text: string, at: number): string {
  let code = ''
  for (const match of text.slice(Math.max(0, at - 4000), at).matchAll(ERROR_TYPE)) code = match[1] ?? ''
  return code
}

const LARGEST_BARE = 32_768
const STATUS_MEMBER = /(?:httpStatusCode|statusCode|StatusCode|status)["']?\s{0,4}:\s{0,4}([345]\d\d)\b/
const MENTIONS = /message|__type|\bcode\b/i
const MEMBER = /["']?(?:[mM]essage|__type|errorMessage|[cC]ode|msg)\\?["']?\s{0,10}:/
const ERROR_TYPE = /x-amzn-error-?type["']?\s{0,4}[:=,]\s{0,4}["'[]{0,2}(?:[\w.]{1,100}#)?([A-Za-z]{3,80})/gi
