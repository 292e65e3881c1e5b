/** What code says twice and differently: the region, the service, the host, the parts of the credential scope. */

import { hostScope } from '../../endpoints/index.js'
import type { Fault } from './code-rule.js'
import type { Code } from './language.js'
import { IS, SIGNING } from './vocabulary.js'

export function placeFaults({ text }: Code): readonly Fault[] {
  return [...regionFaults(text), ...serviceFaults(text), ...scopeFaults(text), ...hostFaults(text), ...pathFaults(text)]
}

/** A region written in the code that the host in the code does not have, or that the code has otherwise elsewhere. */
function regionFaults(text: string): readonly Fault[] {
  const ofHosts = new Set(hostsIn(text).map(({ region }) => region))
  const host = [...ofHosts][0]
  const written = REGION_WRITTEN.map((pattern) => pattern.exec(text)).filter((one) => one !== null)
  const other = written.find((one) => ofHosts.size === 1 && one[1] !== host)
  if (other !== undefined && host !== undefined) {
    const message = `The region is written as ${other[1]}, and the host is in ${host}.`
    return [{ at: other.index, rule: 'region-not-of-host', about: 'region-mismatch', message, values: { signed: other[1]!, wanted: host } }]
  }
  const second = written.find((one) => one[1] !== written[0]![1])
  if (second === undefined) return []
  const message = `The region is written as ${second[1]} here and as ${written[0]![1]} elsewhere. Scope and signing key need the same one.`
  return [{ at: second.index, rule: 'region-written-twice', about: 'region-mismatch', message }]
}

/** A service written in the code that is not the one of the host, or that goes by another name when it signs. */
function serviceFaults(text: string): readonly Fault[] {
  const services = new Set(hostsIn(text).map(({ service }) => service))
  const wanted = [...services][0]
  const written = SERVICE_WRITTEN.map((pattern) => pattern.exec(text)).filter((one) => one !== null)
  if (services.size === 1 && wanted !== undefined) {
    const other = written.find((one) => one[1] !== wanted)
    if (other === undefined) return []
    const message = `The service is written as ${other[1]}, and the host is one of ${wanted}.`
    return [{ at: other.index, rule: 'service-not-of-host', about: 'service-mismatch', message, values: { signed: other[1]!, wanted } }]
  }
  const known = written.find(([, name]) => (SIGNING_NAMES[name!.toLowerCase()] ?? name) !== name)
  if (known === undefined) return []
  const right = SIGNING_NAMES[known[1]!.toLowerCase()]!
  const message = `The service is written as ${known[1]}. Requests to it are signed for ${right}.`
  return [{ at: known.index, rule: 'service-name-wrong', about: 'service-mismatch', message, values: { signed: known[1]!, wanted: right } }]
}

