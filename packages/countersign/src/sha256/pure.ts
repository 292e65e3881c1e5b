/**
 * SHA-256 and HMAC-SHA256 in plain TypeScript, synchronous, for runtimes without `node:crypto` (browsers, Workers).
 * @see https://csrc.nist.gov/pubs/fips/180-4/upd1/final and https://www.rfc-editor.org/rfc/rfc2104
 */
import { compressBlock } from './compression.js'
import { writeHexDigits } from './hex-digits.js'

/** SHA-256 of `message`: 32 bytes. */
export function sha256(message: Uint8Array): Uint8Array {
  return finish(INITIAL.slice(), message, 0)
}

/** A message that is hashed in pieces. */
export interface Hashing {
  update(piece: Uint8Array): void
  /** The 32 bytes. Call it once. */
  digest(): Uint8Array
  /** The same, in lower-case hex. Call it once, in place of `digest`. */
  hexDigest(): string
}

/** SHA-256 of a message that comes in pieces. */
export function hashing(): Hashing {
  const state = INITIAL.slice()
  const block = new Uint8Array(64)
  let filled = 0
  let hashed = 0
  return {
    update: (piece) => {
      let at = 0
      if (filled > 0) {
        at = Math.min(64 - filled, piece.length)
        block.set(piece.subarray(0, at), filled)
        filled += at
        if (filled < 64) return
        compress(state, block, 0)
        hashed += 64
        filled = 0
      }
      for (; at + 64 <= piece.length; at += 64) {
        compress(state, piece, at)
        hashed += 64
      }
      block.set(piece.subarray(at))
      filled = piece.length - at
    },
    digest: () => finish(state, block.subarray(0, filled), hashed),
    hexDigest: () => hex(finish(state, block.subarray(0, filled), hashed)),
  }
}

/** SHA-256 of a byte string, in lower-case hex. */
export function sha256Hex(text: string): string {
  return hex(sha256(bytesOf(text)))
}

/** SHA-256 of `message`, in lower-case hex. */
export function sha256HexOf(message: Uint8Array): string {
  return hex(sha256(message))
}

/** Writes the SHA-256 of the first `length` bytes of `source` into `target`, as 64 lower-case hex digits. */
export function writeSha256Hex(source: Uint8Array, length: number, target: Uint8Array): void {
  for (let i = 0; i < 8; i++) HASHED[i] = INITIAL[i]!
  hashOn(HASHED, source, viewOf(source), length, 0)
  writeHexDigits(HASHED, new DataView(target.buffer, target.byteOffset), 0)
}

/** The view of the bytes asked about last: a verifier asks about its scratch again and again. */
function viewOf(bytes: Uint8Array): DataView {
  if (bytes !== viewed) {
    viewed = bytes
    view = new DataView(bytes.buffer, bytes.byteOffset)
  }
  return view
}

let viewed: Uint8Array | undefined
let view: DataView = new DataView(new ArrayBuffer(0))

/** HMAC-SHA256 of `message` under `key` (any length): 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  if (key.length <= 64 && message.length <= LONGEST_IN_A_BLOCK) return shortHmac(key, message)
  const { inner, outer } = hmacMidstates(key)
  return finish(outer.slice(), finish(inner.slice(), message, 64), 64)
}

/** The same where key and message take a block each, as in every step to a signing key: four compressions, and nothing made but the result. */
function shortHmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  for (let i = 0; i < 16; i++) KEY_WORDS[i] = 0
  for (let i = 0; i < key.length; i++) KEY_WORDS[i >> 2]! |= key[i]! << (24 - 8 * (i & 3))
  startPadded(0x36363636)
  for (let i = 0; i < 16; i++) BLOCK[i] = 0
  for (let i = 0; i < message.length; i++) BLOCK[i >> 2]! |= message[i]! << (24 - 8 * (i & 3))
  BLOCK[message.length >> 2]! |= 0x80 << (24 - 8 * (message.length & 3))
  BLOCK[15] = (64 + message.length) * 8
  compressBlock(STATE, BLOCK)
  for (let i = 0; i < 8; i++) HASHED[i] = STATE[i]!
  startPadded(0x5c5c5c5c)
  for (let i = 0; i < 8; i++) BLOCK[i] = HASHED[i]!
  BLOCK[8] = 0x80 << 24
  for (let i = 9; i < 15; i++) BLOCK[i] = 0
  BLOCK[15] = (64 + 32) * 8
  compressBlock(STATE, BLOCK)
  const digest = new Uint8Array(32)
  for (let i = 0; i < 32; i++) digest[i] = STATE[i >> 2]! >>> (24 - 8 * (i & 3))
  return digest
}

