/**
 * Reads an aws-chunked payload and checks it as it comes: bytes in, payload out. Of a signed payload, no byte comes out before
 * the signature of its chunk was found right.
 *
 * Each chunk is a size in hex, ";chunk-signature=" and its signature where chunks are signed, a line break, so many bytes, and a
 * line break; the last chunk has none. Trailing headers may follow it, with x-amz-trailer-signature where chunks are signed.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
import { byteString } from './byte-string.js'
import { type ChunkLimits, type ChunkReaderOptions, DEFAULT_CHUNK_LIMITS } from './chunk-reader-options.js'
import {
  chunkStringToSign,
  type PayloadChain,
  type StreamingMode,
  signatureLength,
  signatureWritten,
  streamingModeOf,
} from './chunked-payload.js'
import { HeldChunk } from './held-chunk.js'
import type { HttpRequest } from './http-request.js'
import {
  INVALID_VALUE,
  LEAST_CHUNK,
  LENGTH_DIFFERS,
  MISSING_LENGTH,
  mismatch,
  type PayloadRefused,
  TERMINATED,
  TOO_LARGE,
  tooSmall,
} from './payload-refused.js'
import { MALFORMED_TRAILER, PayloadChecksums, trailerNamesOf, trailerNamesRefused } from './payload-trailer.js'
import { headerValue, headerValues } from './received-request.js'
import { TrailerReader } from './trailer-reader.js'
import { UsageError } from './usage-error.js'
import { EMPTY_PAYLOAD_HASH, HEADER } from './wire-names.js'

/**
 * A payload on its way.
 * @internal
 */
export interface PayloadReader {
  /**
   * Takes the next bytes. They are not copied where there are many: leave them as they are until they came out again.
   *
   * @returns The pieces of the payload that may go on; or the refusal, after which nothing but it comes out.
   */
  push(bytes: Uint8Array): readonly Uint8Array[] | PayloadRefused
  /** Says that all bytes have come. @returns What is left of the payload, or the refusal: only then is the payload whole. */
  end(): readonly Uint8Array[] | PayloadRefused
}

/**
 * The reader that the head of a request asks for.
 *
 * @param chain The chain of the request's signature (`payloadChain`). It may be `undefined` where no chunk is signed.
 * @returns S3's refusal where the head is not one of a payload in this encoding.
 * @internal
 */
export function chunkReaderOf(
  request: HttpRequest,
  chain: PayloadChain | undefined,
  limits: Partial<ChunkLimits> = {},
): PayloadReader | PayloadRefused {
  const mode = streamingModeOf(headerValue(request, HEADER.contentSha256))
  if (mode === undefined || !isReadBy(mode, chain)) return INVALID_VALUE
  const decodedLength = headerValue(request, HEADER.decodedContentLength)
  if (decodedLength === undefined || !/^\d{1,15}$/.test(decodedLength)) return MISSING_LENGTH
  const trailerNames = mode.trailer ? headerValues(request, HEADER.trailer).flatMap(trailerNamesOf) : []
  const refusal = mode.trailer ? trailerNamesRefused(trailerNames) : undefined
  return refusal ?? chunkReader({ mode, chain, decodedLength: Number(decodedLength), trailerNames, limits })
}

/**
 * A reader of one payload. @throws UsageError where the mode is not one of chunks, or the chain is not of its algorithm.
 * @internal
 */
export function chunkReader(options: ChunkReaderOptions): PayloadReader {
  const { mode, chain } = options
  if (!isReadBy(mode, chain)) throw new UsageError('wrong-chain', `A payload of ${mode.word} needs a chain of its own algorithm.`)
  return new ChunkReader(options)
}

function isReadBy({ framing, algorithm }: StreamingMode, chain: PayloadChain | undefined): boolean {
  return framing === 'aws-chunked' && (algorithm === undefined || algorithm === chain?.algorithm)
}

/** Where in the payload the next byte stands. */
type Place = 'size-line' | 'data' | 'data-end' | 'payload-end' | 'trailer' | 'nothing-more'