/** The parts of the credential scope in another order than date, region, service. */
function scopeFaults(text: string): readonly Fault[] {
  for (const match of [...text.matchAll(/aws4_request/g)].slice(0, 20)) {
    const before = text.slice(Math.max(0, match.index - 160), match.index)
    const pieces = SCOPE_PIECES.exec(before.slice(before.lastIndexOf('\n') + 1))
    if (pieces === null) continue
    const kinds = [...pieces[0].matchAll(/(date|day|stamp|ymd)|(region)|serv(?:ice)?|["'`](?:s3|es|iam|execute-api|sqs)["'`]/gi)].map(
      (one) => (one[1] !== undefined ? 'date' : one[2] !== undefined ? 'region' : 'service'),
    )
    const order = kinds.filter((kind, i) => kinds.indexOf(kind) === i).join('/')
    if (order.split('/').length < 3 || order === 'date/region/service') continue
    const message = `The credential scope is put together as ${order}. It is date/region/service/aws4_request.`
    return [{ at: match.index, rule: 'scope-order', about: 'scope.region', message }]
  }
  return []
}

/** A host that is signed and another one that is sent to; a bucket that stands in the host and in the path. */
function hostFaults(text: string): readonly Fault[] {
  if (!SIGNING.test(text) && !/\bsign\w{0,10}\(/.test(text)) return []
  const faults: Fault[] = []
  const signed = HOST_SIGNED.map((pattern) => pattern.exec(text)).find((one) => one !== null)
  const sent = [...text.matchAll(URL_HOST)].slice(0, 20).map((one) => one[1]!.toLowerCase())
  const host = signed?.[1]?.toLowerCase()
  const elsewhere = sent.length > 0 && sent.every((one) => one !== host && (isStore(one) || domainOf(one) === domainOf(host ?? '')))
  if (signed !== undefined && host !== undefined && elsewhere) {
    const message = `The host is signed as ${host}, and the request goes to ${sent[0]}.`
    faults.push({
      at: signed.index,
      rule: 'host-other-than-url',
      about: 'host-rewritten',
      message,
      values: { signed: host, sent: sent[0]! },
    })
  }
  const inPath = BUCKET_IN_HOST.test(text) ? BUCKET_IN_PATH.exec(text) : null
  if (inPath !== null) {
    const message = 'The bucket stands in the host already. The path then holds the key alone.'
    faults.push({ at: inPath.index, rule: 'bucket-twice', about: 'bucket-in-path', message })
  }
  return faults
}

/** A path that is signed and is the end, or the begin, of the path of the URL that is sent. */
function pathFaults(text: string): readonly Fault[] {
  const signed = PATH_SIGNED.exec(text)
  const sent = [...text.matchAll(URL_PATH)].slice(0, 20).map((one) => one[1]!.replace(/\/$/, ''))
  const path = signed?.[1]?.replace(/\/$/, '')
  if (signed === null || path === undefined || path === '' || sent.includes(path)) return []
  const longer = sent.find((one) => one.endsWith(path))
  const shorter = sent.find((one) => one !== '' && path.endsWith(one))
  const found = longer ?? shorter
  if (found === undefined) return []
  const message = `The path is signed as ${path}, and the request goes to ${found}.`
  const about = longer !== undefined ? ('path-prefix-added' as const) : ('path-prefix-stripped' as const)
  return [{ at: signed.index, rule: 'path-other-than-url', about, message, values: { signed: path, sent: found } }]
}

interface Host {
  readonly service: string
  readonly region: string
}

/** The hosts of AWS in the code that say both. */
function hostsIn(text: string): readonly Host[] {
  return [...text.matchAll(AWS_HOST)].slice(0, 20).flatMap(([host]) => {
    const { service, region, source } = hostScope(host) ?? {}
    // A host that names no region has one all the same; what a program writes beside it may be meant for another.
    return service === undefined || region === undefined || source !== 'host' || !host.includes(region) ? [] : [{ service, region }]
  })
}

function domainOf(host: string): string {
  return host.split('.').slice(-2).join('.')
}

function isStore(host: string): boolean {
  return /amazonaws\.com|\.s3\b|minio|storage|^localhost$|^127\./.test(host)
}

const REGION = '(?:us|eu|ap|sa|ca|me|af|cn|il|mx)(?:-gov)?-(?:[a-z]{4,9})-\\d'
const NAME_IS = String.raw`(?:_?name)?["']?(?:\s{0,3}:\s{0,3}\w{1,20})?(?:${IS}|\s{0,5}(?:=>|:)\s{0,5})`
const HOST = String.raw`([a-z0-9][a-z0-9.-]{3,100}\.[a-z]{2,6})`
/** Where code writes a region: as a variable, in the scope, in the chain of the signing key. */
const REGION_WRITTEN: readonly RegExp[] = [
  new RegExp(String.raw`\b[$@]?(?:aws_?)?region${NAME_IS}["'\x60](${REGION})["'\x60]`, 'i'),
  new RegExp(String.raw`["'\x60/](${REGION})/(?:[a-z0-9-]{2,20}|["'\x60\s+.&]{0,8}\$?\{?\w{1,20}\}?["'\x60\s+.&]{0,8})/aws4_request`),
  new RegExp(String.raw`(?:hmac|sign|mac)\w{0,20}\([^()\n]{0,60}["'\x60](${REGION})["'\x60]`, 'i'),
]
const SERVICE_WRITTEN: readonly RegExp[] = [
  new RegExp(String.raw`\b[$@]?service${NAME_IS}[:"'\x60]([a-z0-9-]{1,30})\b`, 'i'),
  /\/([a-zA-Z0-9-]{2,30})\/aws4_request/,
  /(?:hmac|sign|mac)\w{0,20}\([^()\n]{0,40}region\w{0,8}\s{0,3},\s{0,3}["'`]([a-z0-9-]{2,30})["'`]/i,
  // https://github.com/tedder/requests-aws4auth: AWS4Auth(id, secret, region, service). botocore: SigV4Auth(credentials, service, region).
  /\bAWS4Auth\((?:[^(),\n]{1,80},\s{0,20}){3}["']([a-z0-9-]{2,30})["']/,
  /\bSigV4(?:Query)?Auth\([^(),\n]{1,80}(?:\(\))?,\s{0,3}["']([a-z0-9-]{2,30})["']/,
]
const SCOPE_PIECES =
  /(?:[$@{(\w."'`[\]\\ ]{1,50}(?:["'`]?\s{0,3}[+.&,]{0,2}\s{0,3}["'`]?\/["'`]?|,)\s{0,3}[+.&]{0,2}\s{0,3}){3}["'`]?[a-z/]?["'`+.& ]{0,8}$/
const HOST_SIGNED: readonly RegExp[] = [
  new RegExp(String.raw`["'\x60\\n]n?host:\s{0,2}${HOST}(?=[\\"'\x60\n])`, 'i'),
  new RegExp(String.raw`\bhost["']?(?:${IS}|\s{0,3}(?:=>|:)\s{0,3})["'\x60]${HOST}["'\x60]`, 'i'),
]
const URL_HOST = new RegExp(String.raw`["'\x60]https?://(${HOST.slice(1, -1)}|localhost|127\.0\.0\.1)(?=[/"'\x60?:])`, 'gi')
const BUCKET_IN_HOST = /(?:\$\{?|\{|#\{|\\\()?\w{0,20}bucket\w{0,10}[})]?["'`]?\s{0,3}(?:[+.&]{1,2}\s{0,3}["'`])?\.s3[.-]/i
const BUCKET_IN_PATH = new RegExp(
  String.raw`canonical_?(?:uri|path|resource)\w{0,8}${IS}["'\x60]\/["'\x60]?\s{0,3}[+.&]{0,2}\s{0,3}(?:\$\{?|\{|#\{|\\\()?\w{0,10}bucket`,
  'i',
)
/** The canonical URI as a text, and the paths of the URLs that are sent to. */
const PATH_SIGNED = new RegExp(String.raw`\bcanonical_?(?:uri|path)\w{0,6}${IS}["'\x60](\/[^"'\x60\s?{}$]{1,200})["'\x60]`, 'i')
const URL_PATH = /["'`]https?:\/\/[^"'`\s/]{3,200}(\/[^"'`\s?{}$]{1,200})["'`?]/g
const AWS_HOST = /(?<![a-z0-9.-])[a-z0-9][a-z0-9.-]{0,150}\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|(?:api|on)\.aws)\b/g
/** What people write for a service, and its signing name. */
const SIGNING_NAMES: Readonly<Record<string, string>> = {
  ...{ email: 'ses', apigateway: 'execute-api', 'api-gateway': 'execute-api', elasticsearch: 'es', opensearch: 'es' },
  ...{ s3: 's3', cloudwatch: 'monitoring', 'appsync-api': 'appsync', 'appsync-realtime-api': 'appsync', 'iot-data': 'iotdata' },
  ...{ 'bedrock-runtime': 'bedrock', 'bedrock-agent-runtime': 'bedrock', 'runtime.lex': 'lex', transcribestreaming: 'transcribe' },
}
