/** Which headers are signed, which are there, and which arrive as they were signed. */
import { hostScope } from '../../endpoints/index.js'
import { mustBeSigned, parseLenientDate, signsHost } from '../../sigv4/index.js'
import { type RequestView, written } from './request-view.js'
import type { ViewRule } from './view-rule.js'

export const HEADER_RULES: readonly ViewRule[] = [
  {
    id: 'host-signed',
    cause: 'header-not-signed',
    severity: 'breaks',
    checks: ['host-signed', 'headers-signed'],
    reads: ['signedHeaders'],
    *check({ signedHeaders = [] }) {
      if (signedHeaders[0] === '' || signsHost(signedHeaders)) return
      yield { sentence: 'SignedHeaders does not list host, which has to be signed.', names: ['host'] }
    },
  },
  {
    id: 'amz-headers-signed',
    cause: 'header-not-signed',
    severity: 'breaks',
    checks: ['headers-signed'],
    reads: ['signedHeaders', 'request', 'host'],
    *check({ signedHeaders = [], request, host = '' }) {
      // Other services and servers take them unsigned.
      if (request === undefined || hostScope(host)?.service !== 's3') return
      const signed = new Set(signedHeaders)
      const names = named(request.headers.map(([name]) => name.toLowerCase())).filter(
        (name) => name !== 'host' && !ADDED_BY_HOPS.has(name) && mustBeSigned(name) && !signed.has(name),
      )
      if (names.length > 0)
        yield { sentence: `The request carries ${names.join(', ')}, and SignedHeaders does not list ${them(names)}.`, names }
    },
  },
  {
    id: 'signed-header-there',
    cause: 'header-removed-in-transit',
    severity: 'fragile',
    weight: 0.8,
    checks: ['signature', 'headers-signed'],
    reads: ['signedHeaders', 'request'],
    *check({ signedHeaders = [], request, whole }) {
      if (!whole || request === undefined) return
      const sent = new Set(request.headers.map(([name]) => name.toLowerCase()))
      const names = named(signedHeaders).filter((name) => TOKEN.test(name) && name !== 'host' && !sent.has(name))
      if (names.length > 0) yield { sentence: `SignedHeaders lists ${names.join(', ')}, and the request shown has no such header.`, names }
    },
  },
  {
    id: 'signed-headers-sorted',
    cause: 'headers-not-sorted',
    severity: 'fragile',
    weight: 0.5,
    checks: ['signature'],
    reads: ['signedHeaders'],
    *check({ signedHeaders = [], seen }) {
      if (seen.kind === 'canonical-request' || signedHeaders.some((name) => !TOKEN.test(name))) return
      const sorted = [...signedHeaders].sort()
      if (sorted.join() !== signedHeaders.join()) yield { sentence: 'SignedHeaders is not in the order of its names.', names: sorted }
    },
  },
  {
    id: 'hop-header-signed',
    cause: 'header-of-hop-signed',
    severity: 'fragile',
    weight: 0.45,
    checks: ['signature'],
    reads: ['signedHeaders'],
    *check({ signedHeaders = [], request }) {
      // Shown where it was sent, a header about this very message is as it was signed.
      const sent = new Set(request?.headers.map(([name]) => name.toLowerCase()))
      const names = named(signedHeaders).filter((name) => isOfHops(name) && !(OF_THE_MESSAGE.has(name) && sent.has(name)))
      if (names.length > 0)
        yield { sentence: `SignedHeaders lists ${names.join(', ')}, which hops and tracers on the way write themselves.`, names }
    },
  },
  {
    id: 'header-twice',
    cause: 'header-repeated-wrongly',
    severity: 'fragile',
    weight: 0.35,
    checks: ['signature'],
    reads: ['request'],
    *check({ request, signedHeaders }) {
      const counts = new Map<string, number>()
      for (const [name] of request?.headers ?? []) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1)
      const names = [...counts]
        .filter(([name, count]) => count > 1 && ONCE.has(name) && isSigned(name, signedHeaders))
        .map(([name]) => name)
      if (names.length > 0) yield { sentence: `The request has ${names.join(', ')} twice.`, names }
    },
  },
  {
    id: 'value-twice',
    cause: 'header-repeated-wrongly',
    severity: 'fragile',
    weight: 0.6,
    checks: ['signature'],
    reads: ['request'],
    *check({ request, signedHeaders }) {
      for (const [name, text] of request?.headers ?? []) {
        const lower = name.toLowerCase()
        const value = written(text.trim())
        if (value === undefined || !ONCE.has(lower) || !isSigned(lower, signedHeaders)) continue
        const [first = '', second = '', ...more] = value.split(/, ?/)
        if (more.length > 0 || first === '' || first.length < 4 || first !== second) continue
        yield { sentence: `The value of ${lower} stands twice in its header, joined by a comma.`, names: [lower] }
      }
    },
  },
  {
    id: 'authorization-twice',
    cause: 'authorization-sent-twice',
    severity: 'breaks',
    checks: ['mechanism', 'authorization-parts'],
    reads: ['request'],
    *check({ request }) {
      const values = (request?.headers ?? []).filter(([name]) => name.toLowerCase() === 'authorization').map(([, value]) => value)
      const joined = values.some((value) => /^AWS4-[\s\S]{40,4000},\s*AWS4-HMAC-SHA256 Credential=/.test(value))
      if (values.length < 2 && !joined) return
      yield { sentence: 'The request carries two Authorization values.', values: { where: 'two-headers' } }
    },
  },
  {
    id: 'request-date-form',
    cause: 'request-date-malformed',
    severity: 'breaks',
    checks: ['date'],
    reads: ['requestDate'],
    *check({ requestDate = '', by }) {
      if (requestDate === '' || parseLenientDate(requestDate) !== undefined || requestDate.length > 60) return
      // What is no date at all may be a name for one.
      if (!/\d{4}/.test(requestDate)) return
      const where = by === 'query' ? 'X-Amz-Date' : 'the request'
      yield {
        sentence: `The date of ${where} is "${requestDate}", which is no date of the form 20150830T123600Z.`,
        values: { written: requestDate },
      }
    },
  },
  {
    id: 'port-of-aws-host',
    cause: 'host-port-changed',
    severity: 'fragile',
    weight: 0.55,
    checks: ['signature'],
    reads: ['request'],
    *check({ request }) {
      const host = request?.headers.find(([name]) => name.toLowerCase() === 'host')?.[1].trim()
      const found = host === undefined ? null : /^([A-Za-z0-9.-]{1,253}):(\w{1,12}|[<{$][^\s]{1,30})$/.exec(host)
      if (found === null || (/^\d+$/.test(found[2]!) && !/^(?:80|443)$/.test(found[2]!)) || hostScope(found[1]!) === undefined) return
      yield {
        sentence: `The Host header names a port: AWS's hosts listen at the ports of http and https, which signers leave out of the host they sign.`,
        names: ['host'],
        values: { host: found[1]! },
      }
    },
  },
]

