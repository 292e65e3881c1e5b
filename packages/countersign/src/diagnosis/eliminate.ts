/**
 * The order of checks as an elimination oracle: a refusal at one check says that every check before it had passed.
 * @see ../../../../docs/manual/error-order.md
 */

import type { CaseFile } from '../case/index.js'
import type { CheckGroup } from '../catalog/index.js'
import type { Cause } from '../causes/index.js'
import { checksOf, headerValue } from '../sigv4/index.js'

/** Why a cause cannot be behind this refusal; `undefined` where it can. */
export function eliminated(file: CaseFile, cause: Cause): string | undefined {
  const refusal = file.refusal
  const order = orderOf(file)
  if (refusal?.check === undefined || order === undefined) return undefined
  const at = refusal.check.group as CheckGroup
  const own = refusal.check.number
  // What has to be signed is one matter: each dialect has one of its two checks.
  const refusedAt = cause.refusedAt.filter((group) => !WHAT_IS_SIGNED.has(group) || order.includes(group as CheckGroup))
  const places = refusedAt.map((group) => order.flatMap((one, i) => (one === group ? [i + 1] : [])))
  // A cause that no check of this order refuses says nothing of the order, nor does an order without this check.
  if (
    places.length === 0 ||
    !order.includes(at) ||
    refusedAt.some((group) => group === at) ||
    places.some((numbers) => numbers.length === 0)
  )
    return undefined
  const groups = refusedAt.join(', ')
  const number = order[own - 1] === at ? own : order.indexOf(at) + 1
  const passed = places.every((numbers) => numbers.at(-1)! < number) && !refusedAt.some((group) => unsettled(file, group))
  return passed
    ? `the service had passed the check that refuses it (${groups}) before it refused at "${at}"`
    : `it is refused at another check (${groups}); the service refused at "${at}"`
}

/**
 * The groups of the verifier's checks, in its order; `undefined` where its order is not known.
 * A host of AWS, or a response that says it is S3's, has AWS's order; of other servers only those in the table.
 */
function orderOf(file: CaseFile): readonly CheckGroup[] | undefined {
  const servers = file.observations.flatMap((seen) =>
    seen.kind === 'response' ? seen.headers.filter(([name]) => name.toLowerCase() === 'server').map(([, value]) => value.trim()) : [],
  )
  const known = KNOWN_ORDERS.find(([server]) => servers.some((one) => server.test(one)))
  if (known !== undefined) return known[1]
  if (foreignHost(file) && !servers.includes('AmazonS3')) return undefined
  return checksOf(file.refusal?.dialect ?? 'standard', file.inputs?.authentication ?? 'header').map(({ group }) => group)
}

const WHAT_IS_SIGNED: ReadonlySet<string> = new Set(['host-signed', 'headers-signed'])

/** Whether the request went to a host that is not AWS's, so that AWS's order of checks says nothing of it. */
function foreignHost(file: CaseFile): boolean {
  const host = file.request === undefined ? undefined : headerValue(file.request, 'host')
  return (
    host !== undefined &&
    host !== '' &&
    /[a-z]/i.test(host) &&
    !/amazonaws\.com|amazonaws\.eu|\.api\.aws|\.on\.aws|<|\$|example\.(?:com|org|net)/i.test(host)
  )
}

/** S3 judges a temporary key's token before the signature and a long-term key's after it; the answer does not say which key it is. */
function unsettled(file: CaseFile, group: Cause['refusedAt'][number]): boolean {
  return file.refusal?.dialect === 's3' && group === 'token'
}

/** By what the server says of itself. Read in the servers' sources; a group that is left out is not known of it. */
const KNOWN_ORDERS: readonly (readonly [server: RegExp, order: readonly CheckGroup[]])[] = [
  [
    /^VERSITYGW/i,
    [
      'date',
      'clock',
      'mechanism',
      'authorization-parts',
      'credential',
      'scope',
      'access-key',
      'content-sha256',
      'headers-signed',
      'signature',
      'payload',
    ],
  ],
  [/^MinIO/i, ['clock', 'scope', 'access-key', 'headers-signed', 'date', 'signature', 'payload']],
]
