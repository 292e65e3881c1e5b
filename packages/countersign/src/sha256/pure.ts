/**
 * SHA-256 and HMAC-SHA256 in plain TypeScript, synchronous, for runtimes without `node:crypto` (browsers, Workers).
 * @see https://csrc.nist.gov/pubs/fips/180-4/upd1/final and https://www.rfc-editor.org/rfc/rfc2104
 */

/** SHA-256 of `message`: 32 bytes. */
export function sha256(message: Uint8Array): Uint8Array {
  return finish(INITIAL.slice(), message, 0)
}

/** A message that is hashed in pieces. */
export interface Hashing {
  update(piece: Uint8Array): void
  /** The 32 bytes. Call it once. */
  digest(): Uint8Array
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
  }
}

/** SHA-256 of a byte string, in lower-case hex. */
export function sha256Hex(text: string): string {
  return hex(sha256(bytesOf(text)))
}

/** HMAC-SHA256 of `message` under `key` (any length): 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const { inner, outer } = hmacMidstates(key)
  return finish(outer.slice(), finish(inner.slice(), message, 64), 64)
}

/**
 * HMAC-SHA256 of a byte string under `key`, in lower-case hex. The states after the padded key are kept as long as the
 * key's array lives, so that further texts under it cost their own blocks only; the array must not change.
 */
export function hmacSha256Hex(key: Uint8Array, text: string): string {
  const { inner, outer } = MIDSTATES.get(key) ?? keptMidstates(key)
  STATE.set(inner)
  hashRest(STATE, text, 64)
  for (let i = 0; i < 8; i++) DIGEST_VIEW.setInt32(4 * i, STATE[i]!)
  STATE.set(outer)
  compress(STATE, DIGEST_BLOCK, 0)
  for (let i = 0; i < 64; i++) DIGITS[i] = HEX_CODE[(STATE[i >> 3]! >>> (28 - 4 * (i & 7))) & 15]!
  return String.fromCharCode.apply(null, DIGITS)
}

/** Hashes a byte string onto `state`, which stands for `hashedBytes` bytes (a multiple of 64), and pads, block by block. */
function hashRest(state: Int32Array, text: string, hashedBytes: number): void {
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
  const w = SCHEDULE
  for (let i = 0; i < 16; i++) {
    const at = offset + 4 * i
    w[i] = (block[at]! << 24) | (block[at + 1]! << 16) | (block[at + 2]! << 8) | block[at + 3]!
  }
  rounds(state)
}

/** Advances `state` over the 16 words of a block that stand at `offset`, `stride` apart. */
export function compressWords(state: Int32Array, words: Int32Array, offset: number, stride: number): void {
  for (let i = 0; i < 16; i++) SCHEDULE[i] = words[offset + stride * i]!
  rounds(state)
}

