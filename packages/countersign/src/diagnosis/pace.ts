/**
 * The pace of a diagnosis: after how much work it lets whoever drives it have a turn. Counted in bytes of text made or read, not by
 * the clock: the same case takes the same steps, and a step of a long request is no longer than one of a short request.
 */

import type { ReadingProgress } from '../intake/index.js'

/**
 * How far a search is.
 * @public
 */
export interface SearchProgress {
  readonly trials: number
  readonly most: number
}

/**
 * A search in steps: it yields its progress, and stops with what it has if `true` is sent back.
 * @public
 */
export type Searching<Result> = Generator<SearchProgress, Result, boolean | undefined>

/**
 * Evidence that is read and then searched, as one run of steps: a caller that has enough stops whichever is under way.
 * @internal
 */
export type ReadingAndSearching<Result> = Generator<ReadingProgress | SearchProgress, Result, boolean | undefined>

/** Counts the work of one diagnosis. */
export class Pace {
  /** What making or asking about one edit of the inputs costs. */
  readonly unit: number
  readonly #progress: () => SearchProgress
  #done = 0
  #stopped = false

  /** @param textLength How long the canonical request is. */
  constructor(textLength: number, progress: () => SearchProgress) {
    this.unit = LEAST + textLength
    this.#progress = progress
  }

  /** Whether the search was told to stop. From then on nothing yields any more. */
  get stopped(): boolean {
    return this.#stopped
  }

  /** Counts some work, and yields where a step is full. @returns Whether the search was told to stop. */
  *after(bytes: number): Searching<boolean> {
    this.#done += bytes
    if (this.#stopped || this.#done < STEP) return this.#stopped
    this.#done = 0
    this.#stopped = (yield this.#progress()) === true
    return this.#stopped
  }

  /** Ends a step, however little was done. */
  pause(): Searching<boolean> {
    return this.after(STEP)
  }
}

/** What an edit costs however short the text is. */
const LEAST = 1024
/** A step: some milliseconds. */
const STEP = 512 * 1024
