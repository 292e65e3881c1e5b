/**
 * WebAssembly that works on four SHA-256 computations at once, one per 32-bit lane of the SIMD registers. Emitted here
 * byte by byte, so that no toolchain is needed and nothing binary is stored.
 *
 * In memory, word i of computation j stands at 4 * i + j; words are big-endian values already turned into integers.
 * @see https://csrc.nist.gov/pubs/fips/180-4/upd1/final section 6.2.2
 * @see https://webassembly.github.io/spec/core/binary/index.html
 */
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
  const { WebAssembly } = globalThis as { WebAssembly?: WebAssemblyLike }
  if (WebAssembly === undefined || new Uint8Array(Int32Array.of(1).buffer)[0] !== 1) return undefined
  try {
    compiled ??= new WebAssembly.Module(kernelModule())
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) })
    const { exports } = new WebAssembly.Instance(compiled, { m: { m: memory } })
    return { ...(exports as unknown as Omit<SimdKernel, 'memory'>), memory }
  } catch {
    // A content security policy without 'wasm-unsafe-eval', or an engine without SIMD.
    return undefined
  }
}

interface WebAssemblyLike {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer }
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

let compiled: object | undefined
const PAGE = 65_536

type Code = readonly number[]

function kernelModule(): Uint8Array {
  const [I32, V128, FUNCTION] = [0x7f, 0x7b, 0x60]
  const body = (locals: number, code: Code): Code => {
    const whole = [1, ...unsigned(locals), V128, ...code, END]
    return [...unsigned(whole.length), ...whole]
  }
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [2, FUNCTION, 4, I32, I32, I32, I32, 0, FUNCTION, 5, I32, I32, I32, I32, I32, 0]),
    ...section(2, [1, ...name('m'), ...name('m'), 2, 0, 0]),
    ...section(3, [2, 0, 1]),
    ...section(7, [2, ...name('compress4'), 0, 0, ...name('hex4'), 0, 1]),
    ...section(10, [2, ...body(28, compress4()), ...body(3, hex4())]),
  ])
}

/** Rounds are unrolled; the eight variables change places by name. */
function compress4(): Code {
  const out: number[] = []
  const emit = (...pieces: Code[]): void => {
    for (const piece of pieces) for (const byte of piece) out.push(byte)
  }
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
  return out
}

/** Every 16 bits become four digits, which stand across the border of two words if `shift` is not 0. */
function hex4(): Code {
  const [DIGEST, OUT, SHIFT, BEFORE, AFTER, HALF, DIGITS, CARRIED] = [0, 1, 2, 3, 4, 5, 6, 7]
  const out: number[] = []
  const emit = (...pieces: Code[]): void => {
    for (const piece of pieces) for (const byte of piece) out.push(byte)
  }
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
  return out
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

const get = (local: number): Code => [0x20, ...unsigned(local)]
const set = (local: number): Code => [0x21, ...unsigned(local)]
const tee = (local: number): Code => [0x22, ...unsigned(local)]
const constant = (value: number): Code => [0x41, ...signed(value | 0)]
const simd = (operation: number): Code => [0xfd, ...unsigned(operation)]
const vector = (operation: number, offset: number): Code => [...simd(operation), 4, ...unsigned(offset)]
const [LOAD, STORE] = [0, 11]
const [SPLAT, AND, OR, XOR] = [simd(0x11), simd(0x4e), simd(0x50), simd(0x51)]
const [SHIFT_LEFT, SHIFT_RIGHT, ADD, MULTIPLY] = [simd(0xab), simd(0xad), simd(0xae), simd(0xb5)]
const [I32_ADD, I32_SUB, LOOP, BRANCH_IF_NOT_ZERO, END] = [[0x6a], [0x6b], [0x03, 0x40], [0x0d, 0], 0x0b] as const

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content]
}

function name(text: string): Code {
  return [text.length, ...Array.from(text, (letter) => letter.charCodeAt(0))]
}

/** LEB128. */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

function signed(value: number): Code {
  const [low, rest] = [value & 127, value >> 7]
  const last = (rest === 0 && low < 64) || (rest === -1 && low >= 64)
  return last ? [low] : [low | 128, ...signed(rest)]
}
