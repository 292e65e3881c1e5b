/** One request and its answer as they pass: what is kept of them, and how they ended. */
import { createHash, type Hash } from 'node:crypto'
import type { RequestHead, ResponseHead } from './message-head.js'

/** A body that was hashed while it passed. Of a chunked one, without the chunks' sizes. */
export interface HashedBody {
  /** 64 lower-case hex digits. */
  readonly sha256: string
  readonly length: number
}

/** How an exchange ended. "cut": a connection ended before both messages were whole. */
export type Ending = 'whole' | 'cut'

/** What the relay saw of one request. */
export interface SeenExchange {
  /** From 1, in the order in which requests came. */
  readonly number: number
  /** When the request came: milliseconds since 1970. */
  readonly at: number
  readonly milliseconds: number
  readonly received: Pick<RequestHead, 'method' | 'target' | 'headers'>
  /** The head that was sent on, where an option made it another. */
  readonly sent: Pick<RequestHead, 'method' | 'target' | 'headers'> | undefined
  /** `undefined` where the request did not come whole. */
  readonly body: HashedBody | undefined
  /** Headers behind the last chunk of the request. */
  readonly trailers: RequestHead['headers']
  readonly response:
    | {
        readonly status: number
        readonly headers: ResponseHead['headers']
        /** The first bytes of the body of an error; empty for other answers. */
        readonly body: Buffer
        readonly bodyIsWhole: boolean
      }
    | undefined
  readonly ending: Ending
}

/** Takes an exchange in as it passes. */
export class Exchange {
  #hash: Hash | undefined
  #length = 0
  #answer: ResponseHead | undefined
  #kept: Buffer[] = []
  #keptBytes = 0
  #answerBytes = 0
  requestIsWhole = false
  trailers: RequestHead['headers'] = NO_TRAILERS
  responseIsWhole = false

  constructor(
    private readonly began: { readonly number: number; readonly at: number },
    readonly received: RequestHead,
    private readonly sent: RequestHead | undefined,
  ) {}

  get hasResponse(): boolean {
    return this.#answer !== undefined
  }

  requestPayload(piece: Buffer): void {
    this.#hash ??= createHash('sha256')
    this.#hash.update(piece)
    this.#length += piece.length
  }

  responseHead(head: ResponseHead): void {
    this.#answer = head
  }

  responsePayload(piece: Buffer): void {
    this.#answerBytes += piece.length
    if (this.#answer === undefined || this.#answer.status < 400 || this.#keptBytes >= MOST_KEPT_BYTES) return
    // A copy: the piece belongs to a buffer of the socket's.
    const kept = Buffer.from(piece.subarray(0, MOST_KEPT_BYTES - this.#keptBytes))
    this.#kept.push(kept)
    this.#keptBytes += kept.length
  }

  seen(now: number): SeenExchange {
    const { received, sent, requestIsWhole, responseIsWhole, trailers } = this
    const answer = this.#answer
    const whole = requestIsWhole && responseIsWhole
    const { number, at } = this.began
    return {
      number,
      at,
      milliseconds: now - at,
      received,
      sent,
      body: !requestIsWhole ? undefined : this.#hash === undefined ? NO_BODY : { sha256: this.#hash.digest('hex'), length: this.#length },
      trailers,
      response: answer && {
        status: answer.status,
        headers: answer.headers,
        body: this.#kept.length === 0 ? NOTHING : this.#kept.length === 1 ? this.#kept[0]! : Buffer.concat(this.#kept),
        bodyIsWhole: responseIsWhole && this.#keptBytes === this.#answerBytes,
      },
      ending: whole ? 'whole' : 'cut',
    }
  }
}

/** Of the body of an error. */
export const MOST_KEPT_BYTES = 16 * 1024
const NOTHING = Buffer.alloc(0)
const NO_TRAILERS: RequestHead['headers'] = []
const NO_BODY: HashedBody = { sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', length: 0 }
