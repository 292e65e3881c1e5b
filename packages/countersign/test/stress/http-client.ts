/** A client that can misbehave: bytes over a socket, and the answers that come back, in order. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { HttpRequest } from '../../src/sigv4/http-request.ts'

export interface HttpAnswer {
  readonly status: number
  readonly body: string
  readonly close: boolean
}

export class Client {
  readonly socket: Socket
  #text = ''
  #ended = false
  #failure = 'ended'
  #answers = 0
  readonly #opened = performance.now()
  #quietSince = performance.now()
  #wake: () => void = () => {}

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    this.socket.on('data', (chunk) => {
      this.#text += chunk.toString('latin1')
      this.#wake()
    })
    const over = () => {
      this.#ended = true
      this.#wake()
    }
    // A reset is an end like any other here: what was to come decides whether it was right.
    this.socket.on('end', over).on('close', over)
    this.socket.on('error', (error) => {
      this.#failure = error.message
      over()
    })
  }

  async opened(): Promise<this> {
    if (this.socket.connecting) await once(this.socket, 'connect')
    return this
  }

  write(bytes: string | Uint8Array): void {
    if (!this.socket.destroyed) this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  }

  /** Whether the server has ended the connection. */
  get ended(): boolean {
    return this.#ended
  }

  /** What came of the connection, for whoever reads that it failed. */
  get story(): string {
    const now = performance.now()
    return `${this.#failure} after ${this.#answers} answers, ${(now - this.#opened).toFixed(0)} ms, the last ${(now - this.#quietSince).toFixed(0)} ms without one`
  }

  /** The next answer; `undefined` where the connection ended without one. A HEAD request has no body in its. */
  async answer(method = 'GET'): Promise<HttpAnswer | undefined> {
    for (;;) {
      const found = this.#parsed(method)
      if (found !== undefined) {
        this.#answers++
        this.#quietSince = performance.now()
        return found
      }
      if (this.#ended) return undefined
      await this.#change()
    }
  }

  /** Resolves when the server ends the connection. */
  async end(): Promise<void> {
    while (!this.#ended) await this.#change()
  }

  destroy(): void {
    this.socket.destroy()
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  #parsed(method: string): HttpAnswer | undefined {
    const end = this.#text.indexOf('\r\n\r\n')
    if (end < 0) return undefined
    const head = this.#text.slice(0, end)
    const status = Number(head.slice(9, 12))
    const rest = this.#text.slice(end + 4)
    if (status === 100) {
      this.#text = rest
      return this.#parsed(method)
    }
    const value = (name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim().toLowerCase()
    const length = method === 'HEAD' || status === 204 ? 0 : Number(value('content-length'))
    const chunked = value('transfer-encoding') === 'chunked' && method !== 'HEAD'
    const last = chunked ? rest.indexOf('0\r\n\r\n') : -1
    if (chunked ? last < 0 : rest.length < length) return undefined
    this.#text = rest.slice(chunked ? last + 5 : length)
    return { status, body: rest.slice(0, chunked ? last : length), close: value('connection') === 'close' }
  }
}

/** The bytes of a request as they go over the wire. */
export function onTheWire({ method, target, headers, body }: HttpRequest): Buffer {
  const head = `${method} ${target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? new Uint8Array(0)])
}
