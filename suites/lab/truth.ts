/** Labels from what was brought about and what stood on the wire: the product under test is not asked. */
import { bodyText, headerIn } from '../interop/relay.mjs'
import { changedOnTheWay } from './changed.ts'
import { FAULTS } from './faults.ts'
import type { RequestLabel } from './label.ts'
import type { SetPlan, Step } from './plan.ts'

export interface WireExchange {
  readonly at: number
  readonly request: { readonly head: string; readonly body: Buffer[] }
  readonly response: { readonly head: string; readonly status: number; readonly body: Buffer[] } | undefined
}

export interface Mark {
  readonly step: number
  readonly what: 'begin' | 'end'
  readonly at: number
  readonly offset: number
}

interface Truth {
  readonly requests: readonly RequestLabel[]
  readonly top: readonly string[]
}

export interface Seen {
  readonly sent: readonly WireExchange[]
  /** Those of them that came where a redirect led. */
  readonly followed: ReadonlySet<WireExchange>
  readonly received: readonly WireExchange[]
  readonly logs: readonly { readonly marks: readonly Mark[] }[]
}

/** The labels, or why the set cannot be labelled. */
export function labelled(plan: SetPlan, { sent, followed, received, logs }: Seen): Truth | string {
  const steps = plan.workers.flat()
  const arrived = pairsOf(sent, received)
  const labels: RequestLabel[] = []
  for (const [number, exchange] of sent.entries()) {
    const step = stepOf(
      exchange,
      steps,
      logs.flatMap(({ marks }) => marks),
    )
    if (step === undefined) return `the request ${targetOf(exchange)} belongs to no step`
    labels.push(
      requestLabel(`r${number + 1}`, step, exchange, arrived.get(exchange), {
        redirected: followed.has(exchange),
        defect: plan.client.defect?.(targetPath(exchange) ?? '') ?? [],
      }),
    )
  }
  if (labels.length === 0) return 'the client sent nothing'
  const requests = withRepairs(labels)
  const left = requests.find(
    (one, at) => one.outcome === 'redirected' && !requests.slice(at + 1).some(({ target }) => target === one.target),
  )
  if (left !== undefined) return `${left.method} ${left.target} was redirected, and the client did not follow`
  const odd = requests.find(({ outcome, classes }) => outcome === 'refused' && classes.length === 0)
  if (odd !== undefined) return `${odd.method} ${odd.target} was refused for no reason that was brought about (${odd.status} ${odd.code})`
  const unknown = requests.find(({ outcome }) => outcome === 'unknown')
  if (unknown !== undefined)
    return `${unknown.method} ${unknown.target}: ${unknown.status} ${unknown.code} is neither acceptance nor refusal`
  return { requests, top: topOf(requests, plan.threads > 1 || plan.workers.length > 1) }
}

const targetPath = (exchange: WireExchange) => exchange.request.head.split(' ', 2)[1]
const targetOf = ({ request }: WireExchange) => request.head.split('\r\n', 1)[0]!.split(' ').slice(0, 2).join(' ')

export function signatureOf(head: string): string | null {
  return /signature=([0-9a-z]+)/i.exec(headerIn(head, 'authorization') ?? head.split('\r\n', 1)[0]!)?.[1] ?? null
}

/** Which request at the service is which of the client's: by signature, and where that was taken off, by order. */
function pairsOf(sent: readonly WireExchange[], received: readonly WireExchange[]): ReadonlyMap<WireExchange, WireExchange> {
  const pairs = new Map<WireExchange, WireExchange>()
  const left = new Set(received)
  const take = (one: WireExchange, fits: (other: WireExchange) => boolean) => {
    const found = [...left].find((other) => other.at >= one.at - 5 && fits(other))
    if (found === undefined) return
    left.delete(found)
    pairs.set(one, found)
  }
  // What was answered with a redirect went no further; the request that followed has its signature.
  const went = sent.filter(({ response }) => response === undefined || !isRedirect(response.status))
  for (const one of went)
    take(one, (other) => signatureOf(other.request.head) !== null && signatureOf(other.request.head) === signatureOf(one.request.head))
  for (const one of went) if (!pairs.has(one)) take(one, (other) => signatureOf(other.request.head) === null && other.at < one.at + 2000)
  return pairs
}

