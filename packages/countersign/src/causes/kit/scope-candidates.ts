/**
 * What the evidence says of one part of the credential scope: the service's message, the signer's log, the host.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html "Credential scope"
 */

import type { CaseFile, ObservationOf, StatedFact } from '../../case/index.js'
import { hostScope, type NamedScope } from '../../endpoints/index.js'
import {
  authorizationOf,
  type CredentialScope,
  credentialOf,
  credentialScopeText,
  headerValue,
  parseAuthorization,
  type SigningInputs,
} from '../../sigv4/index.js'
import { isMasked } from '../../text/index.js'
import { isTemplate, signerHead } from './case-views.js'
import type { Label } from './explanation.js'
import type { Candidate } from './suspicion.js'

/** One part of the scope: as signed, and as the service wants it. */
export interface ScopeParams {
  readonly signed?: string
  readonly wanted?: string
}

export type ScopePart = keyof CredentialScope

/** The scope with which the request was signed, as its credential says. */
export function scopeSigned(file: CaseFile): CredentialScope | undefined {
  const carried = carriedScope(file)?.scope
  if (carried !== undefined) return carried
  const scope = signerHead(file)?.scope ?? file.inputsSeen?.scope
  return scope === undefined || scope.service === '' ? undefined : scope
}

/** The scope that a request or an Authorization value in the evidence carries, and the observation that does. */
export function carriedScope(
  file: CaseFile,
): { readonly scope: CredentialScope; readonly seen: ObservationOf<'request'> | ObservationOf<'authorization'> } | undefined {
  const wire = file.wire.request
  const all = [...(wire === undefined ? [] : [wire]), ...file.observations]
  for (const seen of all) {
    if (seen.kind !== 'request' && seen.kind !== 'authorization') continue
    const authorization = seen.kind === 'request' ? authorizationOf(seen.request) : parseAuthorization(seen.value)
    const scope = credentialOf(authorization)?.scope
    if (scope !== undefined && !isMasked(credentialScopeText(scope)) && !isTemplate(credentialScopeText(scope))) return { scope, seen }
  }
  return undefined
}

/** What the host of the request says, where it is AWS's. */
export function hostSeen(file: CaseFile): (NamedScope & { readonly host: string }) | undefined {
  const host = file.request === undefined ? undefined : headerValue(file.request, 'host')
  const scope = host === undefined ? undefined : hostScope(host)
  return host === undefined || scope === undefined ? undefined : { ...scope, host }
}

/** The messages that name this part of the scope as wrong. */
export function* statedScope(file: CaseFile, fact: StatedFact, part: ScopePart): Iterable<Candidate<ScopeParams>> {
  for (const seen of file.observations) {
    if (seen.kind !== 'stated' || seen.fact !== fact) continue
    const signed = seen.values['signed'] ?? scopeSigned(file)?.[part]
    const wanted = seen.values['wanted'] ?? (part === 'region' || part === 'service' ? hostSeen(file)?.[part] : undefined)
    const params = { ...(signed !== undefined && { signed }), ...(wanted !== undefined && wanted !== signed && { wanted }) }
    yield { params, weight: 0.95, grounds: [`The service names the ${part} of the credential scope as wrong.`], stated: seen }
  }
}

/** The signer's own string to sign, where its scope is not the verifier's. */
export function* loggedScope(file: CaseFile, part: ScopePart): Iterable<Candidate<ScopeParams>> {
  const signed = signerHead(file)?.scope[part]
  const wanted = file.inputsSeen?.scope[part]
  if (signed === undefined || wanted === undefined || wanted === '' || signed === wanted) return
  yield { params: { signed, wanted }, weight: 0.9, grounds: [`The signer's own string to sign has the ${part} "${signed}".`] }
}

/** The inputs with one part of the scope as it was signed. */
export function withScope(inputs: SigningInputs, part: ScopePart, signed: string | undefined): SigningInputs {
  if (signed === undefined || inputs.scope[part] === signed) return inputs
  return { ...inputs, scope: { ...inputs.scope, [part]: signed } }
}

/** The two values, as far as they are known and differ. */
export function scopeLabels({ signed, wanted }: ScopeParams, note: string): Label[] {
  return signed === undefined || wanted === undefined || signed === wanted
    ? []
    : [{ part: 'credential-scope', calculated: wanted, signed, note }]
}

/** "us-east-1", or what to say of a value that is empty or not known. */
export function named(value: string | undefined): string {
  return value === undefined ? 'another' : value === '' ? 'an empty one' : `"${value}"`
}
