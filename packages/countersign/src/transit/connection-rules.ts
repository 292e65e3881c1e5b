/** What the connections of one relay share. */
import type { Socket } from 'node:net'
import type { SeenExchange } from './exchange.js'
import type { KnownLines } from './known-lines.js'
import type { Refusal } from './refusal.js'
import type { Origin, Router } from './route.js'

/** What a connection needs of the relay. */
export interface ConnectionRules {
  readonly route: Router
  readonly connect: (origin: Origin) => Socket
  readonly now: () => number
  /** Counts the requests of all connections. */
  readonly nextNumber: () => number
  /** Of both sides. */
  readonly lines: KnownLines
  /** Told of an exchange before the client has its last bytes. */
  readonly onExchange: (seen: SeenExchange) => void
  /** Told of what was not passed on, and of upstreams that cannot be reached. */
  readonly onRefused: (refusal: Refusal) => void
  /** Calls back when what `onExchange` was told is kept. Absent: it is at once. */
  readonly settled: ((go: () => void) => void) | undefined
  /** How long a head may take to come, and how long a connection may be silent in both directions. */
  readonly headMilliseconds: number
  readonly idleMilliseconds: number
}
