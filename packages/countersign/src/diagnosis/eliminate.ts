/**
 * The order of checks as an elimination oracle: a refusal at one check says that every check before it had passed.
 * @see ../../../../docs/manual/error-order.md
 */
import type { Cause } from '../causes/cause.js'
import type { CaseFile } from '../evidence/case-file.js'
import { checksOf } from '../sigv4/checks.js'
import { headerValue } from '../sigv4/http-request.js'

/** Why a cause cannot be behind this refusal; `undefined` where it can. */
export function eliminated(file: CaseFile, cause: Cause): string | undefined {
  const refusal = file.refusal
  if (refusal?.check === undefined || foreignVerifier(file)) return undefined
  const { number, group: at } = refusal.check
  const order = checksOf(refusal.dialect, file.inputs?.authentication ?? 'header')
  const places = cause.refusedAt.map((group) => order.filter((check) => check.group === group))
  // A cause that no check of this order refuses says nothing of the order.
  if (cause.refusedAt.some((group) => group === at) || places.some((checks) => checks.length === 0)) return undefined
  const groups = cause.refusedAt.join(', ')
  return places.every((checks) => checks.at(-1)!.number < number)
    ? `the service had passed the check that refuses it (${groups}) before it refused at "${at}"`
    : `it is refused at another check (${groups}); the service refused at "${at}"`
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
