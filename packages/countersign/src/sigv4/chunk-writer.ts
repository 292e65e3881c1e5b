/**
 * Signs a payload that is sent in chunks: the head of the request first, then chunk by chunk as the payload comes.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
import { sha256Hex } from '#sha256'
import type { Checksum } from '../checksums/index.js'
import { authorizationOf } from './authorization.js'
import { base64Of, bytesOf } from './byte-string.js'
import {
  chunkStringToSign,
  type PayloadChain,
  payloadChain,
  STREAMING_MODES,
  type StreamingMode,
  signatureLength,
  trailerStringToSign,
  writtenSignature,
} from './chunked-payload.js'
import { HeldChunk } from './held-chunk.js'
import type { Header, HttpRequest } from './http-request.js'
import { LEAST_CHUNK } from './payload-refused.js'
import { CHECKSUMS, type ChecksumAlgorithm, checksumHeader } from './payload-trailer.js'
import { headerValues } from './received-request.js'
import { sign } from './sign.js'
import type { Credentials, SigningOptions } from './signing-request.js'
import { UsageError } from './usage-error.js'
import { signingInputsOf } from './verify.js'
import { AWS4_ECDSA_P256_SHA256, AWS4_HMAC_SHA256, EMPTY_PAYLOAD_HASH, HEADER } from './wire-names.js'

/**
 * How a payload is cut and signed.
 * @internal
 */
export interface ChunkOptions {
  /** Bytes of the payload, before it is cut into chunks. */
  readonly decodedLength: number
  /** Bytes of each chunk but the last: 8192 at least. Default: 65536. */
  readonly chunkBytes?: number
  /** Whether every chunk is signed. Where they are not, a checksum is needed. Default: true. */
  readonly signedChunks?: boolean
  /** The checksum to send behind the payload. Default: none. */
  readonly checksum?: ChecksumAlgorithm
}

/** @internal */
export type StreamingOptions = SigningOptions & ChunkOptions

/**
 * A request whose payload is yet to be written.
 * @internal
 */
export interface StreamingRequest {
  /** The signed head: `body` is `undefined`, what `writer` gives out is to be sent in its place. */
  readonly head: HttpRequest
  readonly writer: PayloadWriter
}

/**
 * Payload in, encoded bytes out.
 * @internal
 */
export interface PayloadWriter {
  /**
   * Takes the next bytes of the payload, which are not copied where there are many: leave them as they are until they came out.
   *
   * @returns What can be sent. @throws UsageError where the payload is longer than was said.
   */
  push(bytes: Uint8Array): readonly Uint8Array[]
  /** @returns The rest of what is to be sent. @throws UsageError where the payload is shorter than was said. */
  end(): readonly Uint8Array[]
}

/**
 * Signs the head of a request whose payload is to be sent in chunks, and gives a writer of them. Adds Content-Encoding, Content-Length,
 * X-Amz-Decoded-Content-Length, X-Amz-Content-Sha256, X-Amz-Trailer where there is a checksum, and what `sign` adds.
 *
 * @param options As for `sign`, and `decodedLength`: the bytes of the payload before it is cut into chunks.
 * @throws UsageError with a `code` if it cannot be signed as asked: `invalid-length`, `invalid-chunk-bytes`, `missing-checksum` and others.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @example
 * ```js
 * import { SecretAccessKey, signStreaming } from 'countersign/sigv4'
 *
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY') }
 * const request = { method: 'PUT', target: '/b/k', headers: [['Host', 's3.example.com']], body: undefined }
 * const options = { now: Date.UTC(2026, 2, 3), region: 'eu-west-1', service: 's3', decodedLength: 5 }
 * const { head, writer } = signStreaming(request, credentials, options)
 * const wire = Buffer.concat([...writer.push(Buffer.from('hello')), ...writer.end()]).toString()
 * wire.split('\r\n')[0] // => /^5;chunk-signature=[0-9a-f]{64}$/
 * head.headers.find(([name]) => name === 'Content-Length')[1] === String(wire.length) // => true
 * ```
 * @public
 */