class ChunkReader implements PayloadReader {
  readonly #mode: StreamingMode
  readonly #chain: PayloadChain | undefined
  readonly #limits: ChunkLimits
  readonly #decodedLength: number | undefined
  readonly #trailers: TrailerReader
  readonly #checksums: PayloadChecksums
  #place: Place = 'size-line'
  #refused: PayloadRefused | undefined
  #released: Uint8Array[] = []
  #releasedBytes = 0
  /** What is there of a line that is not complete. */
  #line = ''
  #chunkNumber = 0
  #chunkSize = 0
  /** Bytes that are still to come of the chunk, or of the line break after it. */
  #left = 0
  #priorSignature: string
  #signatureProvided = ''
  readonly #held = new HeldChunk(true)
  /** The line break that the trailing headers end in may be there twice where they are not signed. */
  #lineBreaksLeft = 0

  constructor({ mode, chain, decodedLength, trailerNames, limits }: ChunkReaderOptions) {
    this.#mode = mode
    this.#chain = mode.algorithm === undefined ? undefined : chain
    this.#limits = { ...DEFAULT_CHUNK_LIMITS, ...limits }
    this.#decodedLength = decodedLength
    this.#trailers = new TrailerReader(trailerNames, this.#chain, this.#limits)
    this.#checksums = new PayloadChecksums(mode.trailer ? trailerNames : [])
    this.#priorSignature = this.#chain?.seedSignature ?? ''
  }

