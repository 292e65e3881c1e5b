/** The last refusals by request ID: what an operator looks up when a caller tells the ID of an answer. */
import type { RefusedRequest } from './outcome.js'

/** @internal */
export interface RefusalLog {
  /** Give it to a verifier as `onRefusal`. */
  readonly add: (refused: RefusedRequest) => void
  /** By x-amz-request-id or x-amzn-RequestId. */
  get(requestId: string): RefusedRequest | undefined
}

/**
 * The last refusals by request ID: what you look up when a caller names the ID of an answer. In the memory of this process.
 *
 * @param keep How many are kept; older ones go.
 * @example
 * ```js
 * import { createVerifier, credentialsOf, refusalLog } from 'countersign/verifier'
 *
 * const log = refusalLog(100)
 * const verifier = createVerifier({ credentials: credentialsOf({}), onRefusal: log.add })
 * const { refused } = await verifier.judge({ method: 'GET', target: '/b/k', headers: [['Host', 's3.example.com']], body: undefined })
 * log.get(refused.requestId).error.code // => 'AccessDenied'
 * ```
 * @public
 */
export function refusalLog(keep = 1000): RefusalLog {
  const kept = new Map<string, RefusedRequest>()
  return {
    add: (refused) => {
      kept.set(refused.requestId, refused)
      if (kept.size > keep) kept.delete(kept.keys().next().value!)
    },
    get: (requestId) => kept.get(requestId),
  }
}
