/**
 * Request targets exactly as they came on the wire. node:http answers 400 to a target with bytes above 0x7f before any
 * handler sees it, but signers send such targets. Here the request line is given to node's parser a second time with
 * those bytes percent-encoded, and the target as it came is kept beside the request.
 */
import type { IncomingMessage, Server } from 'node:http'
import { Duplex } from 'node:stream'

/** Makes a server take targets with any bytes. Call it before `listen`. */
export function keepExactTargets(server: Server): void {
  server.on('connection', (socket: Duplex) => {
    if (!(socket instanceof Reread)) rememberTail(socket)
  })
  server.on('clientError', (error: ClientError, socket: Duplex) => {
    const again = error.code === 'HPE_INVALID_URL' ? reread(error, socket) : undefined
    if (again === undefined) refuseMalformed(error, socket)
    else afterAnswers(again.base, () => server.emit('connection', again))
  })
}

/** The target of a request as it came, as a byte string. */
export function exactTarget(request: IncomingMessage): string {
  const socket: Duplex = request.socket
  if (!(socket instanceof Reread) || (socket.reader !== undefined && socket.reader !== request)) return request.url ?? '/'
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

function reread(error: ClientError, socket: Duplex): Reread | undefined {
  const { rawPacket: packet, bytesParsed = 0 } = error
  if (packet === undefined) return undefined
  const base = socket instanceof Reread ? socket.base : socket
  const before = packet.lastIndexOf(0x0a, Math.max(0, bytesParsed - 1)) + 1
  const bytes =
    before > 0 ? packet.subarray(before) : Buffer.concat([socket instanceof Reread ? socket.tail : (TAILS.get(base) ?? NOTHING), packet])
  const end = bytes.indexOf(0x0a)
  if (end < 0 || end > LONGEST_LINE) return undefined
  const line = /^([A-Z]{1,32}) (\S+) (HTTP\/1\.[01])\r?$/.exec(bytes.subarray(0, end).toString('latin1'))
  if (line === null || !HIGH.test(line[2]!)) return undefined
  const again = new Reread(base, line[2]!)
  const encoded = line[2]!.replace(HIGH, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`)
  takeOver(base, again)
  again.push(Buffer.concat([Buffer.from(`${line[1]} ${encoded} ${line[3]}\r\n`, 'latin1'), bytes.subarray(end + 1)]))
  return again
}

/** What arrives from now on goes to the new reader only. */
function takeOver(base: Duplex, again: Reread): void {
  // Adding a listener first makes node:http give up its direct hold on the handle.
  const onData = (chunk: Buffer) => {
    again.tail = sinceHead(again.tail, chunk)
    if (!again.push(chunk)) base.pause()
  }
  base.on('data', onData)
  for (const listener of base.listeners('data')) if (listener !== onData) base.off('data', listener as () => void)
  for (const listener of base.listeners('end')) if (listener.name.includes('socketOnEnd')) base.off('end', listener as () => void)
  base.once('end', () => again.push(null))
  base.once('close', () => again.destroy())
  base.once('error', () => again.destroy())
}

/** Answers of requests read before come first. */
function afterAnswers(base: Duplex, then: () => void): void {
  const pending = (base as { _httpMessage?: NodeJS.EventEmitter | null })._httpMessage
  if (pending === undefined || pending === null) then()
  else pending.once('close', then)
}

/** As node:http does where nobody listens. */
function refuseMalformed(error: ClientError, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
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
  if (line >= 0) return chunk.length - line - 1 > LONGEST_LINE ? NOTHING : Buffer.from(chunk.subarray(line + 1))
  return tail.length + chunk.length > LONGEST_LINE ? NOTHING : Buffer.concat([tail, chunk])
}

const TAILS = new WeakMap<Duplex, Buffer>()
const NOTHING = Buffer.alloc(0)
const LONGEST_LINE = 65_536
const HIGH = /[\x80-\xff]/g
