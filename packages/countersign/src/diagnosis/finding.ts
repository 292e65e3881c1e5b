/** What diagnosis answers with. Data only. */
import type { CauseClass } from '../causes/cause-class.js'
import type { Explanation } from '../causes/explanation.js'
import type { Location } from '../evidence/reader.js'

/** Strongest first. Everything above "none" is a claim that was shown. */
export const PROOF_LEVELS = ['signature', 'canonical-request-hash', 'text', 'stated', 'none'] as const
export type ProofLevel = (typeof PROOF_LEVELS)[number]

declare const minted: unique symbol
/** Made in `prove.ts` only (the level "signature" from a {@link SignatureMatches}). */
export interface Proof {
  readonly level: ProofLevel
  /** What matched, or what states it, in one sentence. */
  readonly statement: string
  /** Where the evidence for it stands. */
  readonly from?: Location
  readonly [minted]?: true
}

export interface Finding extends Explanation {
  /** One id; two or three where as many faults are needed together; see `alternatives` for those that cannot be told apart. */
  readonly causes: readonly string[]
  readonly class: CauseClass
  readonly summary: string
  readonly proof: Proof
  /** Why it is suspected: for "none" the reasons, for the others what else points to it. */
  readonly grounds: readonly string[]
  /** Causes whose edit gives the very same bytes. */
  readonly alternatives: readonly string[]
  /** 0 to 1; orders findings of the level "none". */
  readonly weight: number
}

export interface RuledOut {
  readonly cause: string
  /** tested: its edit did not give the signature. check-order: the verifier had passed that check. not-testable: evidence is lacking. */
  readonly how: 'tested' | 'check-order' | 'not-testable'
  readonly why: string
}

export interface WantedEvidence {
  /** What to collect. */
  readonly what: string
  /** What it would decide. */
  readonly decides: string
  /** A command that gets it, where there is one. */
  readonly command?: string
}

export interface Diagnosis {
  readonly outcome: 'valid' | 'proven' | 'likely' | 'unexplained'
  /** The refusal that was diagnosed. `check` is "11 of 16 (clock)" in words of the dialect. */
  readonly error: { readonly code: string; readonly check: string | undefined; readonly message: string } | undefined
  /** Best first. */
  readonly findings: readonly Finding[]
  readonly ruledOut: readonly RuledOut[]
  readonly wanted: readonly WantedEvidence[]
  /** Trials made, and whether the budget ended the search early. */
  readonly search: { readonly trials: number; readonly exhausted: boolean }
  /** Things worth saying that are not findings: unreadable evidence, several requests in one log, what was assumed. */
  readonly notes: readonly string[]
}
