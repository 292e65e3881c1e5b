/** The findings of all exchanges as one list: those of the one asked about first, each once, and which exchange has which. */
import type { Exchange } from '../case/index.js'
import type { Finding } from './finding.js'
import type { Examined } from './investigate.js'

export function findingsInOneList(
  examined: readonly Examined[],
  leading: Examined | undefined,
): { readonly findings: readonly Finding[]; readonly of: ReadonlyMap<Exchange, readonly number[]> } {
  const findings: Finding[] = []
  const known = new Map<string, number>()
  const of = new Map<Exchange, readonly number[]>()
  for (const one of [...(leading === undefined ? [] : [leading]), ...examined.filter((other) => other !== leading)]) {
    const indices = one.found.findings.map((finding) => {
      const key = keyOf(finding)
      const at = known.get(key) ?? findings.push(finding) - 1
      known.set(key, at)
      return at
    })
    of.set(one.exchange, [...new Set(indices)])
  }
  return { findings, of }
}

/** Findings that say the same of two requests are one. */
function keyOf({ causes, class: cause, proof, what }: Finding): string {
  return JSON.stringify([causes, cause, proof.level, what])
}
