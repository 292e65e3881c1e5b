/**
 * A header that every hop sets for itself was signed: Connection, TE, Expect, Transfer-Encoding, Via, X-Forwarded-*, trace ids.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-connection
 * @see https://github.com/AdguardTeam/gomitmproxy/pull/31
 * @see https://github.com/boto/boto3/issues/181
 * @see https://github.com/open-telemetry/opentelemetry-js/issues/3922
 * @see https://github.com/open-telemetry/opentelemetry-js-contrib/issues/1609
 * @see https://github.com/aws/aws-sdk-js-v3/issues/8019
 */
import { isOfHops } from '../case/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { unsignedHeaderFixes } from './kit/header-fixes.js'
import { headerLabels, said } from './kit/header-labels.js'
import { type HeaderValues, type NamedHeaders, namedCandidates, narrowedTo, withHeaderValues } from './kit/headers-named.js'
import { listed } from './kit/listed.js'
import { suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

const HEAD = {
  id: 'header-of-hop-signed',
  class: 'header.changed',
  part: 'canonical-headers',
  narrow: true,
  undo: withHeaderValues,
  plain: { values: [] },
} as const

const ABOUT: NamedHeaders = {
  cause: HEAD.id,
  owns: (name) => isOfHops(name),
  guesses: (name, now) => (isOfHops(name) ? signedBefore(name, now) : []),
  seen: {
    weight: 0.4,
    ground: (name) => (isOfHops(name) ? `${name} is among the signed headers, and every hop on the way sets it again.` : undefined),
  },
}

export const headerOfHopSigned = defineCause<HeaderValues>({
  ...HEAD,
  summary: 'a header that hops set for themselves was signed, and arrived with another value',
  schemes: 'version-4',
  refusedAt: ['signature'],
  shownBy: ({ names }) => ({ values: [], names }),
  suspect: (file) => narrowedTo(file, ABOUT.owns, suspicionsOf(file, HEAD, namedCandidates(file, ABOUT))),
  explain,
})

function explain(match: Match<HeaderValues>): Explanation {
  const labels = headerLabels(match, withHeaderValues, 'header-changed-in-transit', 'a hop sets this header again')
  const names = match.params.names ?? match.params.values.map(([name]) => name)
  const name = names[0] ?? '<header>'
  const list = names.length === 0 ? 'a header of the hops' : listed(names)
  return {
    what: said(labels, `${list} was signed and arrived with another value`),
    why: `${list} describes one connection or the way a request took; each client library, proxy and load balancer writes its own, so that a signature over it holds for the first hop only`,
    labels,
    fixes: [
      { title: `leave ${list} out of the signed headers: sign host, x-amz-* and, where sent, content-type`, applicability: 'exact' },
      ...unsignedHeaderFixes(name),
      {
        title: 'sign a fixed list of headers in place of all that the request happens to have',
        applicability: 'maybe',
      },
      ...(names.some((one) => TRACING.test(one)) || names.length === 0 ? TRACING_FIXES : []),
      {
        title: 'in a proxy that signs, drop what the visitor sent before signing',
        applicability: 'maybe',
        command: `proxy_set_header ${titled(name)} "";`,
        appliesTo: ['nginx'],
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'have the hop pass the header on',
        why: 'hop-by-hop headers must not be passed on, and forwarding headers grow with every hop',
      },
      { title: 'remove the header from the request that is sent', why: 'it is among the signed headers then, and counts as empty' },
    ],
    check: `sign the same request without ${list}: it passes through the same hops with the same key`,
  }
}

/** What the client may have sent where this arrived. */
function signedBefore(name: string, now: string): readonly string[] {
  if (/^(?:x-forwarded-for|via|forwarded)$/.test(name)) {
    const hops = now.split(/,\s*/)
    return [hops.slice(0, -1).join(', '), hops.slice(0, -1).join(','), hops[0] ?? '', '']
  }
  return [...(USUAL[name] ?? []), '']
}

function titled(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
}

const TRACING = /^(?:traceparent|tracestate|baggage|b3|x-b3-|x-amzn-trace-id|uber-trace-id|sentry-trace|x-datadog-|x-cloud-trace-context)/
/** What puts trace headers into a request before it is signed, and keeps writing them after. */
const TRACING_FIXES = [
  {
    title: 'do not trace the requests that the AWS SDK sends: a retry carries a new traceparent under the old signature',
    applicability: 'maybe',
    command: "new HttpInstrumentation({ ignoreOutgoingRequestHook: ({ hostname }) => /\\.amazonaws\\.com$/.test(hostname ?? '') })",
    appliesTo: ['opentelemetry'],
  },
  {
    title: 'leave trace headers out of what is signed',
    applicability: 'maybe',
    command: "AWS.Signers.V4.prototype.unsignableHeaders.push('traceparent', 'tracestate', 'baggage')",
    appliesTo: ['aws-sdk-js'],
  },
  {
    title: 'switch trace propagation off for AWS clients',
    applicability: 'maybe',
    command: 'DD_BOTOCORE_DISTRIBUTED_TRACING=false',
    appliesTo: ['datadog'],
  },
] as const
const USUAL: Readonly<Record<string, readonly string[]>> = {
  connection: ['keep-alive', 'close', 'Keep-Alive', 'Upgrade'],
  te: ['trailers'],
  expect: ['100-continue'],
  'transfer-encoding': ['chunked', 'identity'],
  'x-forwarded-proto': ['https', 'http'],
  'x-forwarded-port': ['443', '80'],
}
