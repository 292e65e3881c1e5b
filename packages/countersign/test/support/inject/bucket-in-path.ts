import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { headerValue } from '../../../src/sigv4/index.ts'
import { type Inject, signedOtherwise } from './injection.ts'

/** The signer puts the bucket of the host into the path too (0), or leaves the bucket of a path-style request out (1). */
export const inject: Inject = (correct, choice) => {
  if (correct.request === undefined || correct.scope.service !== 's3') return undefined
  const host = headerValue(correct.request, 'host') ?? ''
  if (!host.endsWith('.amazonaws.com')) return undefined
  const uri = canonicalRequestPart(correct, 'canonical-uri')
  const pathStyle = host.startsWith('s3.')
  if (choice % 2 === 0) return pathStyle ? undefined : signedOtherwise(correct, { 'canonical-uri': `/${host.split('.')[0]}${uri}` })
  const rest = uri.replace(/^\/[^/]+/, '')
  return pathStyle && rest.startsWith('/') ? signedOtherwise(correct, { 'canonical-uri': rest }) : undefined
}
