/**
 * The key pair of Signature Version 4A: made of the secret access key and the access key ID, good for every day, region and
 * service. Derived by the counter mode of NIST SP 800-108 over HMAC-SHA256, with rejection of what is no private key.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { p256 as p256Here } from '#p256'
import { hmacSha256 } from '#sha256'
import type { P256 } from '../p256/index.js'
import { bytesOf } from './byte-string.js'
import type { SecretAccessKey } from './signing-key.js'
import { UsageError } from './usage-error.js'
import { AWS4_ECDSA_P256_SHA256 } from './wire-names.js'

/**
 * The private key of one access key ID. Prints as a placeholder wherever it is printed.
 * @internal
 */
export class EcdsaPrivateKey {
  readonly #bytes: Uint8Array
  /** @param bytes 32 bytes, a number from 1 to the curve's order less 1. */
  constructor(bytes: Uint8Array) {
    if (bytes.length !== 32 || isZero(bytes) || isAbove(bytes, ORDER_MINUS_1))
      throw new UsageError('invalid-ecdsa-key', 'A private key of P-256 is 32 bytes, from 1 to n - 1.')
    this.#bytes = Uint8Array.from(bytes)
  }
  /** The key itself: for signing, never for output. */
  dangerBytes(): Uint8Array {
    return this.#bytes
  }
  toString(): string {
    return '[private key]'
  }
  toJSON(): string {
    return this.toString()
  }
}

/**
 * The public key of one access key ID: enough to verify, of no use for signing, and no secret.
 * @internal
 */
export class EcdsaPublicKey {
  /** 65 bytes: 4, X, Y. */
  readonly bytes: Uint8Array
  /** @param bytes 65 bytes, the uncompressed form. */
  constructor(bytes: Uint8Array) {
    if (bytes.length !== 65 || bytes[0] !== 4 || !isOnCurve(numberOf(bytes.subarray(1, 33)), numberOf(bytes.subarray(33))))
      throw new UsageError('invalid-ecdsa-key', 'A public key of P-256 is 65 bytes: 4, X and Y of a point on the curve.')
    this.bytes = Uint8Array.from(bytes)
  }
}

/**
 * Derives the private key of an access key ID (a byte string of at most 255 characters would do; AWS's have 20).
 * @internal
 */
export function deriveEcdsaPrivateKey(secret: SecretAccessKey, accessKeyId: string): EcdsaPrivateKey {
  const key = bytesOf(`AWS4A${secret.dangerValue()}`)
  return new EcdsaPrivateKey(privateKeyOf((counter) => hmacSha256(key, bytesOf(derivationInput(accessKeyId, counter)))))
}

/**
 * The public key of a private key. @throws UsageError where there is no P-256.
 * @internal
 */
export function ecdsaPublicKeyOf(key: EcdsaPrivateKey, p256: P256 | undefined = p256Here): EcdsaPublicKey {
  return new EcdsaPublicKey(neededP256(p256).publicKey(key.dangerBytes()))
}

/** The P-256 given, or the one of this runtime. @throws UsageError where there is none. */
export function neededP256(given: P256 | undefined): P256 {
  const p256 = given ?? p256Here
  if (p256 === undefined)
    throw new UsageError('missing-p256', 'This runtime has no synchronous P-256: pass one as the option p256 (docs/manual/sigv4a.md).')
  return p256
}

/** The first candidate that is a private key, plus one. How likely a second one is: 1 in 2^32. */
function privateKeyOf(candidateOf: (counter: number) => Uint8Array): Uint8Array {
  for (let counter = 1; counter < 255; counter++) {
    const candidate = candidateOf(counter)
    if (!isAbove(candidate, ORDER_MINUS_2)) return plusOne(candidate)
  }
  throw new UsageError('invalid-ecdsa-key', 'No private key can be derived of this secret access key.')
}

/** One block of SP 800-108: number of the block, label, zero, context (access key ID and counter), length in bits. */
function derivationInput(accessKeyId: string, counter: number): string {
  return `\0\0\0\u0001${AWS4_ECDSA_P256_SHA256}\0${accessKeyId}${String.fromCharCode(counter)}\0\0\u0001\0`
}

/** Whether a number of 32 bytes is above another; looks at every byte whatever it finds. */
function isAbove(bytes: Uint8Array, limit: Uint8Array): boolean {
  let above = 0
  let below = 0
  for (let i = 0; i < 32; i++) {
    const open = ~(above | below) & 1
    above |= open & ((limit[i]! - bytes[i]!) >>> 31)
    below |= open & ((bytes[i]! - limit[i]!) >>> 31)
  }
  return above === 1
}

function isZero(bytes: Uint8Array): boolean {
  let any = 0
  for (const byte of bytes) any |= byte
  return any === 0
}

/** The number plus one, in constant time. It is below n, so nothing is carried out of it. */
function plusOne(bytes: Uint8Array): Uint8Array {
  const sum = new Uint8Array(32)
  let carry = 1
  for (let i = 31; i >= 0; i--) {
    carry += bytes[i]!
    sum[i] = carry & 255
    carry >>>= 8
  }
  return sum
}

/** Whether y² = x³ - 3x + b. Public numbers only, so BigInt will do. */
function isOnCurve(x: bigint, y: bigint): boolean {
  return x < FIELD && y < FIELD && (y * y - (x * x * x - 3n * x + CURVE_B)) % FIELD === 0n
}

function numberOf(bytes: Uint8Array): bigint {
  let number = 0n
  for (const byte of bytes) number = (number << 8n) | BigInt(byte)
  return number
}

function bytesOfNumber(number: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((number >> BigInt(8 * (31 - i))) & 255n))
}

const FIELD = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
const CURVE_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn
/** n, the number of points. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const ORDER_MINUS_1 = bytesOfNumber(ORDER - 1n)
const ORDER_MINUS_2 = bytesOfNumber(ORDER - 2n)
