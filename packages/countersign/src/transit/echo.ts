/** A server that answers each request with the head that it received: what a client's request has become on its way here. */
import { createHash, type Hash } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { acceptedFormat, type EchoedRequest, type EchoFormat, echoAnswer } from './echo-answer.js'
import { lingeringEnd } from './lingering-end.js'
import { type RequestHead, readRequestHead, valuesOf } from './message-head.js'
import { MessageStream, type Verdict } from './message-stream.js'
import type { Refusal } from './refusal.js'
import { type ListenRules, listening, type Relay, SOCKET } from './relay.js'

export interface EchoOptions {
  readonly listen: ListenRules
  /** Absent: what the request's Accept header asks for, text if nothing. */
  readonly format?: EchoFormat | undefined
  readonly onEchoed?: (request: EchoedRequest) => void
  /** Told of what has no head that could be echoed. */
  readonly onRefused?: (refusal: Refusal) => void
}

/** Opens an echo. Rejects where it cannot listen. */
export async function openEcho(options: EchoOptions): Promise<Relay> {
  const open = new Set<EchoConnection>()
  const server = createServer(SOCKET, (client) => {
    const one = new EchoConnection(client, options)
    open.add(one)
    client.once('close', () => open.delete(one))
  })
  server.maxConnections = MOST_CONNECTIONS
  return listening(server, options.listen, open, 'http')
}

/** A request under way. */
interface Coming {
  readonly at: number
  readonly head: Buffer
  readonly read: RequestHead | Refusal
  readonly hash: Hash
  length: number
}

class EchoConnection {
  #coming: Coming | undefined
  #ended = false
  #headTimer: NodeJS.Timeout | undefined
  readonly #requests: MessageStream

  constructor(
    private readonly client: Socket,
    private readonly options: EchoOptions,
  ) {
    const { headMilliseconds = HEAD_MILLISECONDS, idleMilliseconds = IDLE_MILLISECONDS } = options.listen
    this.#requests = new MessageStream(
      {
        head: (bytes) => this.#head(bytes),
        payload: (piece) => {
          this.#coming!.hash.update(piece)
          this.#coming!.length += piece.length
        },
        end: () => this.#answer(),
        pass: () => {},
        refuse: (refusal) => this.#refuse(refusal),
      },
      400,
    )
    client.on('data', (chunk: Buffer) => {
      this.#requests.feed(chunk)
      clearTimeout(this.#headTimer)
      if (this.#requests.place === 'head')
        this.#headTimer = setTimeout(() => this.#refuse({ status: 408, reason: 'its head did not come whole in time' }), headMilliseconds)
    })
    client.on('end', () => this.#end())
    client.on('drain', () => client.resume())
    client.on('close', () => clearTimeout(this.#headTimer))
    client.on('error', () => client.destroy())
    client.setTimeout(idleMilliseconds, () => client.destroy())
  }

  get isIdle(): boolean {
    return this.#coming === undefined
  }

  destroy(): void {
    this.client.destroy()
  }

  #head(bytes: Buffer): Verdict {
    const read = readRequestHead(bytes)
    this.#coming = { at: (this.options.listen.now ?? Date.now)(), head: Buffer.from(bytes), read, hash: createHash('sha256'), length: 0 }
    // What follows a head that cannot be read is not known: it is echoed, and the connection ends.
    if ('reason' in read) {
      this.#answer()
      return read
    }
    if (valuesOf(read, 'expect').some((value) => /100-continue/i.test(value))) this.client.write('HTTP/1.1 100 Continue\r\n\r\n')
    return { framing: read.framing }
  }

  #answer(): void {
    const { at, head, read, hash, length } = this.#coming!
    this.#coming = undefined
    const echoed: EchoedRequest = { at, head, read, body: { length, sha256: hash.digest('hex') } }
    const closes = 'reason' in read || saysClose(head, read)
    this.options.onEchoed?.(echoed)
    const answer = echoAnswer(echoed, this.options.format ?? acceptedFormat(read), closes)
    if (closes) this.#end(answer)
    else if (!this.client.write(answer)) this.client.pause()
  }

  #refuse(refusal: Refusal): void {
    if (this.#ended) return
    this.options.onRefused?.(refusal)
    const body = `nothing to echo: ${refusal.reason}\n`
    const lines = [`HTTP/1.1 ${refusal.status} Refused`, 'Content-Type: text/plain', `Content-Length: ${body.length}`, 'Connection: close']
    this.#end(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1'))
  }

  #end(last?: Buffer): void {
    if (this.#ended) return
    this.#ended = true
    clearTimeout(this.#headTimer)
    this.#requests.stop()
    lingeringEnd(this.client, last)
  }
}

/** Whether the connection ends with this request: HTTP/1.0 keeps it only where it is asked to. */
function saysClose(head: Buffer, read: RequestHead): boolean {
  const connection = valuesOf(read, 'connection').join(',')
  const old = head.toString('latin1', 0, head.indexOf('\r\n')).endsWith('HTTP/1.0')
  return old ? !/\bkeep-alive\b/i.test(connection) : /\bclose\b/i.test(connection)
}

const MOST_CONNECTIONS = 1000
const HEAD_MILLISECONDS = 10_000
const IDLE_MILLISECONDS = 60_000
