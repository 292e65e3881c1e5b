/** What the stand-in answers to a request that has passed: its body is read into memory, and the service's answer sent. */
import type { ServerResponse } from 'node:http'
import type { Caller } from '../verifier/index.js'
import { exactTarget } from './exact-targets.js'
import type { VerifiedRequest } from './node-handler.js'
import { requestHead } from './node-request.js'
import { INTERNAL_ERROR, sendAnswer } from './send-answer.js'
import { standInAnswer } from './stand-in.js'
import { memoryBuckets } from './stand-in-s3.js'

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
  readonly onServed: ((served: ServedRequest) => void) | undefined
}

type Answered = ReturnType<typeof standInAnswer>

/** The handler of requests that have passed, with its own buckets. */
export function answerVerified({
  objectBytes,
  clock,
  onError,
  onServed,
}: AnswerOptions): (request: VerifiedRequest, response: ServerResponse) => void {
  const buckets = memoryBuckets({ bytes: objectBytes, clock })
  const room = new UploadRoom(objectBytes)

  async function answerOf(request: VerifiedRequest): Promise<Answered> {
    const body = await room.read(request)
    if (!Buffer.isBuffer(body)) return body
    return standInAnswer({ ...requestHead(request), body }, request.caller, buckets, request.form)
  }

  return (request, response) => {
    answerOf(request)
      .then((answer) => {
        send(request, response, answer)
        const { method = 'GET', caller } = request
        onServed?.({ at: clock(), method, target: exactTarget(request), status: answer.status, caller })
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

function send(request: VerifiedRequest, response: ServerResponse, { status, headers, body }: Answered): void {
  const bodiless = request.method === 'HEAD' || status === 204
  response.statusCode = status
  for (const [name, value] of headers) response.appendHeader(name, value)
  if (bodiless) response.setHeader('Content-Length', status === 204 ? 0 : body.length)
  response.end(bodiless ? undefined : body)
}

/** All bodies that are on their way into memory have one room together. */
class UploadRoom {
  #taken = 0

  constructor(private readonly bytes: number) {}

  /** The body, or the answer that says why it is not taken. */
  async read(request: VerifiedRequest): Promise<Buffer | Answered> {
    const pieces: Buffer[] = []
    let [length, kept, crowdedOut] = [0, 0, false]
    try {
      for await (const piece of request as AsyncIterable<Buffer>) {
        length += piece.length
        crowdedOut ||= this.#taken + piece.length > this.bytes
        if (crowdedOut || length > LARGEST_OBJECT) continue
        pieces.push(piece)
        kept += piece.length
        this.#taken += piece.length
      }
    } finally {
      this.#taken -= kept
    }
    if (crowdedOut) return { status: 503, headers: [], body: Buffer.from('too much is being uploaded to the stand-in at once\n') }
    if (length > LARGEST_OBJECT) return { status: 400, headers: [], body: Buffer.from('the stand-in keeps objects of 64 MiB at most\n') }
    return Buffer.concat(pieces)
  }
}

const LARGEST_OBJECT = 64 * 1024 * 1024
