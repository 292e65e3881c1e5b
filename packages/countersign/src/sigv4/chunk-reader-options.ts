/** What a reader of chunks is given, and what it puts up with. */
import type { PayloadChain, StreamingMode } from './chunked-payload.js'

/**
 * What a reader of chunks puts up with.
 * @internal
 */
export interface ChunkLimits {
  /** Bytes of a size line with its line break. Default: 512; the longest valid one has 179. */
  readonly sizeLineBytes: number
  /** Bytes of one signed chunk: it is held until its signature was checked. Default: 16 MiB. */
  readonly signedChunkBytes: number
  /** Bytes of all trailing headers. Default: 8192. */
  readonly trailerBytes: number
  /** How many trailing headers. Default: 16. */
  readonly trailerCount: number
}

/** @internal */
export const DEFAULT_CHUNK_LIMITS: ChunkLimits = {
  sizeLineBytes: 512,
  signedChunkBytes: 16 * 1024 * 1024,
  trailerBytes: 8192,
  trailerCount: 16,
}

/**
 * What is read.
 * @internal
 */
export interface ChunkReaderOptions {
  readonly mode: StreamingMode
  /** Has to be there where the chunks are signed. */
  readonly chain: PayloadChain | undefined
  /** Bytes of the payload, as x-amz-decoded-content-length says; `undefined`: not compared. */
  readonly decodedLength: number | undefined
  /** The trailing headers announced, in lower case, as x-amz-trailer says. */
  readonly trailerNames: readonly string[]
  readonly limits?: Partial<ChunkLimits>
}
