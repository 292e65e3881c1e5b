/** What the hashes of the xxHash family have in common. */
import { low64 } from './word64.js'

export const PRIME_1 = 0x9e3779b185ebca87n
export const PRIME_2 = 0xc2b2ae3d27d4eb4fn
export const PRIME_3 = 0x165667b19e3779f9n
export const PRIME_4 = 0x85ebca77c2b2ae63n
export const PRIME_5 = 0x27d4eb2f165667c5n
export const PRIME32_1 = 0x9e3779b1n
export const PRIME32_2 = 0x85ebca77n
export const PRIME32_3 = 0xc2b2ae3dn
export const MIX_1 = 0x165667919e3779f9n
export const MIX_2 = 0x9fb21c651e98df25n

/** The last mix of XXH64, and of the shortest messages of XXH3. */
export function xxh64Avalanche(value: bigint): bigint {
  let x = low64((value ^ (value >> 33n)) * PRIME_2)
  x = low64((x ^ (x >> 29n)) * PRIME_3)
  return x ^ (x >> 32n)
}

/** The last mix of XXH3. */
export function avalanche(value: bigint): bigint {
  const x = low64((value ^ (value >> 37n)) * MIX_1)
  return x ^ (x >> 32n)
}