/** The state after the padded key whose words are at hand. */
function startPadded(pad: number): void {
  for (let i = 0; i < 8; i++) STATE[i] = INITIAL[i]!
  for (let i = 0; i < 16; i++) BLOCK[i] = KEY_WORDS[i]! ^ pad
  compressBlock(STATE, BLOCK)
}

/**
 * HMAC-SHA256 of a byte string under `key`, in lower-case hex. The states after the padded key are kept as long as the
 * key's array lives, so that further texts under it cost their own blocks only; the array must not change.
 */
export function hmacSha256Hex(key: Uint8Array, text: string): string {
  const { inner, outer } = MIDSTATES.get(key) ?? keptMidstates(key)
  STATE.set(inner)
  hashText(STATE, text, 64)
  for (let i = 0; i < 8; i++) DIGEST_VIEW.setInt32(4 * i, STATE[i]!)
  STATE.set(outer)
  compress(STATE, DIGEST_BLOCK, 0)
  for (let i = 0; i < 64; i++) DIGITS[i] = HEX_CODE[(STATE[i >> 3]! >>> (28 - 4 * (i & 7))) & 15]!
  return String.fromCharCode.apply(null, DIGITS)
}

/** HMAC-SHA256, under one key, of texts of one length that are written over each other. */
export class TextMac {
  /** Where to write the text, a byte for each character. */
  readonly text: Uint8Array
  readonly #midstates: ReturnType<typeof hmacMidstates>

  constructor(key: Uint8Array, length: number) {
    this.text = new Uint8Array(length)
    this.#midstates = hmacMidstates(key)
  }

  /** The HMAC of the text as it stands, in lower-case hex. */
  hex(): string {
    const { inner, outer } = this.#midstates
    return hex(finish(outer.slice(), finish(inner.slice(), this.text, 64), 64))
  }
}

/** Hashes a byte string onto `state`, which stands for `hashedBytes` bytes (a multiple of 64), and pads, block by block. */
function hashText(state: Int32Array, text: string, hashedBytes: number): void {
  const block = TEXT_BLOCK
  const length = text.length
  for (let from = 0; from <= length + 8; from += 64) {
    const here = Math.min(64, Math.max(0, length - from))
    for (let i = 0; i < here; i++) block[i] = text.charCodeAt(from + i)
    if (here < 64) {
      block.fill(0, here)
      if (length >= from) block[here] = 0x80
      if (length + 8 < from + 64) {
        const bits = (hashedBytes + length) * 8
        TEXT_VIEW.setUint32(56, Math.floor(bits / 2 ** 32))
        TEXT_VIEW.setUint32(60, bits >>> 0)
      }
    }
    compress(state, block, 0)
  }
}

function keptMidstates(key: Uint8Array): ReturnType<typeof hmacMidstates> {
  const states = hmacMidstates(key)
  MIDSTATES.set(key, states)
  return states
}

/** The bytes of a byte string. */
export function bytesOf(text: string): Uint8Array {
  const all = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) all[i] = text.charCodeAt(i)
  return all
}

function hex(digest: Uint8Array): string {
  let text = ''
  for (const byte of digest) text += byte.toString(16).padStart(2, '0')
  return text
}

/** The states after the two padded key blocks of HMAC: what is the same for every message under one key. */
export function hmacMidstates(key: Uint8Array): { readonly inner: Int32Array; readonly outer: Int32Array } {
  const short = key.length > 64 ? sha256(key) : key
  return { inner: paddedKeyState(short, 0x36), outer: paddedKeyState(short, 0x5c) }
}

