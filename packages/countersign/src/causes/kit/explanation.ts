/** What a cause may say. Words are written here once, in the cause, and only laid out by the report. */

import type { Mend } from '../../case/index.js'
import type { SettingSet, Subject } from '../../catalog/index.js'
import type { SigningPart } from '../../sigv4/index.js'
import type { Location } from '../../text/index.js'

/**
 * Two values that disagreed, and where.
 * @public
 */
export interface Label {
  readonly part: SigningPart | 'clock' | 'session-token' | 'authorization' | 'payload'
  /** What the verifier calculates with; byte string. */
  readonly calculated: string
  /** What the signer signed; byte string. */
  readonly signed: string
  /** What to see in the difference; one short sentence, no full stop. */
  readonly note: string
  readonly from?: Location
}

/**
 * A repair.
 * @public
 */
export interface Fix {
  readonly title: string
  /** exact: do just this. has-placeholders: fill in the <…>. maybe: one of several ways. */
  readonly applicability: 'exact' | 'has-placeholders' | 'maybe'
  /** A command or a line of configuration or code, where there is one. */
  readonly command?: string
  /** The wrong value that a setting of the user's has where it was read, and the right one. */
  readonly sets?: { readonly what: SettingSet; readonly from: string; readonly to: string }
  /** Where in a file of the user's it is to be made: what stands there, and what must. */
  readonly edit?: Mend
  /** What it is for, any of these: clients, languages, systems, proxies, services, tools. Absent: it is for all. */
  readonly appliesTo?: readonly Subject[]
}

/**
 * The tempting repair, and why it fails or hides the fault.
 * @public
 */
export interface WrongFix {
  readonly title: string
  readonly why: string
  /** Said only where it is known that a check of the signature refused: of a bare "access denied" it may be the right repair. */
  readonly onlyIfRefusedBySignature?: true
  /** Why it fails where the signatures were compared, if `why` speaks of an earlier check. */
  readonly whyAtSignature?: string
}

/** @public */
export interface Explanation {
  /** The fact, in the past tense, without blame. */
  readonly what: string
  /** The mechanism: why the signature stops matching. */
  readonly why: string
  readonly labels: readonly Label[]
  readonly fixes: readonly Fix[]
  readonly wrongFixes: readonly WrongFix[]
  /** A step whose outcome would differ if the diagnosis were wrong. */
  readonly check: string
}
