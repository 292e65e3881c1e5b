/**
 * The contract of a reader.
 *
 * A reader is total: it never throws, whatever the bytes. What it cannot read is an observation too.
 */
import type { Observation, Side } from './observation.js'

/**
 * One piece of evidence as the user gave it.
 * @public
 */
export interface EvidenceSource {
  readonly name: string
  /** Byte string. UTF-16 input has been turned into UTF-8 bytes before. */
  readonly text: string
  /** The side the user declared with --signer, --wire or --verifier. */
  readonly side?: Side
  /** What of it was not kept, in words: it was too large. */
  readonly leftOut?: string
}

/** The `recognize` of readers whose rules are all there is to recognise: to ask them twice would take twice as long. */
export const anyText = (): boolean => true

/**
 * Reads one format.
 * @public
 */
export interface EvidenceReader {
  /** For example "s3-error-xml". */
  readonly id: string
  /** One line for `countersign --help` and the docs: what it reads. */
  readonly reads: string
  /** Real, redacted samples; the test suite reads every one of them. */
  readonly samples: readonly string[]
  /** What it recognizes is nothing else: no other reader reads that text. */
  readonly sole?: true
  /** Whether the text is, or contains, this format. Several readers may read one text. */
  recognize(text: string): boolean
  /** Everything the text says, in order. Total. */
  read(source: EvidenceSource): readonly Observation[]
}
