/** The case file: all observations of one refused request, merged; disagreements kept. See assemble-case.ts for how. */
import type { Scheme, SchemeFamily } from '../catalog/index.js'
import type {
  CanonicalRequestPart,
  CanonicalRequestParts,
  HttpRequest,
  SecretAccessKey,
  SigningInputs,
  SigningProfile,
  StringToSign,
} from '../sigv4/index.js'
import type { Location } from '../text/index.js'
import type { Deviation } from './check-view/deviation.js'
import type { About, Clue } from './clue.js'
import type { Exchange } from './exchange.js'
import type { Observation, ObservationOf, Side, StatedFact } from './observation.js'

/**
 * A secret the user knows, and how to call it in a report (never its value).
 * @public
 */
export interface KnownSecret {
  readonly label: string
  readonly secretAccessKey: SecretAccessKey
  readonly accessKeyId?: string
}

/** How many of the secrets known are tried. */
export const MOST_SECRETS = 500

/**
 * What the user knows beyond the evidence.
 * @public
 */
export interface KnownFacts {
  readonly secrets?: readonly KnownSecret[]
  readonly sessionToken?: string
  /** Milliseconds since 1970 at the verifier; overrides what the evidence says. */
  readonly now?: number
  readonly profile?: SigningProfile
  readonly region?: string
  readonly service?: string
  /** The verifier itself let another request with this access key ID pass on the same connection: it is among the evidence. */
  readonly passedAccessKeyId?: string
  /** What the verifier saw besides the head that says that a proxy passed the request on: "HTTP/1.0". */
  readonly proxySigns?: readonly string[]
}

/** What one side had, as far as the evidence shows. */
export interface SideView {
  readonly side: Side
  readonly request?: ObservationOf<'request'>
  readonly canonicalRequest?: ObservationOf<'canonical-request'>
  /**
   * The parts of `canonicalRequest`, or else of what the specification makes of `request`. What the evidence does not hold is
   * masked ("***"), never empty.
   */
  readonly parts?: CanonicalRequestParts
  readonly stringToSign?: ObservationOf<'string-to-sign'>
  /** `stringToSign`, read. */
  readonly read?: StringToSign
  readonly signature?: string
}

/** A part of the canonical request that two sides have differently. Masked or cut text never counts as different. */
export interface Disagreement {
  readonly part: CanonicalRequestPart
  readonly signer: string
  readonly verifier: string
  readonly signerLocation: Location | undefined
  readonly verifierLocation: Location | undefined
}

/** The refusal, as far as the evidence shows it. */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly dialect: 's3' | 'standard'
  /** The check that refused; `undefined` where the code and message do not tell. */
  readonly check: RefusedCheck | undefined
}

/** A numbered check of the verifier's dialect, and the group it belongs to. */
export interface RefusedCheck {
  readonly id: string
  readonly number: number
  readonly of: number
  readonly group: string
}

/** @public */
export interface CaseFile {
  readonly observations: readonly Observation[]
  readonly known: KnownFacts
  readonly refusal: Refusal | undefined
  readonly signer: SideView
  readonly wire: SideView
  readonly verifier: SideView
  readonly disagreements: readonly Disagreement[]
  /** What single views, and the texts of one side, show to be wrong by themselves. */
  readonly deviations: readonly Deviation[]
  /** The signature provided, where it is whole and unmasked. */
  readonly provided: string | undefined
  /** Its SHA-256, where a recording keeps that in its place: 64 lower-case hex digits. */
  readonly providedSeal: string | undefined
  /** Milliseconds since 1970 at the verifier when it judged, from the evidence or from the user. */
  readonly now: number | undefined
  /**
   * The signing inputs as the verifier has them: from its own canonical request where quoted, else from the request on
   * the wire. `undefined` where neither is known well enough. The key is the first known secret.
   */
  readonly inputs: SigningInputs | undefined
  /**
   * `inputs` where they are not the signer's, else what can be put together of a request or a canonical request that was seen:
   * enough to judge a suspicion by, too little to prove one.
   */
  readonly inputsSeen: SigningInputs | undefined
  /** Whose text `inputs` come from: "signer" where nothing of the wire or the verifier is known. */
  readonly inputsFrom: Side | undefined
  /** The inputs are those of a capture at the client: they show what was sent, not what the service received. */
  readonly asSent: boolean
  /** The method of the inputs is a guess: a bare URL has none. */
  readonly methodGuessed: boolean
  /** The service's canonical request has not the hash in its own string to sign: it was edited, or damaged, before it was posted. */
  readonly edited: boolean
  /** The ways of saying who asks that the evidence shows, and the family of all of them, where they have one. */
  readonly schemes: ReadonlySet<Scheme>
  readonly family: SchemeFamily | undefined
  /** Whether both sides' texts are of one and the same attempt, as far as dates and signatures show. */
  readonly sameAttempt: boolean
  /** Any request seen at all, the wire's first: for causes that read headers or the URL. */
  readonly request: HttpRequest | undefined
  /** The exchange that this is the case of, and the others that the evidence shows. Absent where only one was given. */
  readonly exchange?: Exchange
  readonly others?: readonly Exchange[]
}

/** Whether the signature provided can be compared with one that is calculated: it is whole, or its SHA-256 was kept. */
export function isSigned({ provided, providedSeal }: Pick<CaseFile, 'provided' | 'providedSeal'>): boolean {
  return (provided ?? providedSeal) !== undefined
}

/** The stated observations of one fact. */
export function statedFacts(file: CaseFile, fact: StatedFact): ObservationOf<'stated'>[] {
  return file.observations.filter((seen): seen is ObservationOf<'stated'> => seen.kind === 'stated' && seen.fact === fact)
}

/** The clues about a cause class or a cause id. */
export function cluesFor(file: CaseFile, about: About): Clue[] {
  return file.observations.filter((seen): seen is Clue => seen.kind === 'clue' && seen.against !== true && seen.about === about)
}

/** What people say against a cause, by its id or its class. */
export function cluesAgainst(file: CaseFile, { id, class: about }: { readonly id: string; readonly class: About }): Clue[] {
  return file.observations.filter(
    (seen): seen is Clue =>
      seen.kind === 'clue' && seen.against === true && (seen.about === id || seen.about === about || seen.tags.some((tag) => tag === id)),
  )
}