function paddedKeyState(key: Uint8Array, pad: number): Int32Array {
  for (let i = 0; i < 64; i++) KEY_BLOCK[i] = (i < key.length ? key[i]! : 0) ^ pad
  const state = INITIAL.slice()
  compress(state, KEY_BLOCK, 0)
  return state
}

/** Advances `state` over the 64 bytes of `block` that begin at `offset`. */
export function compress(state: Int32Array, block: Uint8Array, offset: number): void {
  for (let i = 0; i < 16; i++) {
    const at = offset + 4 * i
    BLOCK[i] = (block[at]! << 24) | (block[at + 1]! << 16) | (block[at + 2]! << 8) | block[at + 3]!
  }
  compressBlock(state, BLOCK)
}

/** The same, of bytes that a view shows: a word at a time, which is what is left to save in a text of a few blocks. */
export function compressView(state: Int32Array, view: DataView, offset: number): void {
  for (let i = 0; i < 16; i++) BLOCK[i] = view.getInt32(offset + 4 * i)
  compressBlock(state, BLOCK)
}

/** Advances `state` over the 16 words of a block that stand at `offset`, `stride` apart. */
export function compressWords(state: Int32Array, words: Int32Array, offset: number, stride: number): void {
  for (let i = 0; i < 16; i++) BLOCK[i] = words[offset + stride * i]!
  compressBlock(state, BLOCK)
}

/** The digest of `rest` hashed onto `state`, which already stands for `hashedBytes` bytes (a multiple of 64). */
export function finish(state: Int32Array, rest: Uint8Array, hashedBytes: number): Uint8Array {
  hashOn(state, rest, new DataView(rest.buffer, rest.byteOffset), rest.length, hashedBytes)
  const digest = new Uint8Array(32)
  for (let i = 0; i < 32; i++) digest[i] = state[i >> 2]! >>> (24 - 8 * (i & 3))
  return digest
}

function hashOn(state: Int32Array, bytes: Uint8Array, words: DataView, length: number, hashedBytes: number): void {
  const left = length % 64
  const whole = length - left
  for (let at = 0; at < whole; at += 64) compressView(state, words, at)
  const end = left < 56 ? 64 : 128
  for (let i = 0; i < left; i++) TAIL[i] = bytes[whole + i]!
  TAIL[left] = 0x80
  for (let i = left + 1; i < end; i++) TAIL[i] = 0
  const bits = (hashedBytes + length) * 8
  TAIL_VIEW.setUint32(end - 8, Math.floor(bits / 2 ** 32))
  TAIL_VIEW.setUint32(end - 4, bits >>> 0)
  for (let at = 0; at < end; at += 64) compressView(state, TAIL_VIEW, at)
}

const MIDSTATES = new WeakMap<Uint8Array, ReturnType<typeof hmacMidstates>>()
const STATE = new Int32Array(8)
const HASHED = new Int32Array(8)
const TEXT_BLOCK = new Uint8Array(64)
const TEXT_VIEW = new DataView(TEXT_BLOCK.buffer)
// The outer hash of HMAC always covers 64 + 32 bytes: its padding stands.
const DIGEST_BLOCK = new Uint8Array(64)
const DIGEST_VIEW = new DataView(DIGEST_BLOCK.buffer)
DIGEST_BLOCK[32] = 0x80
DIGEST_VIEW.setUint32(60, (64 + 32) * 8)
const HEX_CODE = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))
const DIGITS: number[] = new Array(64).fill(0)
const KEY_BLOCK = new Uint8Array(64)
const KEY_WORDS = new Int32Array(16)
/** How many bytes of a message fit into a block with their padding. */
const LONGEST_IN_A_BLOCK = 55
const TAIL = new Uint8Array(128)
const TAIL_VIEW = new DataView(TAIL.buffer)
const BLOCK = new Int32Array(16)
// biome-ignore format: the table of FIPS 180-4, section 5.3.3
export const INITIAL = Int32Array.of(0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19)
// biome-ignore format: the table of FIPS 180-4, section 4.2.2
export const ROUND = Int32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2)