function rounds(state: Int32Array): void {
  const w = SCHEDULE
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!
    const y = w[i - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  // Eight rounds a turn, the letters changing places by name instead of by assignment: measured a tenth faster.
  for (let i = 0; i < 64; i += 8) {
    h =
      (h +
        (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) +
        (g ^ (e & (f ^ g))) +
        ROUND[i + 0]! +
        w[i + 0]!) |
      0
    d = (d + h) | 0
    h = (h + (((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) | (c & (a | b)))) | 0
    g =
      (g +
        (((d >>> 6) | (d << 26)) ^ ((d >>> 11) | (d << 21)) ^ ((d >>> 25) | (d << 7))) +
        (f ^ (d & (e ^ f))) +
        ROUND[i + 1]! +
        w[i + 1]!) |
      0
    c = (c + g) | 0
    g = (g + (((h >>> 2) | (h << 30)) ^ ((h >>> 13) | (h << 19)) ^ ((h >>> 22) | (h << 10))) + ((h & a) | (b & (h | a)))) | 0
    f =
      (f +
        (((c >>> 6) | (c << 26)) ^ ((c >>> 11) | (c << 21)) ^ ((c >>> 25) | (c << 7))) +
        (e ^ (c & (d ^ e))) +
        ROUND[i + 2]! +
        w[i + 2]!) |
      0
    b = (b + f) | 0
    f = (f + (((g >>> 2) | (g << 30)) ^ ((g >>> 13) | (g << 19)) ^ ((g >>> 22) | (g << 10))) + ((g & h) | (a & (g | h)))) | 0
    e =
      (e +
        (((b >>> 6) | (b << 26)) ^ ((b >>> 11) | (b << 21)) ^ ((b >>> 25) | (b << 7))) +
        (d ^ (b & (c ^ d))) +
        ROUND[i + 3]! +
        w[i + 3]!) |
      0
    a = (a + e) | 0
    e = (e + (((f >>> 2) | (f << 30)) ^ ((f >>> 13) | (f << 19)) ^ ((f >>> 22) | (f << 10))) + ((f & g) | (h & (f | g)))) | 0
    d =
      (d +
        (((a >>> 6) | (a << 26)) ^ ((a >>> 11) | (a << 21)) ^ ((a >>> 25) | (a << 7))) +
        (c ^ (a & (b ^ c))) +
        ROUND[i + 4]! +
        w[i + 4]!) |
      0
    h = (h + d) | 0
    d = (d + (((e >>> 2) | (e << 30)) ^ ((e >>> 13) | (e << 19)) ^ ((e >>> 22) | (e << 10))) + ((e & f) | (g & (e | f)))) | 0
    c =
      (c +
        (((h >>> 6) | (h << 26)) ^ ((h >>> 11) | (h << 21)) ^ ((h >>> 25) | (h << 7))) +
        (b ^ (h & (a ^ b))) +
        ROUND[i + 5]! +
        w[i + 5]!) |
      0
    g = (g + c) | 0
    c = (c + (((d >>> 2) | (d << 30)) ^ ((d >>> 13) | (d << 19)) ^ ((d >>> 22) | (d << 10))) + ((d & e) | (f & (d | e)))) | 0
    b =
      (b +
        (((g >>> 6) | (g << 26)) ^ ((g >>> 11) | (g << 21)) ^ ((g >>> 25) | (g << 7))) +
        (a ^ (g & (h ^ a))) +
        ROUND[i + 6]! +
        w[i + 6]!) |
      0
    f = (f + b) | 0
    b = (b + (((c >>> 2) | (c << 30)) ^ ((c >>> 13) | (c << 19)) ^ ((c >>> 22) | (c << 10))) + ((c & d) | (e & (c | d)))) | 0
    a =
      (a +
        (((f >>> 6) | (f << 26)) ^ ((f >>> 11) | (f << 21)) ^ ((f >>> 25) | (f << 7))) +
        (h ^ (f & (g ^ h))) +
        ROUND[i + 7]! +
        w[i + 7]!) |
      0
    e = (e + a) | 0
    a = (a + (((b >>> 2) | (b << 30)) ^ ((b >>> 13) | (b << 19)) ^ ((b >>> 22) | (b << 10))) + ((b & c) | (d & (b | c)))) | 0
  }
  state[0] = (state[0]! + a) | 0
  state[1] = (state[1]! + b) | 0
  state[2] = (state[2]! + c) | 0
  state[3] = (state[3]! + d) | 0
  state[4] = (state[4]! + e) | 0
  state[5] = (state[5]! + f) | 0
  state[6] = (state[6]! + g) | 0
  state[7] = (state[7]! + h) | 0
}

/** Hashes `rest` onto `state`, which already stands for `hashedBytes` bytes (a multiple of 64), and pads. */
function finish(state: Int32Array, rest: Uint8Array, hashedBytes: number): Uint8Array {
  const whole = rest.length - (rest.length % 64)
  for (let at = 0; at < whole; at += 64) compress(state, rest, at)
  const left = rest.length - whole
  const end = left < 56 ? 64 : 128
  for (let i = 0; i < left; i++) TAIL[i] = rest[whole + i]!
  TAIL[left] = 0x80
  TAIL.fill(0, left + 1, end)
  const bits = (hashedBytes + rest.length) * 8
  TAIL_VIEW.setUint32(end - 8, Math.floor(bits / 2 ** 32))
  TAIL_VIEW.setUint32(end - 4, bits >>> 0)
  for (let at = 0; at < end; at += 64) compress(state, TAIL, at)
  const digest = new Uint8Array(32)
  for (let i = 0; i < 32; i++) digest[i] = state[i >> 2]! >>> (24 - 8 * (i & 3))
  return digest
}

const MIDSTATES = new WeakMap<Uint8Array, ReturnType<typeof hmacMidstates>>()
const STATE = new Int32Array(8)
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
const TAIL = new Uint8Array(128)
const TAIL_VIEW = new DataView(TAIL.buffer)
const SCHEDULE = new Int32Array(64)
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
