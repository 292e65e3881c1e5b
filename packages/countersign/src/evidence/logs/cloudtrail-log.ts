/**
 * CloudTrail records. A request whose signature was refused is not recorded there at all, which is worth saying.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { AUTH_CODES } from '../../catalog/index.js'
import { type JsonRecord, jsonRecords, memberOf } from '../../text/index.js'
import { clientOf } from '../clients/client-name.js'
import { statedIn } from '../refusals/stated-facts.js'

export const cloudtrailLog: EvidenceReader = {
  id: 'cloudtrail-log',
  reads: 'CloudTrail records: error code and message, client; and that they hold no refused signature',
  samples: [
    '{"Records":[{"eventVersion":"1.09","userIdentity":{"type":"IAMUser","accessKeyId":"AKIAIOSFODNN7EXAMPLE"},"eventTime":"2025-03-03T08:15:30Z","eventSource":"sqs.amazonaws.com","eventName":"SendMessage","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"Boto3/1.34.2","errorCode":"AccessDenied","errorMessage":"User: arn:aws:iam::123456789012:user/app is not authorized to perform: sqs:sendmessage"}]}\n',
    '{"eventVersion":"1.08","eventTime":"2025-03-03T08:15:30Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"eu-west-1","userAgent":"[aws-cli/2.15.30]","requestParameters":{"bucketName":"reports-bucket","key":"a.pdf"},"responseElements":null}\n',
  ],
  recognize: (text) => recordsIn(text).length > 0,
  read,
}

function recordsIn(text: string): readonly JsonRecord[] {
  if (!text.includes('eventSource') || !text.includes('eventName')) return []
  return jsonRecords(text).filter(
    ({ value }) => typeof memberOf(value, 'eventSource') === 'string' && typeof memberOf(value, 'eventTime') === 'string',
  )
}

function read(source: EvidenceSource): readonly Observation[] {
  const records = recordsIn(source.text)
  if (records.length === 0) return []
  const found = records.flatMap((record) => recordSeen(source.name, record)).slice(0, MOST_KEPT)
  const whole = { source: source.name, start: records[0]!.start, end: records.at(-1)!.end }
  const passed = found.some((one) => one.kind === 'error' && / not authorized to perform/.test(one.message))
  const reason = passed
    ? 'CloudTrail has the refused request, so its signature was right: what it lacked is a permission'
    : 'CloudTrail has no record of a request whose signature was refused; that shows in S3 server access logs, in access logs of API Gateway, and at the client'
  return found.some((one) => one.kind === 'stated') ? found : [...found, { kind: 'unreadable', reason, location: whole, fidelity: 'exact' }]
}

function recordSeen(name: string, { start, end, value }: JsonRecord): readonly Observation[] {
  const text = (member: string): string => {
    const given = memberOf(value, member)
    return typeof given === 'string' ? given : ''
  }
  const code = text('errorCode').replace(/^Client\./, '')
  if (!AUTH_CODES.has(code)) return []
  const place = { location: { source: name, start, end }, fidelity: 'normalized' } as const
  const message = text('errorMessage')
  const client = clientOf(text('userAgent'))
  return [
    { ...place, kind: 'error', code, message, elements: [] },
    ...statedIn(code, message).map((one): Observation => ({ ...place, kind: 'stated', ...one })),
    ...(client === undefined ? [] : [{ ...place, kind: 'client', ...client } as const]),
  ]
}

const MOST_KEPT = 60
