/**
 * The room that all requests together have for bodies that must be held before they can be believed. Without a bound of their
 * own, as many bodies as there are connections could be held at once, by clients that have shown no more than an access key ID.
 */
import type { RefusedRequest, VerifiedBody } from './outcome.js'

/** What one body takes of the room. */
interface Share {
  bytes: number
}

export class BodyRoom {
  #left: number
  /** A body that its reader forgot gives its share back when it is collected. */
  readonly #forgotten = new FinalizationRegistry<Share>((share) => this.#give(share, share.bytes))

  /** @param bytes How many bytes there may be at a time. */
  constructor(bytes: number) {
    this.#left = bytes
  }

  /** Whether so many bytes find room now. */
  has(bytes: number): boolean {
    return bytes <= this.#left
  }

  /**
   * The same body, within the room.
   *
   * @param refuse Turns the request away, where there is no room for what comes.
   */
  within(body: VerifiedBody, refuse: () => RefusedRequest): VerifiedBody {
    if (body.mode === 'hash' || body.mode === 'unsigned') return body
    const share: Share = { bytes: 0 }
    let crowdedOut: RefusedRequest | undefined
    let held: VerifiedBody | undefined = body
    const leave = () => {
      this.#give(share, share.bytes)
      held = undefined
    }
    const bounded: VerifiedBody = {
      mode: body.mode,
      get refused() {
        return crowdedOut ?? held?.refused
      },
      push: (bytes) => {
        if (held === undefined || held.refused !== undefined) return []
        if (!this.has(bytes.length)) {
          crowdedOut = refuse()
          leave()
          return []
        }
        this.#left -= bytes.length
        share.bytes += bytes.length
        const pieces = held.push(bytes)
        // Where some came out, nothing is held any more but what came with this push.
        if (held.refused !== undefined) this.#give(share, share.bytes)
        else if (pieces.length > 0) this.#give(share, share.bytes - bytes.length)
        return pieces
      },
      end: () => {
        if (crowdedOut !== undefined) return { ok: false, refused: crowdedOut }
        let ended: ReturnType<VerifiedBody['end']> | undefined
        try {
          ended = body.end()
        } finally {
          if (!(ended instanceof Promise)) leave()
        }
        return ended instanceof Promise ? ended.finally(leave) : ended
      },
      close: leave,
    }
    this.#forgotten.register(bounded, share)
    return bounded
  }

  #give(share: Share, bytes: number): void {
    this.#left += bytes
    share.bytes -= bytes
  }
}
