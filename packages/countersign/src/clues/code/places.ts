/** What code says twice and differently: the region, the service, the host, the parts of the credential scope. */

import { type Clue, clueAt } from '../../case/index.js'
import type { Code } from './language.js'
import { SIGNING } from './vocabulary.js'

export function placeMarks(code: Code, source: string): readonly Clue[] {
  return [...regionMarks(code, source), ...serviceMarks(code, source), ...scopeMarks(code, source), ...hostMarks(code, source)]
}

/** A region written in the code that the host in the code does not have, or that the code has otherwise elsewhere. */
function regionMarks({ text }: Code, source: string): readonly Clue[] {
  const ofHosts = new Set(hostsIn(text).map(({ region }) => region))
  const host = [...ofHosts][0]
  const marks: Clue[] = []
  const named = new RegExp(
    `\\b[$@]?(?:aws_?)?region(?:_?name)?["']?(?:\\s{0,3}:\\s{0,3}\\w{1,20}|\\s{1,3}As String)?\\s{0,5}(?::?=|=>|:|<-)\\s{0,5}["'\`](${REGION})["'\`]`,
    'i',
  ).exec(text)
  const scoped = new RegExp(
    `["'\`/](${REGION})/(?:[a-z0-9-]{2,20}|["'\`\\s+.&]{0,8}\\$?\\{?\\w{1,20}\\}?["'\`\\s+.&]{0,8})/aws4_request`,
  ).exec(text)
  const keyed = new RegExp(`(?:hmac|sign|mac)\\w{0,20}\\([^()\\n]{0,60}["'\`](${REGION})["'\`]`, 'i').exec(text)
  const written = [named, scoped, keyed].filter((one) => one !== null)
  const other = written.find((one) => ofHosts.size === 1 && one[1] !== host)
  if (other !== undefined && host !== undefined) {
    const message = `the region is written as ${other[1]}, and the host is in ${host}.`
    marks.push(
      clueAt(text, source, other.index, {
        rule: 'region-not-of-host',
        about: 'region-mismatch',
        strength: 'strong',
        message,
        values: { signed: other[1]!, wanted: host },
      }),
    )
  } else {
    const second = written.find((one) => one[1] !== written[0]![1])
    if (second !== undefined) {
      const message = `the region is written as ${second[1]} here and as ${written[0]![1]} elsewhere; scope and signing key need the same one.`
      marks.push(
        clueAt(text, source, second.index, { rule: 'region-written-twice', about: 'region-mismatch', strength: 'strong', message }),
      )
    }
  }
  return marks
}

