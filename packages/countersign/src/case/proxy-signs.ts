/** What in a request, as the service or a hop received it, says that a proxy passed it on. */
import type { Header } from '../sigv4/index.js'
import type { CaseFile } from './case-file.js'

/** The signs of the request that the service had, and those that the verifier saw besides its head. Each once. */
export function proxySigns({ wire, verifier, known }: Pick<CaseFile, 'wire' | 'verifier' | 'known'>): readonly string[] {
  const seen = [verifier.request, wire.request].find((one) => one !== undefined && one.vantage !== 'client' && one.hop !== 'received')
  return [...new Set([...(known.proxySigns ?? []), ...(seen === undefined ? [] : proxySignsIn(seen.request.headers))])]
}

/** Via with what it says, of other headers the names: they tell whose visitor it was. */
export function proxySignsIn(headers: readonly Header[]): readonly string[] {
  return headers.flatMap(([name, value]) => {
    const lower = name.toLowerCase()
    if (lower === 'via') return [`Via: ${value.trim().slice(0, 100)}`]
    if (lower === 'host') return SHORT_HOST.test(value.trim()) ? ['a Host without a dot'] : []
    return OF_PROXY.test(lower) ? [name] : []
  })
}

const OF_PROXY = /^(?:forwarded|x-forwarded-[a-z-]{1,30}|x-real-ip|cdn-loop|cf-ray|x-envoy-[a-z-]{1,40})$/
/** As a container or an upstream is called; not this machine. */
const SHORT_HOST = /^(?!localhost(?::|$))[a-z0-9_-]{1,63}(?::\d{1,5})?$/i
