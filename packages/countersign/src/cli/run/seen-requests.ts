/** The requests that passed while a program ran, in their order, with what is found of those that were refused. */
import type { KnownSecret } from '../../case/index.js'
import type { Diagnosis } from '../../diagnosis/index.js'
import { createRefusalDiagnoser } from '../../server/index.js'
import type { SeenExchange } from '../../transit/index.js'
import { codeOf, mayBeRefusal, seenRefusal } from '../seen-refusal.js'
import { diagnosedAnswer, type SignatureAnswer, type SignedHow, signatureAnswer, signedHow } from './signed-how.js'

export interface SeenRequest {
  readonly number: number
  readonly seen: SeenExchange
  readonly signed: SignedHow
  readonly code: string | undefined
  readonly answer: SignatureAnswer
  readonly diagnosis: Diagnosis | undefined
}

export interface SeenRequests {
  readonly requests: readonly SeenRequest[]
  /** How many there were beyond those. */
  readonly more: number
}

/** Takes exchanges in while they pass. Refusals are diagnosed one after another, in a thread. */
export class RequestCollector {
  readonly #seen: SeenExchange[] = []
  readonly #found = new Map<number, Diagnosis>()
  readonly #waiting: number[] = []
  readonly #diagnoser: ReturnType<typeof createRefusalDiagnoser>
  #more = 0
  #bytes = 0
  #busy = false
  #idle = () => {}

  constructor(
    secrets: () => readonly KnownSecret[],
    private readonly hop: string,
    /** What is known of an answer without a code, as that to HEAD. */
    private readonly codeBehind: (seen: SeenExchange) => string | undefined = () => undefined,
  ) {
    this.#diagnoser = createRefusalDiagnoser({
      secrets,
      onDiagnosis: ({ requestId }, diagnosis) => {
        this.#found.set(Number(requestId), diagnosis)
        this.#next()
      },
      onUndiagnosed: () => this.#next(),
    })
  }

  readonly add = (seen: SeenExchange): void => {
    if (this.#seen.length >= MOST_KEPT || this.#bytes > MOST_BYTES) {
      this.#more++
      return
    }
    this.#bytes += sizeOf(seen)
    // Relays count each for itself.
    const number = this.#seen.push({ ...seen, number: this.#seen.length + 1 })
    if (!mayBeRefusal(seen, this.#code(seen))) return
    this.#waiting.push(number)
    if (!this.#busy) this.#next()
  }

  /** All that passed, once what waits is diagnosed; after so long without the rest. */
  async finished(milliseconds: number): Promise<SeenRequests> {
    if (this.#busy)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds)
        this.#idle = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    this.#waiting.length = 0
    await this.#diagnoser.close()
    return { requests: this.#seen.map((seen) => requestOf(seen, this.#code(seen), this.#found.get(seen.number))), more: this.#more }
  }

  #next(): void {
    const number = this.#waiting.shift()
    this.#busy = number !== undefined
    if (number === undefined) {
      this.#idle()
      return
    }
    const seen = this.#seen[number - 1]!
    this.#diagnoser.add(seenRefusal(seen, this.#code(seen), this.hop))
  }

  #code(seen: SeenExchange): string | undefined {
    return codeOf(seen) ?? this.codeBehind(seen)
  }
}

function sizeOf({ received: { target, headers }, response }: SeenExchange): number {
  const of = (list: SeenExchange['received']['headers']) => list.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  return target.length + of(headers) + (response === undefined ? 0 : of(response.headers) + response.body.length)
}

function requestOf(seen: SeenExchange, code: string | undefined, diagnosis: Diagnosis | undefined): SeenRequest {
  const answer = signatureAnswer(seen, code)
  return {
    number: seen.number,
    seen,
    signed: signedHow(seen),
    code,
    answer: diagnosis === undefined ? answer : diagnosedAnswer(answer, diagnosis),
    diagnosis,
  }
}

/** Heads of requests that are kept for the table. */
const MOST_KEPT = 5000
const MOST_BYTES = 32 * 1024 * 1024
