/** What two views of one signing show together: a signature is made for one host. */
import { plainSignature } from '../same-signature.js'
import type { Deviation } from './deviation.js'
import type { RequestView } from './request-view.js'

/** Two requests with one signature and two hosts: it was signed for one of them at most. */
export function* acrossViews(views: readonly RequestView[]): Iterable<Deviation> {
  const hosts = new Map<string, string>()
  for (const { seen, signature, host } of views) {
    const key = plainSignature(signature)
    if (key === undefined || host === undefined || host === '' || seen.kind !== 'request') continue
    const before = hosts.get(key)
    hosts.set(key, before ?? host)
    if (before === undefined || before.toLowerCase() === host.toLowerCase()) continue
    const cause = bare(before) === bare(host) ? 'host-port-changed' : 'host-rewritten'
    const sentence = `One signature stands in a request to ${before} and in one to ${host}; it was made for one of them.`
    yield { ...HOSTS, cause, sentence, seen, names: ['host'], values: { host: before } }
    return
  }
}

function bare(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '')
}

const HOSTS = { rule: 'hosts-of-one-signature', severity: 'fragile', weight: 0.6, checks: ['signature'] } as const
