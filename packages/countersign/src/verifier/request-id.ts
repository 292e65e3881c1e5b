/** The names of an answer: by them the operator finds what the caller was not told. */
import { base64Of } from '../sigv4/index.js'

/**
 * One random name in the three forms that AWS uses.
 * @internal
 */
export interface RequestId {
  /** S3's x-amz-request-id: 16 upper-case hex digits. */
  readonly short: string
  /** S3's x-amz-id-2: base64. */
  readonly extended: string
  /** x-amzn-RequestId of all other services. */
  readonly uuid: string
}

/** A name made of random bytes (48 of them are used). */
export function requestIdOf(bytes: Uint8Array): RequestId {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return {
    short: hex.slice(0, 16).toUpperCase(),
    extended: base64Of(bytes.slice(0, 48)),
    uuid: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  }
}

/**
 * A new one, of the runtime's own randomness. It is made when it is read, which most are not: a request that passes needs none. Random
 * bytes are drawn for many at once.
 */
export function newRequestId(): RequestId {
  return new LateRequestId()
}

class LateRequestId implements RequestId {
  #written: RequestId | undefined
  get short(): string {
    return this.#id().short
  }
  get extended(): string {
    return this.#id().extended
  }
  get uuid(): string {
    return this.#id().uuid
  }
  #id(): RequestId {
    this.#written ??= requestIdOf(randomBytes())
    return this.#written
  }
}

function randomBytes(): Uint8Array {
  if (drawn.length - used < BYTES) {
    crypto.getRandomValues(drawn)
    used = 0
  }
  used += BYTES
  return drawn.slice(used - BYTES, used)
}

const BYTES = 48
const drawn = new Uint8Array(64 * BYTES)
let used = drawn.length

// Every runtime has it; the ES2022 library does not name it.
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array }
