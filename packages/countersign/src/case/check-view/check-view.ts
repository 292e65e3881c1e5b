/**
 * The checks of the specification that one view needs no key for: every request, Authorization value and signed text of every side is
 * asked all of them, and every deviation is listed. Three-valued: what is masked, cut or not shown deviates from nothing.
 */
import type { Observation } from '../observation.js'
import type { Sides } from '../side-views.js'
import { AUTHORIZATION_RULES } from './authorization-rules.js'
import type { Deviation } from './deviation.js'
import { HASH_OF_TEXT } from './hash-of-text.js'
import { HEADER_RULES } from './header-rules.js'
import { KEY_RULES } from './key-rules.js'
import { PAYLOAD_RULES } from './payload-rules.js'
import { QUERY_RULES } from './query-rules.js'
import { canonicalViewOf, type RequestView, requestViewOf } from './request-view.js'
import { SCOPE_RULES } from './scope-rules.js'
import { serviceViews } from './service-view.js'
import { signedQueries } from './signed-query.js'
import { signatureTexts, TEXT_RULES } from './text-rules.js'
import type { ViewRule } from './view-rule.js'
import { acrossViews } from './views-rules.js'

/** All rules about one view. */
export const VIEW_RULES: readonly ViewRule[] = [
  ...AUTHORIZATION_RULES,
  ...SCOPE_RULES,
  ...HEADER_RULES,
  ...KEY_RULES,
  ...QUERY_RULES,
  ...PAYLOAD_RULES,
]

/** Every deviation of one view. */
export function checkView(view: RequestView): readonly Deviation[] {
  return VIEW_RULES.flatMap(({ id, reads, check, ...rule }) =>
    reads.some((part) => view[part] === undefined)
      ? []
      : Array.from(check(view), (said) => ({ ...headOf(id, rule), names: [], values: {}, ...said, seen: view.seen })),
  )
}

/** Every deviation that the views of one exchange show, each of a rule and of what it says once. */
export function deviationsOf(observations: readonly Observation[], sides: Sides): readonly Deviation[] {
  const shown = observations.filter(({ kind }) => kind === 'request' || kind === 'authorization' || kind === 'canonical-request')
  const views = shown.slice(0, MOST_VIEWS).flatMap((seen) => viewOf(seen) ?? [])
  const found = [
    ...views.flatMap(checkView),
    ...acrossViews(views, observations),
    ...serviceViews(views, observations),
    ...signatureTexts(observations),
    ...signedQueries(observations),
    ...[sides.signer, sides.verifier].flatMap(({ stringToSign, canonicalRequest, request }) =>
      [...TEXT_RULES, HASH_OF_TEXT].flatMap(({ id, check, ...rule }) =>
        Array.from(check({ stringToSign, canonicalRequest, request }), (said) => ({ ...headOf(id, rule), ...said })),
      ),
    ),
  ]
  const first = new Map<string, Deviation>()
  for (const one of found) {
    const key = `${one.rule}\n${one.sentence}`
    const before = first.get(key)
    // Of two views that show the same, the one that shows it as it was.
    if (before === undefined || (before.seen.fidelity !== 'exact' && one.seen.fidelity === 'exact')) first.set(key, one)
  }
  return [...first.values()]
}

function headOf(rule: string, { cause, severity, checks, weight }: Omit<ViewRule, 'id' | 'reads' | 'check'>): DeviationHead {
  return { rule, cause, severity, checks, ...(weight !== undefined && { weight }) }
}

type DeviationHead = Pick<Deviation, 'rule' | 'cause' | 'severity' | 'checks' | 'weight'>

function viewOf(seen: Observation): RequestView | undefined {
  if (seen.kind === 'request' || seen.kind === 'authorization') return requestViewOf(seen)
  return seen.kind === 'canonical-request' ? canonicalViewOf(seen) : undefined
}

/** Of one exchange; more are a log that was not taken apart. */
const MOST_VIEWS = 200
