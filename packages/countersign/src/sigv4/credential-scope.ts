/**
 * The credential scope: date, region, service and terminator.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html "Credential scope"
 */
import { AWS4_REQUEST } from './wire-names.js'

/** What a signing key is bound to. */
export interface CredentialScope {
  /** Scope date, "20150830". */
  readonly date: string
  readonly region: string
  /** Signing name of the service, for example "s3" or "execute-api". */
  readonly service: string
  /** "aws4_request" unless the signer made a mistake. */
  readonly terminator: string
}

/** "20150830/us-east-1/iam/aws4_request". */
export function credentialScopeText(scope: CredentialScope): string {
  return `${scope.date}/${scope.region}/${scope.service}/${scope.terminator}`
}

/** Reads "20150830/us-east-1/iam/aws4_request"; `undefined` unless it has exactly four parts. */
export function parseCredentialScope(text: string): CredentialScope | undefined {
  const parts = text.split('/')
  if (parts.length !== 4) return undefined
  const [date, region, service, terminator] = parts as [string, string, string, string]
  return { date, region, service, terminator }
}

/** A scope with the lawful terminator. */
export function credentialScope(date: string, region: string, service: string): CredentialScope {
  return { date, region, service, terminator: AWS4_REQUEST }
}

/** Access key ID and scope, as they stand in `Credential=`. */
export interface Credential {
  readonly accessKeyId: string
  readonly scope: CredentialScope
}

/** Reads "AKID/20150830/us-east-1/iam/aws4_request". The access key ID itself may contain "/", as some stores' do. */
export function parseCredential(text: string): Credential | undefined {
  const parts = text.split('/')
  if (parts.length < 5) return undefined
  const [date, region, service, terminator] = parts.slice(-4) as [string, string, string, string]
  return { accessKeyId: parts.slice(0, -4).join('/'), scope: { date, region, service, terminator } }
}

/** As {@link parseCredential}, and also a credential whose terminator was left out: its terminator is then "". */
export function parseLenientCredential(text: string): Credential | undefined {
  return parseCredential(text) ?? (/^[^/]+\/\d{8}\/[^/]*\/[^/]*$/.test(text) ? parseCredential(`${text}/`) : undefined)
}