/** A service written in the code that is not the one of the host. */
function serviceMarks({ text }: Code, source: string): readonly Clue[] {
  const services = new Set(hostsIn(text).map(({ service }) => service))
  const wanted = [...services][0]
  const named =
    /\b[$@]?service(?:_?name)?["']?(?:\s{0,3}:\s{0,3}\w{1,20}|\s{1,3}As String)?\s{0,5}(?::?=|=>|:|<-)\s{0,5}[:"'`]([a-zA-Z0-9-]{1,30})\b/i.exec(
      text,
    )
  const scoped = /\/([a-zA-Z0-9-]{2,30})\/aws4_request/.exec(text)
  const keyed = /(?:hmac|sign|mac)\w{0,20}\([^()\n]{0,40}region\w{0,8}\s{0,3},\s{0,3}["'`]([a-z0-9-]{2,30})["'`]/i.exec(text)
  const written = [named, scoped, keyed].filter((one) => one !== null)
  if (services.size === 1 && wanted !== undefined && PLAIN_SERVICES.has(wanted)) {
    const other = written.find((one) => one[1] !== wanted)
    if (other === undefined) return []
    const message = `the service is written as ${other[1]}, and the host is one of ${wanted}.`
    return [
      clueAt(text, source, other.index, {
        rule: 'service-not-of-host',
        about: 'service-mismatch',
        strength: 'strong',
        message,
        values: { signed: other[1]!, wanted },
      }),
    ]
  }
  const known = written.find((one) => WRONG_NAMES[one[1]!.toLowerCase()] !== undefined && WRONG_NAMES[one[1]!.toLowerCase()] !== one[1])
  if (known === undefined) return []
  const right = WRONG_NAMES[known[1]!.toLowerCase()]!
  const message = `the service is written as ${known[1]}; requests to it are signed for ${right}.`
  return [
    clueAt(text, source, known.index, {
      rule: 'service-name-wrong',
      about: 'service-mismatch',
      strength: 'strong',
      message,
      values: { signed: known[1]!, wanted: right },
    }),
  ]
}

/** The parts of the credential scope in another order than date, region, service. */
function scopeMarks({ text }: Code, source: string): readonly Clue[] {
  let seen = 0
  for (const match of text.matchAll(/aws4_request/g)) {
    if (++seen > 20) break
    const before = text.slice(Math.max(0, match.index - 160), match.index)
    const pieces =
      /(?:[$@{(\w."'`[\]\\ ]{1,50}(?:["'`]?\s{0,3}[+.&,]{0,2}\s{0,3}["'`]?\/["'`]?|,)\s{0,3}[+.&]{0,2}\s{0,3}){3}["'`]?[a-z/]{0,1}["'`+.& ]{0,8}$/.exec(
        before.slice(before.lastIndexOf('\n') + 1),
      )
    if (pieces === null) continue
    const kinds = [...pieces[0].matchAll(/date|day|stamp|ymd|region|serv(?:ice)?|["'`](s3|es|iam|execute-api|sqs)["'`]/gi)].map((one) =>
      /region/i.test(one[0]) ? 'region' : /date|day|stamp|ymd/i.test(one[0]) ? 'date' : 'service',
    )
    const order = kinds.filter((kind, i) => kinds.indexOf(kind) === i).join(' ')
    if (order.split(' ').length < 3 || order === 'date region service') continue
    const message = `the credential scope is put together as ${order.replaceAll(' ', '/')}; it is date/region/service/aws4_request.`
    return [clueAt(text, source, match.index, { rule: 'scope-order', about: 'scope.region', strength: 'strong', message })]
  }
  return []
}

/** A host that is signed and another one that is sent to; a bucket that stands in the host and in the path. */
function hostMarks({ text }: Code, source: string): readonly Clue[] {
  if (!SIGNING.test(text) && !/\bsign\w{0,10}\(/.test(text)) return []
  const marks: Clue[] = []
  const signed =
    /["'`\\n](?:n)?host:\s{0,2}([a-z0-9][a-z0-9.-]{3,100}\.[a-z]{2,6})(?=[\\"'`\n])/i.exec(text) ??
    /\bhost["']?(?:\s{1,3}As String)?\s{0,3}(?::?=|=>|:|<-)\s{0,3}["'`]([a-z0-9][a-z0-9.-]{3,100}\.[a-z]{2,6})["'`]/i.exec(text)
  const sent = [...text.matchAll(/["'`]https?:\/\/([a-z0-9][a-z0-9.-]{3,100}\.[a-z]{2,6}|localhost|127\.0\.0\.1)(?=[/"'`?:])/gi)]
    .slice(0, 20)
    .map((one) => one[1]!.toLowerCase())
  const host = signed?.[1]?.toLowerCase()
  if (
    signed !== null &&
    host !== undefined &&
    sent.length > 0 &&
    !sent.includes(host) &&
    sent.every((one) => isAwsLike(one) || domainOf(one) === domainOf(host))
  ) {
    const message = `the host is signed as ${host}, and the request goes to ${sent[0]}.`
    marks.push(
      clueAt(text, source, signed.index, {
        rule: 'host-other-than-url',
        about: 'host-rewritten',
        strength: 'strong',
        message,
        values: { signed: host, sent: sent[0]! },
      }),
    )
  }
  const inHost = /(?:\$\{?|\{|#\{|\\\()?\w{0,20}bucket\w{0,10}[})]?["'`]?\s{0,3}(?:[+.&]{1,2}\s{0,3}["'`])?\.s3[.-]/i.test(text)
  const inPath =
    /canonical_?(?:uri|path|resource)\w{0,8}\s{0,5}(?::?=|<-)\s{0,5}["'`]\/["'`]?\s{0,3}[+.&]{0,2}\s{0,3}(?:\$\{?|\{|#\{|\\\()?\w{0,10}bucket/i.exec(
      text,
    )
  if (inHost && inPath !== null)
    marks.push(
      clueAt(text, source, inPath.index, {
        rule: 'bucket-twice',
        about: 'bucket-in-path',
        strength: 'strong',
        message: 'the bucket stands in the host already; the path then holds the key alone.',
      }),
    )
  return marks
}

interface Host {
  readonly service: string
  readonly region: string
}

function hostsIn(text: string): readonly Host[] {
  const found = [...text.matchAll(new RegExp(`\\b([a-z0-9-]{1,40})\\.(${REGION})(?:\\.([a-z]{2,10}))?\\.amazonaws\\.com`, 'g'))]
  const urls = [...text.matchAll(new RegExp(`\\.lambda-url\\.(${REGION})\\.on\\.aws`, 'g'))].slice(0, 20)
  return [
    ...urls.map((one) => ({ service: 'lambda', region: one[1]! })),
    ...found.slice(0, 20).map((one) => ({ service: SUFFIXED.has(one[3] ?? '') ? one[3]! : one[1]!, region: one[2]! })),
  ]
}

function domainOf(host: string): string {
  return host.split('.').slice(-2).join('.')
}

function isAwsLike(host: string): boolean {
  return /amazonaws\.com|\.s3\b|minio|storage|^localhost$|^127\./.test(host)
}

const REGION = '(?:us|eu|ap|sa|ca|me|af|cn|il|mx)(?:-gov)?-(?:[a-z]{4,9})-\\d'
// Where the service stands behind the region: search.eu-west-1.es.amazonaws.com.
const SUFFIXED = new Set(['es', 'aoss', 'cloudsearch'])
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
/** What people write for a service, and its signing name. */
const WRONG_NAMES: Readonly<Record<string, string>> = {
  email: 'ses',
  apigateway: 'execute-api',
  'api-gateway': 'execute-api',
  elasticsearch: 'es',
  opensearch: 'es',
  cloudwatch: 'monitoring',
  s3: 's3',
  'bedrock-runtime': 'bedrock',
  'appsync-api': 'appsync',
  'appsync-realtime-api': 'appsync',
  'iot-data': 'iotdata',
  'runtime.lex': 'lex',
  'bedrock-agent-runtime': 'bedrock',
  transcribestreaming: 'transcribe',
}