export function signStreaming(request: HttpRequest, credentials: Credentials, options: StreamingOptions): StreamingRequest {
  const { checksum, signedChunks = true } = options
  const algorithm = options.regionSet === undefined ? AWS4_HMAC_SHA256 : AWS4_ECDSA_P256_SHA256
  const mode = modeOf(signedChunks ? algorithm : undefined, checksum)
  const encodings = ['aws-chunked', ...headerValues(request, 'content-encoding')].map((value) => value.trim())
  const added: readonly Header[] = [
    ['Content-Encoding', encodings.join(',')],
    ['Content-Length', String(encodedLength({ ...options, algorithm }))],
    ['X-Amz-Decoded-Content-Length', String(options.decodedLength)],
    ['X-Amz-Content-Sha256', mode.word],
    ...(checksum === undefined ? [] : [['X-Amz-Trailer', checksumHeader(checksum)] as const]),
  ]
  const head = sign({ ...request, headers: [...without(request.headers, added), ...added], body: undefined }, credentials, options)
  const inputs = { ...signingInputsOf(head)!, key: credentials.secretAccessKey }
  const chain = payloadChain(inputs, authorizationOf(head)!.signature!, options.regionSet && options.p256)!
  return { head, writer: new ChunkWriter(mode, chain, options) }
}

/**
 * Bytes of a payload in chunks: the Content-Length of its request.
 *
 * @param options.algorithm The request's. Default: AWS4-HMAC-SHA256.
 * @throws UsageError where the options cannot be meant.
 * @internal
 */
export function encodedLength(options: ChunkOptions & { readonly algorithm?: string }): number {
  const { decodedLength, checksum, signedChunks = true, algorithm = AWS4_HMAC_SHA256, chunkBytes = DEFAULT_CHUNK } = options
  modeOf(signedChunks ? algorithm : undefined, checksum)
  if (!Number.isSafeInteger(decodedLength) || decodedLength < 0)
    throw new UsageError('invalid-length', 'decodedLength must be a number of bytes.')
  if (!Number.isSafeInteger(chunkBytes) || chunkBytes < LEAST_CHUNK)
    throw new UsageError('invalid-chunk-bytes', `chunkBytes must be ${LEAST_CHUNK} at least: S3 refuses smaller chunks.`)
  const signature = signedChunks ? CHUNK_SIGNATURE.length + signatureLength(algorithm) : 0
  const lineOf = (size: number) => size.toString(16).length + signature + 2
  const whole = Math.floor(decodedLength / chunkBytes)
  const rest = decodedLength % chunkBytes
  const chunks = whole * (lineOf(chunkBytes) + chunkBytes + 2) + (rest === 0 ? 0 : lineOf(rest) + rest + 2) + lineOf(0)
  if (checksum === undefined) return chunks + 2
  const header = checksumHeader(checksum).length + 1 + 4 * Math.ceil(CHECKSUMS[checksum].bytes / 3) + 2
  return chunks + header + (signedChunks ? TRAILER_SIGNATURE.length + signatureLength(algorithm) + 2 : 0) + 2
}

class ChunkWriter implements PayloadWriter {
  readonly #mode: StreamingMode
  readonly #chain: PayloadChain
  readonly #decodedLength: number
  readonly #chunkBytes: number
  readonly #checksum: { readonly name: string; readonly running: Checksum } | undefined
  readonly #held: HeldChunk
  #heldBytes = 0
  #length = 0
  #priorSignature: string

  constructor(mode: StreamingMode, chain: PayloadChain, { decodedLength, chunkBytes = DEFAULT_CHUNK, checksum }: ChunkOptions) {
    this.#mode = mode
    this.#chain = chain
    this.#decodedLength = decodedLength
    this.#chunkBytes = chunkBytes
    this.#checksum = checksum && { name: checksumHeader(checksum), running: CHECKSUMS[checksum].start() }
    this.#held = new HeldChunk(mode.algorithm !== undefined)
    this.#priorSignature = chain.seedSignature
  }