/** By the time at which it was sent; by the name of its object where several steps ran at that time, or none is known to. */
function stepOf(exchange: WireExchange, steps: readonly Step[], marks: readonly Mark[]): Step | undefined {
  const ran = (step: Step) => {
    const [begin, end] = ['begin', 'end'].map((what) => marks.find((mark) => mark.step === step.index && mark.what === what)?.at)
    return begin !== undefined && exchange.at >= begin - 1 && exchange.at <= (end ?? begin) + 1
  }
  const byTime = steps.filter(ran)
  if (byTime.length === 1) return byTime[0]
  const target = decoded(targetOf(exchange)).replace(/(?:continuation-token|start-after|marker)=[^&]*/g, '')
  const tail = (key: string) => /[^ -]*$/.exec(key.split('/').at(-1)!)![0].replace(/^\W+/, '')
  const among = byTime.length > 0 ? byTime : steps
  const byName = among.filter(({ key }) => target.includes(tail(key)))
  // Where two steps meet within a millisecond it is the first: no client sends that soon after it began.
  return byName.at(0) ?? among.filter(({ op }) => /^(?:pages|buckets|identity|list)/.test(op)).at(0)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const isRedirect = (status: number) => status >= 301 && status <= 308 && status !== 304

const AFTER_THE_SIGNATURE =
  /^(?:NoSuchKey|NoSuchBucket|NoSuchUpload|BucketAlready\w+|BucketNotEmpty|PreconditionFailed|InvalidRange|NotModified|NotFound|404)$/

function requestLabel(
  id: string,
  step: Step,
  sent: WireExchange,
  arrived: WireExchange | undefined,
  { redirected, defect }: { redirected: boolean; defect: readonly string[] },
): RequestLabel {
  const { head } = sent.request
  const [method, target] = head.split(' ', 2) as [string, string]
  const body = sent.response === undefined ? '' : bodyText(sent.response)
  const code = /<Code>([^<]*)/.exec(body)?.[1] ?? /"__type":"(?:[^"]*#)?([^"]*)/.exec(body)?.[1] ?? null
  const status = sent.response?.status ?? null
  const fault = step.fault === null ? undefined : FAULTS[step.fault]
  const changed = arrived === undefined ? undefined : changedOnTheWay(sent.request, arrived.request)
  const blocked = arrived === undefined && status === 403 && code === null
  // Another body has another length, and some clients sign it.
  const length = fault?.twist.tamper?.body !== undefined && /SignedHeaders=[^,]*content-length/.test(head) ? ['header.changed'] : []
  const transit = [
    ...defect,
    ...length,
    ...(changed?.classes ?? []),
    ...(redirected ? REDIRECTED : []),
    ...(blocked ? ['refused by a proxy'] : []),
  ]
  const outcome = blocked
    ? 'refused'
    : outcomeOf(status, code, arrived !== undefined, arrived !== undefined && signatureOf(arrived.request.head) === null)
  const own = outcome === 'accepted' ? [] : (fault?.classes ?? [])
  const ownWithSecret = outcome === 'accepted' ? [] : (fault?.withSecret ?? fault?.classes ?? [])
  const classes = outcome === 'refused' ? told([...own, ...transit], code) : []
  const withSecret = outcome === 'refused' ? told([...ownWithSecret, ...transit], code) : []
  return {
    id,
    step: step.index,
    at: new Date(sent.at).toISOString(),
    method,
    target,
    host: headerIn(head, 'host') ?? '',
    date: headerIn(head, 'x-amz-date') ?? /X-Amz-Date=(\w+)/.exec(target)?.[1] ?? null,
    signature: signatureOf(head),
    requestId:
      sent.response === undefined
        ? null
        : (headerIn(sent.response.head, 'x-amz-request-id') ?? headerIn(sent.response.head, 'x-amzn-requestid') ?? null),
    status,
    code,
    outcome,
    overcome: false,
    bare: code === null,
    stated: code !== null && (STATED_CODE.test(code) || STATED_MESSAGE.test(body)),
    quoted: /<StringToSign>|Canonical String for this request|<CanonicalRequest>/.test(body),
    signedRight: fault === undefined && defect.length === 0,
    faults: [
      ...(step.fault === null || outcome === 'accepted' ? [] : [step.fault]),
      ...(changed?.parts ?? []).map((part) => `on the way: ${part}`),
    ],
    classes,
    classesWithSecret: withSecret,
  }
}

