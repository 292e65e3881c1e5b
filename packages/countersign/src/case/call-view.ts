/** What a call in a program asks for, as far as its text says: a view of a request before there is one. */

/** configures: makes a client; asks: has an operation done; signs, presigns: makes a signature; sends: an HTTP request. */
export type CallDoes = 'configures' | 'asks' | 'signs' | 'presigns' | 'sends'

/** A part of credentials that is handed over. */
export type CredentialPart = 'id' | 'secret' | 'token'

/** What is absent is not known, never empty. */
export interface CallView {
  readonly does: CallDoes
  /** Whose call it is: "boto3", "fetch". */
  readonly api: string
  readonly callee: string
  readonly operation?: string
  readonly method?: string
  readonly url?: string
  readonly bucket?: string
  readonly key?: string
  readonly region?: string
  readonly service?: string
  readonly endpoint?: string
  /** Names in lower case. A value that the text does not show is absent. */
  readonly headers: readonly (readonly [name: string, value: string | undefined])[]
  /** The names of metadata, as written. */
  readonly metadata?: readonly string[]
  /** Whether these are all headers that the program sets. */
  readonly allHeaders: boolean
  /** What the body is, where the call says so. */
  readonly body?: 'form' | 'given'
  /** The parts of credentials that it is handed by their names; absent where it is handed none by name. */
  readonly handed?: readonly CredentialPart[]
  /** The credentials come from a provider: a role, a session. */
  readonly provided?: true
}
