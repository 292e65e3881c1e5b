/**
 * The way of a request: the client's bytes, `countersign record` as the hop "client", the intermediary, `countersign record` as the hop
 * "service", a relay of the suite's own that tells the truth, and the service.
 */
import { flowLines, openRelay } from '../../packages/countersign/src/transit/index.ts'
import { startRelay } from '../interop/relay.mjs'
import { type Answer, type Bytes, sent } from './send.ts'

export interface Passed {
  readonly answer: Answer | undefined
  /** What reached the service; `undefined` where the intermediary answered. */
  readonly arrived: Bytes | undefined
  /** Lines of recordings, as they stand in their files. */
  readonly recorded: { readonly client: string; readonly service: string }
}

export interface Passage {
  /** Where an intermediary has to send requests. */
  readonly to: number
  through(port: number, request: Bytes): Promise<Passed>
  end(): Promise<void>
}

const HERE = '127.0.0.1'

export async function openPassage(service: number): Promise<Passage> {
  let current = 0
  const lines: { client: string[]; service: string[] } = { client: [], service: [] }
  const truth = await startRelay({ to: service, host: undefined })
  const recorder = (hop: 'client' | 'service', to: () => number) => {
    const line = flowLines(hop)
    return openRelay({
      listen: { host: HERE, port: 0 },
      upstream: { tls: false, host: HERE, port: 1 },
      upstreamRules: { connectTo: () => ({ host: HERE, port: to() }) },
      onExchange: (seen) => lines[hop].push(line(seen)),
    })
  }
  const back = await recorder('service', () => truth.port)
  const front = await recorder('client', () => current)
  return {
    to: back.port,
    async through(port, request) {
      current = port
      for (const hop of ['client', 'service'] as const) lines[hop] = []
      truth.taken()
      const answer = await sent(front.port, request)
      const arrived = truth.taken()[0]?.request
      // Where the answer came before the request was whole, a line is written when its connection has ended.
      const written = () => lines.client.length > 0 && (arrived === undefined || lines.service.length > 0)
      for (let left = 200; left > 0 && !written(); left--) await new Promise((wake) => setTimeout(wake, 10))
      return {
        answer,
        arrived: arrived && { head: arrived.head, body: Buffer.concat(arrived.body) },
        recorded: { client: lines.client.join(''), service: lines.service.join('') },
      }
    },
    async end() {
      await Promise.all([front.close(0), back.close(0)])
      truth.stop()
    },
  }
}
