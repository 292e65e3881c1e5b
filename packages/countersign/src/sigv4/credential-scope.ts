/**
 * The credential scope: date, region, service and terminator.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html "Credential scope"
 */
import { AWS4_ECDSA_P256_SHA256, AWS4_REQUEST } from './wire-names.js'

/**
 * What a signing key is bound to.
 * @public
 */
export interface CredentialScope {
  /** Scope date, "20150830". */
  readonly date: string
  /** `undefined` in a scope of Signature Version 4A, which has three parts: the regions stand in the region set. */
  readonly region: string | undefined
  /** Signing name of the service, for example "s3" or "execute-api". */
  readonly service: string
  /** "aws4_request" unless the signer made a mistake. */
  readonly terminator: string
}

/**
 * "20150830/us-east-1/iam/aws4_request"; "20150830/iam/aws4_request" of a scope without a region.
 * @internal
 */
export function credentialScopeText(scope: CredentialScope): string {
  const { date, region, service, terminator } = scope
  return region === undefined ? `${date}/${service}/${terminator}` : `${date}/${region}/${service}/${terminator}`
}

/**
 * Reads "20150830/us-east-1/iam/aws4_request"; `undefined` unless it has exactly four parts.
 *
 * @param algorithm What stands beside it: only a scope of AWS4-ECDSA-P256-SHA256 may have three parts.
 * @internal
 */
export function parseCredentialScope(text: string, algorithm?: string): CredentialScope | undefined {
  const parts = text.split('/')
  if (parts.length === 3 && algorithm === AWS4_ECDSA_P256_SHA256) {
    const [date, service, terminator] = parts as [string, string, string]
    return { date, region: undefined, service, terminator }
  }
  if (parts.length !== 4) return undefined
  const [date, region, service, terminator] = parts as [string, string, string, string]
  return { date, region, service, terminator }
}

/**
 * A scope with the right terminator.
 * @internal
 */
export function credentialScope(date: string, region: string | undefined, service: string): CredentialScope {
  return { date, region, service, terminator: AWS4_REQUEST }
}

/** Whether two scopes are the same, part by part. */
export function sameScope(a: CredentialScope, b: CredentialScope): boolean {
  return a.date === b.date && a.region === b.region && a.service === b.service && a.terminator === b.terminator
}

/**
 * Access key ID and scope, as they stand in `Credential=`.
 * @internal
 */
export interface Credential {
  readonly accessKeyId: string
  readonly scope: CredentialScope
}

/**
 * Reads "AKID/20150830/us-east-1/iam/aws4_request". The access key ID itself may contain "/", as some stores' do.
 *
 * @param algorithm What stands beside it: of AWS4-ECDSA-P256-SHA256 it is "AKID/20150830/iam/aws4_request". A credential with a
 *   region is read with it all the same, so that its check can say what is wrong.
 * @internal
 */
export function parseCredential(text: string, algorithm?: string): Credential | undefined {
  const parts = text.split('/')
  if (algorithm === AWS4_ECDSA_P256_SHA256 && !(parts.length >= 5 && /^\d{8}$/.test(parts.at(-4)!))) {
    if (parts.length < 4) return undefined
    const [date, service, terminator] = parts.slice(-3) as [string, string, string]
    return { accessKeyId: parts.slice(0, -3).join('/'), scope: { date, region: undefined, service, terminator } }
  }
  if (parts.length < 5) return undefined
  const [date, region, service, terminator] = parts.slice(-4) as [string, string, string, string]
  return { accessKeyId: parts.slice(0, -4).join('/'), scope: { date, region, service, terminator } }
}

/** As {@link parseCredential}, and also a credential whose terminator was left out: its terminator is then "". */
export function parseLenientCredential(text: string, algorithm?: string): Credential | undefined {
  const short = algorithm === AWS4_ECDSA_P256_SHA256 ? /^[^/]+\/\d{8}\/[^/]*$/ : /^[^/]+\/\d{8}\/[^/]*\/[^/]*$/
  return parseCredential(text, algorithm) ?? (short.test(text) ? parseCredential(`${text}/`, algorithm) : undefined)
}
