import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { type Inject, signedOtherwise } from './injection.ts'

/** Causes that make the same bytes: what the client did is said by them, and who did it is added. */
export const orElse = ['query-encoded-differently', 'query-plus-and-space-confused']

/** The AWS CLI signs a query as its URL spells it: with "+" for a space. */
export const inject: Inject = (correct) => {
  const { request } = correct
  const { path, query } = splitTarget(request?.target ?? '')
  if (request === undefined || query?.includes('%20') !== true || query.includes('+')) return undefined
  const sent = { ...correct, request: { ...request, target: `${path}?${query.replaceAll('%20', '+')}` } }
  return signedOtherwise(sent, { 'canonical-query-string': canonicalRequestPart(sent, 'canonical-query-string').replaceAll('%20', '+') })
}