/** Headers that every hop, tracer or client sets for itself. */
export function isOfHops(name: string): boolean {
  return OF_HOPS.test(name)
}

function named(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}

function them(names: readonly string[]): string {
  return names.length === 1 ? 'it' : 'them'
}

/** Where the list is unknown, a header that always is signed. */
function isSigned(name: string, signedHeaders: RequestView['signedHeaders']): boolean {
  return signedHeaders?.includes(name) ?? (name === 'host' || name === 'x-amz-date')
}

const OF_THE_MESSAGE: ReadonlySet<string> = new Set(['transfer-encoding', 'expect'])
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/
/** Headers that make no list. */
const ONCE: ReadonlySet<string> = new Set([
  'host',
  'date',
  'x-amz-date',
  'x-amz-content-sha256',
  'x-amz-security-token',
  'content-type',
  'content-md5',
  'content-length',
])
/** CloudFront adds them to what it sends to S3. */
const ADDED_BY_HOPS: ReadonlySet<string> = new Set(['x-amz-cf-id', 'x-amz-cf-pop'])
/**
 * Hop-by-hop and forwarding headers, the trace headers that instrumentation adds at its own layer, and those that only an answer has.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-connection
 * @see https://www.w3.org/TR/trace-context/
 */
const OF_HOPS =
  /^(?:connection|keep-alive|te|trailer|upgrade|expect|transfer-encoding|proxy-[a-z-]+|via|forwarded|x-forwarded-[a-z-]+|x-real-ip|x-amzn-trace-id|x-request-id|x-amz-request-id|x-amz-id-2|traceparent|tracestate|baggage|b3|x-b3-[a-z]+|uber-trace-id|sentry-trace|x-datadog-[a-z-]+|x-cloud-trace-context|cdn-loop|cf-[a-z-]+|max-forwards)$/
