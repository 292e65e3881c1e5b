/** One client's connection and the connection to the upstream that belongs to it: bytes in, the same bytes out, both ways. */
import type { Socket } from 'node:net'
import type { Header } from '../sigv4/index.js'
import type { ConnectionRules } from './connection-rules.js'
import { Exchange } from './exchange.js'
import { lingeringEnd } from './lingering-end.js'
import { readRequestHead, readResponseHead } from './message-head.js'
import { MessageStream, type Verdict } from './message-stream.js'
import { ownAnswer, type Refusal } from './refusal.js'
import { hostOf, type Origin } from './route.js'

export class RelayConnection {
  /** Requests whose answer is not whole, the oldest first. */
  #open: Exchange[] = []
  /** The one whose body is coming. */
  #receiving: Exchange | undefined
  #upstream: { readonly socket: Socket; readonly origin: Origin; readonly answers: MessageStream; connected: boolean } | undefined
  /** What the client gets once all that is before it was answered. */
  #last: Refusal | undefined
  #ending = false
  /** The head under way is a 1xx, which answers nothing. */
  #interim = false
  #headTimer: NodeJS.Timeout | undefined
  readonly #requests: MessageStream

  constructor(
    private readonly client: Socket,
    private readonly rules: ConnectionRules,
  ) {
    this.#requests = new MessageStream(
      {
        head: (bytes) => this.#requestHead(bytes),
        payload: (piece) => this.#receiving?.requestPayload(piece),
        end: (trailers) => this.#requestEnd(trailers),
        pass: (bytes) => this.#toUpstream(bytes),
        refuse: (refusal) => this.#requestRefused(refusal),
      },
      400,
    )
    client.on('data', (chunk: Buffer) => this.#fromClient(chunk))
    client.on('end', () => this.#clientEnded())
    client.on('drain', () => this.#upstream?.socket.resume())
    client.on('close', () => this.#clientGone())
    client.on('error', () => client.destroy())
    client.setTimeout(rules.idleMilliseconds, () => client.destroy())
    client.setNoDelay(true)
    // It may have been held until it was known whom it is for.
    client.resume()
  }

  /** Nothing is under way. */
  get isIdle(): boolean {
    return this.#open.length === 0 && this.#receiving === undefined
  }

  /** Ends it now: what is under way is cut. */
  destroy(): void {
    this.client.destroy()
  }

  #fromClient(chunk: Buffer): void {
    if (this.#ending) return
    this.#requests.feed(chunk)
    clearTimeout(this.#headTimer)
    if (this.#requests.place === 'head')
      this.#headTimer = setTimeout(() => {
        this.#requests.stop()
        this.#requestRefused({ status: 408, reason: 'its head did not come whole in time' })
      }, this.rules.headMilliseconds)
    // Answers keep their order; who sends more requests than that waits for some.
    if (this.#open.length >= MOST_OPEN) this.client.pause()
  }

  #requestHead(bytes: Buffer): Verdict {
    const head = readRequestHead(bytes, this.rules.lines)
    if ('reason' in head) return head
    const route = this.rules.route(head, bytes)
    if ('reason' in route) return route
    if (!this.#reaches(route.origin)) return 'wait'
    const sent = route.instead && readRequestHead(route.instead)
    const exchange = new Exchange(
      { number: this.rules.nextNumber(), at: this.rules.now() },
      head,
      sent === undefined || 'reason' in sent ? undefined : sent,
    )
    this.#receiving = exchange
    this.#open.push(exchange)
    return { framing: head.framing, ...(route.instead === undefined ? {} : { instead: route.instead }) }
  }

  #requestEnd(trailers: readonly Header[]): void {
    const exchange = this.#receiving!
    exchange.requestIsWhole = true
    exchange.trailers = trailers
    this.#receiving = undefined
    // It was answered before it was whole.
    if (exchange.responseIsWhole) this.#tell(exchange)
  }

  /** Whether the upstream of that origin is at hand; `false` where another has answers to give first. */
  #reaches(origin: Origin): boolean {
    const current = this.#upstream
    if (current !== undefined) {
      const { host, port, tls } = current.origin
      if (host === origin.host && port === origin.port && tls === origin.tls) return true
      if (this.#open.length > 0) {
        this.client.pause()
        return false
      }
      this.#upstream = undefined
      current.socket.end()
    }
    this.#connectTo(origin)
    return true
  }

  #connectTo(origin: Origin): void {
    const socket = this.rules.connect(origin)
    const answers = new MessageStream(
      {
        head: (bytes) => this.#responseHead(bytes),
        payload: (piece) => this.#open[0]?.responsePayload(piece),
        end: () => this.#responseEnd(),
        pass: (bytes) => this.#toClient(bytes),
        refuse: (refusal) => this.#responseRefused(refusal),
      },
      502,
    )
    const upstream = { socket, origin, answers, connected: false }
    this.#upstream = upstream
    const isCurrent = () => this.#upstream === upstream
    socket.setNoDelay(true)
    socket.on(origin.tls ? 'secureConnect' : 'connect', () => {
      upstream.connected = true
    })
    socket.on('data', (chunk: Buffer) => {
      if (!isCurrent() || this.#ending) return
      answers.feed(chunk)
      // Not before the last bytes of an answer have passed.
      if (this.#open.length === 0) this.#allAnswered()
    })
    socket.on('drain', () => this.#resumeClient())
    socket.on('end', () => {
      if (isCurrent()) this.#upstreamEnded(false)
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (isCurrent()) this.#upstreamFailed(origin, error)
    })
    socket.on('close', () => {
      if (isCurrent()) this.#upstreamEnded(true)
    })
  }

  #responseHead(bytes: Buffer): Verdict {
    const exchange = this.#open[0]
    if (exchange === undefined) return { status: 502, reason: 'the upstream answered without a request' }
    const head = readResponseHead(bytes, exchange.received.method, this.rules.lines)
    if ('reason' in head) return head
    if (head.status === 101) return { status: 502, reason: 'the upstream upgraded to another protocol, and the relay speaks HTTP/1.1 only' }
    this.#interim = head.status < 200
    if (!this.#interim) exchange.responseHead(head)
    return { framing: head.framing }
  }

  #responseEnd(): void {
    if (this.#interim) return
    const exchange = this.#open.shift()!
    exchange.responseIsWhole = true
    if (exchange.requestIsWhole) this.#tell(exchange)
    this.#holdUntilSettled()
    this.#resumeClient()
  }

  #allAnswered(): void {
    if (this.#last !== undefined) this.#finish(this.#last)
    else this.#requests.resume()
  }

  #resumeClient(): void {
    const blocked = this.#upstream?.socket.writableNeedDrain === true && !this.#ending
    if (!blocked && this.#open.length < MOST_OPEN) this.client.resume()
  }

  #toUpstream(bytes: Buffer): void {
    const socket = this.#upstream?.socket
    if (socket === undefined || socket.destroyed || socket.writableEnded) return
    if (!socket.write(bytes)) this.client.pause()
  }

  #toClient(bytes: Buffer): void {
    if (this.client.destroyed || this.client.writableEnded) return
    if (!this.client.write(bytes)) this.#upstream?.socket.pause()
  }

  /** A request that is not passed on: those before it get their answers first. */
  #requestRefused(refusal: Refusal): void {
    clearTimeout(this.#headTimer)
    this.rules.onRefused(refusal)
    const bodyIsBroken = this.#receiving !== undefined
    const isAnswered = this.#open.length !== 1 || this.#open[0]?.hasResponse === true
    this.#last = refusal
    if (bodyIsBroken && isAnswered) this.#cut()
    else if (bodyIsBroken || this.#open.length === 0) this.#finish(refusal)
  }

  #responseRefused(refusal: Refusal): void {
    this.rules.onRefused(refusal)
    if (this.#open[0]?.hasResponse === true) this.#cut()
    else this.#finish(this.#open.length === 0 ? undefined : refusal)
  }

  #clientEnded(): void {
    clearTimeout(this.#headTimer)
    if (this.#ending) return
    if (this.#upstream === undefined) this.#finish(this.#last)
    // The upstream sees what it would see without the relay: no more requests, answers may still come.
    else this.#upstream.socket.end()
  }

  #clientGone(): void {
    clearTimeout(this.#headTimer)
    this.#ending = true
    this.#upstream?.socket.destroy()
    this.#requests.stop()
    this.#tellCut()
  }

  #upstreamFailed(origin: Origin, error: NodeJS.ErrnoException): void {
    const upstream = this.#upstream!
    if (!upstream.connected) {
      const refusal = { status: 502, reason: `the upstream ${hostOf(origin)} cannot be reached (${error.code ?? error.message})` }
      this.rules.onRefused(refusal)
      this.#finish(refusal)
    } else if (upstream.answers.place === 'to-close') this.#cut()
    else this.#upstreamEnded(true)
  }

  #upstreamEnded(closed: boolean): void {
    if (this.#ending) return
    const { answers, socket } = this.#upstream!
    // The end of the connection is the end of this body, where nothing went wrong.
    if (answers.place === 'to-close' && !closed) {
      answers.stop()
      this.#interim = false
      this.#responseEnd()
    }
    if (!socket.writableEnded) socket.end()
    this.#finish(this.#open.length === 0 ? this.#last : undefined)
  }

  /** The last words to the client. */
  #finish(answer: Refusal | undefined): void {
    if (this.#ending) return
    this.#ending = true
    this.#requests.stop()
    const socket = this.#upstream?.socket
    // Half a request is nothing that an upstream should act on.
    if (this.#receiving !== undefined) socket?.destroy()
    this.#tellCut()
    if (socket !== undefined && !socket.destroyed) lingeringEnd(socket)
    const end = () => lingeringEnd(this.client, answer === undefined ? undefined : ownAnswer(answer))
    if (this.rules.settled === undefined) end()
    else this.rules.settled(end)
  }

  /** What is written now goes out when the exchange is kept. */
  #holdUntilSettled(): void {
    if (this.rules.settled === undefined) return
    this.client.cork()
    this.rules.settled(() => this.client.uncork())
  }

  /** An answer that cannot be finished must not look as if it were. */
  #cut(): void {
    if ('encrypted' in this.client) this.client.destroy()
    else this.client.resetAndDestroy()
  }

  #tellCut(): void {
    const cut = new Set(this.#receiving === undefined ? this.#open : [...this.#open, this.#receiving])
    this.#open = []
    this.#receiving = undefined
    for (const exchange of cut) this.#tell(exchange)
  }

  #tell(exchange: Exchange): void {
    this.rules.onExchange(exchange.seen(this.rules.now()))
  }
}

/** Requests sent before the first of them is answered. */
const MOST_OPEN = 64
