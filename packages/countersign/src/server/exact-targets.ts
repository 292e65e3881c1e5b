/**
 * Request targets exactly as they came on the wire. node:http answers 400 to a target with bytes above 0x7f before any
 * handler sees it, but signers send such targets. Here the request line is given to node's parser a second time with
 * those bytes percent-encoded, and the target as it came is kept beside the request.
 */
import { METHODS as ALL_METHODS, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Duplex } from 'node:stream'

/**
 * Makes a server take targets with any bytes. Call it before `listen`.
 *
 * A request line that comes in two packets can be read again only where its beginning was kept. To look at every packet costs a sixth
 * of all that a request costs, so a server begins to do so with the first such target it meets, in whole or in part: that one, if it
 * came in two packets, is answered 400.
 * @internal
 */
export function keepExactTargets(server: Server): void {
  let remembers = false
  server.on('connection', (socket: Duplex) => {
    if (remembers && !(socket instanceof Reread)) rememberTail(socket)
  })
  server.on('clientError', (error: ClientError, socket: Duplex) => {
    if (error.code !== 'HPE_INVALID_URL' || error.rawPacket === undefined) refuseMalformed(error, socket)
    else {
      remembers = true
      reread(error, error.rawPacket, socket, server.headersTimeout || HEAD_MILLISECONDS, (again) =>
        afterAnswers(socket, () => server.emit('connection', again)),
      )
    }
  })
}

/**
 * The target of a request as it came, as a byte string. Express and Fastify cut and rewrite `url`, and keep what came beside it.
 * @internal
 */
export function exactTarget(request: IncomingMessage & { readonly originalUrl?: unknown }): string {
  const socket: Duplex = request.socket
  const { url = '/', originalUrl } = request
  const came = typeof originalUrl === 'string' ? originalUrl : url
  if (!(socket instanceof Reread) || (socket.reader !== undefined && socket.reader !== request)) return came
  // The first request of a connection read again is the one it was read again for.
  socket.reader = request
  return socket.target
}

interface ClientError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
  readonly bytesParsed?: number
}

/** A connection read again from a request line on, with that line's target in ASCII. */
class Reread extends Duplex {
  reader: IncomingMessage | undefined
  /** Where a target that began in an earlier packet would be found. */
  tail: Buffer = NOTHING
  readonly remoteAddress: string | undefined
  constructor(
    readonly base: Duplex,
    readonly target: string,
  ) {
    super({ allowHalfOpen: true })
    this.remoteAddress = (base as { remoteAddress?: string }).remoteAddress
  }
  override _read(): void {
    this.base.resume()
  }
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.base.write(chunk, done)
  }
  override _final(done: (error?: Error | null) => void): void {
    this.base.end(done)
  }
  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.base.destroy(error ?? undefined)
    done(error)
  }
  /** node:http sets timeouts on its sockets; they are the socket's own. */
  setTimeout(milliseconds: number, listener?: () => void): this {
    ;(this.base as unknown as { setTimeout?: (ms: number, listener?: () => void) => void }).setTimeout?.(milliseconds, listener)
    return this
  }
}

