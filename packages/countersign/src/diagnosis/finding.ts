/** What diagnosis answers with. Data only. */
import type { PrivateName } from '../case/index.js'
import type { CauseClass } from '../catalog/index.js'
import type { Explanation } from '../causes/index.js'
import type { CanonicalRequestPart } from '../sigv4/index.js'
import type { Location } from '../text/index.js'

/** Strongest first. Everything above "none" is a claim that was shown. */
export const PROOF_LEVELS = ['signature', 'canonical-request-hash', 'text', 'recomputed', 'stated', 'none'] as const
export type ProofLevel = (typeof PROOF_LEVELS)[number]

declare const minted: unique symbol
interface ProofAt<Level extends ProofLevel> {
  readonly level: Level
  /** What matched, or what states it, in one sentence. */
  readonly statement: string
  /** Where the evidence for it stands. */
  readonly from?: Location
  /** The level it was made at: a copy with another level is no proof. */
  readonly [minted]: Level
}

/**
 * Made in `prove.ts` only, from an answer of the oracle or from what was stated. No object literal is one.
 * @public
 */
export type Proof = { readonly [Level in ProofLevel]: ProofAt<Level> }[ProofLevel]

/** @public */
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

/** @public */
export interface RuledOut {
  readonly cause: string
  /** tested: its edit did not give the signature. check-order: the verifier had passed that check. evidence: something in it says so. not-testable: evidence is lacking. */
  readonly how: 'tested' | 'check-order' | 'evidence' | 'not-testable'
  readonly why: string
}

/** @public */
export interface WantedEvidence {
  /** What to collect. */
  readonly what: string
  /** What it would decide. */
  readonly decides: string
  /** A command that gets it, where there is one. */
  readonly command?: string
}

/** One line of the two canonical requests, paired by what it is. Decided on whole bytes, before anything is redacted. */
export interface ComparedLine {
  readonly part: CanonicalRequestPart
  /** Absent where this side has no such line. */
  readonly signer?: string
  readonly verifier?: string
  /** Masked or cut text counts as the same. */
  readonly same: boolean
}

/** Whose text it is. quoted: the evidence shows it. rebuilt: made from the request, or by the change that was proven. */
export interface TextOrigin {
  readonly origin: 'quoted' | 'rebuilt'
  readonly from?: Location
}

/** The canonical requests of signer and verifier, line by line. */
export interface Comparison {
  readonly signer: TextOrigin
  readonly verifier: TextOrigin
  readonly lines: readonly ComparedLine[]
}

/** A refusal in short. `check` is "11 of 16 (clock)" in words of the dialect. */
export interface DiagnosedError {
  readonly code: string
  readonly check: string | undefined
  readonly message: string
}

/**
 * One request that the evidence shows.
 * @public
 */
export interface DiagnosedRequest {
  /** "r1", "r2", in the order of their dates. */
  readonly id: string
  readonly requestId: string | undefined
  /** Milliseconds since 1970 of the request date. */
  readonly when: number | undefined
  readonly method: string | undefined
  readonly target: string | undefined
  readonly host: string | undefined
  /** accepted: the signature was, whatever the service answered next. */
  readonly outcome: 'accepted' | 'refused' | 'unknown'
  /** The client repaired it itself, by a later request. */
  readonly overcome: boolean
  readonly error:
    | { readonly code: string; readonly check: { readonly id: string; readonly number: number; readonly of: number } | undefined }
    | undefined
  /** Indices into the findings of the diagnosis, best first. */
  readonly findings: readonly number[]
  /** Whether its causes were searched: what was accepted needs none, and of very many refused ones only a sample is searched. */
  readonly searched: boolean
}

/**
 * What all evidence together says: each request in a line, and why the last refusal that was not overcome was one.
 * @public
 */
export interface Diagnosis extends Omit<CaseDiagnosis, 'outcome'> {
  /**
   * That of the last refusal that was not overcome; without one, that of the last request without an answer whose signature is wrong
   * or could not be checked; else accepted.
   */
  readonly outcome: 'accepted' | 'proven' | 'likely' | 'unexplained' | 'nothing-read'
  /** Oldest first. */
  readonly requests: readonly DiagnosedRequest[]
  /** What to collect next: the one thing that decides most. */
  readonly next: WantedEvidence | undefined
}

/** Something known of the request. */
export interface RequestFact {
  /** "request date", "signed headers". */
  readonly name: string
  readonly value: string
  /** Who says so: "you signed", "as sent", "service calculated". */
  readonly said: string
}

/** What is found of one request. */
export interface CaseDiagnosis {
  readonly outcome: 'valid' | 'proven' | 'likely' | 'unexplained'
  /** The refusal that was diagnosed. */
  readonly error: DiagnosedError | undefined
  /** Best first. */
  readonly findings: readonly Finding[]
  readonly ruledOut: readonly RuledOut[]
  readonly wanted: readonly WantedEvidence[]
  /** Absent where one of the two is not known, or they are the same, or of two attempts. */
  readonly comparison?: Comparison
  /** What is known of the request: date, scope, signed headers and the like, and who says so. */
  readonly facts?: readonly RequestFact[]
  /** Session tokens and signatures of the evidence: no report may show them. */
  readonly unspoken?: readonly string[]
  /** What else the evidence holds under the name of a credential, or in the place of an access key ID. */
  readonly credentials?: readonly string[]
  /** Hosts, buckets, words of paths and the like: replaced in reports that are to be anonymous. */
  readonly privateNames?: readonly PrivateName[]
  /** Trials made, and whether the budget ended the search early. */
  readonly search: { readonly trials: number; readonly exhausted: boolean }
  /** Things worth saying that are not findings: unreadable evidence, several requests in one log, what was assumed. */
  readonly notes: readonly string[]
}
