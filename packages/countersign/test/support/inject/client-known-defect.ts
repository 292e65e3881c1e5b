import { type Inject, signedOtherwise } from './injection.ts'

/** Causes that make the same bytes: what the client did is said by them, and who did it is added. */
export const orElse = ['query-encoded-differently', 'query-plus-and-space-confused']

/** The AWS CLI signs a query as its URL spells it. */
export const inject: Inject = (lawful) => {
  const { request } = lawful
  if (request === undefined || !/[?&]prefix=a%20b/.test(request.target)) return undefined
  const target = request.target.replace('prefix=a%20b', 'prefix=a+b')
  const sent = { ...lawful, request: { ...request, target } }
  const { signer } = signedOtherwise(sent, { 'canonical-query-string': 'list-type=2&prefix=a+b&x=' })
  return { signer, verifier: sent }
}
