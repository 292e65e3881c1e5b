/**
 * Messages of an event stream (application/vnd.amazon.eventstream): two lengths, the CRC-32 of them, headers, a payload, and the
 * CRC-32 of all that. Numbers are big-endian.
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html "Event stream encoding"
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
import { Crc32 } from '../checksums/index.js'
import { byteString, bytesOf } from './byte-string.js'
import { UsageError } from './usage-error.js'

/**
 * The value of a header, with the type it has on the wire. Strings are byte strings.
 * @internal
 */
export type EventHeaderValue =
  | { readonly type: 'boolean'; readonly value: boolean }
  /** Signed, of 1, 2 or 4 bytes. */
  | { readonly type: 'byte' | 'short' | 'integer'; readonly value: number }
  | { readonly type: 'long'; readonly value: bigint }
  | { readonly type: 'binary' | 'uuid'; readonly value: Uint8Array }
  | { readonly type: 'string'; readonly value: string }
  /** Milliseconds since 1970. */
  | { readonly type: 'timestamp'; readonly value: number }

/** @internal */
export type EventHeader = EventHeaderValue & { readonly name: string }

/** @internal */
export interface EventMessage {
  readonly headers: readonly EventHeader[]
  readonly payload: Uint8Array
}

/**
 * A header that was read, with the bytes it stood in.
 * @internal
 */
export type EventHeaderRead = EventHeader & { readonly bytes: Uint8Array }

/**
 * @throws UsageError where a name or a value is too long, or a number out of its type's range.
 * @internal
 */
export function encodeEventMessage({ headers, payload }: EventMessage): Uint8Array {
  const blocks = headers.map(encodeEventHeader)
  const headerBytes = blocks.reduce((sum, { length }) => sum + length, 0)
  if (headerBytes > MOST_HEADER_BYTES)
    throw new UsageError('invalid-event', `The headers of an event have ${MOST_HEADER_BYTES} bytes at most.`)
  const bytes = new Uint8Array(headerBytes + payload.length + FRAME_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, bytes.length)
  view.setUint32(4, headerBytes)
  bytes.set(crcOf(bytes.subarray(0, 8)), 8)
  let at = PRELUDE_BYTES
  for (const block of [...blocks, payload]) {
    bytes.set(block, at)
    at += block.length
  }
  bytes.set(crcOf(bytes.subarray(0, at)), at)
  return bytes
}

/**
 * A header as it stands in a message. @throws UsageError as {@link encodeEventMessage}.
 * @internal
 */
export function encodeEventHeader(header: EventHeader): Uint8Array {
  const { name } = header
  if (name.length === 0 || name.length > 255) throw new UsageError('invalid-event', 'The name of a header of an event has 1 to 255 bytes.')
  const [type, value] = encodedValue(header)
  return Uint8Array.of(name.length, ...bytesOf(name), type, ...value)
}

function encodedValue(header: EventHeaderValue): readonly [type: number, value: Uint8Array] {
  switch (header.type) {
    case 'boolean':
      return [header.value ? 0 : 1, new Uint8Array(0)]
    case 'byte':
      return [2, integerBytes(header.value, 1)]
    case 'short':
      return [3, integerBytes(header.value, 2)]
    case 'integer':
      return [4, integerBytes(header.value, 4)]
    case 'long':
      return [5, longBytes(header.value)]
    case 'binary':
      return [6, withLength(header.value)]
    case 'string':
      return [7, withLength(bytesOf(header.value))]
    case 'timestamp':
      if (!Number.isSafeInteger(header.value)) throw new UsageError('invalid-event', 'A time is a whole number of milliseconds.')
      return [8, longBytes(BigInt(header.value))]
    case 'uuid':
      if (header.value.length !== 16) throw new UsageError('invalid-event', 'A UUID has 16 bytes.')
      return [9, header.value]
  }
}

function integerBytes(value: number, width: 1 | 2 | 4): Uint8Array {
  const limit = 2 ** (8 * width - 1)
  if (!Number.isInteger(value) || value < -limit || value >= limit)
    throw new UsageError('invalid-event', `${value} is no signed number of ${width} bytes.`)
  return Uint8Array.from({ length: width }, (_, i) => (value >> (8 * (width - 1 - i))) & 255)
}

function longBytes(value: bigint): Uint8Array {
  if (BigInt.asIntN(64, value) !== value) throw new UsageError('invalid-event', `${value} is no signed number of 8 bytes.`)
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, value)
  return bytes
}

function withLength(value: Uint8Array): Uint8Array {
  if (value.length > 0xffff) throw new UsageError('invalid-event', 'The value of a header of an event has 65535 bytes at most.')
  const bytes = new Uint8Array(2 + value.length)
  bytes.set([value.length >>> 8, value.length & 255])
  bytes.set(value, 2)
  return bytes
}

