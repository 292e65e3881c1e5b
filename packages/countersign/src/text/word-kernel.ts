/**
 * WebAssembly that finds where five bytes may stand that some words have, sixteen places at a time.
 *
 * Each of the five bytes has two tables, by its low and by its high half: which of eight groups of words have such a byte there.
 * A place where a group is left in all ten is worth a closer look.
 */
import { constant, END, emitter, get, I32, type Instance, instanceOf, moduleOf, set, tee, unsigned, V128 } from '../webassembly/index.js'

/** Bytes of a word that are looked for, one after the other. */
export const LOOKED_FOR = 5
/** Places looked at together. */
export const PLACES = 16

/** A kernel, and where its memory has what. */
export interface WordKernel {
  /**
   * Looks from one place of the memory to another, by steps of `PLACES`. The first step with something to look at is written to
   * word 0, its places as bits to word 1; where there is none, word 0 is `to` or more.
   */
  look(from: number, to: number): void
  readonly words: Uint32Array
  /** Where texts go; place 0 of it is `TEXT` in the memory. */
  readonly text: Uint8Array
}

/**
 * A kernel for texts of so many bytes; `undefined` where there is no WebAssembly with SIMD.
 * @param tables For each of the five bytes sixteen groups by its low half, then sixteen by its high half.
 */
export function wordKernel(tables: Uint8Array, bytes: number): WordKernel | undefined {
  // Sixteen bytes are read at places up to the last: what stands behind it does not count.
  const made: Instance<Pick<WordKernel, 'look'>> | undefined = instanceOf('words', wordModule, TEXT + bytes + PLACES + LOOKED_FOR)
  if (made === undefined) return undefined
  new Uint8Array(made.buffer).set(tables, TABLES)
  return { look: made.exports.look, words: new Uint32Array(made.buffer, 0, 2), text: new Uint8Array(made.buffer, TEXT, bytes) }
}

function wordModule(): Uint8Array {
  const { code, emit } = emitter()
  for (let table = 0; table < 2 * LOOKED_FOR; table++) emit(constant(TABLES + 16 * table), vector(LOAD, 0), set(FIRST_TABLE + table))
  emit(LOOP)
  for (let byte = 0; byte < LOOKED_FOR; byte++) {
    emit(get(FROM), vector(LOAD, byte), set(BYTES))
    emit(get(FIRST_TABLE + 2 * byte), get(BYTES), constant(0x0f), SPLAT, AND, SWIZZLE)
    emit(get(FIRST_TABLE + 2 * byte + 1), get(BYTES), constant(4), SHIFT_RIGHT, SWIZZLE, AND)
    if (byte > 0) emit(get(GROUPS), AND)
    emit(set(GROUPS))
  }
  emit(get(GROUPS), ANY, IF)
  emit(constant(0), get(FROM), STORE, constant(PLACES_AT), get(GROUPS), constant(0), SPLAT, UNEQUAL, BITS, STORE, RETURN, [END])
  emit(get(FROM), constant(PLACES), ADD, tee(FROM), get(TO), LESS, BRANCH_IF, [END])
  emit(constant(0), get(FROM), STORE)
  const locals = [[2 * LOOKED_FOR + 2, V128]] as const
  return moduleOf([{ name: 'look', parameters: [I32, I32], locals, code }])
}

/** Bytes of the memory: two words of results, the tables, the text. */
const PLACES_AT = 4
const TABLES = 16
export const TEXT = TABLES + 16 * 2 * LOOKED_FOR

const [FROM, TO, BYTES, GROUPS, FIRST_TABLE] = [0, 1, 2, 3, 4]
const simd = (operation: number) => [0xfd, ...unsigned(operation)]
const vector = (operation: number, offset: number) => [...simd(operation), 0, ...unsigned(offset)]
const LOAD = 0
const [SWIZZLE, SPLAT, UNEQUAL, AND, ANY, BITS, SHIFT_RIGHT] = [
  simd(0x0e),
  simd(0x0f),
  simd(0x24),
  simd(0x4e),
  simd(0x53),
  simd(0x64),
  simd(0x6d),
]
const [STORE, ADD, LESS, RETURN] = [[0x36, 2, 0], [0x6a], [0x49], [0x0f]]
const [LOOP, IF, BRANCH_IF] = [
  [0x03, 0x40],
  [0x04, 0x40],
  [0x0d, 0],
]
