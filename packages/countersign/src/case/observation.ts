/** What evidence says: facts that were seen, each with its side, its fidelity and its place. */
import type { Subject } from '../catalog/index.js'
import type { DerivedKey } from '../credentials/index.js'
import type { HttpRequest, SecretAccessKey } from '../sigv4/index.js'
import type { Location } from '../text/index.js'
import type { CallView } from './call-view.js'
import type { Clue, Values } from './clue.js'
import type { Mend } from './mend.js'

/** Who wrote the bytes: the program that signed, the network between, or the service that checked. */
export type Side = 'signer' | 'wire' | 'verifier'

/** exact: byte for byte. normalized: passed through something that rewrites (a browser, a log, `fetch`). inferred: deduced. */
export type Fidelity = 'exact' | 'normalized' | 'inferred'

/** What a service's message, or a client's own error text, says in so many words. */
export type StatedFact =
  | 'signature-mismatch'
  | 'region-wrong' // signed?, wanted?
  | 'scope-wrong' // scope: one of its parts, which the message does not say
  | 'service-wrong' // signed?, wanted?
  | 'terminator-wrong' // signed?, wanted?
  | 'scope-date-wrong' // scopeDate, requestDay, requestDate?
  | 'request-expired' // requestDate, limit, now, windowSeconds
  | 'request-in-future' // requestDate, limit, now, windowSeconds
  | 'time-skewed' // requestDate?, now?, windowSeconds?
  | 'presigned-expired' // expiresSeconds?, expires?, now?
  | 'presigned-not-yet-valid'
  | 'date-missing-or-malformed' // given?
  | 'headers-not-signed' // names (comma-separated, lower case)
  | 'host-not-signed'
  | 'payload-hash-mismatch' // signed?, received?
  | 'content-sha256-missing'
  | 'content-sha256-malformed' // given?
  | 'payload-encoding-refused' // aws-chunked, trailers, checksums
  | 'token-invalid'
  | 'token-expired'
  | 'access-key-unknown' // accessKeyId?
  | 'algorithm-unsupported' // algorithm?
  | 'two-mechanisms'
  | 'authentication-missing'
  | 'authorization-malformed' // part?
  | 'policy-violated' // condition?
  | 'redirected' // endpoint?, status?
  | 'header-value-refused-by-client' // value, char: "\\n", "\\r", " " ...

/** What a line of a log shows of a request. */
export interface RequestLine {
  readonly method: string
  readonly target: string
  readonly host?: string
  readonly status?: number
}

/**
 * What somebody tells of a request in words: a header it has, a status, a time, what passes and what fails. "cors": "preflight" where
 * the preflight was refused, "answer" where a browser shows no more than that CORS failed.
 */
export interface ToldValue {
  readonly what: 'header' | 'signed-headers' | 'status' | 'time' | 'outcome' | 'cors'
  /** Whose words or values they are, where the sentence says so. */
  readonly by?: 'client' | 'service'
  readonly name?: string
  readonly value: string
}

/**
 * A setting: as it is written, and what it means whatever it is called. Repairs compare what is written; clues compare what is meant.
 * A tool's answer ("412 seconds slow") has a meaning and no name; what only repairs speak of (merge_slashes) has no meaning here.
 */
export interface Setting {
  /** The name in its file or command, in lower case. */
  readonly written?: string
  readonly means?: SettingMeaning
  readonly value: string
  /** The value as it stands in the text, and where; absent where it does not stand there so. */
  readonly stands?: Omit<Mend, 'to'>
}

/** Whose setting it is, and what every file's name for it comes to: "client" "region", "machine" "clock-offset". */
export interface SettingMeaning {
  readonly of: 'client' | 'server' | 'machine'
  readonly name: SettingName
}

export type SettingName =
  | 'region'
  | 'service'
  | 'endpoint'
  | 'access-key-id'
  | 'credential-source' // "env", "shared-credentials-file", "iam-role", ...
  | 'profile'
  | 'token' // "set" or "absent"
  | 'secret-length'
  | 'secret-oddity' // "line-feed", "carriage-return", "space", "quote"
  | 'clock-offset' // seconds; what the machine's clock is ahead of the true time by
  | 'clock-synchronized' // "yes" or "no"
  | 'clock-now' // milliseconds since 1970
  | 'time-zone'
  | 'signing' // one that decides how is signed, without a name here: `written` has it

