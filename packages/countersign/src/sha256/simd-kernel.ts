/**
 * WebAssembly that works on four SHA-256 computations at once, one per 32-bit lane of the SIMD registers.
 *
 * In memory, word i of computation j stands at 4 * i + j; words are big-endian values already turned into integers.
 * @see https://csrc.nist.gov/pubs/fips/180-4/upd1/final section 6.2.2
 */
import { type Code, constant, END, emitter, get, I32, instanceOf, moduleOf, set, tee, unsigned, V128 } from '../webassembly/index.js'
import { ROUND } from './pure.js'

/** The kernel's functions; pointers are byte offsets into `memory`. */
export interface SimdKernel {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** Advances the states at `from` over so many blocks of `words`, at least one, and writes them to `to` (may be `from`). */
  compress4(from: number, to: number, words: number, blocks: number): void
  /**
   * Writes eight words each as 64 hex digits, `shift` bits (0, 8, 16 or 24) into the words at `to`: 17 words, whose first
   * begins with the bits at `before` and whose last ends with those at `after`.
   */
  hex4(words: number, to: number, shift: number, before: number, after: number): void
}

/** A kernel with so many bytes of memory; `undefined` where WebAssembly or SIMD is lacking or forbidden, or integers are stored high byte first. */
export function simdKernel(bytes: number): SimdKernel | undefined {
  const made = instanceOf<Omit<SimdKernel, 'memory'>>('sha256', kernelModule, bytes)
  return made === undefined ? undefined : { ...made.exports, memory: { buffer: made.buffer } }
}

function kernelModule(): Uint8Array {
  return moduleOf([
    { name: 'compress4', parameters: [I32, I32, I32, I32], locals: [[28, V128]], code: compress4() },
    { name: 'hex4', parameters: [I32, I32, I32, I32, I32], locals: [[3, V128]], code: hex4() },
  ])
}

/** Rounds are unrolled; the eight variables change places by name. */
function compress4(): Code {
  const { code, emit } = emitter()
  emit(LOOP)
  for (let i = 0; i < 16; i++) emit(get(WORDS), vector(LOAD, 16 * i), set(word(i)))
  for (let i = 0; i < 8; i++) emit(get(FROM), vector(LOAD, 16 * i), set(variable(i)))
  // maj(a, b, c) is b ^ ((a ^ b) & (b ^ c)), and this round's a ^ b is the next one's b ^ c.
  let [kept, next] = [KEPT, NEXT]
  emit(get(variable(1)), get(variable(2)), XOR, set(kept))
  let names = [0, 1, 2, 3, 4, 5, 6, 7].map(variable)
  for (let i = 0; i < 64; i++) {
    const [a, b, c, d, e, f, g, h] = names as [number, number, number, number, number, number, number, number]
    if (i >= 16) {
      const [at, s0, s1] = [word(i), smallSigma(word(i + 1), 7, 18, 3), smallSigma(word(i + 14), 17, 19, 10)]
      emit(get(at), s0, ADD, get(word(i + 9)), ADD, s1, ADD, set(at))
    }
    emit(get(h), get(word(i)), ADD, constant(ROUND[i]!), SPLAT, ADD)
    emit(get(g), get(e), get(f), get(g), XOR, AND, XOR, ADD, bigSigma(e, 6, 11, 25), ADD, tee(SUM), get(d), ADD, set(d))
    emit(get(a), get(b), XOR, set(next), get(SUM), get(b), get(next), get(kept), AND, XOR, ADD, bigSigma(a, 2, 13, 22), ADD, set(h))
    ;[kept, next] = [next, kept]
    names = [h, a, b, c, d, e, f, g]
  }
  for (let i = 0; i < 8; i++) emit(get(TO), get(FROM), vector(LOAD, 16 * i), get(variable(i)), ADD, vector(STORE, 16 * i))
  emit(get(TO), set(FROM))
  emit(get(WORDS), constant(256), I32_ADD, set(WORDS), get(BLOCKS), constant(1), I32_SUB, tee(BLOCKS), BRANCH_IF_NOT_ZERO, [END])
  return code
}

