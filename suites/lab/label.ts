/** What a set's `label.json` says: which requests its logs hold, what came of each, and why, as it was brought about. */

export interface RequestLabel {
  readonly id: string
  /** The step of the plan that it belongs to; a step may send several. */
  readonly step: number
  readonly at: string
  readonly method: string
  readonly target: string
  readonly host: string
  readonly date: string | null
  readonly signature: string | null
  readonly requestId: string | null
  readonly status: number | null
  readonly code: string | null
  readonly outcome: 'accepted' | 'refused' | 'redirected' | 'unknown'
  /** The client repaired it itself: a later request of the same step passed. */
  readonly overcome: boolean
  /** Nothing but a status came back: an answer to HEAD, or an empty one. */
  readonly bare: boolean
  /** The service quoted its canonical request or its string to sign. */
  readonly quoted: boolean
  /** The answer says in words or by its code what is wrong. */
  readonly stated: boolean
  /** The client signed rightly by the right secret, and what it sent was changed on the way or refused for another reason. */
  readonly signedRight: boolean
  readonly faults: readonly string[]
  /** The classes of ../../../shared/causes-classes.md that are true of it; the right answer is any of them. */
  readonly classes: readonly string[]
  /** The same where the right secret is given, which tells a mangled secret from a wrong one. */
  readonly classesWithSecret: readonly string[]
}

export interface Segment {
  readonly file: string
  readonly start: number
  readonly end: number
  readonly step: number
}

export interface FileLabel {
  readonly name: string
  readonly role: 'client' | 'server' | 'configuration'
}

export interface SetLabel {
  readonly id: string
  readonly seed: string
  readonly shape: string
  readonly client: string
  readonly service: string
  readonly proxy: string | null
  /** What was done to the log before it was posted (`edits.ts`). */
  readonly edited: string | null
  readonly files: readonly FileLabel[]
  readonly requests: readonly RequestLabel[]
  /** Where the log of each step stands in its file, if steps did not run at once. */
  readonly segments: readonly Segment[]
  /** The refusals of which the first answer may speak: the last that was not overcome, and those of the same moment. */
  readonly top: readonly string[]
  /** The log shows what was answered; without that nothing can be said to be refused. */
  readonly showsAnswers: boolean
  readonly secrets: { readonly right: string }
}
