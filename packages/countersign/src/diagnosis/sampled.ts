/** Which of very many exchanges are searched: all answers together must not take longer than somebody waits. */
import type { Exchange } from '../case/index.js'
import { headerValue } from '../sigv4/index.js'

/** All of them, or of too many a sample: the first, then the first of each kind, then what comes first. */
export function sampled<One extends Exchange | undefined>(queue: readonly One[]): readonly One[] {
  if (queue.length <= MOST) return queue
  const kinds = new Map<string, One>()
  for (const one of queue) if (!kinds.has(kindOf(one))) kinds.set(kindOf(one), one)
  return [...new Set([...kinds.values(), ...queue])].slice(0, SAMPLE)
}

/** What another cause would likely differ in. */
function kindOf(exchange: Exchange | undefined): string {
  if (exchange === undefined) return ''
  const { keys, request, credential } = exchange
  const host = request === undefined ? undefined : headerValue(request, 'host')
  const { region, service } = credential?.scope ?? {}
  return JSON.stringify([keys.code, host, request?.method ?? keys.method, credential?.accessKeyId, region, service])
}

const MOST = 60
const SAMPLE = 24
