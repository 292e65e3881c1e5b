/** The node:http server of the stand-in: how long it waits for whom, and how it ends. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Verifier } from '../verifier/index.js'
import type { Patience } from './front-door.js'
import { letLoopbackRead } from './loopback-cors.js'
import { serveVerified, type VerifiedRequest } from './node-handler.js'

export interface LocalServerOptions {
  readonly host: string
  readonly port: number
  readonly patience: Patience
  readonly onError: ((error: unknown) => void) | undefined
  /** Whether pages of this machine are kept from reading answers, as S3 keeps all pages without CORS rules. */
  readonly strict: boolean
  /** Sees each request before it is judged. */
  readonly onRequest: (request: IncomingMessage) => void
}

/** A server that listens and hands on what the verifier lets through. Rejects where the port cannot be had. */
export async function startServer(
  verifier: Verifier,
  handler: (request: VerifiedRequest, response: ServerResponse) => void,
  { host, port, patience, onError, strict, onRequest }: LocalServerOptions,
): Promise<Server> {
  const server = createServer({
    requireHostHeader: false,
    maxHeaderSize: 65_536,
    headersTimeout: patience.headSeconds * 1000,
    requestTimeout: patience.requestSeconds * 1000,
    keepAliveTimeout: patience.idleSeconds * 1000,
    // A client that is too slow is cut at the next look; node:http looks twice a minute by default.
    connectionsCheckingInterval: 1000,
  })
  server.maxConnections = 10_000
  serveVerified(server, verifier, handler, {
    ...(onError === undefined ? {} : { onError }),
    first: (request, response) => {
      onRequest(request)
      return !strict && letLoopbackRead(request, response)
    },
  })
  server.listen({ port, host, backlog: CONNECTIONS_WAITING })
  await once(server, 'listening')
  return server
}

/** Takes no new connections, and ends when the requests that have begun are answered, or after so long. */
export async function closeWithin(server: Server, milliseconds: number): Promise<void> {
  const closed = once(server, 'close')
  server.prependListener('request', (_: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive = false
  })
  server.close()
  // Connections fall idle one by one as their requests are answered.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  // From here on node:http itself cuts nobody any more, however slow.
  const cut = setTimeout(() => server.closeAllConnections(), milliseconds)
  await closed
  clearInterval(idle)
  clearTimeout(cut)
}

/** Connections that come faster than they are taken are kept by the system; it has its own limit. */
const CONNECTIONS_WAITING = 4096
