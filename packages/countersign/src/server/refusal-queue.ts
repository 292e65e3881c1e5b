/** Refusals that wait for their diagnosis: one at a time, so many at most, and an end to it when the server closes. */
import type { Diagnosis } from '../diagnosis/index.js'
import type { RefusedRequest } from '../verifier/index.js'
import { isRefusedForSize } from './refusal-diagnosis.js'

/**
 * Why a refusal has no diagnosis. size: it was refused for its size, or is too large to be read. queue-full: too many wait.
 * too-late: it took longer than it may. failed: the diagnosis failed, which is our fault. closed: the server was closing.
 * @internal
 */
export type Undiagnosed = 'size' | 'queue-full' | 'too-late' | 'failed' | 'closed'

/**
 * What becomes of refusals; every one is reported once.
 * @internal
 */
export interface DiagnosisListener {
  /** Told of each diagnosis, some time after the request was answered. Never send what it gets to the caller. */
  readonly onDiagnosis: (refused: RefusedRequest, diagnosis: Diagnosis) => void
  /** Told of each refusal that is not diagnosed, and of the error where that is why. */
  readonly onUndiagnosed?: (refused: RefusedRequest, why: Undiagnosed, error?: unknown) => void
}

/** @internal */
export interface RefusalDiagnoser {
  /** Give it to a verifier as `onRefusal`. It returns at once; the request is answered before it is diagnosed. */
  readonly add: (refused: RefusedRequest) => void
  /** Resolves when nothing waits any more: for runtimes that end when a request was answered (`waitUntil`). */
  readonly idle: () => Promise<void>
  /** Takes nothing more. What waits is diagnosed for so many milliseconds (default: 0), the rest is reported as "closed". */
  readonly close: (milliseconds?: number) => Promise<void>
}

/** Diagnoses one refusal. Told to end (`cut`), it soon does, with the best answer so far, or an error. */
export interface OneDiagnosis {
  readonly result: Promise<Diagnosis | Undiagnosed>
  cut(): void
}

export class RefusalQueue implements RefusalDiagnoser {
  readonly #waiting: RefusedRequest[] = []
  #waitingBytes = 0
  #running: Promise<void> | undefined
  #current: OneDiagnosis | undefined
  #closing = false
  #over = false

  constructor(
    private readonly diagnose: (refused: RefusedRequest) => OneDiagnosis,
    private readonly listener: DiagnosisListener,
  ) {}

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
    if (isRefusedForSize(refused)) return 'size'
    if (this.#closing) return 'closed'
    // A flood of refusals must not pile up.
    const full = this.#waiting.length >= WAITING_AT_MOST || this.#waitingBytes + sizeOf(refused) > WAITING_BYTES_AT_MOST
    return full ? 'queue-full' : undefined
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // The answer to the request, and whatever else has come, goes first.
      await new Promise((resolve) => setTimeout(resolve, 0))
      const refused = this.#waiting.shift()!
      this.#waitingBytes -= sizeOf(refused)
      this.#tell(refused, ...(this.#over ? (['closed'] as const) : await this.#diagnosed(refused)))
    }
    this.#running = undefined
  }

  async #diagnosed(refused: RefusedRequest): Promise<readonly [Diagnosis | Undiagnosed, unknown?]> {
    try {
      this.#current = this.diagnose(refused)
      const result = await this.#current.result
      return [this.#over && typeof result === 'string' ? 'closed' : result]
    } catch (error) {
      return this.#over ? ['closed'] : ['failed', error]
    } finally {
      this.#current = undefined
    }
  }

  /** A listener that throws has not taken the diagnosis; nothing else may suffer from it. */
  #tell(refused: RefusedRequest, result: Diagnosis | Undiagnosed, error?: unknown): void {
    const { onDiagnosis, onUndiagnosed } = this.listener
    if (typeof result === 'string') {
      onUndiagnosed?.(refused, result, error)
      return
    }
    try {
      onDiagnosis(refused, result)
    } catch (thrown) {
      onUndiagnosed?.(refused, 'failed', thrown)
    }
  }
}

/** Bytes of a request, about. */
export function sizeOf({ request: { target, headers, body } }: RefusedRequest): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length, target.length + (body?.length ?? 0))
}

const WAITING_AT_MOST = 100
const WAITING_BYTES_AT_MOST = 64 * 1024 * 1024
