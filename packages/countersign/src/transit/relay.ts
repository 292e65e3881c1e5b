/** The relay: listens, and makes a connection to the upstream for each connection of a client. */
import { once } from 'node:events'
import { connect as connectPlain, createServer, type LookupFunction, type Server, type Socket } from 'node:net'
import { connect as connectTls, createServer as createTlsServer } from 'node:tls'
import type { ConnectionRules } from './connection-rules.js'
import type { SeenExchange } from './exchange.js'
import { KnownLines } from './known-lines.js'
import type { Refusal } from './refusal.js'
import { RelayConnection } from './relay-connection.js'
import { type Origin, reverseRouter } from './route.js'

/** How a connection to an upstream is made. */
export interface UpstreamRules {
  /** What certificates are trusted, in PEM; absent: those that Node trusts. */
  readonly ca?: string | undefined
  /** The client's own certificate, where the upstream asks for one. */
  readonly cert?: string | undefined
  readonly key?: string | undefined
  readonly lookup?: LookupFunction | undefined
  /** Connects to another place than the origin's; its name stays what the certificate is checked for. */
  readonly connectTo?: ((origin: Origin) => { readonly host: string; readonly port: number } | undefined) | undefined
}

export interface RelayListeners {
  readonly onExchange: (seen: SeenExchange) => void
  readonly onRefused?: (refusal: Refusal) => void
  /** Calls back when what `onExchange` was told is kept: the client has no last bytes of an answer before. */
  readonly settled?: ((go: () => void) => void) | undefined
}

export interface ListenRules {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  /** Without it the address must be one of this machine alone. */
  readonly expose?: boolean
  readonly now?: () => number
  readonly headMilliseconds?: number
  readonly idleMilliseconds?: number
}

export interface RelayOptions extends RelayListeners {
  readonly listen: ListenRules
  readonly upstream: Origin
  readonly upstreamRules?: UpstreamRules
  /** "kept" by default: what the client signed. */
  readonly host?: 'kept' | 'upstream'
  /** The listening side speaks TLS with it. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

export interface Relay {
  /** Where it listens: "http://127.0.0.1:9000". */
  readonly url: string
  readonly port: number
  /** Takes no more connections. What is under way may finish for so long, and is cut then. */
  close(milliseconds: number): Promise<void>
}

/** Whether nobody but this machine reaches an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** Opens a relay in front of one upstream. Rejects where it cannot listen. */
export async function openRelay(options: RelayOptions): Promise<Relay> {
  const { listen, tls, upstream, host = 'kept', upstreamRules = {} } = options
  const rules = connectionRules(listen, options, {
    route: reverseRouter(upstream, host),
    connect: (origin) => connection(origin, upstreamRules),
  })
  const open = new Set<RelayConnection>()
  const onClient = (client: Socket): void => {
    const one = new RelayConnection(client, rules)
    open.add(one)
    client.once('close', () => open.delete(one))
  }
  const server =
    tls === undefined ? createServer(SOCKET, onClient) : createTlsServer({ ...SOCKET, ...tls, ALPNProtocols: ['http/1.1'] }, onClient)
  // A handshake that fails would leave its connection half open for ever.
  server.on('tlsClientError', (_, client: Socket) => client.destroy())
  return listening(server, listen, open, tls === undefined ? 'http' : 'https')
}

/** What each connection is given, with what the options leave out. */
export function connectionRules(
  { now = Date.now, headMilliseconds = 60_000, idleMilliseconds = 15 * 60_000 }: ListenRules,
  { onExchange, onRefused, settled }: RelayListeners,
  where: Pick<ConnectionRules, 'route' | 'connect'>,
): ConnectionRules {
  let number = 0
  return {
    ...where,
    now,
    nextNumber: () => ++number,
    lines: new KnownLines(),
    onExchange,
    onRefused: onRefused ?? (() => {}),
    settled,
    headMilliseconds,
    idleMilliseconds,
  }
}

/** A connection to an origin, begun. TLS is verified, always. */
export function connection(origin: Origin, { ca, cert, key, lookup, connectTo }: UpstreamRules): Socket {
  const place = connectTo?.(origin) ?? origin
  const to = { ...SOCKET, host: place.host, port: place.port, ...(lookup === undefined ? {} : { lookup }) }
  if (!origin.tls) return connectPlain(to)
  const own = { ...(ca === undefined ? {} : { ca }), ...(cert === undefined ? {} : { cert }), ...(key === undefined ? {} : { key }) }
  const isAddress = /^[\d.]+$|:/.test(origin.host)
  return connectTls({ ...to, ...own, ...(isAddress ? {} : { servername: origin.host }), ALPNProtocols: ['http/1.1'] })
}

/** Starts to listen, and knows how to end. */
export async function listening(
  server: Server,
  { host, port, expose = false }: ListenRules,
  open: ReadonlySet<{ readonly isIdle: boolean; destroy(): void }>,
  scheme: string,
): Promise<Relay> {
  if (!expose && !isLoopback(host)) throw new RangeError(`${host} is not an address of this machine alone`)
  // With TLS a connection is there before anybody has it, and the server ends only when it is gone.
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: (milliseconds) =>
      new Promise((resolve) => {
        const destroyAll = () => {
          for (const one of open) one.destroy()
          for (const socket of sockets) socket.destroy()
        }
        const idle = setInterval(() => {
          for (const one of open) if (one.isIdle) one.destroy()
        }, IDLE_CHECK_MILLISECONDS)
        const timer = setTimeout(destroyAll, milliseconds)
        server.close(() => {
          clearInterval(idle)
          clearTimeout(timer)
          resolve()
        })
      }),
  }
}

export const SOCKET = { allowHalfOpen: true, noDelay: true } as const
const IDLE_CHECK_MILLISECONDS = 20
