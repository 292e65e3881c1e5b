/**
 * Reads code that signs, sends or passes on requests, and names the shapes that are known mistakes. It proves nothing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { hintAt, hintsOf, withoutBodies } from './hint-rules.js'
import type { EvidenceReader, EvidenceSource, Observation } from './reader.js'
import { SIGNER_CODE_MARKS } from './signer-code-marks.js'

export const signerCode: EvidenceReader = {
  id: 'signer-code',
  reads: 'code that signs or forwards requests, in any of some twenty languages: known mistakes in it',
  samples: [
    "$kDate = hash_hmac('sha256', $day, 'AWS4' . $secret);\n$kRegion = hash_hmac('sha256', 'eu-west-1', $kDate);\n",
    'const mac = CryptoJS.HmacSHA256(signingKey, stringToSign)\nreq.headers.authorization = mac.toString()\n',
  ],
  recognize(text) {
    const code = withoutBodies(text)
    return CODE.test(code) && marksOf(code, '').length > 0 ? 0.6 : 0
  },
  read({ name, text }: EvidenceSource) {
    const code = withoutBodies(text)
    return CODE.test(code) ? marksOf(code, name) : []
  },
}

/** Whether a text has lines of a program. */
export function isCode(text: string): boolean {
  return CODE.test(text)
}

function marksOf(code: string, source: string): readonly Observation[] {
  return [
    ...hintsOf(SIGNER_CODE_MARKS, code, source),
    ...regionMarks(code, source),
    ...signedListMarks(code, source),
    ...verbMarks(code, source),
  ]
}

