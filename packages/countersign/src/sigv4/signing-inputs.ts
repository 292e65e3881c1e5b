/**
 * Signing inputs: the one immutable record from which every byte that reaches HMAC can be derived. `sign` and `verify`
 * fill it; a cause is a named edit of it.
 */
import type { CredentialScope } from './credential-scope.js'
import type { EcdsaPrivateKey, EcdsaPublicKey } from './ecdsa-key.js'
import type { HttpRequest } from './http-request.js'
import { type KeyDerivation, type SecretAccessKey, type SigningKey, STANDARD_DERIVATION } from './signing-key.js'
import type { SigningProfile } from './signing-profile.js'

/**
 * The six parts of a canonical request, in order.
 * @internal
 */
export const CANONICAL_REQUEST_PARTS = [
  'method',
  'canonical-uri',
  'canonical-query-string',
  'canonical-headers',
  'signed-headers',
  'payload-hash',
] as const
/** @internal */
export type CanonicalRequestPart = (typeof CANONICAL_REQUEST_PARTS)[number]

/**
 * Everything a mistake can disturb: the canonical request's parts, and what the string to sign and the key add.
 * @internal
 */
export type SigningPart =
  | CanonicalRequestPart
  | 'algorithm'
  | 'request-date'
  | 'credential-scope'
  | 'string-to-sign'
  | 'signing-key'
  | 'signature'

/**
 * How a string to sign ends, or what was signed in its place. "hash" is right; "HASH" upper case; "base64"; "line-feed" has one
 * after the hash; "hash-of-hash" hashed the hex digits again; the "hmac" forms are an HMAC in place of the
 * hash, under the key "1" or an empty one; "canonical-request" left the hash out; the "no-" forms lack a line;
 * the "alone" forms are all that was signed; "hashed" is the SHA-256 of the whole string to sign in hex.
 */
export type StringToSignEnd =
  | 'hash'
  | 'HASH'
  | 'base64'
  | 'line-feed'
  | 'hash-of-hash'
  | 'hmac-under-1'
  | 'hmac-under-nothing'
  | 'canonical-request'
  | 'no-algorithm'
  | 'no-date'
  | 'no-scope'
  | 'no-hash'
  | 'canonical-request-alone'
  | 'hash-alone'
  | 'hashed'

/**
 * A key that a request is signed or verified with: the secret access key, or what was derived of it. A signing key is good for
 * one scope of AWS4-HMAC-SHA256; a private or public key for AWS4-ECDSA-P256-SHA256, the latter for verifying only.
 * @public
 */
export type RequestKey = SecretAccessKey | SigningKey | EcdsaPrivateKey | EcdsaPublicKey

/**
 * Everything a signature depends on.
 * @public
 */
export interface SigningInputs {
  /** The request as received; `undefined` where only a canonical request is known (then every part is verbatim). */
  readonly request: HttpRequest | undefined
  readonly authentication: 'header' | 'query'
  readonly profile: SigningProfile
  /** Lower case, sorted. */
  readonly signedHeaders: readonly string[]
  /** 64 lower-case hex digits or a literal such as UNSIGNED-PAYLOAD; `undefined` where the body is not known. */
  readonly payloadHash: string | undefined
  /** First line of the string to sign. */
  readonly algorithm: string
  /** Second line of the string to sign, "20150830T123600Z". */
  readonly requestDate: string
  readonly scope: CredentialScope
  /** `undefined`: nothing can be signed, and proof is by hash or text only. */
  readonly key: RequestKey | undefined
  /** Whose key it is, where that is known: a key pair of Signature Version 4A is made of both. */
  readonly accessKeyId: string | undefined
  readonly derivation: KeyDerivation
  /** Parts of the canonical request as somebody wrote them, in place of what the specification makes of `request`. */
  readonly verbatim: Partial<Readonly<Record<CanonicalRequestPart, string>>>
  /** How the string to sign ends: the hash of the canonical request, in lower-case hex, or what a broken signer made of it. */
  readonly stringToSignEnd: StringToSignEnd
  /** What joins the lines: a line feed, or what a broken signer joined them with. */
  readonly lineBreak: '\n' | '\r\n' | '\\n'
  readonly signatureEncoding: 'hex' | 'HEX' | 'base64'
}

/** What is the same of all inputs unless somebody signed otherwise. */
type StandardParts = 'derivation' | 'verbatim' | 'stringToSignEnd' | 'lineBreak' | 'signatureEncoding'

/** Inputs as the specification has them: only what differs between requests is given. */
export function standardInputs(given: Omit<SigningInputs, StandardParts> & Partial<Pick<SigningInputs, 'verbatim'>>): SigningInputs {
  const {
    request,
    authentication,
    profile,
    signedHeaders,
    payloadHash,
    algorithm,
    requestDate,
    scope,
    key,
    accessKeyId,
    verbatim = {},
  } = given
  // Written out: one order of members for all inputs keeps verifying fast.
  return {
    request,
    authentication,
    profile,
    signedHeaders,
    payloadHash,
    algorithm,
    requestDate,
    scope,
    key,
    accessKeyId,
    derivation: STANDARD_DERIVATION,
    verbatim,
    stringToSignEnd: 'hash',
    lineBreak: '\n',
    signatureEncoding: 'hex',
  }
}
