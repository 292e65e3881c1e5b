/**
 * Signing keys derived before: four HMACs saved for every request under the same secret and scope.
 *
 * The one thing in this room that changes after it is built. Keys hang on their SecretAccessKey object, so that no
 * secret becomes a key of a table and they go when it goes; each secret keeps the few scopes derived last.
 */
import { type CredentialScope, credentialScopeText } from './credential-scope.js'
import { deriveSigningKey, type SecretAccessKey, type SigningKey } from './signing-key.js'

/** How many scopes are kept per secret. */
export const CACHED_SCOPES_PER_SECRET = 32

const KEYS = new WeakMap<SecretAccessKey, Map<string, SigningKey>>()

/** The signing key of a scope, derived as the specification says or taken from the cache. */
export function cachedSigningKey(secret: SecretAccessKey, scope: CredentialScope): SigningKey {
  if (last?.secret.deref() === secret && last.scope === scope) return last.key
  const key = keptKey(secret, scope)
  last = { secret: new WeakRef(secret), scope, key }
  return key
}

/** The signing key of a scope for a caller that keeps it: taken from the cache, or derived and not put there. */
export function signingKeyToKeep(secret: SecretAccessKey, scope: CredentialScope): SigningKey {
  return KEYS.get(secret)?.get(credentialScopeText(scope)) ?? deriveSigningKey(secret, scope)
}

/** The key asked for last, by the very objects it was asked with. */
let last: { readonly secret: WeakRef<SecretAccessKey>; readonly scope: CredentialScope; readonly key: SigningKey } | undefined

function keptKey(secret: SecretAccessKey, scope: CredentialScope): SigningKey {
  const text = credentialScopeText(scope)
  const keys = KEYS.get(secret) ?? new Map<string, SigningKey>()
  const cached = keys.get(text)
  if (cached !== undefined) return cached
  const key = deriveSigningKey(secret, scope)
  if (keys.size >= CACHED_SCOPES_PER_SECRET) keys.delete(keys.keys().next().value!)
  keys.set(text, key)
  KEYS.set(secret, keys)
  return key
}