  push(bytes: Uint8Array): readonly Uint8Array[] | PayloadRefused {
    this.#released = []
    let at = 0
    while (at < bytes.length && this.#refused === undefined) at = this.#take(bytes, at)
    return this.#refused ?? this.#released
  }

  end(): readonly Uint8Array[] | PayloadRefused {
    if (this.#refused === undefined && this.#place !== 'nothing-more')
      this.#refuse(this.#place === 'trailer' && this.#chain === undefined ? MALFORMED_TRAILER : TERMINATED)
    return this.#refused ?? []
  }

  /** Reads on from `at`, as far as one step goes. @returns Where the next step begins. */
  #take(bytes: Uint8Array, at: number): number {
    switch (this.#place) {
      case 'size-line':
        return this.#takeLine(bytes, at, this.#limits.sizeLineBytes, TERMINATED, (line) => this.#sizeLine(line))
      case 'data':
        return this.#takeData(bytes, at)
      case 'data-end':
        return this.#takeLineBreak(bytes, at, 'size-line')
      case 'payload-end':
        return this.#takeLineBreak(bytes, at, 'nothing-more')
      case 'trailer':
        return this.#takeLine(bytes, at, this.#trailers.bytesLeft, MALFORMED_TRAILER, (line) => this.#trailerLine(line))
      case 'nothing-more':
        if (this.#lineBreaksLeft === 0) return this.#refuse(LENGTH_DIFFERS)
        this.#lineBreaksLeft--
        this.#place = 'payload-end'
        this.#left = 2
        return at
    }
  }

  /** Gathers a line; hands it on with its line feed when it is complete. */
  #takeLine(bytes: Uint8Array, at: number, limit: number, tooLong: PayloadRefused, handle: (line: string) => void): number {
    const stop = Math.min(bytes.length, at + limit - this.#line.length)
    let end = at
    while (end < stop && bytes[end] !== LINE_FEED) end++
    if (end < stop) {
      const line = this.#line + byteString(bytes.subarray(at, end + 1))
      this.#line = ''
      handle(line)
      return end + 1
    }
    this.#line += byteString(bytes.subarray(at, end))
    return this.#line.length < limit ? end : this.#refuse(tooLong)
  }

  #sizeLine(line: string): void {
    const { algorithm, trailer } = this.#mode
    const match = (algorithm === undefined ? UNSIGNED_SIZE_LINE : SIGNED_SIZE_LINE).exec(line)
    if (match === null) return void this.#refuse(TERMINATED)
    const [, digits = '', written = ''] = match
    const size = Number.parseInt(digits, 16)
    if (algorithm !== undefined && written.length > signatureLength(algorithm)) return void this.#refuse(TERMINATED)
    this.#chunkNumber++
    if (this.#chunkNumber > 1 && size > 0 && this.#chunkSize < LEAST_CHUNK)
      return void this.#refuse(tooSmall(this.#chunkNumber, this.#chunkSize))
    if (algorithm !== undefined && size > this.#limits.signedChunkBytes) return void this.#refuse(TOO_LARGE)
    this.#chunkSize = size
    this.#left = size
    this.#signatureProvided = algorithm === undefined ? '' : signatureWritten(algorithm, written)
    if (size > 0) {
      this.#place = 'data'
      return
    }
    if (!this.#isSigned(EMPTY_PAYLOAD_HASH)) return
    if (this.#decodedLength !== undefined && this.#releasedBytes !== this.#decodedLength) return void this.#refuse(LENGTH_DIFFERS)
    this.#place = trailer ? 'trailer' : 'payload-end'
    this.#left = 2
  }

  #takeData(bytes: Uint8Array, at: number): number {
    const end = Math.min(bytes.length, at + this.#left)
    const piece = at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end)
    this.#left -= piece.length
    if (this.#chain === undefined) this.#release(piece)
    else this.#held.add(piece, this.#left === 0)
    if (this.#left > 0 || this.#refused !== undefined) return end
    if (this.#chain !== undefined && this.#isSigned(this.#held.hash())) for (const one of this.#held.taken()) this.#release(one)
    this.#place = 'data-end'
    this.#left = 2
    return end
  }

  #release(piece: Uint8Array): void {
    this.#releasedBytes += piece.length
    if (this.#decodedLength !== undefined && this.#releasedBytes > this.#decodedLength) return void this.#refuse(LENGTH_DIFFERS)
    this.#checksums.update(piece)
    this.#released.push(piece)
  }

  /** Whether the chunk of this hash has the signature provided, which the next one is then chained to. */
  #isSigned(hash: string): boolean {
    if (this.#chain === undefined) return true
    const signatureProvided = this.#signatureProvided
    const right =
      this.#chain.matchesChunk?.(this.#priorSignature, hash, signatureProvided) ??
      this.#chain.matches(chunkStringToSign(this.#chain, this.#priorSignature, hash), signatureProvided)
    if (!right) {
      const stringToSign = chunkStringToSign(this.#chain, this.#priorSignature, hash)
      this.#refuse(mismatch({ of: 'chunk', number: this.#chunkNumber, stringToSign, signatureProvided }))
      return false
    }
    this.#priorSignature = signatureProvided
    return true
  }

  #takeLineBreak(bytes: Uint8Array, at: number, next: Place): number {
    if (bytes[at] !== (this.#left === 2 ? CARRIAGE_RETURN : LINE_FEED)) return this.#refuse(TERMINATED)
    this.#left--
    if (this.#left === 0) this.#place = next
    return at + 1
  }

  #trailerLine(line: string): void {
    const taken = this.#trailers.take(line)
    if (taken === 'more') return
    if (taken !== 'all') return void this.#refuse(taken)
    this.#place = 'nothing-more'
    this.#lineBreaksLeft = this.#chain === undefined ? 1 : 0
    const refusal = this.#trailers.refusal(this.#priorSignature, this.#checksums)
    if (refusal !== undefined) this.#refuse(refusal)
  }

  /** Nothing comes out any more, not even what was let through within the same push. @returns A place past the end of all bytes. */
  #refuse(refusal: PayloadRefused): number {
    this.#refused = refusal
    this.#released = []
    this.#held.taken()
    this.#line = ''
    return Number.POSITIVE_INFINITY
  }
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const UNSIGNED_SIZE_LINE = /^([0-9a-fA-F]{1,12})\r\n$/
const SIGNED_SIZE_LINE = /^([0-9a-fA-F]{1,12});chunk-signature=([0-9a-f*]{1,144})\r\n$/
