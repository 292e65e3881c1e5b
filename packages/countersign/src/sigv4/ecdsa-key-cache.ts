/**
 * Key pairs derived before: to multiply a point costs as much as to verify a signature.
 *
 * As with signing keys, pairs hang on their SecretAccessKey object, so that no secret becomes a key of a table and they go
 * when it goes; each secret keeps the few access key IDs asked for last.
 */
import type { P256 } from '../p256/index.js'
import { deriveEcdsaPrivateKey, type EcdsaPrivateKey, type EcdsaPublicKey, ecdsaPublicKeyOf } from './ecdsa-key.js'
import type { SecretAccessKey } from './signing-key.js'

/** How many access key IDs are kept per secret: a secret has one, and a mistaken or hostile request names others. */
export const CACHED_PAIRS_PER_SECRET = 32

interface Pair {
  readonly privateKey: EcdsaPrivateKey
  publicKey?: EcdsaPublicKey
}

const PAIRS = new WeakMap<SecretAccessKey, Map<string, Pair>>()

/** The private key of an access key ID, derived or taken from the cache. */
export function cachedEcdsaPrivateKey(secret: SecretAccessKey, accessKeyId: string): EcdsaPrivateKey {
  return cachedPair(secret, accessKeyId).privateKey
}

/** The public key of an access key ID, derived or taken from the cache. */
export function cachedEcdsaPublicKey(secret: SecretAccessKey, accessKeyId: string, p256: P256): EcdsaPublicKey {
  const pair = cachedPair(secret, accessKeyId)
  pair.publicKey ??= ecdsaPublicKeyOf(pair.privateKey, p256)
  return pair.publicKey
}

function cachedPair(secret: SecretAccessKey, accessKeyId: string): Pair {
  const pairs = PAIRS.get(secret) ?? new Map<string, Pair>()
  const known = pairs.get(accessKeyId)
  if (known !== undefined) return known
  const pair: Pair = { privateKey: deriveEcdsaPrivateKey(secret, accessKeyId) }
  if (pairs.size >= CACHED_PAIRS_PER_SECRET) pairs.delete(pairs.keys().next().value!)
  // An access key ID of any length arrives with a request; only those that can be one are worth keeping.
  if (accessKeyId.length <= LONGEST_ID) pairs.set(accessKeyId, pair)
  PAIRS.set(secret, pairs)
  return pair
}

const LONGEST_ID = 128
