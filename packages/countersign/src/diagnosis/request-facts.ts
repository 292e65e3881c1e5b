/** What is known of the request that is asked about, and who says so: the table with which a report begins. */
import { type CaseFile, proxySigns, type SideView } from '../case/index.js'
import { isMasked } from '../text/index.js'
import type { RequestFact } from './finding.js'

/** One line a fact; two values where two sides say different things. */
export function requestFacts(file: CaseFile): readonly RequestFact[] {
  const requestId = file.exchange?.keys.requestId
  const signs = proxySigns(file)
  return [
    ...(requestId === undefined ? [] : [{ name: 'request ID', value: requestId, said: 'service' }]),
    ...FACTS.flatMap(({ name, of }) => said(name, file, of)),
    ...(signs.length === 0 ? [] : [{ name: 'proxy seen by', value: signs.join(', '), said: 'as received' }]),
  ]
}

/** The sides that show a value, those of the same value together. */
function said(name: string, file: CaseFile, of: (view: SideView) => string | undefined): readonly RequestFact[] {
  const values = new Map<string, string[]>()
  for (const side of ['signer', 'wire', 'verifier'] as const) {
    const value = of(file[side])
    if (value !== undefined && !isMasked(value)) values.set(value, [...(values.get(value) ?? []), SAID[side]])
  }
  return [...values].map(([value, sides]) => ({ name, value, said: sides.join(', ') }))
}

const SAID = { signer: 'you signed', wire: 'as sent', verifier: 'service calculated' } as const

const FACTS: readonly { readonly name: string; readonly of: (view: SideView) => string | undefined }[] = [
  { name: 'request date', of: ({ read }) => read?.requestDate },
  { name: 'scope', of: ({ read }) => (read === undefined ? undefined : Object.values(read.scope).join('/')) },
  { name: 'method', of: ({ parts }) => parts?.method },
  { name: 'host', of: ({ parts }) => /^host:(.*)$/m.exec(parts?.['canonical-headers'] ?? '')?.[1] },
  { name: 'path', of: ({ parts }) => parts?.['canonical-uri'] },
  { name: 'query', of: ({ parts }) => parts?.['canonical-query-string'] || undefined },
  { name: 'signed headers', of: ({ parts }) => parts?.['signed-headers'] },
  { name: 'payload hash', of: ({ parts }) => parts?.['payload-hash'] },
]
