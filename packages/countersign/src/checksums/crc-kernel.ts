/**
 * CRCs of up to 64 bits in WebAssembly, sixteen bytes a step: "slicing by 16". One kernel does for CRC-32, CRC-32C and CRC-64/NVME,
 * which differ in their tables only.
 */
import { type Code, constant, emitter, get, I32, I64, instanceOf, moduleOf, set, tee, unsigned } from '../webassembly/index.js'

/** A CRC of one polynomial. */
export interface CrcKernel {
  /** Where up to `LARGEST_STEP` bytes are put, and the state: low word, high word. */
  readonly data: Uint8Array
  readonly state: Int32Array
  /** Advances the state over the data: so many times 16 bytes, at least one. */
  advance(steps: number): void
}

/** Tables of one polynomial, its bits in reverse: for each byte the low and the high word. */
export interface CrcTables {
  readonly low: Int32Array
  readonly high: Int32Array
}

export const LARGEST_STEP = 65_536

/**
 * The kernel of these tables; `undefined` where the runtime has no WebAssembly.
 *
 * @param tables Table k, at 256 k, for a byte that k more bytes follow; 16 of them.
 */
export function crcKernel({ low, high }: CrcTables): CrcKernel | undefined {
  const made = instanceOf<{ crc(data: number, steps: number): void }>('crc', kernelModule, DATA + LARGEST_STEP)
  if (made === undefined) return undefined
  const words = new Int32Array(made.buffer, 0, TABLES * 512)
  for (let i = 0; i < TABLES * 256; i++) {
    words[2 * i] = low[i]!
    words[2 * i + 1] = high[i]!
  }
  return {
    data: new Uint8Array(made.buffer, DATA, LARGEST_STEP),
    state: new Int32Array(made.buffer, STATE, 2),
    advance: (steps) => made.exports.crc(DATA, steps),
  }
}

/** The tables of a polynomial, its bits in reverse. */
export function crcTables(polynomial: { readonly low: number; readonly high: number }): CrcTables {
  const low = new Int32Array(TABLES * 256)
  const high = new Int32Array(TABLES * 256)
  for (let byte = 0; byte < 256; byte++) {
    let [upper, lower] = [0, byte]
    for (let bit = 0; bit < 8; bit++) {
      const out = lower & 1
      lower = ((lower >>> 1) | (upper << 31)) ^ (out ? polynomial.low : 0)
      upper = (upper >>> 1) ^ (out ? polynomial.high : 0)
    }
    high[byte] = upper
    low[byte] = lower
  }
  for (let i = 256; i < high.length; i++) {
    const [upper, lower] = [high[i - 256]!, low[i - 256]!]
    low[i] = ((lower >>> 8) | (upper << 24)) ^ low[lower & 255]!
    high[i] = (upper >>> 8) ^ high[lower & 255]!
  }
  return { low, high }
}

function kernelModule(): Uint8Array {
  const { code, emit } = emitter()
  emit(constant(STATE), I64_LOAD(0), set(CRC), LOOP)
  emit(get(FROM), I64_LOAD(0), get(CRC), I64_XOR, set(FIRST), get(FROM), I64_LOAD(8), set(SECOND))
  for (let byte = 0; byte < TABLES; byte++) {
    emit(lookedUp(byte < 8 ? FIRST : SECOND, byte & 7, TABLES - 1 - byte))
    if (byte > 0) emit(I64_XOR)
  }
  emit(set(CRC), get(FROM), constant(16), I32_ADD, set(FROM))
  emit(get(STEPS), constant(1), I32_SUB, tee(STEPS), BRANCH_IF_NOT_ZERO, END_OF_LOOP)
  emit(constant(STATE), get(CRC), I64_STORE)
  return moduleOf([{ name: 'crc', parameters: [I32, I32], locals: [[3, I64]], code }])
}

/** What a table says of one byte of a local. An entry has eight bytes, so the byte is taken out three bits further left. */
function lookedUp(local: number, byte: number, table: number): Code {
  const shifted =
    byte === 0
      ? [...get(local), ...I32_OF_I64, ...constant(3), ...I32_SHIFT_LEFT]
      : [...get(local), ...i64(8 * byte - 3), ...I64_SHIFT_RIGHT, ...I32_OF_I64]
  return [...shifted, ...constant(0x7f8), ...I32_AND, ...I64_LOAD(table * 2048)]
}

const TABLES = 16
const [STATE, DATA] = [TABLES * 2048, TABLES * 2048 + 64]
// Locals: two parameters, then 64 bits each.
const [FROM, STEPS, CRC, FIRST, SECOND] = [0, 1, 2, 3, 4]
const I64_LOAD = (offset: number): Code => [0x29, 3, ...unsigned(offset)]
const I64_STORE: Code = [0x37, 3, 0]
const i64 = (value: number): Code => [0x42, value]
const [I64_XOR, I64_SHIFT_RIGHT, I32_OF_I64, I32_AND, I32_SHIFT_LEFT] = [[0x85], [0x88], [0xa7], [0x71], [0x74]] as const
const [I32_ADD, I32_SUB, LOOP, BRANCH_IF_NOT_ZERO, END_OF_LOOP] = [[0x6a], [0x6b], [0x03, 0x40], [0x0d, 0], [0x0b]] as const