/** Every 16 bits become four digits, which stand across the border of two words if `shift` is not 0. */
function hex4(): Code {
  const [DIGEST, OUT, SHIFT, BEFORE, AFTER, HALF, DIGITS, CARRIED] = [0, 1, 2, 3, 4, 5, 6, 7]
  const { code, emit } = emitter()
  const backShift = [...constant(32), ...get(SHIFT), ...I32_SUB]
  // A shift by 32 is one by 0 in WebAssembly: two shifts, the first by 8, make it the 0 that is meant.
  const carry = [...get(DIGITS), ...constant(8), ...SHIFT_LEFT, ...backShift, ...constant(8), ...I32_SUB, ...SHIFT_LEFT, ...set(CARRIED)]
  emit(get(BEFORE), vector(LOAD, 0), set(CARRIED))
  for (let i = 0; i < 16; i++) {
    emit(get(DIGEST), vector(LOAD, 16 * (i >> 1)))
    if ((i & 1) === 0) emit(constant(16), SHIFT_RIGHT)
    else emit(constant(0xffff), SPLAT, AND)
    emit(set(HALF))
    // 0000abcd -> 00ab00cd -> 0a0b0c0d
    emit(get(HALF), constant(0xff00), SPLAT, AND, constant(8), SHIFT_LEFT, get(HALF), constant(0xff), SPLAT, AND, OR, set(HALF))
    emit(get(HALF), constant(4), SHIFT_LEFT, constant(0x0f000f00), SPLAT, AND, get(HALF), constant(0x000f000f), SPLAT, AND, OR, set(HALF))
    // "0" is added to every digit, and what lies between "9" and "a" to those above 9.
    emit(
      get(HALF),
      constant(0x06060606),
      SPLAT,
      ADD,
      constant(4),
      SHIFT_RIGHT,
      constant(0x01010101),
      SPLAT,
      AND,
      constant(39),
      SPLAT,
      MULTIPLY,
    )
    emit(get(HALF), ADD, constant(0x30303030), SPLAT, ADD, set(DIGITS))
    emit(get(OUT), get(CARRIED), get(DIGITS), get(SHIFT), SHIFT_RIGHT, OR, vector(STORE, 16 * i), carry)
  }
  emit(get(OUT), get(CARRIED), get(AFTER), vector(LOAD, 0), OR, vector(STORE, 256))
  return code
}

/** Three rotations, nested: each turns the result of the one before, which takes one operation less. */
function bigSigma(x: number, first: number, second: number, third: number): Code {
  const inner = [...rotated(x, third - second), ...get(x), ...XOR, ...set(TURNED)]
  const middle = [...rotated(TURNED, second - first), ...get(x), ...XOR, ...set(TURNED)]
  return [...inner, ...middle, ...rotated(TURNED, first)]
}

function smallSigma(x: number, first: number, second: number, shift: number): Code {
  return [...rotated(x, first), ...rotated(x, second), ...XOR, ...get(x), ...constant(shift), ...SHIFT_RIGHT, ...XOR]
}

function rotated(x: number, by: number): Code {
  return [...get(x), ...constant(by), ...SHIFT_RIGHT, ...get(x), ...constant(32 - by), ...SHIFT_LEFT, ...OR]
}

// Locals of compress4: four parameters, then vectors.
const [FROM, TO, WORDS, BLOCKS] = [0, 1, 2, 3]
const variable = (i: number): number => 4 + i
const word = (i: number): number => 12 + (i & 15)
const [SUM, KEPT, NEXT, TURNED] = [28, 29, 30, 31]

const simd = (operation: number): Code => [0xfd, ...unsigned(operation)]
const vector = (operation: number, offset: number): Code => [...simd(operation), 4, ...unsigned(offset)]
const [LOAD, STORE] = [0, 11]
const [SPLAT, AND, OR, XOR] = [simd(0x11), simd(0x4e), simd(0x50), simd(0x51)]
const [SHIFT_LEFT, SHIFT_RIGHT, ADD, MULTIPLY] = [simd(0xab), simd(0xad), simd(0xae), simd(0xb5)]
const [I32_ADD, I32_SUB, LOOP, BRANCH_IF_NOT_ZERO] = [[0x6a], [0x6b], [0x03, 0x40], [0x0d, 0]] as const
