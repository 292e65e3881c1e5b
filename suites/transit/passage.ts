/**
 * The way of a request: the client's bytes, a recorder, a gateway that changes nothing, a recorder, the intermediary, a recorder, a relay of
 * the suite's own that tells the truth, and the service. A recorder is the relay of `countersign record`.
 */
import { flowLines, openRelay } from '../../packages/countersign/src/transit/index.ts'
import { startRelay } from '../interop/relay.mjs'
import type { RunningProxy } from '../lab/proxies/process.ts'
import { type Answer, type Bytes, sent } from './send.ts'

export interface Passed {
  readonly answer: Answer | undefined
  /** What reached the service; `undefined` where the intermediary answered. */
  readonly arrived: Bytes | undefined
  /** Lines of recordings, as they stand in their files; at each place what its hop sent. */
  readonly recorded: Readonly<Record<Place, string>>
}

/** Where requests are recorded: behind the client, behind the gateway, before the service. */
export type Place = 'client' | 'gateway' | 'service'

export interface Passage {
  /** Where an intermediary has to send requests. */
  readonly to: number
  through(port: number, request: Bytes): Promise<Passed>
  end(): Promise<void>
}

const HERE = '127.0.0.1'

/** @param startGateway Starts a proxy that changes nothing of what is signed; undefined where there is none. */
export async function openPassage(service: number, startGateway?: (to: number) => Promise<RunningProxy>): Promise<Passage> {
  let current = 0
  const lines = new Map<Place, string[]>()
  const truth = await startRelay({ to: service, host: undefined })
  const recorder = (place: Place, to: () => number) => {
    const line = flowLines(place)
    return openRelay({
      listen: { host: HERE, port: 0 },
      upstream: { tls: false, host: HERE, port: 1 },
      upstreamRules: { connectTo: () => ({ host: HERE, port: to() }) },
      onExchange: (seen) => lines.set(place, [...(lines.get(place) ?? []), line(seen)]),
    })
  }
  const last = await recorder('service', () => truth.port)
  const middle = await recorder('gateway', () => current)
  const gateway = await startGateway?.(middle.port)
  const first = await recorder('client', () => gateway?.port ?? middle.port)
  return {
    to: last.port,
    async through(port, request) {
      current = port
      lines.clear()
      truth.taken()
      const answer = await sent(first.port, request)
      const arrived = truth.taken()[0]?.request
      // Where the answer came before the request was whole, a line is written when its connection has ended.
      const wanted: readonly Place[] = arrived === undefined ? ['client'] : ['client', 'gateway', 'service']
      for (let left = 200; left > 0 && !wanted.every((place) => lines.has(place)); left--) await new Promise((wake) => setTimeout(wake, 10))
      const text = (place: Place) => (lines.get(place) ?? []).join('')
      return {
        answer,
        arrived: arrived && { head: arrived.head, body: Buffer.concat(arrived.body) },
        recorded: { client: text('client'), gateway: text('gateway'), service: text('service') },
      }
    },
    async end() {
      await first.close(0)
      await gateway?.end()
      await Promise.all([middle.close(0), last.close(0)])
      truth.stop()
    },
  }
}
