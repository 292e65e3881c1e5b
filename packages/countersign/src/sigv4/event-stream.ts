/**
 * Event streams that a client sends (AWS4-HMAC-SHA256-EVENTS): each event is put into a separate message with its date and its
 * signature, which covers the signature before it. An event that is empty ends the stream.
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html "Event stream encoding"
 */
import { hashing, sha256HexOf } from '#sha256'
import { hexOf } from './byte-string.js'
import { type ChainInputs, type PayloadChain, payloadChain } from './chunked-payload.js'
import { credentialScopeText } from './credential-scope.js'
import {
  decodeEventMessage,
  type EventHeaderRead,
  encodeEventHeader,
  encodeEventMessage,
  eventPrelude,
  PRELUDE_BYTES,
} from './event-message.js'
import { HeldChunk } from './held-chunk.js'
import { mismatch, type PayloadRefused } from './payload-refused.js'
import { requestDateText } from './request-date.js'
import { SigningKey } from './signing-key.js'
import { STANDARD_MISMATCH } from './standard-checks.js'
import { UsageError } from './usage-error.js'
import { AWS4_HMAC_SHA256 } from './wire-names.js'

/**
 * The string to sign of an event. Its date, and the date in its scope, are the event's own, not the request's.
 *
 * @param headersHash SHA-256 of the message's headers but for the signature, encoded, in lower-case hex.
 * @param payloadHash SHA-256 of the event, which is a whole message itself.
 * @internal
 */
export function eventStringToSign(chain: PayloadChain, priorSignature: string, headersHash: string, payloadHash: string): string {
  const { algorithm, requestDate, scope } = chain
  return [`${algorithm}-PAYLOAD`, requestDate, credentialScopeText(scope), priorSignature, headersHash, payloadHash].join('\n')
}

/**
 * Signs the events of one request, one after the other.
 * @internal
 */
export interface EventSigner {
  /**
   * @param event A whole message (`encodeEventMessage`), or any other bytes.
   * @param now The signer's clock, milliseconds since 1970.
   * @returns The message to send.
   */
  sign(event: Uint8Array, now: number): Uint8Array
  /** @returns The message that ends the stream. */
  end(now: number): Uint8Array
}

/**
 * A signer of the events of a request that was signed with x-amz-content-sha256 STREAMING-AWS4-HMAC-SHA256-EVENTS.
 *
 * @param inputs As for `payloadChain`. A signing key in place of the secret is good for events of its day only.
 * @internal
 */
export function eventSigner(inputs: ChainInputs, seedSignature: string): EventSigner {
  let priorSignature = seedSignature
  const sign = (event: Uint8Array, now: number): Uint8Array => {
    const chain = chainOf(inputs, now)
    if (chain === undefined) throw new UsageError('wrong-key-scope', 'There is no key of AWS4-HMAC-SHA256 for the day of this event.')
    const date = { name: ':date', type: 'timestamp', value: now } as const
    const stringToSign = eventStringToSign(chain, priorSignature, sha256HexOf(encodeEventHeader(date)), sha256HexOf(event))
    priorSignature = chain.sign(stringToSign)
    const signature = { name: ':chunk-signature', type: 'binary', value: bytesOfHex(priorSignature) } as const
    return encodeEventMessage({ headers: [date, signature], payload: event })
  }
  return { sign, end: (now) => sign(new Uint8Array(0), now) }
}

/**
 * An event whose signature was right.
 * @internal
 */
export interface VerifiedEvent {
  /** When it was signed, milliseconds since 1970. Whether that is too long ago is for the caller to say. */
  readonly date: number
  /** The event: a whole message itself, for `decodeEventMessage`. */
  readonly event: Uint8Array
}

/**
 * Reads the events of one request.
 * @internal
 */
export interface EventReader {
  /** @returns The events that came whole and whose signatures are right; or the refusal, after which nothing but it comes out. */
  push(bytes: Uint8Array): readonly VerifiedEvent[] | PayloadRefused
  /** Says that all bytes have come. @returns The refusal where the event that ends the stream has not. */
  end(): readonly VerifiedEvent[] | PayloadRefused
}

/**
 * A reader of the events of a request whose head was verified.
 *
 * @param inputs As for `payloadChain`: `{ ...signingInputsOf(request), key }`.
 * @param limits.messageBytes Bytes of one message: it is held until it is whole. Default: 16 MiB.
 * @internal
 */
export function eventReader(inputs: ChainInputs, seedSignature: string, limits: { readonly messageBytes?: number } = {}): EventReader {
  return new ChainedEvents(inputs, seedSignature, limits.messageBytes ?? 16 * 1024 * 1024)
}

class ChainedEvents implements EventReader {
  readonly #inputs: ChainInputs
  readonly #messageLimit: number
  #priorSignature: string
  #number = 0
  #ended = false
  #refused: PayloadRefused | undefined
  /** What is there of a message that is not complete. */
  readonly #prelude = new Uint8Array(PRELUDE_BYTES)
  readonly #held = new HeldChunk(false)
  #heldBytes = 0
  #messageBytes = PRELUDE_BYTES

