/**
 * The log of Ceph's object gateway at debug_rgw 10 and above: the canonical request and string to sign that the server
 * calculated with, the signature that it was given, and at 20 the request as it came. Its own signature is passed over.
 * @see https://docs.ceph.com/en/latest/rados/troubleshooting/log-and-debug/
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { type Line, type Location, locationOf, logLines } from '../../text/index.js'
import { isCanonicalRequest, isStringToSign } from '../quoted/flattened-request.js'
import { statedIn } from '../refusals/stated-facts.js'
import { bodyOf } from './hop-flow.js'

export const cephRgwLog: EvidenceReader = {
  id: 'ceph-rgw-log',
  reads: "Ceph object gateway logs (debug_rgw 10 or more): the server's canonical request and string to sign, the request",
  samples: [
    `2025-03-03T08:15:30.101+0000 7f55a1b2c700  1 ====== starting new request req=0x7f5571da4700 =====
2025-03-03T08:15:30.102+0000 7f55a1b2c700 10 req 71 0.000999s v4 signature format = 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
2025-03-03T08:15:30.102+0000 7f55a1b2c700 10 req 71 0.000999s s3:get_obj canonical request = GET
/b/a%20b.txt

host:store.example.com
x-amz-content-sha256:UNSIGNED-PAYLOAD
x-amz-date:20250303T081530Z

host;x-amz-content-sha256;x-amz-date
UNSIGNED-PAYLOAD
2025-03-03T08:15:30.102+0000 7f55a1b2c700 10 req 71 0.000999s s3:get_obj string to sign = AWS4-HMAC-SHA256
20250303T081530Z
20250303/default/s3/aws4_request
fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210
2025-03-03T08:15:30.103+0000 7f55a1b2c700 15 req 71 0.001999s s3:get_obj compare=-66
2025-03-03T08:15:30.103+0000 7f55a1b2c700 20 req 71 0.001999s s3:get_obj rgw::auth::s3::LocalEngine denied with reason=-2027
`,
    '2018-11-23 20:27:57.590000 7fc7df2c2700 20 HTTP_HOST=store.example.com\n2018-11-23 20:27:57.590001 7fc7df2c2700 20 HTTP_X_AMZ_DATE=20181123T202757Z\n2018-11-23 20:27:57.590002 7fc7df2c2700 20 REQUEST_METHOD=GET\n2018-11-23 20:27:57.590003 7fc7df2c2700 20 REQUEST_URI=/b/k\n2018-11-23 20:27:57.591000 7fc7df2c2700 20 rgw::auth::s3::AWSAuthStrategy denied with reason=-2028\n',
  ],
  recognize: (text) => OWN.test(text) && read({ name: '', text }).length > 0,
  read,
}

/** What the log says of one request: texts as they stand, in order. */
interface Served {
  readonly texts: { readonly kind: 'canonical-request' | 'string-to-sign' | 'signature'; readonly text: string; readonly at: Location }[]
  readonly environment: Map<string, string>
  first: Line
  last: Line
  reason: string | undefined
  denied: boolean | undefined
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!OWN.test(source.text)) return []
  const all = servedIn(source)
  const refused = all.filter(({ denied }) => denied === true)
  const shown = refused.length > 0 ? refused : all.filter(({ denied }) => denied === undefined)
  return shown.slice(-MOST_KEPT).flatMap((served) => servedSeen(source, served))
}

function servedIn(source: EvidenceSource): readonly Served[] {
  const lines = logLines(source.text)
  const all: Served[] = []
  const byThread = new Map<string, Served>()
  for (let i = 0; i < lines.length; i++) {
    const match = RECORD.exec(lines[i]!.text.slice(0, 20_000))
    if (match === null) continue
    const [, thread, said] = match
    const from = i
    const more: string[] = []
    while (i + 1 < lines.length && more.length < MOST_LINES && !RECORD.test(lines[i + 1]!.text.slice(0, 400))) more.push(lines[++i]!.text)
    if (said!.startsWith('====== starting new request')) byThread.delete(thread!)
    let served = byThread.get(thread!)
    if (served === undefined) {
      served = { texts: [], environment: new Map(), first: lines[from]!, last: lines[from]!, reason: undefined, denied: undefined }
      byThread.set(thread!, served)
      all.push(served)
    }
    served.last = lines[i]!
    take(served, said!, more, locationOf(source.name, lines[from], lines[i]))
  }
  return all
}

