/**
 * HMAC-SHA256, under one key, of texts of one length that end in 64 hex digits: strings to sign. The text is kept padded
 * and ready, the states of the key and of the blocks before the digits are kept hashed, and so a text costs three
 * compressions and no object.
 */
import { compressBlock } from './compression.js'
import { compressView, hmacMidstates } from './pure.js'

const DIGITS = 64

/** A key and a text under it, whose head changes rarely and whose last 64 bytes always. */
export class HmacTemplate {
  /** Where to write the 64 digits before asking for {@link mac}. */
  readonly digits: Uint8Array
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #inner: Int32Array
  readonly #outer: Int32Array
  /** The state after the key and the whole blocks of the head. */
  readonly #begun: Int32Array
  readonly #headBlocks: number

  /** @param head ASCII text before the digits. */
  constructor(key: Uint8Array, head: string) {
    const length = head.length + DIGITS
    this.#bytes = new Uint8Array(64 * Math.ceil((length + 9) / 64))
    this.#view = new DataView(this.#bytes.buffer)
    this.#bytes[length] = 0x80
    this.#view.setUint32(this.#bytes.length - 4, (64 + length) * 8)
    this.digits = this.#bytes.subarray(head.length, length)
    this.#headBlocks = 64 * Math.floor(head.length / 64)
    const { inner, outer } = hmacMidstates(key)
    this.#inner = inner
    this.#outer = outer
    this.#begun = inner.slice()
    this.writeHead(head, 0)
  }

  /** Writes ASCII text over a part of the head. */
  writeHead(text: string, at: number): void {
    for (let i = 0; i < text.length; i++) this.#bytes[at + i] = text.charCodeAt(i)
    this.#begun.set(this.#inner)
    for (let block = 0; block < this.#headBlocks; block += 64) compressView(this.#begun, this.#view, block)
  }

  /** The HMAC of the text as it stands. The words are good until the next call, of this or another template. */
  mac(): Int32Array {
    copyState(MAC, this.#begun)
    for (let block = this.#headBlocks; block < this.#bytes.length; block += 64) compressView(MAC, this.#view, block)
    copyState(OUTER_BLOCK, MAC)
    copyState(MAC, this.#outer)
    compressBlock(MAC, OUTER_BLOCK)
    return MAC
  }
}

/** By hand: for eight words `set` takes longer. */
function copyState(to: Int32Array, from: Int32Array): void {
  for (let i = 0; i < 8; i++) to[i] = from[i]!
}

const MAC = new Int32Array(8)
// The outer hash always covers 64 + 32 bytes: its padding stands.
const OUTER_BLOCK = new Int32Array(16)
OUTER_BLOCK[8] = 0x80 << 24
OUTER_BLOCK[15] = (64 + 32) * 8
