/**
 * XXH3 with seed 0 of messages of 240 bytes at most: in 64 bits, and in 128.
 * @see https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md "XXH3 Algorithm Description (for small inputs)", "(for medium inputs)"
 */
import { low64, rotated, word32At, word64At } from './word64.js'
import { avalanche, MIX_2, PRIME_1, PRIME_2, PRIME_4, PRIME32_2, xxh64Avalanche } from './xxh-primes.js'
import { SECRET, secretAt } from './xxh3-secret.js'

/** A hash of 128 bits: its upper and its lower half. */
export type Halves = readonly [high: bigint, low: bigint]

/** Bytes of the longest message that is hashed in this way. */
export const SHORT = 240

export function shortXxh3(bytes: Uint8Array): bigint {
  const { length } = bytes
  const size = BigInt(length)
  if (length === 0) return xxh64Avalanche(secretAt(56) ^ secretAt(64))
  if (length < 4) return xxh64Avalanche(word32At(SECRET, 0) ^ word32At(SECRET, 4) ^ combined(bytes))
  if (length < 9) {
    let value = secretAt(8) ^ secretAt(16) ^ (word32At(bytes, length - 4) | (word32At(bytes, 0) << 32n))
    value = low64((value ^ rotated(value, 49) ^ rotated(value, 24)) * MIX_2)
    value = low64((value ^ ((value >> 35n) + size)) * MIX_2)
    return value ^ (value >> 28n)
  }
  if (length < 17) {
    const low = secretAt(24) ^ secretAt(32) ^ word64At(bytes, 0)
    const high = secretAt(40) ^ secretAt(48) ^ word64At(bytes, length - 8)
    return avalanche(low64(size + swapped64(low) + high + folded(low * high)))
  }
  let sum = size * PRIME_1
  if (length <= 128) {
    for (let i = 0; i <= (length - 1) >> 5; i++) sum += mixed(bytes, 16 * i, 32 * i) + mixed(bytes, length - 16 * i - 16, 32 * i + 16)
    return avalanche(low64(sum))
  }
  for (let i = 0; i < 8; i++) sum += mixed(bytes, 16 * i, 16 * i)
  sum = avalanche(low64(sum))
  for (let i = 8; i < length >> 4; i++) sum += mixed(bytes, 16 * i, 16 * (i - 8) + 3)
  return avalanche(low64(sum + mixed(bytes, length - 16, 119)))
}

export function shortXxh128(bytes: Uint8Array): Halves {
  const { length } = bytes
  if (length === 0) return [xxh64Avalanche(secretAt(80) ^ secretAt(88)), xxh64Avalanche(secretAt(64) ^ secretAt(72))]
  if (length < 4) {
    const value = combined(bytes)
    const turned = BigInt.asUintN(32, swapped32(value) << 13n) | (swapped32(value) >> 19n)
    const halves = [word32At(SECRET, 8) ^ word32At(SECRET, 12) ^ turned, word32At(SECRET, 0) ^ word32At(SECRET, 4) ^ value] as const
    return [xxh64Avalanche(halves[0]), xxh64Avalanche(halves[1])]
  }
  if (length < 9) return upTo8(bytes)
  return length < 17 ? upTo16(bytes) : upTo240(bytes)
}

function upTo8(bytes: Uint8Array): Halves {
  const { length } = bytes
  const value = secretAt(16) ^ secretAt(24) ^ (word32At(bytes, 0) | (word32At(bytes, length - 4) << 32n))
  const product = value * (PRIME_1 + BigInt(4 * length))
  const high = low64((product >> 64n) + (low64(product) << 1n))
  let low = low64(product) ^ (high >> 3n)
  low = low64((low ^ (low >> 35n)) * MIX_2)
  return [avalanche(high), low ^ (low >> 28n)]
}

function upTo16(bytes: Uint8Array): Halves {
  const last = word64At(bytes, bytes.length - 8)
  const other = secretAt(48) ^ secretAt(56) ^ last
  const product = (secretAt(32) ^ secretAt(40) ^ word64At(bytes, 0) ^ last) * PRIME_1
  const low = low64(product + (BigInt(bytes.length - 1) << 54n))
  const high = low64((product >> 64n) + other + BigInt.asUintN(32, other) * (PRIME32_2 - 1n))
  const second = (low ^ swapped64(high)) * PRIME_2
  return [avalanche(low64((second >> 64n) + high * PRIME_2)), avalanche(low64(second))]
}

function upTo240(bytes: Uint8Array): Halves {
  const { length } = bytes
  const size = BigInt(length)
  let [first, second] = [low64(size * PRIME_1), 0n]
  const mixTwo = (one: number, two: number, secret: number) => {
    first = low64(first + mixed(bytes, one, secret)) ^ low64(word64At(bytes, two) + word64At(bytes, two + 8))
    second = low64(second + mixed(bytes, two, secret + 16)) ^ low64(word64At(bytes, one) + word64At(bytes, one + 8))
  }
  if (length <= 128) for (let i = (length - 1) >> 5; i >= 0; i--) mixTwo(16 * i, length - 16 * i - 16, 32 * i)
  else {
    for (let i = 0; i < 4; i++) mixTwo(32 * i, 32 * i + 16, 32 * i)
    first = avalanche(first)
    second = avalanche(second)
    for (let i = 4; i < length >> 5; i++) mixTwo(32 * i, 32 * i + 16, 3 + 32 * (i - 4))
    mixTwo(length - 16, length - 32, 103)
  }
  const high = low64(first * PRIME_1 + second * PRIME_4 + size * PRIME_2)
  return [low64(-avalanche(high)), avalanche(low64(first + second))]
}

/** A message of one to three bytes, and its length, in one word of 32 bits. */
function combined(bytes: Uint8Array): bigint {
  const { length } = bytes
  return BigInt((bytes[length - 1]! | (length << 8) | (bytes[0]! << 16) | (bytes[length >> 1]! << 24)) >>> 0)
}

/** 16 bytes of the message, mixed with 16 of the secret. */
function mixed(bytes: Uint8Array, at: number, secret: number): bigint {
  return folded((word64At(bytes, at) ^ secretAt(secret)) * (word64At(bytes, at + 8) ^ secretAt(secret + 8)))
}

/** The halves of a product of 128 bits, one laid over the other. */
export function folded(product: bigint): bigint {
  return low64(product) ^ (product >> 64n)
}

function swapped32(value: bigint): bigint {
  return ((value & 0xffn) << 24n) | ((value & 0xff00n) << 8n) | ((value >> 8n) & 0xff00n) | (value >> 24n)
}

function swapped64(value: bigint): bigint {
  return (swapped32(value & 0xffffffffn) << 32n) | swapped32(value >> 32n)
}
