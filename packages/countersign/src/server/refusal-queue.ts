/** Refusals that wait for work on them: one at a time, so many at most, and an end to it when the server closes. */
import type { RefusedRequest } from '../verifier/index.js'

/**
 * Why nothing came of a refusal. size: it was refused for its size, or it or its diagnosis is too large. queue-full: too many wait.
 * too-late: it took longer than it may. failed: the work failed, which is our fault. closed: the server was closing. unsigned: nobody
 * meant to sign it (of `openFrontDoor` alone).
 * @internal
 */
export type Undiagnosed = 'size' | 'queue-full' | 'too-late' | 'failed' | 'closed' | 'unsigned'

/**
 * Takes refusals, and works on them some time later.
 * @internal
 */
export interface RefusalDiagnoser {
  /** Give it to a verifier as `onRefusal`. It returns at once; the request is answered before it is diagnosed. */
  readonly add: (refused: RefusedRequest) => void
  /** Resolves when nothing waits any more: for runtimes that end when a request was answered (`waitUntil`). */
  readonly idle: () => Promise<void>
  /** Takes nothing more. What waits is diagnosed for so many milliseconds (default: 0), the rest is reported as "closed". */
  readonly close: (milliseconds?: number) => Promise<void>
}

/** The work on one refusal. Told to end (`cut`), it soon does, with the best there is so far, or an error. */
export interface OneRefusal<Result extends object> {
  readonly result: Promise<Result | Undiagnosed>
  cut(): void
}

/** What a queue does; every refusal is told once. */
export interface RefusalWork<Result extends object> {
  readonly begin: (refused: RefusedRequest) => OneRefusal<Result>
  readonly onResult: (refused: RefusedRequest, result: Result) => void
  readonly onNone: ((refused: RefusedRequest, why: Undiagnosed, error?: unknown) => void) | undefined
  /** Why one is not worked on at all. */
  readonly leaves?: (refused: RefusedRequest) => Undiagnosed | undefined
  /** Default: 100. */
  readonly waitingAtMost?: number
}

export class RefusalQueue<Result extends object> implements RefusalDiagnoser {
  readonly #waiting: RefusedRequest[] = []
  #waitingBytes = 0
  #running: Promise<void> | undefined
  #current: OneRefusal<Result> | undefined
  #closing = false
  #over = false

  constructor(private readonly work: RefusalWork<Result>) {}

  readonly add = (refused: RefusedRequest): void => {
    const why = this.#turnedAway(refused)
    if (why !== undefined) {
      this.#tell(refused, why)
      return
    }
    this.#waiting.push(refused)
    this.#waitingBytes += sizeOf(refused)
    this.#running ??= this.#run()
  }

  readonly idle = async (): Promise<void> => {
    while (this.#running !== undefined) await this.#running
  }

  readonly close = async (milliseconds = 0): Promise<void> => {
    this.#closing = true
    const over = () => {
      this.#over = true
      this.#current?.cut()
    }
    if (milliseconds <= 0) over()
    const timer = setTimeout(over, milliseconds)
    await this.idle()
    clearTimeout(timer)
  }

  #turnedAway(refused: RefusedRequest): Undiagnosed | undefined {
    const left = this.work.leaves?.(refused)
    if (left !== undefined) return left
    if (this.#closing) return 'closed'
    // A flood of refusals must not pile up.
    const { waitingAtMost = WAITING_AT_MOST } = this.work
    const full = this.#waiting.length >= waitingAtMost || this.#waitingBytes + sizeOf(refused) > WAITING_BYTES_AT_MOST
    return full ? 'queue-full' : undefined
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // The answer to the request, and whatever else has come, goes first.
      await new Promise((resolve) => setTimeout(resolve, 0))
      const refused = this.#waiting.shift()!
      this.#waitingBytes -= sizeOf(refused)
      this.#tell(refused, ...(this.#over ? (['closed'] as const) : await this.#done(refused)))
    }
    this.#running = undefined
  }

  async #done(refused: RefusedRequest): Promise<readonly [Result | Undiagnosed, unknown?]> {
    try {
      this.#current = this.work.begin(refused)
      const result = await this.#current.result
      return [this.#over && typeof result === 'string' ? 'closed' : result]
    } catch (error) {
      return this.#over ? ['closed'] : ['failed', error]
    } finally {
      this.#current = undefined
    }
  }

  /** A listener that throws has not taken the result; nothing else may suffer from it. */
  #tell(refused: RefusedRequest, result: Result | Undiagnosed, error?: unknown): void {
    const { onResult, onNone } = this.work
    if (typeof result === 'string') {
      onNone?.(refused, result, error)
      return
    }
    try {
      onResult(refused, result)
    } catch (thrown) {
      onNone?.(refused, 'failed', thrown)
    }
  }
}

/** Bytes of a request, about. */
export function sizeOf({ request: { target, headers, body } }: RefusedRequest): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length, target.length + (body?.length ?? 0))
}

const WAITING_AT_MOST = 100
const WAITING_BYTES_AT_MOST = 64 * 1024 * 1024
