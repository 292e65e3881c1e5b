/** The cause of the catalogue that the bytes alone name, where the diagnosis found none that is closer. */
import type { CauseId } from '../catalog/index.js'
import type { Change } from './changes.js'

/** Whether a hop can be the cause. Between two points nobody signs: a mistake of the signer's is in both. */
export function isOfHops(id: CauseId): boolean {
  return OF_HOPS.has(id)
}

export function causeOf(change: Change): CauseId {
  const { part, how, name, before = '', after = '' } = change
  switch (part) {
    case 'method':
      return 'method-changed'
    case 'path':
      return pathCause(before, after)
    case 'query':
      return how === 'added' ? 'query-parameter-added' : how === 'removed' ? 'query-parameter-dropped' : 'query-changed-in-transit'
    case 'host':
      return withoutPort(before) === withoutPort(after) ? 'host-port-changed' : 'host-rewritten'
    case 'body':
      return 'payload-replaced'
    default:
      if (name === 'accept-encoding' && how !== 'removed') return 'header-accept-encoding-rewritten'
      return how === 'removed' ? 'header-removed-in-transit' : 'header-changed-in-transit'
  }
}

function pathCause(before: string, after: string): CauseId {
  if (squeezed(before) === squeezed(after)) return 'path-normalized'
  if (unescaped(before) === unescaped(after)) return 'path-encoded-differently'
  if (before.length > after.length && before.endsWith(after)) return 'path-prefix-stripped'
  if (after.length > before.length && after.endsWith(before)) return 'path-prefix-added'
  return 'path-rewritten'
}

function squeezed(path: string): string {
  return path.replace(/\/{2,}/g, '/')
}

function unescaped(path: string): string {
  return path.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function withoutPort(host: string): string {
  return host
    .trim()
    .replace(/:\d{1,5}$/, '')
    .toLowerCase()
}

const OF_HOPS: ReadonlySet<CauseId> = new Set<CauseId>([
  ...(['host-rewritten', 'host-port-changed', 'method-changed', 'method-head-and-get-swapped', 'bucket-in-path'] as const),
  ...(['path-normalized', 'path-encoded-differently', 'path-encoded-once', 'path-encoded-twice', 'path-escapes-lower-cased'] as const),
  ...(['path-prefix-added', 'path-prefix-stripped', 'path-rewritten', 'path-trailing-slash-changed', 'path-unicode-normalized'] as const),
  ...(['query-changed-in-transit', 'query-encoded-differently', 'query-equals-missing', 'query-parameter-added'] as const),
  ...(['query-parameter-dropped', 'query-plus-and-space-confused', 'query-separator-escaped'] as const),
  ...(['header-accept-encoding-rewritten', 'header-changed-in-transit', 'header-charset-appended', 'header-removed-in-transit'] as const),
  ...(['header-repeated-wrongly', 'header-value-transcoded', 'request-dates-disagree', 'session-token-mismatch'] as const),
  ...(['payload-replaced', 'payload-charset-changed', 'payload-json-rewritten', 'payload-line-endings-changed'] as const),
])
