/**
 * MD5: broken against forgers, and still what Content-MD5 carries.
 * @see https://www.rfc-editor.org/rfc/rfc1321 section 3
 */
import { BlockChecksum } from './block-checksum.js'

/** MD5 of a message that comes in pieces. */
export class Md5 extends BlockChecksum {
  readonly #state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
  readonly #words = new Int32Array(16)

  constructor() {
    super(64)
  }

  /** 16 bytes. */
  digest(): Uint8Array {
    const bits = this.length * 8
    const end = new Uint8Array((this.filled < 56 ? 64 : 128) - this.filled)
    end[0] = 0x80
    const view = new DataView(end.buffer)
    view.setUint32(end.length - 8, bits >>> 0, true)
    view.setUint32(end.length - 4, Math.floor(bits / 2 ** 32), true)
    this.update(end)
    const digest = new Uint8Array(16)
    const out = new DataView(digest.buffer)
    for (let i = 0; i < 4; i++) out.setInt32(4 * i, this.#state[i]!, true)
    return digest
  }

  protected override take(bytes: Uint8Array, at: number): void {
    const [w, state] = [this.#words, this.#state]
    for (let i = 0; i < 16; i++) {
      const from = at + 4 * i
      w[i] = bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16) | (bytes[from + 3]! << 24)
    }
    let a = state[0]!
    let b = state[1]!
    let c = state[2]!
    let d = state[3]!
    for (let i = 0; i < 64; i++) {
      const round = i >> 4
      const f = round === 0 ? d ^ (b & (c ^ d)) : round === 1 ? c ^ (d & (b ^ c)) : round === 2 ? b ^ c ^ d : c ^ (b | ~d)
      const sum = (a + f + ADDENDS[i]! + w[WORD_OF_STEP[i]!]!) | 0
      const shift = SHIFTS[(round << 2) | (i & 3)]!
      a = d
      d = c
      c = b
      b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0
    }
    state[0] = (state[0]! + a) | 0
    state[1] = (state[1]! + b) | 0
    state[2] = (state[2]! + c) | 0
    state[3] = (state[3]! + d) | 0
  }
}

const SHIFTS = Uint8Array.of(7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21)
const ADDENDS = Int32Array.from({ length: 64 }, (_, i) => Math.floor(2 ** 32 * Math.abs(Math.sin(i + 1))) | 0)
const WORD_OF_STEP = Uint8Array.from({ length: 64 }, (_, i) => [i, 5 * i + 1, 3 * i + 5, 7 * i][i >> 4]! & 15)
