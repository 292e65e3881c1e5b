/**
 * A header that every hop sets for itself was signed: Connection, TE, Expect, Transfer-Encoding, Via, X-Forwarded-*, trace ids.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-connection
 * @see https://github.com/AdguardTeam/gomitmproxy/pull/31
 * @see https://github.com/boto/boto3/issues/181
 */
import { clientFixes } from './kit/case-views.js'
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
} as const

const ABOUT: NamedHeaders = {
  owns: (name) => OF_HOPS.test(name),
  guesses: (name, now) => (OF_HOPS.test(name) ? signedBefore(name, now) : []),
  seen: {
    weight: 0.4,
    ground: (name) => (OF_HOPS.test(name) ? `${name} is among the signed headers, and every hop on the way sets it anew.` : undefined),
  },
}

export const headerOfHopSigned = defineCause<HeaderValues>({
  ...HEAD,
  summary: 'a header that hops set for themselves was signed, and arrived with another value',
  refusedAt: ['signature'],
  shownBy: ({ names }) => ({ values: names.map((name) => [name, ''] as const) }),
  suspect: (file) => narrowedTo(file, ABOUT.owns, suspicionsOf(file, HEAD, namedCandidates(file, ABOUT))),
  explain,
})

function explain(match: Match<HeaderValues>): Explanation {
  const labels = headerLabels(match, withHeaderValues, 'header-changed-in-transit', 'a hop sets this header anew')
  const names = match.params.values.map(([name]) => name)
  const name = names[0] ?? '<header>'
  const list = names.length === 0 ? 'a header of the hops' : listed(names)
  return {
    what: said(labels, `${list} was signed and arrived with another value`),
    why: `${list} describes one connection or the way a request took; each client library, proxy and load balancer writes its own, so that a signature over it holds for the first hop only`,
    labels,
    fixes: [
      { title: `leave ${list} out of the signed headers: sign host, x-amz-* and, where sent, content-type`, applicability: 'exact' },
      ...clientFixes(match.file, unsignedHeaderFixes(name)),
      {
        title: 'sign a fixed list of headers in place of all that the request happens to have',
        applicability: 'maybe',
      },
      {
        title: 'in a proxy that signs, drop what the visitor sent before signing',
        applicability: 'maybe',
        command: `proxy_set_header ${titled(name)} "";`,
        appliesTo: 'nginx',
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

const OF_HOPS =
  /^(?:connection|keep-alive|te|trailer|upgrade|expect|transfer-encoding|proxy-[a-z-]+|via|forwarded|x-forwarded-[a-z-]+|x-real-ip|x-amzn-trace-id|x-request-id|traceparent|tracestate|x-b3-[a-z]+|cdn-loop|cf-[a-z-]+|max-forwards)$/
const USUAL: Readonly<Record<string, readonly string[]>> = {
  connection: ['keep-alive', 'close', 'Keep-Alive', 'Upgrade'],
  te: ['trailers'],
  expect: ['100-continue'],
  'transfer-encoding': ['chunked', 'identity'],
  'x-forwarded-proto': ['https', 'http'],
  'x-forwarded-port': ['443', '80'],
}
