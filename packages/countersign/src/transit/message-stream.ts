/** A stream of messages in one direction of a connection: heads are cut out and judged, everything else passes as it is. */
import type { Header } from '../sigv4/index.js'
import { type BodyWalk, bodyWalk } from './body-walk.js'
import { headEnd } from './head-end.js'
import type { Framing } from './message-head.js'
import type { Refusal } from './refusal.js'

/** What becomes of a head. "wait": it is asked about again after `resume`. */
export type Verdict = { readonly framing: Framing; readonly instead?: Buffer } | Refusal | 'wait'

/** What a stream is read for. */
export interface MessageListener {
  /** The bytes of a head, its empty line included. */
  head(bytes: Buffer): Verdict
  payload(piece: Buffer): void
  /** A message is whole, with these trailers. Its last bytes have not passed yet. */
  end(trailers: readonly Header[]): void
  pass(bytes: Buffer): void
  /** Nothing more is read. All that was in order has passed. */
  refuse(refusal: Refusal): void
}

export class MessageStream {
  #body: BodyWalk | undefined
  /** What is not enough yet to be judged: a part of a head or of a line, or all that came while waiting. */
  #kept: Buffer = NOTHING
  #toClose = false
  #state: 'reading' | 'waiting' | 'over' = 'reading'
  readonly #payload = (piece: Buffer): void => this.listener.payload(piece)

  constructor(
    private readonly listener: MessageListener,
    /** The status of the answer where the stream cannot be read: 400 for requests, 502 for responses. */
    private readonly status: number,
  ) {}

  /** Where the stream stands: a connection that ends between two messages has lost nothing. */
  get place(): 'between' | 'head' | 'body' | 'to-close' {
    if (this.#body === undefined) return this.#kept.length === 0 ? 'between' : 'head'
    return this.#toClose ? 'to-close' : 'body'
  }

  feed(chunk: Buffer): void {
    if (this.#state === 'over') return
    const bytes = this.#kept.length === 0 ? chunk : Buffer.concat([this.#kept, chunk])
    this.#kept = NOTHING
    if (this.#state === 'waiting') this.#kept = bytes
    else this.#read(bytes)
  }

  /** After "wait". */
  resume(): void {
    if (this.#state !== 'waiting') return
    this.#state = 'reading'
    this.feed(NOTHING)
  }

  /** Takes nothing more. */
  stop(): void {
    this.#state = 'over'
    this.#kept = NOTHING
  }

  #read(bytes: Buffer): void {
    let at = 0
    let passed = 0
    let refusal: Refusal | undefined
    const passTo = (end: number): void => {
      if (end > passed) this.listener.pass(passed === 0 && end === bytes.length ? bytes : bytes.subarray(passed, end))
      passed = end
    }
    while (at < bytes.length && this.#state === 'reading') {
      if (this.#body !== undefined) {
        at = this.#body.take(bytes, at, this.#payload)
        const { done, refused } = this.#body
        if (refused !== undefined) refusal = { status: this.status, reason: refused }
        if (!done) break
        this.#end()
        continue
      }
      const end = headEnd(bytes, at)
      if (end === 'more') break
      const verdict = typeof end === 'number' ? this.listener.head(bytes.subarray(at, end)) : this.#unreadable(end)
      if (verdict === 'wait') {
        this.#state = 'waiting'
        break
      }
      if ('reason' in verdict) {
        refusal = verdict
        break
      }
      const next = end as number
      if (verdict.instead !== undefined) {
        passTo(at)
        this.listener.pass(verdict.instead)
        passed = next
      }
      at = next
      this.#begin(verdict.framing)
    }
    passTo(at)
    if (refusal !== undefined) {
      this.stop()
      this.listener.refuse(refusal)
    } else if (at < bytes.length && this.#stillReads()) this.#kept = bytes.subarray(at)
  }

  #unreadable({ status, reason }: Refusal): Refusal {
    return { status: this.status === 400 ? status : this.status, reason }
  }

  /** Stopped by what a listener did, it wants nothing more. */
  #stillReads(): boolean {
    return this.#state !== 'over'
  }

  #begin(framing: Framing): void {
    // Most messages are a head.
    if (framing.kind === 'length' && framing.length === 0) {
      this.#end()
      return
    }
    this.#body = bodyWalk(framing)
    this.#toClose = framing.kind === 'close'
    if (this.#body.done) this.#end()
  }

  #end(): void {
    const trailers = this.#body?.trailers ?? NO_TRAILERS
    this.#body = undefined
    this.listener.end(trailers)
  }
}

const NOTHING = Buffer.alloc(0)
const NO_TRAILERS: readonly Header[] = []
