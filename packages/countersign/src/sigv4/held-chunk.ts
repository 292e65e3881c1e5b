/** The bytes of a chunk that are held until its signature was checked, in pieces and hashed as they come. */
import { hashing, sha256HexOf } from '#sha256'

/**
 * Large pieces are kept as they came; small ones are gathered, so that what is held costs about as much as its bytes, however
 * they were cut. Room is made for bytes that came, never for bytes that were announced.
 */
export class HeldChunk {
  readonly #hashed: boolean
  #pieces: Uint8Array[] = []
  #gathered: Uint8Array | undefined
  #filled = 0
  #hash: ReturnType<typeof hashing> | undefined
  /** The hash of a chunk that came in one piece. */
  #whole: string | undefined

  /** @param hashed Whether its hash will be asked for. */
  constructor(hashed: boolean) {
    this.#hashed = hashed
  }

  /** @param last Whether the chunk is complete with this piece. */
  add(piece: Uint8Array, last: boolean): void {
    if (last && this.#pieces.length === 0 && this.#filled === 0) {
      this.#pieces.push(piece)
      if (this.#hashed) this.#whole = sha256HexOf(piece)
      return
    }
    // The last one is held for no longer than it takes to hash it.
    if (piece.length >= LARGE || (last && this.#filled === 0)) {
      this.#settle()
      this.#keep(piece)
      return
    }
    let at = 0
    while (at < piece.length) {
      this.#gathered ??= new Uint8Array(LARGE)
      const taken = Math.min(piece.length - at, LARGE - this.#filled)
      this.#gathered.set(piece.subarray(at, at + taken), this.#filled)
      this.#filled += taken
      at += taken
      if (this.#filled === LARGE) this.#settle()
    }
  }

  /** SHA-256 of the chunk, in lower-case hex. Call it once, when the chunk is complete. */
  hash(): string {
    if (this.#whole !== undefined) return this.#whole
    this.#settle()
    return (this.#hash ?? hashing()).hexDigest()
  }

  /** The pieces, which are held no longer. */
  taken(): readonly Uint8Array[] {
    this.#settle()
    const pieces = this.#pieces
    this.#pieces = []
    this.#gathered = undefined
    this.#filled = 0
    this.#hash = undefined
    this.#whole = undefined
    return pieces
  }

  #settle(): void {
    if (this.#gathered === undefined || this.#filled === 0) return
    this.#keep(this.#filled === LARGE ? this.#gathered : this.#gathered.slice(0, this.#filled))
    this.#gathered = undefined
    this.#filled = 0
  }

  #keep(piece: Uint8Array): void {
    if (this.#hashed) {
      this.#hash ??= hashing()
      this.#hash.update(piece)
    }
    this.#pieces.push(piece)
  }
}

/** Bytes of a piece that is worth keeping as it came. */
const LARGE = 4096