interface Seen {
  readonly location: Location
  readonly fidelity: Fidelity
  /** Where the reader knows which exchange this is of (an entry of a HAR, a record): a key that only its exchange has in this source. */
  readonly exchange?: string
  /** The connection or thread it belongs to: within one, an answer follows its request. */
  readonly lane?: string
}

/**
 * One thing a piece of evidence says.
 * @public
 */
export type Observation =
  | (Seen & {
      readonly kind: 'request'
      readonly side: Side
      readonly request: HttpRequest
      readonly scheme?: 'http' | 'https'
      /** A bare URL has no method: the one given is a guess. */
      readonly methodGuessed?: true
      /** Taken at the client: it shows what was sent, and not what the service received. */
      readonly vantage?: 'client'
      /**
       * Where a hop's own log shows both: "received" is what came to the hop and is not what the service saw; "sent" is what
       * left it towards the service, nearer to what the verifier saw than what a client shows.
       */
      readonly hop?: 'received' | 'sent'
      /** Of a body that was hashed while it passed and not kept, without the sizes of its chunks. 64 lower-case hex digits. */
      readonly bodySeen?: { readonly sha256: string; readonly length: number }
      /** More headers were taken from a file of this name, which another piece may show. */
      readonly headersFrom?: string
    })
  /**
   * A request as one line of a log names it. What the line does not show was not logged: nothing follows from its absence,
   * so this is no `request`. Whether it is the request in question is for the reader of the case to tell.
   */
  | (Seen & { readonly kind: 'request-line'; readonly side: Side; readonly line: RequestLine })
  /** `at`: when the service says that it answered, where its own log gives the time in place of a Date header. */
  | (Seen & { readonly kind: 'response'; readonly status: number; readonly headers: HttpRequest['headers']; readonly at?: number })
  | (Seen & {
      readonly kind: 'error'
      readonly code: string
      readonly message: string
      readonly status?: number
      readonly elements: readonly (readonly [string, string])[]
    })
  | (Seen & { readonly kind: 'stated'; readonly fact: StatedFact; readonly values: Values })
  | (Seen & { readonly kind: 'canonical-request'; readonly side: Side; readonly text: string })
  | (Seen & { readonly kind: 'string-to-sign'; readonly side: Side; readonly text: string })
  | (Seen & { readonly kind: 'signature'; readonly side: Side; readonly value: string })
  | (Seen & { readonly kind: 'authorization'; readonly side: Side; readonly value: string })
  | (Seen & { readonly kind: 'access-key-id'; readonly value: string })
  /** A secret that stands in the evidence, or what may be one. It prints as a placeholder wherever it is printed. */
  | (Seen & { readonly kind: 'secret'; readonly value: SecretAccessKey })
  /** A key derived of a secret, as a program printed it. Its 32 bytes are the value, as a byte string. */
  | (Seen & { readonly kind: 'derived-key'; readonly of: DerivedKey['of']; readonly value: SecretAccessKey })
  | (Seen & { readonly kind: 'client'; readonly name: string; readonly version: string })
  /** Something that a repair can be for: a language, a system, a proxy, a server, a program. */
  | (Seen & { readonly kind: 'named'; readonly subject: Subject })
  /** A call in a program. It says what the program asks for, not what was sent. */
  | (Seen & { readonly kind: 'call'; readonly call: CallView })
  | (Seen & { readonly kind: 'told'; readonly told: ToldValue })
  /** A setting that stands in a file, a command, an environment or the output of a tool. Never a secret. */
  | (Seen & { readonly kind: 'setting'; readonly setting: Setting })
  | Clue
  | (Seen & { readonly kind: 'unreadable'; readonly reason: string })

/** What was seen, not only suspected. */
export type Fact = Exclude<Observation, Clue>

export type ObservationOf<Kind extends Observation['kind']> = Extract<Observation, { kind: Kind }>