/** A region or service written in the code that the host in the code does not have. */
function regionMarks(code: string, source: string): readonly Observation[] {
  const hosts = [...code.matchAll(/\b([a-z0-9-]{1,40})\.([a-z]{2}(?:-[a-z]{2,10}){1,2}-\d)(?:\.[a-z]{2,10})?\.amazonaws\.com/g)].slice(
    0,
    20,
  )
  const regions = new Set(hosts.map((host) => host[2]))
  const services = new Set(hosts.map((host) => host[1]))
  const marks: Observation[] = []
  const region = /\bregion(?:_?name)?["']?\s{0,5}(?:[:=]|=>|:=)\s{0,5}["']([a-z]{2}(?:-[a-z]{2,10}){1,2}-\d)["']/i.exec(code)
  const host = [...regions][0]
  if (region !== null && regions.size === 1 && host !== undefined && host !== region[1])
    marks.push(
      hintAt(code, source, region.index, 'region-mismatch', 0.75, `the region is written as ${region[1]}, and the host is in ${host}.`, {
        signed: region[1]!,
        wanted: host,
      }),
    )
  const service = /\bservice(?:_?name)?["']?\s{0,5}(?:[:=]|=>|:=)\s{0,5}[:"']([a-z0-9-]{1,30})\b/i.exec(code)
  const wanted = [...services][0]
  if (service !== null && services.size === 1 && wanted !== undefined && PLAIN_SERVICES.has(wanted) && wanted !== service[1])
    marks.push(
      hintAt(
        code,
        source,
        service.index,
        'service-mismatch',
        0.7,
        `the service is written as ${service[1]}, and the host is one of ${wanted}.`,
        { signed: service[1]!, wanted },
      ),
    )
  return marks
}

/** A list of signed headers out of order, or with a name that the code never sets. */
function signedListMarks(code: string, source: string): readonly Observation[] {
  const list = /["'`=]((?:[a-z0-9-]{2,40};){1,12}[a-z0-9-]{2,40});?["'`,\\]/.exec(code)
  if (list === null || !list[1]!.includes('host')) return []
  const names = list[1]!.split(';')
  const marks: Observation[] = []
  if ([...names].sort().join(';') !== names.join(';'))
    marks.push(hintAt(code, source, list.index, 'headers-not-sorted', 0.65, 'the list of signed headers is not sorted by name.', {}))
  const lower = code.toLowerCase().replaceAll(list[1]!, '')
  const missing = names.find((name) => name !== 'host' && !lower.includes(name) && !lower.includes(name.replaceAll('-', '_')))
  if (missing !== undefined && /headers?\b/.test(lower))
    marks.push(
      hintAt(
        code,
        source,
        list.index,
        'header.missing',
        0.5,
        `the header ${missing} is listed as signed, and the code sets no such header.`,
        { header: missing },
      ),
    )
  return marks
}

/** A presigned operation whose URL the code uses with another method. */
function verbMarks(code: string, source: string): readonly Observation[] {
  const operation = PRESIGNED.exec(code)
  if (operation === null) return []
  const name = (operation[1] ?? operation[2] ?? operation[3] ?? '').toLowerCase().replaceAll('_', '')
  const signed = VERBS.find(([start]) => name.startsWith(start))?.[1]
  const sent = SENT.exec(code.slice(operation.index + operation[0].length)) ?? SENT.exec(code.slice(0, operation.index))
  const verb = (sent?.[1] ?? sent?.[2] ?? sent?.[3])?.toUpperCase()
  if (signed === undefined || verb === undefined || verb === signed) return []
  const why = `the URL is presigned for ${signed} (${operation[0].replace(/\s+/g, ' ').slice(-30)}), and the code sends ${verb}.`
  return [hintAt(code, source, operation.index, 'method-changed', 0.85, why, { signed, sent: verb })]
}

const PRESIGNED =
  /(?:getSignedUrl(?:Promise)?|generate_presigned_url|presigned_url|createPresignedRequest|getCommand)\(\s{0,10}(?:ClientMethod\s{0,3}=\s{0,3})?[:'"]{1,2}([A-Za-z_]{3,30})|getSignedUrl\([^)]{0,80}new (\w{3,30})Command\(|\bPresign(GetObject|PutObject|HeadObject|DeleteObject)\(/
const SENT =
  /["'`](GET|PUT|POST|DELETE|HEAD)["'`]|\b(?:requests|axios|http|client|session)\.(get|put|post|delete|head)\(|\s-X\s{0,2}(GET|PUT|POST|DELETE|HEAD)\b/
const VERBS: readonly (readonly [string, string])[] = [
  ['get', 'GET'],
  ['list', 'GET'],
  ['put', 'PUT'],
  ['uploadpart', 'PUT'],
  ['head', 'HEAD'],
  ['deleteobjects', 'POST'],
  ['delete', 'DELETE'],
  ['create', 'POST'],
]
// Services whose host prefix is their signing name.
const PLAIN_SERVICES = new Set([
  's3',
  'es',
  'execute-api',
  'dynamodb',
  'sqs',
  'sns',
  'lambda',
  'sts',
  'ec2',
  'kms',
  'kinesis',
  'logs',
  'aoss',
])

// A line of some program: a statement, a call, an assignment, a declaration.
const CODE =
  /^[ \t]{0,60}(?:(?:export |public |private |static |async |final )*(?:const|let|var|val|function|def|func|fn|sub|class|import|use|using|require|my|local|Dim|DECLARE|foreach|return|await|package|Debug\.Print)\b|[$@][\w:>-]{1,60}(?:\[[^\n\]]{0,60}\])?\s{0,5}[.+]?=|[\w.$:>[\]'"-]{1,80}(?:<[\w, ]{1,30}>)?\s{0,5}(?::=|\+?=|<-)\s{0,5}\S|(?:[\w.>:-]{1,60}[!?]?)\([^\n]{0,400}(?:[;,({]|\))\s{0,5}$|[)}\]]{1,3};|\w{1,30}\s\w{1,30}\s{0,3}=\s{0,3}\S|["'`][^\n]{0,400}["'`][;,)]{0,3}\s{0,5}$|openssl\s|echo\s|if \(?[\w$!])/m
