/** The only list of causes, sorted by id. `diagnosis` gets it as an argument. */
import { bucketInPath } from './bucket-in-path.js'
import type { Cause } from './cause.js'
import { methodChanged } from './method-changed.js'
import { pathEncodedDifferently } from './path-encoded-differently.js'
import { pathEncodedOnce } from './path-encoded-once.js'
import { pathEncodedTwice } from './path-encoded-twice.js'
import { pathNormalized } from './path-normalized.js'
import { pathNotEncoded } from './path-not-encoded.js'
import { pathRewritten } from './path-rewritten.js'
import { queryChangedInTransit } from './query-changed-in-transit.js'
import { queryEncodedDifferently } from './query-encoded-differently.js'
import { queryNotSorted } from './query-not-sorted.js'

/** Every cause, sorted by id. */
export const CAUSES: readonly Cause[] = [
  bucketInPath,
  methodChanged,
  pathEncodedDifferently,
  pathEncodedOnce,
  pathEncodedTwice,
  pathNormalized,
  pathNotEncoded,
  pathRewritten,
  queryChangedInTransit,
  queryEncodedDifferently,
  queryNotSorted,
]
