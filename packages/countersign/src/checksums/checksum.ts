/** A checksum of a message that comes in pieces. */
export interface Checksum {
  update(piece: Uint8Array): void
  /** The checksum, its first byte the highest. Call it once. */
  digest(): Uint8Array
}
