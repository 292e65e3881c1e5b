/**
 * A forward proxy that sees what passes through it: the client signs the service's own host, and its bytes go there. In a tunnel it speaks
 * TLS with a certificate of the throw-away authority, and to the service TLS that is verified.
 */
import { createServer, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { ConnectionRules } from './connection-rules.js'
import { headEnd } from './head-end.js'
import { readRequestHead } from './message-head.js'
import { ownAnswer, type Refusal } from './refusal.js'
import {
  connection,
  connectionRules,
  type ListenRules,
  listening,
  type Relay,
  type RelayListeners,
  SOCKET,
  type UpstreamRules,
} from './relay.js'
import { RelayConnection } from './relay-connection.js'
import { connectOrigin, forwardRouter, reverseRouter } from './route.js'
import type { ThrowAwayCa } from './throw-away-ca.js'

export interface ForwardProxyOptions extends RelayListeners {
  readonly listen: ListenRules
  readonly upstreamRules?: UpstreamRules
  readonly ca: ThrowAwayCa
}

/** Opens the proxy. Rejects where it cannot listen. */
export async function openForwardProxy(options: ForwardProxyOptions): Promise<Relay> {
  const { listen, ca, upstreamRules = {} } = options
  const rules = connectionRules(listen, options, {
    route: forwardRouter,
    connect: (origin) => connection(origin, upstreamRules),
  })
  const open = new Set<ProxyClient>()
  const server = createServer(SOCKET, (client) => {
    const one = new ProxyClient(client, rules, ca)
    open.add(one)
    client.once('close', () => open.delete(one))
  })
  return listening(server, listen, open, 'http')
}

/** A client of the proxy, until it is known what it wants. */
class ProxyClient {
  #relayed: RelayConnection | undefined
  #held: Buffer = Buffer.alloc(0)

  constructor(
    private readonly client: Socket,
    private readonly rules: ConnectionRules,
    private readonly ca: ThrowAwayCa,
  ) {
    client.on('error', () => client.destroy())
    client.setTimeout(rules.headMilliseconds, () => client.destroy())
    client.on('data', this.#onFirst)
    client.on('end', this.#onEnd)
  }

  get isIdle(): boolean {
    return this.#relayed?.isIdle ?? true
  }

  destroy(): void {
    this.client.destroy()
  }

  readonly #onEnd = (): void => {
    this.client.end()
  }

  readonly #onFirst = (chunk: Buffer): void => {
    this.#held = Buffer.concat([this.#held, chunk])
    const begins = this.#held.toString('latin1', 0, CONNECT.length)
    if (!CONNECT.startsWith(begins)) {
      this.#relay(this.client, this.rules)
      return
    }
    const end = headEnd(this.#held, 0)
    if (end === 'more') return
    const head = typeof end === 'number' ? readRequestHead(this.#held.subarray(0, end)) : end
    const origin = 'reason' in head ? head : (connectOrigin(head.target) ?? NO_AUTHORITY)
    if ('reason' in origin) {
      this.#refuse(origin)
      return
    }
    this.#held = this.#held.subarray(end as number)
    this.client.off('data', this.#onFirst)
    this.client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    this.client.on('data', this.#onTunnel(origin))
    // What stood behind the head already.
    if (this.#held.length > 0) this.client.emit('data', Buffer.alloc(0))
  }

  /** The first byte in a tunnel tells whether TLS is spoken in it. */
  #onTunnel(origin: { readonly host: string; readonly port: number }): (chunk: Buffer) => void {
    const onData = (chunk: Buffer): void => {
      this.#held = Buffer.concat([this.#held, chunk])
      if (this.#held.length === 0) return
      this.client.off('data', onData)
      const tls = this.#held[0] === TLS_HANDSHAKE
      const rules = { ...this.rules, route: reverseRouter({ ...origin, tls }, 'kept') }
      if (tls) this.#decrypted(origin.host, rules).catch(() => this.client.destroy())
      else this.#relay(this.client, rules)
    }
    return onData
  }

  async #decrypted(host: string, rules: ConnectionRules): Promise<void> {
    this.#giveBack()
    const secureContext = createSecureContext(await this.ca.leaf(host))
    const inner = new TLSSocket(this.client, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] })
    inner.on('error', () => this.client.destroy())
    inner.once('close', () => this.client.destroy())
    let failed = true
    inner.once('secure', () => {
      failed = false
    })
    this.client.once('close', () => {
      if (failed)
        rules.onRefused({
          status: 502,
          reason: `a client ended TLS with ${host} before it sent anything; does it trust the proxy's certificate?`,
        })
    })
    this.#relayed = new RelayConnection(inner, rules)
  }

  #relay(socket: Socket, rules: ConnectionRules): void {
    this.#giveBack()
    this.#relayed = new RelayConnection(socket, rules)
  }

  /** What was read to find out is read again by the one that it is for. */
  #giveBack(): void {
    this.client.off('data', this.#onFirst).off('end', this.#onEnd)
    this.client.setTimeout(0)
    this.client.pause()
    if (this.#held.length > 0) this.client.unshift(this.#held)
    this.#held = Buffer.alloc(0)
  }

  #refuse(refusal: Refusal): void {
    this.rules.onRefused(refusal)
    this.client.off('data', this.#onFirst)
    this.client.end(ownAnswer(refusal))
    this.client.resume()
  }
}

const CONNECT = 'CONNECT '
const NO_AUTHORITY: Refusal = { status: 400, reason: 'the target of a CONNECT is HOST:PORT' }
const TLS_HANDSHAKE = 22