// What is followed without its Authorization lacks it where it arrives.
const REDIRECTED = ['endpoint.redirect', 'host.port', 'host.rewritten', 'header.missing', 'authorization.malformed']
const STATED_CODE =
  /^(?:RequestTimeTooSkewed|AuthorizationHeaderMalformed|InvalidAccessKeyId|InvalidClientTokenId|UnrecognizedClientException|InvalidToken|ExpiredToken|\w*ContentSHA256Mismatch|BadDigest)/
const STATED_MESSAGE = /Credential should be scoped|Signature expired|Signature not yet current|Request has expired/

function outcomeOf(status: number | null, code: string | null, arrived: boolean, lostSignature: boolean): RequestLabel['outcome'] {
  if (status === null) return 'unknown'
  if (isRedirect(status)) return 'redirected'
  if (!arrived || status >= 500) return 'unknown'
  if (lostSignature) return status < 400 ? 'unknown' : 'refused'
  if (status < 400 || (code !== null && AFTER_THE_SIGNATURE.test(code)) || status === 404) return 'accepted'
  return status === 400 || status === 401 || status === 403 ? 'refused' : 'accepted'
}

const SAYS: readonly (readonly [RegExp, RegExp])[] = [
  [/^RequestTimeTooSkewed$/, /^clock\./],
  [/^Invalid(?:AccessKeyId|ClientTokenId)$|^UnrecognizedClientException$/, /^(?:secret|token)\./],
]

/** Of several faults of one request, those that the service's own words single out. */
function told(classes: readonly string[], code: string | null): readonly string[] {
  const all = [...new Set(classes)]
  const says = SAYS.find(([codes]) => code !== null && codes.test(code))
  const some = says === undefined ? [] : all.filter((name) => says[1].test(name))
  return some.length > 0 ? some : all
}

/** A client that was refused and then passed within one step repaired it itself. */
function withRepairs(requests: readonly RequestLabel[]): readonly RequestLabel[] {
  return requests.map((one, at) => ({
    ...one,
    overcome:
      one.outcome === 'refused' &&
      requests
        .slice(at + 1)
        .some(
          (later) => later.step === one.step && later.method === one.method && later.target === one.target && later.outcome === 'accepted',
        ),
  }))
}

/** The last refusal that was not overcome, those with an answer first; "last" by the request's date or by position. */
function topOf(requests: readonly RequestLabel[], atOnce: boolean): readonly string[] {
  const refused = requests.filter(({ outcome, overcome }) => outcome === 'refused' && !overcome)
  const speaking = refused.filter(({ bare }) => !bare)
  const those = speaking.length > 0 ? speaking : refused
  const last = those.at(-1)
  if (last === undefined) return []
  const latest = those.reduce((a, b) => ((b.date ?? '') >= (a.date ?? '') ? b : a))
  const moment = (one: RequestLabel) => Date.parse(one.at)
  const near = atOnce ? those.filter((one) => moment(last) - moment(one) < 1500 || one.date === latest.date) : []
  const sameDate = atOnce || latest !== last ? those.filter(({ date }) => date === latest.date) : []
  return [...new Set([last, latest, ...near, ...sameDate, ...refused.slice(-1)].map(({ id }) => id))]
}