/** Reads a connection again from the line that was refused, as soon as that line has come whole. */
function reread(error: ClientError, packet: Buffer, socket: Duplex, patience: number, then: (again: Reread) => void): void {
  const base = socket instanceof Reread ? socket.base : socket
  const tail = socket instanceof Reread ? socket.tail : (TAILS.get(base) ?? NOTHING)
  const seen = Buffer.concat([tail, packet])
  let bytes = seen.subarray(lineStart(seen, tail.length + (error.bytesParsed ?? 0)))
  let again: Reread | undefined
  const timer = setTimeout(() => refuseMalformed(error, base), patience)
  timer.unref()
  const onData = (chunk: Buffer) => {
    if (again === undefined) {
      bytes = Buffer.concat([bytes, chunk])
      whole()
    } else {
      again.tail = sinceHead(again.tail, chunk)
      if (!again.push(chunk)) base.pause()
    }
  }
  const whole = () => {
    const end = bytes.indexOf(0x0a)
    if (end < 0 && bytes.length <= LONGEST_LINE) return
    clearTimeout(timer)
    const line = end < 0 ? null : /^([A-Z-]{1,32}) (\S+) (HTTP\/1\.[01])\r?$/.exec(bytes.subarray(0, end).toString('latin1'))
    const target = line?.[2] ?? ''
    const encoded = target.replace(HIGH, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`)
    if (encoded === target) {
      refuseMalformed(error, base)
      return
    }
    again = new Reread(base, target)
    again.push(Buffer.concat([Buffer.from(`${line![1]} ${encoded} ${line![3]}\r\n`, 'latin1'), bytes.subarray(end + 1)]))
    base.once('end', () => again!.push(null))
    base.once('close', () => again!.destroy())
    base.once('error', () => again!.destroy())
    then(again)
  }
  // Adding a listener first makes node:http give up its direct hold on the handle.
  base.on('data', onData)
  for (const listener of base.listeners('data')) if (listener !== onData) base.off('data', listener as () => void)
  for (const listener of base.listeners('end'))
    if (listener.name.includes('socketOnEnd'))
      base.off('end', listener as () => void)
      // Its parser has no part in this any more: were it still watched, its head would seem to take too long.
  ;(socket as { parser?: { remove?(): void } | null }).parser?.remove?.()
  whole()
}

/** Where the request line begins in which the parser stopped at `stop`. What is before it may be a body, with or without a line end. */
function lineStart(seen: Buffer, stop: number): number {
  const from = Math.max(0, stop - LONGEST_LINE)
  const before = seen.subarray(from, stop).toString('latin1')
  const space = before.lastIndexOf(' ')
  const method = METHODS.find((one) => before.endsWith(one, space < 0 ? before.length : space)) ?? ''
  return from + (space < 0 ? before.length : space) - method.length
}

/** Answers of requests read before come first. */
function afterAnswers(base: Duplex, then: () => void): void {
  const pending = (base as { _httpMessage?: NodeJS.EventEmitter | null })._httpMessage
  if (pending === undefined || pending === null) then()
  // The answer after it, of a request that came in the same packet, takes its place as it closes.
  else pending.once('close', () => setImmediate(() => afterAnswers(base, then)))
}

/** As node:http does where nobody listens; but in its turn, after the answers to requests that came before. */
function refuseMalformed(error: ClientError, socket: Duplex): void {
  const answering = (socket as { _httpMessage?: ServerResponse | null })._httpMessage ?? undefined
  if (answering?.req.complete === true) {
    answering.once('close', () => setImmediate(() => refuseMalformed(error, socket)))
    return
  }
  if (!socket.writable || error.code === 'ECONNRESET' || answering?.headersSent === true) {
    socket.destroy()
    return
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  // Nobody looks at this connection any more: a client that does not end it would keep it for ever.
  setTimeout(() => socket.destroy(), LINGER_MILLISECONDS).unref()
}

/** Keeps what has come of a head that is not complete: the beginning of a request line that a later packet ends. */
function rememberTail(socket: Duplex): void {
  socket.on('data', (chunk: Buffer) => {
    const tail = sinceHead(TAILS.get(socket) ?? NOTHING, chunk)
    if (tail.length > 0) TAILS.set(socket, tail)
    else TAILS.delete(socket)
  })
}

function sinceHead(tail: Buffer, chunk: Buffer): Buffer {
  const line = chunk.lastIndexOf(0x0a)
  const kept = line >= 0 ? chunk.subarray(line + 1) : Buffer.concat([tail, chunk])
  return Buffer.from(kept.subarray(Math.max(0, kept.length - LONGEST_LINE)))
}

/** Longest first: "UNLOCK" is not the end of a body and "LOCK". */
const METHODS = [...ALL_METHODS].sort((a, b) => b.length - a.length)
const TAILS = new WeakMap<Duplex, Buffer>()
const NOTHING = Buffer.alloc(0)
const LONGEST_LINE = 65_536
const HEAD_MILLISECONDS = 10_000
const LINGER_MILLISECONDS = 1000
const HIGH = /[\x80-\xff]/g
