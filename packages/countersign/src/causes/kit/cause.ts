/** The contract of a cause: a named edit of the signing inputs, "the inputs as the signer had them, if this happened". */
import type { CaseFile, Deviation, ObservationOf, Shown, Told } from '../../case/index.js'
import type { CauseClass, CauseId, CheckGroup, SchemesHeld } from '../../catalog/index.js'
import type { SigningInputs, SigningPart } from '../../sigv4/index.js'
import type { Explanation } from './explanation.js'

/**
 * A guess worth testing. Cheap and generous: a false one costs microseconds.
 * @public
 */
export interface Suspicion<Params> {
  readonly params: Params
  /**
   * How strongly the evidence alone points here, 0 to 1. Below `WORTH_REPORTING` the suspicion is tested but never reported unproven.
   */
  readonly weight: number
  /** Why it is suspected: whole sentences that stay true even if it is not the cause. */
  readonly grounds: readonly string[]
  /** The observation that says it in so many words; makes the proof level "stated". */
  readonly stated?: ObservationOf<'stated' | 'request' | 'authorization' | 'response' | 'signature' | 'canonical-request'>
  /** Where values of the evidence come out of each other: the proof, and the words where the cause's own are of another scheme. */
  readonly shown?: Shown
  readonly told?: Told
  /**
   * Proven if the verifier's own quoted text, unedited, gives the signature provided under the user's secret: then the
   * service holds another secret for this access key ID.
   */
  readonly unedited?: true
  /**
   * Proven if the signer's and the service's strings to sign, both read, are the same text and the signature was refused: then the
   * key is wrong, or how it was derived.
   */
  readonly sameTexts?: true
  /** One of a long table of values: tested alone, and never together with other suspicions, which it would crowd out. */
  readonly alone?: true
}

/**
 * A suspicion together with what it was tested on.
 * @public
 */
export interface Match<Params> {
  readonly params: Params
  readonly file: CaseFile
  /** As the verifier has them; `undefined` where the evidence does not hold them. */
  readonly verifier: SigningInputs | undefined
  /** As the signer had them, if this happened. */
  readonly signer: SigningInputs | undefined
}

/** The point in the verifier's order of checks at which this fault is refused. */
export type RefusedAt = Exclude<CheckGroup, 'request'> | 'not-by-the-verifier'

/** @public */
export interface Cause<Params = unknown> {
  /** `<part>-<what happened to it>`, past tense, for ever. */
  readonly id: CauseId
  readonly class: CauseClass
  /** The first part it disturbs. */
  readonly part: SigningPart
  /** One line for `countersign causes`. */
  readonly summary: string
  /** The schemes that it is a mistake of; it is never said of a request of another. */
  readonly schemes: SchemesHeld
  /**
   * Set where this is one way in which a broader cause of its class comes about: of two that make the same bytes this one
   * is said first, and a clue about the whole class means it only where the clue names this cause among its tags.
   */
  readonly narrow?: true
  /**
   * Set where this says who made a mistake rather than which: of causes that make the same bytes another is said, and the
   * grounds and fixes of this are added to it.
   */
  readonly adds?: true
  /**
   * Set where its edit puts anything in the place of anything. "names": against a request that was captured, and not a text that the
   * signer wrote, somebody can as well have replaced them before posting. "values": against a request that nothing ties to the text,
   * it can as well be another request.
   */
  readonly replaces?: 'names' | 'values'
  /** The checks that can refuse it. A refusal at a later check rules it out. */
  readonly refusedAt: readonly RefusedAt[]
  suspect(file: CaseFile): Iterable<Suspicion<Params>>
  /** The parameters that a deviation of one view shows where it names this cause; `undefined` where it shows none. */
  shownBy?(deviation: Deviation): Params | undefined
  /** Why the evidence says that it is not this, in one sentence; absent or `undefined` where it does not. */
  refutes?(file: CaseFile): string | undefined
  /** Pure and total: the inputs as the signer had them; the same object if it changes nothing. */
  undo(inputs: SigningInputs, params: Params): SigningInputs
  explain(match: Match<Params>): Explanation
}

/** Declares a cause. The type parameter stays inside; outside, causes are alike. */
export function defineCause<Params>(cause: Cause<Params>): Cause {
  return cause as Cause
}
