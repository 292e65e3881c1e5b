/** Reads the trailing headers of one payload in chunks, line by line, and checks them when all have come. */
import { sha256Hex } from '#sha256'
import type { ChunkLimits } from './chunk-reader-options.js'
import { type PayloadChain, signatureLength, signatureWritten, trailerStringToSign } from './chunked-payload.js'
import { mismatch, type PayloadRefused, TERMINATED } from './payload-refused.js'
import { MALFORMED_TRAILER, type PayloadChecksums, parseTrailer, type Trailer, trailerText } from './payload-trailer.js'

export class TrailerReader {
  /** The trailing headers announced, in lower case. */
  readonly #names: readonly string[]
  /** Where they are signed. */
  readonly #chain: PayloadChain | undefined
  readonly #most: number
  readonly #trailers: Trailer[] = []
  #bytesLeft: number
  #signatureProvided: string | undefined

  constructor(names: readonly string[], chain: PayloadChain | undefined, { trailerBytes, trailerCount }: ChunkLimits) {
    this.#names = names
    this.#chain = chain
    this.#most = trailerCount
    this.#bytesLeft = trailerBytes
  }

  /** How long the next line may be. */
  get bytesLeft(): number {
    return this.#bytesLeft
  }

  /**
   * Takes a line with its line feed. A trailing header ends in CR LF, or in LF as some signers write it, who then set an empty line
   * before the signature. An empty line after that is the end.
   *
   * @returns Whether more is to come, or the refusal.
   */
  take(line: string): 'more' | 'all' | PayloadRefused {
    this.#bytesLeft -= line.length
    if (line === '\r\n') return this.#chain === undefined || this.#signatureProvided !== undefined ? 'all' : 'more'
    const text = line.slice(0, line.endsWith('\r\n') ? -2 : -1)
    if (this.#signatureProvided !== undefined) return MALFORMED_TRAILER
    if (this.#chain !== undefined && text.startsWith(TRAILER_SIGNATURE)) {
      const written = text.slice(TRAILER_SIGNATURE.length)
      // As of a chunk: what is longer than any signature is none.
      if (written.length > signatureLength(this.#chain.algorithm)) return TERMINATED
      this.#signatureProvided = signatureWritten(this.#chain.algorithm, written)
      return 'more'
    }
    const trailer = parseTrailer(text)
    // S3 takes a line without a colon for a body that has ended.
    if (trailer === undefined) return text === '' || text.includes(':') ? MALFORMED_TRAILER : TERMINATED
    if (this.#trailers.length === this.#most) return MALFORMED_TRAILER
    this.#trailers.push(trailer)
    return 'more'
  }

  /** Why what came is refused: what was announced has not come, is not signed so, something else came, or a checksum is wrong. */
  refusal(priorSignature: string, checksums: PayloadChecksums): PayloadRefused | undefined {
    const names = new Set(this.#trailers.map(({ name }) => name))
    if (this.#names.some((name) => !names.has(name))) return MALFORMED_TRAILER
    const wrong = this.#signatureRefused(priorSignature)
    if (wrong !== undefined) return wrong
    const asAnnounced = names.size === this.#trailers.length && names.size === this.#names.length
    return asAnnounced ? checksums.refusal(this.#trailers) : MALFORMED_TRAILER
  }

  #signatureRefused(priorSignature: string): PayloadRefused | undefined {
    if (this.#chain === undefined) return undefined
    const stringToSign = trailerStringToSign(this.#chain, priorSignature, sha256Hex(trailerText(this.#trailers)))
    const signatureProvided = this.#signatureProvided ?? ''
    if (this.#chain.matches(stringToSign, signatureProvided)) return undefined
    return mismatch({ of: 'trailer', number: 1, stringToSign, signatureProvided })
  }
}

const TRAILER_SIGNATURE = 'x-amz-trailer-signature:'
