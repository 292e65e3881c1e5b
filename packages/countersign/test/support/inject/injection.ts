/** What an injected mistake is: a correct request in, the inputs of both sides out. */

import { credentialScopeText } from '../../../src/sigv4/credential-scope.ts'
import type { HttpRequest } from '../../../src/sigv4/http-request.ts'
import { calculateSignature } from '../../../src/sigv4/signature.ts'
import type { SigningInputs } from '../../../src/sigv4/signing-inputs.ts'

/** The situation after the mistake: what was signed, and what the verifier checks. */
export interface Broken {
  readonly signer: SigningInputs
  readonly verifier: SigningInputs
}

/**
 * Makes one mistake. `choice` picks one of its forms, modulo how many there are.
 * @returns `undefined` where the request gives no occasion for it (no query to leave unsorted, ...).
 */
export type Inject = (correct: SigningInputs, choice: number) => Broken | undefined

/** What a file here exports. */
export interface InjectionModule {
  readonly inject: Inject
  /** Causes that make the very same bytes. */
  readonly sameBytesAs?: readonly string[]
  /** Causes that are named instead where the evidence holds too little for this one, or the occasion is one for both. */
  readonly orElse?: readonly string[]
}

/** The signature that the signer of a broken situation provides. */
export function providedSignature(broken: Broken): string {
  const signature = calculateSignature(broken.signer)
  if (signature === undefined) throw new Error('the correct inputs of an injection must have a key')
  return signature.dangerText()
}

/** The request as it arrives, with the Authorization header or the signature parameter that the signer wrote. */
export function arrivedRequest(broken: Broken, accessKeyId = 'AKIAIOSFODNN7EXAMPLE'): HttpRequest {
  const { request, algorithm, scope, signedHeaders, authentication } = broken.verifier
  if (request === undefined) throw new Error('the verifier of an injection must have a request')
  if (authentication === 'query')
    return { ...request, target: `${request.target}&X-Amz-Signature=${encodeURIComponent(providedSignature(broken))}` }
  const credential = `${accessKeyId}/${credentialScopeText(scope)}`
  const value = `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${providedSignature(broken)}`
  return { ...request, headers: [...request.headers, ['Authorization', value]] }
}

/** The signer wrote this in place of a part; the request arrives as it was sent. */
export function signedOtherwise(correct: SigningInputs, verbatim: SigningInputs['verbatim']): Broken {
  return { signer: { ...correct, verbatim: { ...correct.verbatim, ...verbatim } }, verifier: correct }
}

/** The signer was right; the request was changed before it arrived. */
export function changedInTransit(correct: SigningInputs, change: Partial<HttpRequest>): Broken | undefined {
  if (correct.request === undefined) return undefined
  return { signer: correct, verifier: { ...correct, request: { ...correct.request, ...change } } }
}

/** Picks one of some forms by number. */
export function pick<T>(forms: readonly T[], choice: number): T | undefined {
  return forms.length === 0 ? undefined : forms[choice % forms.length]
}
