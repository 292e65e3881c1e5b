/**
 * Throttling of failures per access key ID: an attacker gets few guesses. Off by default.
 * @internal
 */
export interface FailureThrottle {
  /** Whether requests of this access key ID are to be turned away now. */
  blocked(accessKeyId: string, now: number): boolean
  /** Notes a refused signature. */
  failed(accessKeyId: string, now: number): void
}

/**
 * A throttle in memory: `failures` within `windowSeconds` block an access key ID until the window has passed.
 *
 * @param options.accessKeyIds How many are remembered; beyond that the one that failed longest ago is forgotten. Default: 10,000.
 * @example
 * ```js
 * import { failureThrottle } from 'countersign/verifier'
 *
 * const throttle = failureThrottle({ failures: 2, windowSeconds: 60 })
 * const now = Date.now()
 * throttle.failed('AKIAIOSFODNN7EXAMPLE', now)
 * throttle.blocked('AKIAIOSFODNN7EXAMPLE', now) // => false
 * throttle.failed('AKIAIOSFODNN7EXAMPLE', now)
 * throttle.blocked('AKIAIOSFODNN7EXAMPLE', now) // => true
 * throttle.blocked('AKIAIOSFODNN7EXAMPLE', now + 60_000) // => false
 * ```
 * @public
 */
export function failureThrottle(options: {
  readonly failures: number
  readonly windowSeconds: number
  readonly accessKeyIds?: number
}): FailureThrottle {
  const { failures, windowSeconds, accessKeyIds = 10_000 } = options
  const windows = new Map<string, { start: number; count: number }>()
  const current = (id: string, now: number) => {
    const window = windows.get(id)
    return window !== undefined && now - window.start < windowSeconds * 1000 ? window : undefined
  }
  return {
    blocked: (id, now) => (current(id, now)?.count ?? 0) >= failures,
    failed: (id, now) => {
      const window = current(id, now)
      windows.delete(id)
      windows.set(id, window === undefined ? { start: now, count: 1 } : { start: window.start, count: window.count + 1 })
      if (windows.size > accessKeyIds) windows.delete(windows.keys().next().value!)
    },
  }
}
