/**
 * SHA-512, its words in two halves of 32 bits because BigInt is many times slower.
 * @see https://csrc.nist.gov/pubs/fips/180-4/upd1/final section 6.4
 */
import { BlockChecksum } from './block-checksum.js'
import { halvesOf } from './word64.js'

/** SHA-512 of a message that comes in pieces. */
export class Sha512 extends BlockChecksum {
  readonly #state = STATE.slice()
  readonly #words = new Int32Array(160)

  constructor() {
    super(BLOCK)
  }

  /** 64 bytes. */
  digest(): Uint8Array {
    const bits = this.length * 8
    const end = new Uint8Array((this.filled < 112 ? BLOCK : 2 * BLOCK) - this.filled)
    end[0] = 0x80
    const view = new DataView(end.buffer)
    view.setUint32(end.length - 8, Math.floor(bits / 2 ** 32))
    view.setUint32(end.length - 4, bits >>> 0)
    this.update(end)
    const digest = new Uint8Array(64)
    const out = new DataView(digest.buffer)
    for (let i = 0; i < 16; i++) out.setInt32(4 * i, this.#state[i ^ 1]!)
    return digest
  }

  /** Words and state are halves, of each the lower one first; sums of lower halves are exact, and carry into the upper one. */
  protected override take(bytes: Uint8Array, at: number): void {
    const w = this.#words
    for (let i = 0; i < 32; i++) {
      const from = at + 4 * i
      w[i ^ 1] = (bytes[from]! << 24) | (bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!
    }
    for (let i = 32; i < 160; i += 2) {
      const xl = w[i - 30]!
      const xh = w[i - 29]!
      const yl = w[i - 4]!
      const yh = w[i - 3]!
      const smallLow = ((xl >>> 1) | (xh << 31)) ^ ((xl >>> 8) | (xh << 24)) ^ ((xl >>> 7) | (xh << 25))
      const smallHigh = ((xh >>> 1) | (xl << 31)) ^ ((xh >>> 8) | (xl << 24)) ^ (xh >>> 7)
      const largeLow = ((yl >>> 19) | (yh << 13)) ^ ((yh >>> 29) | (yl << 3)) ^ ((yl >>> 6) | (yh << 26))
      const largeHigh = ((yh >>> 19) | (yl << 13)) ^ ((yl >>> 29) | (yh << 3)) ^ (yh >>> 6)
      const low = (smallLow >>> 0) + (largeLow >>> 0) + (w[i - 14]! >>> 0) + (w[i - 32]! >>> 0)
      w[i] = low
      w[i + 1] = smallHigh + largeHigh + w[i - 13]! + w[i - 31]! + carry(low)
    }
    const s = this.#state
    let al = s[0]!
    let ah = s[1]!
    let bl = s[2]!
    let bh = s[3]!
    let cl = s[4]!
    let ch = s[5]!
    let dl = s[6]!
    let dh = s[7]!
    let el = s[8]!
    let eh = s[9]!
    let fl = s[10]!
    let fh = s[11]!
    let gl = s[12]!
    let gh = s[13]!
    let hl = s[14]!
    let hh = s[15]!
    for (let i = 0; i < 160; i += 2) {
      const e1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23))
      const e1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23))
      const low = (hl >>> 0) + (e1l >>> 0) + ((gl ^ (el & (fl ^ gl))) >>> 0) + (ADDENDS[i]! >>> 0) + (w[i]! >>> 0)
      const high = (hh + e1h + (gh ^ (eh & (fh ^ gh))) + ADDENDS[i + 1]! + w[i + 1]! + carry(low)) | 0
      const a0l = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25))
      const a0h = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25))
      const sum = (a0l >>> 0) + (((al & bl) | (cl & (al | bl))) >>> 0) + (low >>> 0)
      const sumHigh = a0h + ((ah & bh) | (ch & (ah | bh))) + high + carry(sum)
      const next = (dl >>> 0) + (low >>> 0)
      hl = gl
      hh = gh
      gl = fl
      gh = fh
      fl = el
      fh = eh
      el = next | 0
      eh = (dh + high + carry(next)) | 0
      dl = cl
      dh = ch
      cl = bl
      ch = bh
      bl = al
      bh = ah
      al = sum | 0
      ah = sumHigh | 0
    }
    const worked = [al, ah, bl, bh, cl, ch, dl, dh, el, eh, fl, fh, gl, gh, hl, hh]
    for (let i = 0; i < 16; i += 2) {
      const low = (s[i]! >>> 0) + (worked[i]! >>> 0)
      s[i] = low
      s[i + 1] = s[i + 1]! + worked[i + 1]! + carry(low)
    }
  }
}

/** What a sum of lower halves adds to the upper one. */
function carry(sum: number): number {
  return (sum / 2 ** 32) | 0
}

/** The first 64 bits of the fractional parts of roots of the first primes: cube roots of 80, square roots of 8. */
function fractions(count: number, degree: 2 | 3): bigint[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes.map((prime) => BigInt.asUintN(64, rootOf(BigInt(prime) << BigInt(64 * degree), degree)))
}

/** The whole part of the root, by halving. */
function rootOf(value: bigint, degree: 2 | 3): bigint {
  let [low, high] = [0n, 1n << 70n]
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle ** BigInt(degree) <= value) low = middle
    else high = middle
  }
  return low
}

const BLOCK = 128
const ADDENDS = halvesOf(fractions(80, 3))
const STATE = halvesOf(fractions(8, 2))
