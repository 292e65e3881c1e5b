/**
 * Replay protection: a signature is good once. AWS itself has none (a request may be sent again while its date is in the
 * window), so it is off by default, and it applies to signatures in the header only: presigned URLs are meant to be reused.
 */

/**
 * Remembers signatures. Several verifiers can share one by a store of their own behind this interface.
 * @internal
 */
export interface ReplayGuard {
  /**
   * Notes a signature.
   *
   * @param until When it expires, milliseconds since 1970: it need not be kept longer.
   * @returns Whether it is the first time. `false` refuses the request.
   */
  firstUse(signature: string, until: number, now: number): boolean | Promise<boolean>
}

/**
 * A guard in the memory of this process: a signature is good once. It never forgets a signature that is still good. When it is full it
 * refuses all that is new, so give it room for all requests of a window (about 200 bytes each).
 *
 * @example
 * ```js
 * import { replayGuard } from 'countersign/verifier'
 *
 * const guard = replayGuard({ signatures: 100_000 })
 * const now = Date.now()
 * guard.firstUse('a signature', now + 900_000, now) // => true
 * guard.firstUse('a signature', now + 900_000, now) // => false
 * ```
 * @public
 */
export function replayGuard(options: { readonly signatures: number }): ReplayGuard {
  const ends = new Map<string, number>()
  let sweptAt = Number.NEGATIVE_INFINITY
  return {
    firstUse: (signature, until, now) => {
      const end = ends.get(signature)
      if (end !== undefined && end > now) return false
      if (ends.size >= options.signatures && now - sweptAt >= SWEEP_MILLISECONDS) {
        sweptAt = now
        for (const [one, its] of ends) if (its <= now) ends.delete(one)
      }
      if (ends.size >= options.signatures && end === undefined) return false
      ends.set(signature, until)
      return true
    },
  }
}

/** A full guard is swept once in this time at most, so that a flood does not make it sweep at every request. */
const SWEEP_MILLISECONDS = 1000