  constructor(inputs: ChainInputs, seedSignature: string, messageLimit: number) {
    this.#inputs = inputs
    this.#priorSignature = seedSignature
    this.#messageLimit = messageLimit
  }

  push(bytes: Uint8Array): readonly VerifiedEvent[] | PayloadRefused {
    const events: VerifiedEvent[] = []
    for (let at = 0; at < bytes.length && this.#refused === undefined; ) {
      if (this.#ended) this.#refuse(MALFORMED)
      const inPrelude = this.#heldBytes < PRELUDE_BYTES
      const end = Math.min(bytes.length, at + (inPrelude ? PRELUDE_BYTES : this.#messageBytes) - this.#heldBytes)
      const piece = bytes.subarray(at, end)
      if (inPrelude) this.#prelude.set(piece, this.#heldBytes)
      else this.#held.add(piece, false)
      this.#heldBytes += piece.length
      at = end
      if (inPrelude && this.#heldBytes === PRELUDE_BYTES) this.#readPrelude()
      else if (!inPrelude && this.#heldBytes === this.#messageBytes) for (const one of this.#event(this.#message())) events.push(one)
    }
    return this.#refused ?? events
  }

  end(): readonly VerifiedEvent[] | PayloadRefused {
    if (!this.#ended) this.#refuse(this.#refused ?? INCOMPLETE)
    return this.#refused ?? []
  }

  #readPrelude(): void {
    const prelude = eventPrelude(this.#prelude)
    if (prelude === undefined) this.#refuse(MALFORMED)
    else if (prelude.messageBytes > this.#messageLimit) this.#refuse(TOO_LARGE)
    else this.#messageBytes = prelude.messageBytes
  }

  #message(): Uint8Array {
    const bytes = new Uint8Array(this.#messageBytes)
    bytes.set(this.#prelude)
    let at = PRELUDE_BYTES
    for (const piece of this.#held.taken()) {
      bytes.set(piece, at)
      at += piece.length
    }
    this.#heldBytes = 0
    return bytes
  }

  #event(bytes: Uint8Array): readonly VerifiedEvent[] {
    const message = decodeEventMessage(bytes)
    const date = message?.headers.find(({ name }) => name === ':date')
    const signature = message?.headers.find(({ name }) => name === ':chunk-signature')
    if (message === undefined || date?.type !== 'timestamp' || signature?.type !== 'binary') return this.#refuse(MALFORMED)
    const chain = chainOf(this.#inputs, date.value)
    if (chain === undefined) return this.#refuse(STANDARD_MISMATCH)
    const signed = message.headers.filter((header) => header !== signature)
    const stringToSign = eventStringToSign(chain, this.#priorSignature, hashOfHeaders(signed), sha256HexOf(message.payload))
    const signatureProvided = hexOf(signature.value)
    this.#number++
    if (!chain.matches(stringToSign, signatureProvided))
      return this.#refuse({
        ...STANDARD_MISMATCH,
        mismatch: mismatch({ of: 'event', number: this.#number, stringToSign, signatureProvided }).mismatch!,
      })
    this.#priorSignature = signatureProvided
    if (message.payload.length > 0) return [{ date: date.value, event: message.payload }]
    this.#ended = true
    return []
  }

  #refuse(refusal: PayloadRefused): readonly [] {
    this.#refused = refusal
    this.#held.taken()
    return []
  }
}

/** The key and the scope of the event's own day. */
function chainOf(inputs: ChainInputs, time: number): PayloadChain | undefined {
  const { algorithm, key } = inputs
  if (algorithm !== AWS4_HMAC_SHA256 || !(time >= 0 && time < YEAR_10000)) return undefined
  const requestDate = requestDateText(time)
  const date = requestDate.slice(0, 8)
  if (key instanceof SigningKey && key.scope.date !== date) return undefined
  return payloadChain({ ...inputs, requestDate, scope: { ...inputs.scope, date } }, '')
}

/** SHA-256 of the bytes that the headers stood in, one after the other. */
function hashOfHeaders(headers: readonly EventHeaderRead[]): string {
  const hash = hashing()
  for (const { bytes } of headers) hash.update(bytes)
  return hash.hexDigest()
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

const YEAR_10000 = 253402300800000

// How AWS words these is not documented: the codes are AWS's, the sentences ours.
const MALFORMED: PayloadRefused = {
  code: 'SerializationException',
  message: 'A message of the event stream could not be decoded.',
  status: 400,
}
const INCOMPLETE: PayloadRefused = {
  code: 'SerializationException',
  message: 'The event stream ended without its last event.',
  status: 400,
}
const TOO_LARGE: PayloadRefused = { code: 'SerializationException', message: 'A message of the event stream is too large.', status: 400 }
