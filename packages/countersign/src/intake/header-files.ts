/** Requests whose headers stand in another piece: `curl -H @headers.txt`, and what the file holds. */
import type { Observation, ObservationOf } from '../case/index.js'

type Request = ObservationOf<'request'>

/** The requests that take headers from a file, with those of the piece that shows it; where several may be it, it is not known which. */
export function withHeaderFiles(seen: readonly Observation[]): readonly Observation[] {
  const takers = seen.filter((one): one is Request => one.kind === 'request' && one.headersFrom !== undefined)
  if (takers.length === 0) return seen
  const blocks = seen.filter((one): one is Request => one.kind === 'request' && isBlock(one))
  const taken = new Map<Observation, Observation>()
  const used = new Set<Observation>()
  for (const taker of takers) {
    const named = blocks.filter(({ location }) => location.source.endsWith(taker.headersFrom!))
    const [block, other] = named.length > 0 ? named : blocks
    if (block === undefined || other !== undefined) continue
    taken.set(taker, withHeaders(taker, block))
    used.add(block)
  }
  return seen.flatMap((one) => (used.has(one) ? [] : [taken.get(one) ?? one]))
}

/** Headers and nothing else. */
function isBlock({ request }: Request): boolean {
  return request.method === '' && request.target === ''
}

function withHeaders(taker: Request, block: Request): Request {
  const written = block.request.headers.map(([name]) => name.toLowerCase())
  // A Host header of the file takes the place of the one that follows from the URL.
  const own = taker.request.headers.filter(([name]) => name.toLowerCase() !== 'host' || !written.includes('host'))
  return { ...taker, request: { ...taker.request, headers: [...own, ...block.request.headers] } }
}
