/**
 * The order of checks as an elimination oracle: a refusal at one check says that every check before it had passed.
 * @see ../../../../docs/manual/error-order.md
 */
import type { Cause, RefusedAt } from '../causes/cause.js'
import type { CaseFile } from '../evidence/case-file.js'
import { headerValue } from '../sigv4/http-request.js'

/** Why a cause cannot be behind this refusal; `undefined` where it can. */
export function eliminated(file: CaseFile, cause: Cause): string | undefined {
  const refusal = file.refusal
  if (refusal?.check === undefined || foreignVerifier(file)) return undefined
  const order = ORDER[refusal.dialect]
  const at = order.indexOf(refusal.check.group as RefusedAt)
  if (at < 0) return undefined
  const places = cause.refusedAt.map((group) => order.indexOf(group))
  // A cause that no check of this order refuses, or one that is refused later: the refusal came too early to be its.
  if (places.some((place) => place === at || place < 0)) return undefined
  const all = places.every((place) => place < at)
    ? `the service had passed the check that refuses it (${cause.refusedAt.join(', ')}) before it refused at "${refusal.check.group}"`
    : `it is refused at a later check (${cause.refusedAt.join(', ')}); the service refused at "${refusal.check.group}" already`
  return all
}

/** Whether the verifier is not AWS, so that AWS's order of checks says nothing of it. */
function foreignVerifier(file: CaseFile): boolean {
  const host = file.request === undefined ? undefined : headerValue(file.request, 'host')
  return (
    host !== undefined &&
    host !== '' &&
    /[a-z]/i.test(host) &&
    !/amazonaws\.com|amazonaws\.eu|\.api\.aws|\.on\.aws|<|\$|example\.(?:com|org|net)/i.test(host)
  )
}

const STANDARD: readonly RefusedAt[] = [
  'mechanism',
  'authorization-parts',
  'host-signed',
  'date',
  'clock',
  'credential',
  'scope',
  'token',
  'access-key',
  'headers-signed',
  'signature',
  'payload',
]
const S3: readonly RefusedAt[] = [
  'date',
  'clock',
  'mechanism',
  'authorization-parts',
  'credential',
  'scope',
  'token',
  'access-key',
  'content-sha256',
  'headers-signed',
  'signature',
  'payload',
]
const ORDER = { s3: S3, standard: STANDARD } as const