/** The lengths at the start of a message; `undefined` where they cannot be right, or their CRC is not theirs. */
export function eventPrelude(bytes: Uint8Array): { readonly messageBytes: number; readonly headerBytes: number } | undefined {
  if (bytes.length < PRELUDE_BYTES) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const [messageBytes, headerBytes] = [view.getUint32(0), view.getUint32(4)]
  if (headerBytes > MOST_HEADER_BYTES || messageBytes < headerBytes + FRAME_BYTES) return undefined
  return isCrcOf(bytes.subarray(0, 8), bytes.subarray(8, 12)) ? { messageBytes, headerBytes } : undefined
}

/**
 * Reads one whole message; `undefined` where it is none. Never throws. Payload and binary values are views of `bytes`.
 * @internal
 */
export function decodeEventMessage(
  bytes: Uint8Array,
): { readonly headers: readonly EventHeaderRead[]; readonly payload: Uint8Array } | undefined {
  const prelude = eventPrelude(bytes)
  if (prelude === undefined || prelude.messageBytes !== bytes.length) return undefined
  const end = bytes.length - 4
  if (!isCrcOf(bytes.subarray(0, end), bytes.subarray(end))) return undefined
  const payloadAt = PRELUDE_BYTES + prelude.headerBytes
  const headers = eventHeaders(bytes.subarray(PRELUDE_BYTES, payloadAt))
  return headers === undefined ? undefined : { headers, payload: bytes.subarray(payloadAt, end) }
}

function eventHeaders(bytes: Uint8Array): EventHeaderRead[] | undefined {
  const headers: EventHeaderRead[] = []
  const names = new Set<string>()
  for (let at = 0; at < bytes.length; ) {
    const nameLength = bytes[at]!
    const typeAt = at + 1 + nameLength
    if (nameLength === 0 || typeAt >= bytes.length) return undefined
    const name = byteString(bytes.subarray(at + 1, typeAt))
    const read = valueAt(bytes, bytes[typeAt]!, typeAt + 1)
    if (read === undefined || names.has(name)) return undefined
    names.add(name)
    headers.push({ name, ...read.value, bytes: bytes.subarray(at, read.end) })
    at = read.end
  }
  return headers
}

function valueAt(bytes: Uint8Array, type: number, at: number): { readonly value: EventHeaderValue; readonly end: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (type === 6 || type === 7) {
    if (at + 2 > bytes.length) return undefined
    const end = at + 2 + view.getUint16(at)
    if (end > bytes.length) return undefined
    const value = bytes.subarray(at + 2, end)
    return { value: type === 6 ? { type: 'binary', value } : { type: 'string', value: byteString(value) }, end }
  }
  const width = WIDTHS[type]
  if (width === undefined || at + width > bytes.length) return undefined
  const value = fixedValue(view, type, at, bytes)
  return value === undefined ? undefined : { value, end: at + width }
}

function fixedValue(view: DataView, type: number, at: number, bytes: Uint8Array): EventHeaderValue | undefined {
  switch (type) {
    case 0:
    case 1:
      return { type: 'boolean', value: type === 0 }
    case 2:
      return { type: 'byte', value: view.getInt8(at) }
    case 3:
      return { type: 'short', value: view.getInt16(at) }
    case 4:
      return { type: 'integer', value: view.getInt32(at) }
    case 5:
      return { type: 'long', value: view.getBigInt64(at) }
    case 8:
      return timestamp(view.getBigInt64(at))
    default:
      return { type: 'uuid', value: bytes.subarray(at, at + 16) }
  }
}

/** A time that no date can hold is none. */
function timestamp(milliseconds: bigint): EventHeaderValue | undefined {
  const value = Number(milliseconds)
  return Math.abs(value) <= LAST_TIME ? { type: 'timestamp', value } : undefined
}

function crcOf(bytes: Uint8Array): Uint8Array {
  const crc = new Crc32()
  crc.update(bytes)
  return crc.digest()
}

function isCrcOf(bytes: Uint8Array, given: Uint8Array): boolean {
  return crcOf(bytes).every((byte, i) => byte === given[i])
}

/** Bytes of a value by its type; types 6 and 7 say their own length. */
const WIDTHS: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 }
/** Bytes of the two lengths and their CRC. */
export const PRELUDE_BYTES = 12
/** Bytes of a message without headers and payload. */
const FRAME_BYTES = PRELUDE_BYTES + 4
const MOST_HEADER_BYTES = 131_072
const LAST_TIME = 8.64e15
