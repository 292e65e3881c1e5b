/** What the stand-in answers to a request that has passed: its body is read into memory, and the service's answer sent. */
import type { ServerResponse } from 'node:http'
import type { HttpRequest } from '../sigv4/index.js'
import type { Caller } from '../verifier/index.js'
import type { VerifiedRequest } from './node-handler.js'
import { requestHead } from './node-request.js'
import { memoryBuckets } from './s3/index.js'
import { INTERNAL_ERROR, sendAnswer } from './send-answer.js'
import { type StandInAnswer, standInAnswer } from './stand-in.js'

/**
 * A request that has passed, as it was answered.
 * @public
 */
export interface ServedRequest {
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number
  readonly method: string
  /** As it came; it can hold a session token. */
  readonly target: string
  readonly status: number
  readonly caller: Caller
}

export interface AnswerOptions {
  /** Bytes of objects in memory, and as many of bodies on their way there. */
  readonly objectBytes: number
  readonly clock: () => number
  readonly onError: ((error: unknown) => void) | undefined
  /** Told of each request that was answered; `request` is what it came as, `head` its head. */
  readonly onServed: (served: ServedRequest, request: VerifiedRequest, head: HttpRequest) => void
}

/** The handler of requests that have passed, with its own buckets. */
export function answerVerified({
  objectBytes,
  clock,
  onError,
  onServed,
}: AnswerOptions): (request: VerifiedRequest, response: ServerResponse) => void {
  const buckets = memoryBuckets({ bytes: objectBytes, clock })
  const room = new UploadRoom(objectBytes)

  async function answerOf(request: VerifiedRequest): Promise<StandInAnswer> {
    const body = await room.read(request)
    if (body === 'EntityTooLarge' || body === 'SlowDown') return buckets.turnAway(body, request.caller)
    return standInAnswer({ ...requestHead(request), body }, request.caller, buckets, request.form)
  }

  return (request, response) => {
    answerOf(request)
      .then((answer) => {
        send(request, response, answer)
        const head = requestHead(request)
        onServed({ at: clock(), method: head.method, target: head.target, status: answer.status, caller: request.caller }, request, head)
      })
      .catch((error: unknown) => {
        // A body that was refused on its way has been answered already.
        if (response.headersSent || response.destroyed) return
        onError?.(error)
        for (const name of response.getHeaderNames()) response.removeHeader(name)
        sendAnswer(request, response, INTERNAL_ERROR, request.complete)
      })
  }
}

function send(request: VerifiedRequest, response: ServerResponse, { status, headers, body }: StandInAnswer): void {
  response.statusCode = status
  for (const [name, value] of headers) response.appendHeader(name, value)
  // An answer without a body in any case says no length (RFC 9110, section 8.6).
  const bodiless = status === 204 || status === 304
  if (!bodiless)
    response.setHeader(
      'Content-Length',
      body.reduce((sum, { length }) => sum + length, 0),
    )
  const pieces = bodiless || request.method === 'HEAD' ? [] : body
  for (const piece of pieces.slice(0, -1)) response.write(piece)
  response.end(pieces.at(-1))
}

/** All bodies that are on their way into memory have one room together. */
class UploadRoom {
  #taken = 0

  constructor(private readonly bytes: number) {}

  /** The body, or why it is not taken: it is larger than the room, or there is none left of it. */
  async read(request: VerifiedRequest): Promise<Buffer | 'EntityTooLarge' | 'SlowDown'> {
    const pieces: Buffer[] = []
    let [length, kept, crowdedOut] = [0, 0, false]
    try {
      for await (const piece of request as AsyncIterable<Buffer>) {
        length += piece.length
        crowdedOut ||= this.#taken + piece.length > this.bytes
        if (crowdedOut) continue
        pieces.push(piece)
        kept += piece.length
        this.#taken += piece.length
      }
    } finally {
      this.#taken -= kept
    }
    if (length > this.bytes) return 'EntityTooLarge'
    return crowdedOut ? 'SlowDown' : Buffer.concat(pieces)
  }
}
