/**
 * SHA-256 and HMAC-SHA256 by `node:crypto`: the same functions as `pure.ts`, faster where OpenSSL is at hand. It is loaded
 * at the first use: node takes as long for it as a short command that hashes nothing takes for all the rest.
 */
import { createRequire } from 'node:module'
import { type Hashing, hmacSha256Hex as hmacHexFromMidstates, hmacSha256 as pureHmac } from './pure.js'

export type { Hashing } from './pure.js'

/** SHA-256 of `message`: 32 bytes. */
export function sha256(message: Uint8Array): Uint8Array {
  return (loaded ?? crypto()).createHash('sha256').update(message).digest()
}

/** SHA-256 of a message that comes in pieces. */
export function hashing(): Hashing {
  return new NodeHashing()
}

/** A class: three functions for each message cost a tenth of what `createHash` does. */
class NodeHashing implements Hashing {
  readonly #hash = (loaded ?? crypto()).createHash('sha256')
  update(piece: Uint8Array): void {
    this.#hash.update(piece)
  }
  digest(): Uint8Array {
    return this.#hash.digest()
  }
  hexDigest(): string {
    return this.#hash.digest('hex')
  }
}

/** SHA-256 of a byte string, in lower-case hex. */
export function sha256Hex(text: string): string {
  // The one-shot hash takes text as UTF-8, which is the same bytes for ASCII only. Node before 20.12 has none.
  if (loaded === undefined) crypto()
  return oneShot !== undefined && Buffer.byteLength(text) === text.length
    ? oneShot('sha256', text, 'hex')
    : (loaded ?? crypto()).createHash('sha256').update(text, 'latin1').digest('hex')
}

/** SHA-256 of `message`, in lower-case hex. */
export function sha256HexOf(message: Uint8Array): string {
  if (loaded === undefined) crypto()
  return oneShot !== undefined ? oneShot('sha256', message, 'hex') : (loaded ?? crypto()).createHash('sha256').update(message).digest('hex')
}

/**
 * Writes the SHA-256 of the first `length` bytes of `source` into `target`, as 64 lower-case hex digits. The views of the
 * source used last are kept, because making one costs a tenth of hashing it.
 */
export function writeSha256Hex(source: Uint8Array, length: number, target: Uint8Array): void {
  if (source !== viewed) {
    viewed = source
    views.length = 0
  }
  const view = length > LONGEST_VIEW ? source.subarray(0, length) : (views[length] ?? keptView(source, length))
  ENCODER.encodeInto(sha256HexOf(view), target)
}

function keptView(source: Uint8Array, length: number): Uint8Array {
  while (views.length <= length) views.push(undefined)
  const view = source.subarray(0, length)
  views[length] = view
  return view
}

/** HMAC-SHA256 of `message` under `key` (any length): 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  // As for `hmacSha256Hex`: the steps of a signing key are a few bytes each.
  if (message.length <= SHORT_TEXT) return pureHmac(key, message)
  return (loaded ?? crypto()).createHmac('sha256', key).update(message).digest()
}

/**
 * HMAC-SHA256 of a byte string under `key`, in lower-case hex. Measured: up to a few hundred bytes the key's kept
 * midstates beat a new `Hmac` object, which costs more than the hashing.
 */
export function hmacSha256Hex(key: Uint8Array, text: string): string {
  if (text.length <= SHORT_TEXT) return hmacHexFromMidstates(key, text)
  return (loaded ?? crypto()).createHmac('sha256', key).update(text, 'latin1').digest('hex')
}

/**
 * HMAC-SHA256, under one key, of texts of one length that are written over each other: two hashes at one call each, of blocks
 * that are ready. Measured at 280 bytes: a third of what the six compressions after kept midstates take.
 */
export class TextMac {
  /** Where to write the text, a byte for each character. */
  readonly text: Uint8Array
  /** The padded key with the text after it, and with the inner hash after it. */
  readonly #inner: Uint8Array
  readonly #outer: Uint8Array

  constructor(key: Uint8Array, length: number) {
    const short = key.length > BLOCK ? sha256(key) : key
    this.#inner = new Uint8Array(BLOCK + length)
    this.#outer = new Uint8Array(BLOCK + 32)
    for (let i = 0; i < BLOCK; i++) {
      this.#inner[i] = (short[i] ?? 0) ^ 0x36
      this.#outer[i] = (short[i] ?? 0) ^ 0x5c
    }
    this.text = this.#inner.subarray(BLOCK)
  }

  /** The HMAC of the text as it stands, in lower-case hex. */
  hex(): string {
    const digits = sha256HexOf(this.#inner)
    for (let i = 0; i < 32; i++) this.#outer[BLOCK + i] = (digit(digits, 2 * i) << 4) | digit(digits, 2 * i + 1)
    return sha256HexOf(this.#outer)
  }
}

/** The value of a lower-case hex digit. */
function digit(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code < 0x3a ? code - 0x30 : code - 0x57
}

type Crypto = typeof import('node:crypto')
function crypto(): Crypto {
  loaded = createRequire(import.meta.url)('node:crypto') as Crypto
  oneShot = (loaded as { hash?: OneShot }).hash
  return loaded
}

type OneShot = (algorithm: string, data: string | Uint8Array, encoding: 'hex') => string
let loaded: Crypto | undefined
let oneShot: OneShot | undefined
const SHORT_TEXT = 400
const BLOCK = 64
const ENCODER = new TextEncoder()
const LONGEST_VIEW = 2048
let viewed: Uint8Array | undefined
const views: (Uint8Array | undefined)[] = []
