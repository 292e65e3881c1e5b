/**
 * Per key, the strings to sign of the scopes it verified last. They hang on the key's own object, so that another secret
 * under the same access key ID counts at once, no secret becomes a key of a table, and they go when it goes.
 *
 * Only a scope under which a signature was right is kept: naming many scopes crowds nobody out.
 */
import {
  type CredentialScope,
  credentialScopeText,
  type RequestKey,
  SecretAccessKey,
  SigningKey,
  StringToSignTemplate,
  sameScope,
} from '../sigv4/index.js'

/** How many scopes are kept per key. */
const SCOPES_PER_KEY = 32

interface Kept {
  last: StringToSignTemplate
  /** By scope; none before there is a second one. */
  byScope: Map<string, StringToSignTemplate> | undefined
}

const KEPT = new WeakMap<RequestKey, Kept>()

/** The string to sign of a scope, kept or made; `undefined` for a key of another algorithm. */
export function templateOf(key: RequestKey, scope: CredentialScope, scopeText: string): StringToSignTemplate | undefined {
  const kept = KEPT.get(key)
  if (kept !== undefined) {
    if (kept.last.scope === scope) return kept.last
    const known = kept.byScope?.get(scopeText) ?? (sameScope(kept.last.scope, scope) ? kept.last : undefined)
    if (known !== undefined) return known
  }
  return key instanceof SecretAccessKey || key instanceof SigningKey ? new StringToSignTemplate(key, scope) : undefined
}

/** Keeps one that is not kept yet, because a signature under it was right. */
export function keepTemplate(key: RequestKey, template: StringToSignTemplate, scopeText: string): void {
  template.isKept = true
  const kept = KEPT.get(key)
  if (kept === undefined) {
    KEPT.set(key, { last: template, byScope: undefined })
    return
  }
  kept.byScope ??= new Map([[credentialScopeText(kept.last.scope), kept.last]])
  kept.last = template
  if (kept.byScope.size >= SCOPES_PER_KEY) forgetFirst(kept.byScope)
  kept.byScope.set(scopeText, template)
}

function forgetFirst(byScope: Map<string, StringToSignTemplate>): void {
  const [scope, template] = byScope.entries().next().value!
  template.isKept = false
  byScope.delete(scope)
}
