/** How much a reading of a piece of evidence says: the one that says most is taken. */

import type { Observation } from '../case/index.js'
import { authorizationOf, type HttpRequest } from '../sigv4/index.js'

/** What was found, each thing once; then how whole it is. */
export interface Worth {
  readonly found: number
  readonly detail: number
}

export function worthOf(seen: readonly Observation[]): Worth {
  const known = new Set<string>()
  let [found, detail] = [0, 0]
  for (const one of seen) {
    const [key, weight, whole] = shareOf(one)
    if (!known.has(key)) found += weight
    if (!known.has(key)) detail += whole
    known.add(key)
  }
  return { found, detail }
}

function shareOf(one: Observation): readonly [key: string, weight: number, detail: number] {
  switch (one.kind) {
    case 'request':
      return [`request ${one.request.method} ${one.request.target}`, one.request.method === '' ? 2 : 6, wholeness(one.request)]
    case 'canonical-request':
      return [`${one.kind} ${one.side} ${one.text}`, 6, agrees(one.text) ? 2 : 0]
    case 'string-to-sign':
      return [`${one.kind} ${one.side} ${one.text}`, 6, 0]
    case 'error':
      return [`error ${one.code}`, 4, one.elements.length + (one.message === '' ? 0 : 1) + one.elements.filter(isWhole).length]
    case 'stated':
      return [`stated ${one.fact}`, 2, Object.keys(one.values).length]
    case 'response':
      return [`response ${one.status}`, 2, one.headers.length + (one.at === undefined ? 0 : 1)]
    case 'signature':
      return [`signature ${one.value}`, 1, 0]
    case 'authorization':
      return [`authorization ${one.value}`, 0, 1]
    case 'request-line':
      return [`line ${one.line.method} ${one.line.target}`, 1, one.line.host === undefined ? 0 : 1]
    default:
      return [one.kind, 0, 0]
  }
}

function wholeness(request: HttpRequest): number {
  const folded = request.headers.filter(([, value]) => value.includes('\n')).length
  const signed = /^[0-9a-f]{64}$/.test(authorizationOf(request)?.signature ?? '')
  return 2 * request.headers.length - folded + (signed ? 3 : 0) + (request.body === undefined ? 0 : 1)
}

/** Whether an element holds a text of the service with its lines as they were, and nothing before them. */
function isWhole([name, text]: readonly [string, string]): boolean {
  return name === 'StringToSign' ? /^AWS4-[\w-]+\n\d{8}T\d{6}Z\n/.test(text) : name === 'CanonicalRequest' && agrees(text)
}

/** Whether a canonical request has as many header lines as it names signed headers. */
function agrees(text: string): boolean {
  const lines = text.split('\n')
  const blank = lines.indexOf('', 3)
  return blank > 3 && (lines[blank + 1] ?? '').split(';').length === blank - 3
}
