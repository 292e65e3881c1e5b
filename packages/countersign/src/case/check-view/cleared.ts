/** What a request that was accepted has as well is not why another was refused. */
import type { Exchange } from '../exchange.js'
import { sideViews } from '../side-views.js'
import { deviationsOf } from './check-view.js'
import type { Deviation } from './deviation.js'

/** The deviations that no accepted exchange beside the refused one shows too. */
export function withoutCleared(deviations: readonly Deviation[], others: readonly Exchange[]): readonly Deviation[] {
  if (deviations.length === 0) return deviations
  const accepted = others.filter(({ outcome }) => outcome === 'accepted').slice(-MOST_CONTROLS)
  const passed = new Set(accepted.flatMap(ofExchange).map(keyOf))
  return passed.size === 0 ? deviations : deviations.filter((one) => !passed.has(keyOf(one)))
}

function ofExchange(exchange: Exchange): readonly Deviation[] {
  const known = FOUND.get(exchange) ?? deviationsOf(exchange.observations, sideViews(exchange.observations, exchange.keys.signature))
  FOUND.set(exchange, known)
  return known
}

/** Every refused exchange asks the same controls. */
const FOUND = new WeakMap<Exchange, readonly Deviation[]>()

function keyOf({ rule, names, values }: Deviation): string {
  return JSON.stringify([rule, names, values['signed'] ?? values['form'] ?? values['char'] ?? ''])
}

const MOST_CONTROLS = 20
