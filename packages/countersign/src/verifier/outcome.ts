/** What a verifier says of a request, and what it hands to whom. */
import type { CredentialScope, HttpRequest, RequestKey, SignatureMismatch, SigningInputs, VerifyError } from '../sigv4/index.js'
import type { PayloadMode } from './payload-check.js'
import type { Answer } from './refusal-answer.js'
import type { RequestId } from './request-id.js'
import type { VerifiedForm } from './verified-form.js'

/**
 * exact: as on the wire. normalized: it came through something that rewrites (API Gateway, `fetch`).
 * @internal
 */
export type RequestFidelity = 'exact' | 'normalized'

/**
 * Whose request it is.
 * @public
 */
export interface Caller {
  readonly accessKeyId: string
  readonly scope: CredentialScope
  readonly principal: string | undefined
  readonly requestId: RequestId
}

/**
 * A request that was refused, with what the operator may know and the caller may not.
 * @public
 */
export interface RefusedRequest {
  /** The name that stands in the answer. */
  readonly requestId: string
  /** The verifier's clock, milliseconds since 1970. */
  readonly at: number
  readonly fidelity: RequestFidelity
  readonly request: HttpRequest
  /** AWS's error; `check` and `number` say which check it was. */
  readonly error: VerifyError
  readonly service: string
  readonly accessKeyId: string | undefined
  /** The key that belongs to the access key ID; `undefined` where it is not known. Prints as a placeholder. */
  readonly key: RequestKey | undefined
  readonly inputs: SigningInputs | undefined
  /** The piece of a streamed payload whose own signature is wrong; the request's is right then. */
  readonly piece?: SignatureMismatch
  /** What to send. */
  readonly answer: Answer
}

/**
 * What became of the head of a request.
 * @internal
 */
export type Opened =
  | { readonly ok: false; readonly refused: RefusedRequest }
  /** `caller`: who signed the head; absent where it cannot be judged before the body ("whole"). */
  | { readonly ok: true; readonly body: VerifiedBody; readonly caller?: Caller }

/**
 * What became of a request.
 * @internal
 */
export type Outcome =
  | {
      readonly ok: true
      readonly caller: Caller
      readonly pieces: readonly Uint8Array[]
      /** Of a browser's form; `pieces` are its file then. */
      readonly form?: VerifiedForm
    }
  | { readonly ok: false; readonly refused: RefusedRequest }

/**
 * The body of a request whose head has passed: bytes in, believed bytes out.
 * @internal
 */
export interface VerifiedBody {
  /** How it is checked; "whole" and "form" hold it back until the end. */
  readonly mode: PayloadMode
  /** Pieces that may be believed as far as the head says; after a refusal, none. With `mode` "hash" wait for `end` before acting on them. */
  push(bytes: Uint8Array): readonly Uint8Array[]
  /** Set as soon as it is known that the request will be refused; the rest of the body need not be read. */
  readonly refused: RefusedRequest | undefined
  /** The verdict, with the last pieces. Call it once. */
  end(): Outcome | Promise<Outcome>
  /** Says that the rest will not come, in place of `end`: what is held is let go. */
  close(): void
}
