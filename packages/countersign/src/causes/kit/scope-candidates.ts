/**
 * What the evidence says of one part of the credential scope: the service's message, the signer's log, the host.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html "Credential scope"
 */

import { type CaseFile, cluesFor, type ObservationOf, type StatedFact, statedFacts } from '../../case/index.js'
import { hostScope, type NamedScope } from '../../endpoints/index.js'
import {
  AWS4_REQUEST,
  authorizationOf,
  type CredentialScope,
  credentialOf,
  credentialScopeText,
  dayOf,
  headerValue,
  isScopeDate,
  parseAuthorization,
  parseCredentialScope,
  parseRequestDate,
  requestDateOf,
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
  yield* refusedScope(file, part)
  for (const seen of file.observations) {
    if (seen.kind !== 'stated' || seen.fact !== fact) continue
    const signed = seen.values['signed'] ?? scopeSigned(file)?.[part]
    const wanted = seen.values['wanted'] ?? (part === 'region' || part === 'service' ? hostSeen(file)?.[part] : undefined)
    const params = { ...(signed !== undefined && { signed }), ...(wanted !== undefined && wanted !== signed && { wanted }) }
    yield { params, weight: 0.95, grounds: [`The service names the ${part} of the credential scope as wrong.`], stated: seen }
  }
}

/**
 * A scope that a server repeats without saying which part of it is wrong: what the rest of the evidence shows to be right is not; of what
 * is left the region is the one that a client cannot know.
 */
function* refusedScope(file: CaseFile, part: ScopePart): Iterable<Candidate<ScopeParams>> {
  for (const stated of statedFacts(file, 'scope-wrong')) {
    const scope = parseCredentialScope(stated.values['scope'] ?? '')
    const expected = parseCredentialScope(stated.values['expected'] ?? '')
    if (scope === undefined || (differingPart(scope, expected) ?? wrongPart(file, scope)) !== part) continue
    const wanted =
      expected !== undefined
        ? expected[part]
        : part === 'region'
          ? regionSet(file)
          : part === 'service'
            ? 's3'
            : part === 'terminator'
              ? AWS4_REQUEST
              : undefined
    const dated = expected !== undefined || dateSeen(file) !== undefined || file.observations.some(({ kind }) => kind === 'client')
    const signed = scope[part] ?? ''
    const params = { signed, ...(wanted !== undefined && wanted !== signed && { wanted }) }
    const grounds = ['The service repeats the credential scope as the one that it does not expect.']
    yield { params, weight: dated ? 0.95 : 0.85, grounds, ...(dated && wanted !== signed && { stated }) }
  }
}

/** The first part in which the scope that a server names differs from the one that it expects. */
function differingPart(scope: CredentialScope, expected: CredentialScope | undefined): ScopePart | undefined {
  return expected === undefined ? undefined : PARTS.find((part) => scope[part] !== expected[part])
}

function wrongPart(file: CaseFile, { date, service, terminator }: CredentialScope): ScopePart {
  if (terminator !== AWS4_REQUEST) return 'terminator'
  if (service !== 's3') return 'service'
  const day = dateSeen(file)
  return !isScopeDate(date) || (day !== undefined && day !== date) ? 'date' : 'region'
}

/** The day of the request date, where a request shows one. */
function dateSeen({ request }: CaseFile): string | undefined {
  const date = request === undefined ? undefined : requestDateOf(request, authorizationOf(request)?.by ?? 'header')
  return date === undefined || parseRequestDate(date) === undefined ? undefined : dayOf(date)
}

function regionSet(file: CaseFile): string | undefined {
  return cluesFor(file, 'region-mismatch').find(({ values }) => values['wanted'] !== undefined)?.values['wanted']
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

const PARTS: readonly ScopePart[] = ['terminator', 'service', 'region', 'date']
