/** What one view, or the texts of one side, show to be wrong by themselves: no key is needed to see it. */
import type { CauseId, CheckGroup } from '../../catalog/index.js'
import type { ObservationOf } from '../observation.js'
import type { Shown, Told } from '../shown.js'

/**
 * breaks: the specification refuses it, or no signature of it can be right. fragile: it may be signed rightly, and seldom
 * arrives as it was signed, or seldom is what was meant.
 */
export type Severity = 'breaks' | 'fragile'

/** One thing that deviates, where it was seen, and the cause that it shows. */
export interface Deviation {
  readonly rule: string
  readonly cause: CauseId
  readonly severity: Severity
  /** The verifier's checks that refuse it. */
  readonly checks: readonly CheckGroup[]
  /** Of what is fragile: how much it is worth as the reason of a refusal, 0 to 1. */
  readonly weight?: number
  /** A whole sentence, true even if it is not why the request was refused. */
  readonly sentence: string
  readonly seen: ViewSource
  /** Headers (lower case) or parameters that it is about. */
  readonly names: readonly string[]
  /** What stands there, by name: "written", "wanted", "form", ... Never a secret, a token or a signature. */
  readonly values: Readonly<Record<string, string>>
  /** A paste may have made it as well, or somebody who shortened it. */
  readonly ofPaste?: true
  /** Where values of the evidence come out of each other: a proof is made of it. */
  readonly shown?: Shown
  /** The words of a finding about it, where those of its cause are of another scheme. */
  readonly told?: Told
}

/** What a view may be made of. */
export type ViewSource = ObservationOf<'request' | 'authorization' | 'signature' | 'canonical-request' | 'string-to-sign'>

/** What a rule says of a view. */
export type Said = Pick<Deviation, 'sentence'> & Partial<Pick<Deviation, 'names' | 'values' | 'shown' | 'told'>>
