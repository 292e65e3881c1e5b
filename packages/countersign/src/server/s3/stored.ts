/** What the stand-in keeps of an object. */
import type { Header } from '../../sigv4/index.js'

/** A name and a value. */
export type Tag = readonly [key: string, value: string]

export interface StoredObject {
  /** The parts of an upload in parts, or one piece. */
  readonly pieces: readonly Uint8Array[]
  readonly size: number
  /** With its quotes. */
  readonly etag: string
  /** What S3 keeps of the headers that came with it. */
  readonly headers: readonly Header[]
  readonly tags: readonly Tag[]
  readonly inParts: boolean
}

/** One version of a key. */
export interface StoredVersion {
  /** "null" where it was kept without versions. */
  readonly id: string
  /** Milliseconds since 1970, whole seconds. */
  readonly modified: number
  /** Absent: a delete marker. */
  readonly object: StoredObject | undefined
}

/** A part of an upload that is not complete. */
export interface StoredPart {
  readonly number: number
  readonly body: Uint8Array
  readonly etag: string
  readonly modified: number
}

export interface StoredUpload {
  readonly id: string
  readonly key: string
  readonly begun: number
  readonly headers: readonly Header[]
  readonly tags: readonly Tag[]
  readonly parts: ReadonlyMap<number, StoredPart>
}

/** About what an object takes in memory: its bytes, its texts, and what holds them. */
export function weightOf(key: string, { size, headers, tags }: Pick<StoredObject, 'size' | 'headers' | 'tags'>): number {
  const texts = [...headers, ...tags].reduce((sum, [name, value]) => sum + name.length + value.length, key.length)
  return size + texts + EACH
}

/** Bytes from `start` up to, and without, `end`, in as many pieces as they lie in. */
export function slicedPieces(pieces: readonly Uint8Array[], start: number, end: number): readonly Uint8Array[] {
  const found: Uint8Array[] = []
  let at = 0
  for (const piece of pieces) {
    const [from, to] = [Math.max(start - at, 0), Math.min(end - at, piece.length)]
    if (from < to) found.push(from === 0 && to === piece.length ? piece : piece.subarray(from, to))
    at += piece.length
  }
  return found
}

/** What a key and its version take besides texts and bytes. */
const EACH = 512
