/** What may not be shown, by kind, and what is written in its place. */
export type HiddenKind = 'token' | 'secret' | 'signature' | 'key-id' | 'credential'

/** A stretch of a text that may not be shown. */
export interface Hidden {
  readonly start: number
  readonly end: number
  readonly kind: HiddenKind
}

/** What is written in place of each kind. */
export const PLACEHOLDERS: Readonly<Record<HiddenKind, string>> = {
  token: '[session token]',
  secret: '[secret]',
  signature: '[signature]',
  'key-id': '[hidden-key-id]',
  credential: '[credentials]',
}
