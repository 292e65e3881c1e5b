/**
 * Joins the pieces of all evidence into exchanges: one signing, as it was sent once, with its answer.
 *
 * Keys come first: the reader's own, the signature, the request ID, the hash of the canonical request, date with method and path.
 * Position comes last, and only where nothing clashes. Two signatures that requests carry and that differ are never one signing.
 */
import { acrossSources } from './across-sources.js'
import type { Observation } from './observation.js'
import type { Piece, PieceKeys } from './piece.js'
import { withinSource } from './within-source.js'

/** An exchange while it is put together. */
export interface Joined {
  readonly pieces: readonly Piece[]
  readonly keys: PieceKeys
  /** Views of another attempt of the same request, for want of one of this attempt's: to compare with, never to prove by. */
  readonly otherAttempt: readonly Piece[]
}

/** The exchanges that the pieces of each source make; the order of the sources changes nothing. */
export function joined(sources: readonly (readonly Piece[])[]): readonly Joined[] {
  return acrossSources(sources.map((pieces) => withinSource(pieces)))
}

/** The observations of an exchange, each once, in the order of their places. */
export function observationsOf({ pieces, otherAttempt }: Pick<Joined, 'pieces' | 'otherAttempt'>): readonly Observation[] {
  return [...new Set([...pieces, ...otherAttempt].flatMap(({ observations }) => observations))]
}