function take(served: Served, said: string, more: readonly string[], at: Location): void {
  const text = /^(canonical request|string to sign) = (.*)$|^(string_to_sign)=(.*)$/.exec(said)
  const signature = /^(?:v4 signature format = |client signature=)([0-9a-f]{64})$/.exec(said)
  const reason = /denied with reason=-(\d{1,5})/.exec(said)
  const variable = /^(HTTP_[A-Z0-9_]{1,80}|CONTENT_(?:LENGTH|TYPE)|REQUEST_(?:METHOD|URI)|QUERY_STRING)=(.*)$/.exec(said)
  if (text !== null) {
    const whole = [text[2] ?? text[4] ?? '', ...more].join('\n').replace(/\n{1,4}$/, '')
    if (text[1] === 'canonical request' ? isCanonicalRequest(whole) : isStringToSign(whole))
      served.texts.push({ kind: text[1] === 'canonical request' ? 'canonical-request' : 'string-to-sign', text: whole, at })
  } else if (signature !== null) served.texts.push({ kind: 'signature', text: signature[1]!, at })
  else if (reason !== null) {
    served.reason = reason[1]!
    served.denied = true
  } else if (/^compare=-?\d{1,6}$/.test(said)) served.denied ??= said !== 'compare=0'
  else if (/ granted access$/.test(said)) served.denied = false
  else if (variable !== null && served.environment.size < 200) served.environment.set(variable[1]!, variable[2]!)
}

function servedSeen({ name, side, text: log }: EvidenceSource, served: Served): readonly Observation[] {
  const place = { location: locationOf(name, served.first, served.last), fidelity: 'normalized' } as const
  const texts = new Map(served.texts.map((one) => [`${one.kind} ${one.text}`, one]))
  const seen = [...texts.values()].map(({ kind, text, at }): Observation => {
    // A record that nothing follows may be cut.
    const exact = { location: at, fidelity: at.end === log.length ? 'normalized' : 'exact' } as const
    return kind === 'signature' ? { ...exact, kind, side: 'wire', value: text } : { ...exact, kind, side: side ?? 'verifier', text }
  })
  const request = requestOf(served.environment)
  if (request !== undefined) seen.push({ ...place, kind: 'request', side: 'wire', request, hop: 'sent' })
  const code = served.denied === true ? (CODES[served.reason ?? '2027'] ?? '') : ''
  if (code === '') return seen
  const elements = [['Resource', served.environment.get('REQUEST_URI') ?? '']] as const
  return [
    ...seen,
    { ...place, kind: 'error', code, message: '', elements },
    ...statedIn(code, '').map((one): Observation => ({ ...place, kind: 'stated', ...one })),
  ]
}

/** The request out of the gateway's CGI-like variables, in which a header's name has lost its case. */
function requestOf(environment: ReadonlyMap<string, string>): Extract<Observation, { kind: 'request' }>['request'] | undefined {
  const [method, uri, query] = ['REQUEST_METHOD', 'REQUEST_URI', 'QUERY_STRING'].map((name) => environment.get(name))
  if (method === undefined || !/^[A-Z]{3,10}$/.test(method) || uri === undefined || !uri.startsWith('/')) return undefined
  const headers = [...environment].flatMap(([name, value]) => {
    const given = name.startsWith('HTTP_') ? name.slice(5) : name.startsWith('CONTENT_') && value !== '' ? name : undefined
    return given === undefined ? [] : [[given.toLowerCase().replaceAll('_', '-'), value] as const]
  })
  const target = query === undefined || query === '' || uri.includes('?') ? uri : `${uri}?${query}`
  return { method, target, headers, body: bodyOf(method, headers) }
}

const OWN =
  /\b[0-9a-f]{6,18} {1,3}-?\d{1,2} (?:req \d|=+ starting new request|HTTP_|canonical request = |string_?to_?sign|string to sign = |v4 signature format|client signature|rgw::auth)/
const RECORD =
  /^.{0,120}?\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d{1,9}\S{0,6} ([0-9a-f]{6,18}) {1,3}-?\d{1,2} (?:req \d{1,20} [\d.]{1,24}s? (?:s3:\w{1,60} )?)?(.*)$/
/** The gateway's own numbers for what it refuses a signature with. */
const CODES: Readonly<Record<string, string>> = {
  '2012': 'RequestTimeTooSkewed',
  '2027': 'SignatureDoesNotMatch',
  '2028': 'InvalidAccessKeyId',
}
const MOST_KEPT = 10
const MOST_LINES = 400
