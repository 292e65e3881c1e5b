/** What two views of one signing show together: a signature is made for one host. */
import type { Observation } from '../observation.js'
import { plainSignature } from '../same-signature.js'
import { type Shown, textShown } from '../shown.js'
import type { Deviation } from './deviation.js'
import type { RequestView } from './request-view.js'

/** Two requests with one signature and two hosts: it was signed for one of them at most. */
export function* acrossViews(views: readonly RequestView[], observations: readonly Observation[]): Iterable<Deviation> {
  const byKey = new Map<string, RequestView>()
  for (const view of views) {
    const { seen, signature, host } = view
    const key = plainSignature(signature)
    if (key === undefined || host === undefined || host === '' || seen.kind !== 'request') continue
    const first = byKey.get(key)
    byKey.set(key, first ?? view)
    const before = first?.host
    if (first === undefined || before === undefined || before.toLowerCase() === host.toLowerCase()) continue
    const cause = bare(before) === bare(host) ? 'host-port-changed' : 'host-rewritten'
    const sentence = `One signature stands in a request to ${before} and in one to ${host}; it was made for one of them.`
    const known = signedForOne(first, view, observations)
    const values = { host: known?.signed ?? before }
    yield { ...HOSTS, cause, sentence, seen, names: ['host'], values, ...(known !== undefined && { shown: known.shown, told: known.told }) }
    return
  }
}

/**
 * Which of two URLs was signed, where a program's own endpoint says it, and that the other reaches the service with its host: the proxy that
 * stands between passes it on. A proxy that is not shown may put the signed host back.
 */
function signedForOne(
  one: RequestView,
  other: RequestView,
  observations: readonly Observation[],
): (Pick<Deviation, 'told'> & { readonly signed: string; readonly shown: Shown }) | undefined {
  const endpoints = new Set(observations.flatMap((seen) => (seen.kind === 'call' ? authorityOf(seen.call.endpoint) : [])))
  const [own, sent] = endpoints.has(hostOf(one)) ? [one, other] : [other, one]
  const [signed, arrived] = [hostOf(own), hostOf(sent)]
  if (endpoints.size !== 1 || !endpoints.has(signed) || !passesHostTo(signed, observations)) return undefined
  if (own.signedHeaders?.join() !== 'host' || sent.signedHeaders?.join() !== 'host' || isOfHop(own) || isOfHop(sent)) return undefined
  const statement = 'the two URLs are one text but for the host, which is signed, and the proxy passes on the host that it is asked for'
  const shown = textShown(`${signed}${own.request?.target}`, `${signed}${sent.request?.target}`, statement, sent.seen.location)
  const what = `the URL was signed for ${signed} and requested from ${arrived}`
  return shown === undefined ? undefined : { signed, shown, told: { what, why: WHY, labels: [] } }
}

/** Whether the proxy that is shown hands requests to this host, and every Host header that it sets is the one it got. */
function passesHostTo(host: string, observations: readonly Observation[]): boolean {
  const settings = observations.filter((one) => one.kind === 'setting')
  const valuesOf = (name: string): readonly string[] =>
    settings.filter(({ setting }) => setting.written === name).map(({ setting }) => setting.value.trim())
  const upstreams = [...valuesOf('proxy_pass'), ...valuesOf('proxypass').map((value) => value.split(/\s+/).at(-1) ?? '')]
  const set = valuesOf('proxy_set_header').filter((value) => /^["']?host\b/i.test(value))
  const kept = valuesOf('proxypreservehost')
  // What a line means in its block is a clue's to say: where one says that the host is replaced, nothing is passed for sure.
  if (observations.some((one) => one.kind === 'clue' && one.against !== true && /^host[.-]/.test(one.about))) return false
  const passes =
    set.every((value) => /^["']?host["']?\s+["']?\$http_host["']?;?$/i.test(value)) && kept.every((value) => /^on$/i.test(value))
  return set.length + kept.length > 0 && passes && upstreams.length > 0 && upstreams.every((one) => authorityOf(one)[0] === host)
}

function isOfHop({ seen }: RequestView): boolean {
  return seen.kind !== 'request' || seen.hop !== undefined
}

function hostOf({ host = '' }: RequestView): string {
  return host.toLowerCase()
}

function authorityOf(url: string | undefined): readonly string[] {
  const found = /^["']?https?:\/\/([A-Za-z0-9.-]{1,253}(?::\d{1,5})?)(?=[/"';\s]|$)/.exec(url ?? '')?.[1]
  return found === undefined ? [] : [found.toLowerCase()]
}

function bare(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '')
}

const HOSTS = { rule: 'hosts-of-one-signature', severity: 'fragile', weight: 0.6, checks: ['signature'] } as const
const WHY = 'the host is always signed: a URL that is requested from another host carries a signature of another request'