  push(bytes: Uint8Array): readonly Uint8Array[] {
    this.#length += bytes.length
    if (this.#length > this.#decodedLength) throw wrongLength(this.#decodedLength, 'longer')
    this.#checksum?.running.update(bytes)
    const out: Uint8Array[] = []
    for (let at = 0; at < bytes.length; ) {
      const end = Math.min(bytes.length, at + this.#chunkBytes - this.#heldBytes)
      this.#heldBytes += end - at
      const full = this.#heldBytes === this.#chunkBytes
      this.#held.add(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end), full)
      if (full) for (const one of this.#chunk()) out.push(one)
      at = end
    }
    return out
  }

  end(): readonly Uint8Array[] {
    if (this.#length < this.#decodedLength) throw wrongLength(this.#decodedLength, 'shorter')
    const out = this.#heldBytes === 0 ? [] : [...this.#chunk()]
    return [...out, bytesOf(`${this.#sizeLine(0, EMPTY_PAYLOAD_HASH)}${this.#trailer()}\r\n`)]
  }

  #chunk(): readonly Uint8Array[] {
    const line = this.#sizeLine(this.#heldBytes, this.#mode.algorithm === undefined ? '' : this.#held.hash())
    this.#heldBytes = 0
    return [bytesOf(line), ...this.#held.taken(), bytesOf('\r\n')]
  }

  #sizeLine(size: number, hash: string): string {
    const digits = size.toString(16)
    if (this.#mode.algorithm === undefined) return `${digits}\r\n`
    return `${digits}${CHUNK_SIGNATURE}${this.#signed(chunkStringToSign(this.#chain, this.#priorSignature, hash))}\r\n`
  }

  #trailer(): string {
    if (this.#checksum === undefined) return ''
    const { name, running } = this.#checksum
    const line = `${name}:${base64Of(running.digest())}`
    if (this.#mode.algorithm === undefined) return `${line}\r\n`
    const signature = this.#signed(trailerStringToSign(this.#chain, this.#priorSignature, sha256Hex(`${line}\n`)))
    return `${line}\r\n${TRAILER_SIGNATURE}${signature}\r\n`
  }

  /** The signature as it is written; the next one covers it. */
  #signed(stringToSign: string): string {
    this.#priorSignature = this.#chain.sign(stringToSign)
    return writtenSignature(this.#chain.algorithm, this.#priorSignature)
  }
}

function modeOf(algorithm: string | undefined, checksum: ChecksumAlgorithm | undefined): StreamingMode {
  if (algorithm === undefined && checksum === undefined)
    throw new UsageError('missing-checksum', 'Chunks that are not signed need a checksum behind them: S3 takes no others.')
  if (checksum !== undefined && !Object.hasOwn(CHECKSUMS, checksum))
    throw new UsageError('missing-checksum', `The checksum must be one of ${Object.keys(CHECKSUMS).join(', ')}.`)
  return STREAMING_MODES.find(
    (mode) => mode.framing === 'aws-chunked' && mode.algorithm === algorithm && mode.trailer === (checksum !== undefined),
  )!
}

function without(headers: readonly Header[], added: readonly Header[]): readonly Header[] {
  const names = new Set([...added.map(([name]) => name.toLowerCase()), HEADER.trailer])
  return headers.filter(([name]) => !names.has(name.toLowerCase()))
}

function wrongLength(said: number, what: 'longer' | 'shorter'): UsageError {
  return new UsageError('invalid-length', `The payload is ${what} than the ${said} bytes that were said and signed.`)
}

const DEFAULT_CHUNK = 65_536
const CHUNK_SIGNATURE = ';chunk-signature='
const TRAILER_SIGNATURE = 'x-amz-trailer-signature:'
