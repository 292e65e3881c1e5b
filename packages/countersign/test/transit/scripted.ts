/** A client and an upstream that follow a script, with a relay between them: who sends which bytes, once it has all that was sent before. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { openRelay, type Relay, type RelayOptions, type SeenExchange } from '../../src/transit/index.ts'

export interface Step {
  readonly from: 'client' | 'upstream'
  readonly bytes: Buffer
  /** Sent behind them; the other side does not wait for it. */
  readonly unheard?: Buffer
  /** Ends this side's direction of the connection. */
  readonly ends?: true
}

/** What arrived at each end. */
export interface Arrived {
  readonly client: Buffer
  readonly upstream: Buffer
}

export interface Stage {
  readonly relay: Relay
  /** Exchanges seen since they were taken last. */
  take(): readonly SeenExchange[]
  readonly refused: string[]
  play(steps: readonly Step[], pieces?: (bytes: Buffer) => readonly Buffer[]): Promise<Arrived>
  close(): Promise<void>
}

/** A relay in front of an upstream that follows the script of the connection under way. */
export async function stage(options: Partial<RelayOptions> = {}): Promise<Stage> {
  let seen: SeenExchange[] = []
  const refused: string[] = []
  let onUpstream: (socket: Socket) => void = (socket) => socket.destroy()
  const upstream = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => onUpstream(socket))
  const port = await portOf(upstream)
  const relay = await openRelay({
    listen: { host: '127.0.0.1', port: 0 },
    upstream: { tls: false, host: '127.0.0.1', port },
    onExchange: (one) => seen.push(one),
    onRefused: ({ reason }) => refused.push(reason),
    ...options,
  })
  return {
    relay,
    refused,
    take: () => {
      const taken = seen
      seen = []
      return taken
    },
    play: async (steps, pieces = (bytes) => [bytes]) => {
      const total = (side: Step['from'], before: number) =>
        steps.slice(0, before).reduce((sum, { from, bytes }) => (from === side ? sum : sum + bytes.length), 0)
      const runs = (socket: Socket, side: Step['from']) => runScript(socket, side, steps, total, pieces)
      let reached = false
      const other = new Promise<Buffer>((resolve) => {
        onUpstream = (socket) => {
          reached = true
          resolve(runs(socket, 'upstream'))
        }
      })
      const client = connect({ port: relay.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
      const mine = runs(client, 'client')
      const got = await mine
      // A connection that is on its way when the client has ended is still one.
      if (!reached) await new Promise((resolve) => setTimeout(resolve, 20))
      return { client: got, upstream: reached ? await other : Buffer.alloc(0) }
    },
    close: async () => {
      await relay.close(0)
      upstream.close()
    },
  }
}

function runScript(
  socket: Socket,
  side: Step['from'],
  steps: readonly Step[],
  total: (side: Step['from'], before: number) => number,
  pieces: (bytes: Buffer) => readonly Buffer[],
): Promise<Buffer> {
  const got: Buffer[] = []
  let length = 0
  let next = 0
  const advance = (): void => {
    for (; next < steps.length; next++) {
      const step = steps[next]!
      if (step.from !== side) continue
      if (length < total(side, next)) return
      for (const piece of pieces(step.bytes)) socket.write(piece)
      if (step.unheard !== undefined) socket.write(step.unheard)
      if (step.ends === true) socket.end()
    }
    if (length >= total(side, steps.length) && !socket.writableEnded) socket.end()
  }
  return new Promise((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      got.push(chunk)
      length += chunk.length
      advance()
    })
    socket.on('error', () => {})
    socket.on('end', () => socket.end())
    socket.on('close', () => resolve(Buffer.concat(got)))
    advance()
  })
}

export async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** Whether somebody takes connections there. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
