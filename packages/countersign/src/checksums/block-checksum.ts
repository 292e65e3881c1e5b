/** Checksums that take their message in blocks of one size: what is left of a piece waits for the next. */
import type { Checksum } from './checksum.js'

export abstract class BlockChecksum implements Checksum {
  readonly #size: number
  /** The bytes that wait, and how many they are. */
  protected readonly block: Uint8Array
  protected filled = 0
  /** Of all pieces, in bytes. */
  protected length = 0

  /** @param size Bytes of a block. */
  protected constructor(size: number) {
    this.#size = size
    this.block = new Uint8Array(size)
  }

  update(piece: Uint8Array): void {
    const size = this.#size
    this.length += piece.length
    let at = 0
    if (this.filled > 0) {
      at = Math.min(size - this.filled, piece.length)
      this.block.set(piece.subarray(0, at), this.filled)
      this.filled += at
      if (this.filled < size) return
      this.take(this.block, 0)
    }
    for (; at + size <= piece.length; at += size) this.take(piece, at)
    this.block.set(piece.subarray(at))
    this.filled = piece.length - at
  }

  /** Takes the block that begins there. */
  protected abstract take(bytes: Uint8Array, at: number): void

  abstract digest(): Uint8Array
}
