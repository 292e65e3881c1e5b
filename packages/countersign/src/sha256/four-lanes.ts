/**
 * Four SHA-256 computations side by side: one block of each per step, by WebAssembly SIMD where the runtime has it and in
 * plain TypeScript where not. For searches, which hash millions of short texts; one message alone is faster in `pure.ts`.
 */
import { compressWords } from './pure.js'
import { simdKernel } from './simd-kernel.js'

/** Room for one step: states and message words of four lanes, interleaved: value i of lane j stands at 4 * i + j. */
export interface Lanes {
  /** 8 words per lane, before a step. */
  readonly state: Int32Array
  /** 8 words per lane, after it. */
  readonly result: Int32Array
  /** 16 words per block and lane. */
  readonly words: Int32Array
  /** Advances all four states over so many blocks of `words`, at least one. */
  compress(blocks: number): void
}

/** Makes rooms with words for so many blocks each. */
export function fourLanes(sizes: readonly number[]): Lanes[] {
  return simdLanes(sizes) ?? sizes.map(plainLanes)
}

/** The lanes without WebAssembly. */
export function plainLanes(size: number): Lanes {
  const [state, result, words, one] = [new Int32Array(32), new Int32Array(32), new Int32Array(64 * size), new Int32Array(8)]
  return {
    state,
    result,
    words,
    compress(blocks) {
      for (let lane = 0; lane < 4; lane++) {
        for (let i = 0; i < 8; i++) one[i] = state[4 * i + lane]!
        for (let block = 0; block < blocks; block++) compressWords(one, words, 64 * block + lane, 4)
        for (let i = 0; i < 8; i++) result[4 * i + lane] = one[i]!
      }
    },
  }
}

/** The lanes by WebAssembly; `undefined` where the runtime does not allow it. */
export function simdLanes(sizes: readonly number[]): Lanes[] | undefined {
  const kernel = simdKernel(sizes.reduce((sum, size) => sum + 256 + 256 * size, 0))
  if (kernel === undefined) return undefined
  const { buffer } = kernel.memory
  let at = 0
  return sizes.map((size) => {
    const [state, result, words] = [at, at + 128, at + 256]
    at += 256 + 256 * size
    return {
      state: new Int32Array(buffer, state, 32),
      result: new Int32Array(buffer, result, 32),
      words: new Int32Array(buffer, words, 64 * size),
      compress: (blocks) => kernel.compress4(state, result, words, blocks),
    }
  })
}
