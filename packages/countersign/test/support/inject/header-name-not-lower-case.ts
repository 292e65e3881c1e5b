import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer spells the names as sent: in the lines and the list, in the lines only, in the list only. */
export const inject: Inject = (lawful, choice) => {
  const names = (lawful.request?.headers ?? []).map(([name]) => name)
  const spelled = (name: string): string => names.find((given) => given.toLowerCase() === name) ?? name
  const lines = canonicalRequestPart(lawful, 'canonical-headers').replace(/^[^:\n]+/gm, spelled)
  const list = lawful.signedHeaders.map(spelled).join(';')
  if (list === lawful.signedHeaders.join(';')) return undefined
  return signedOtherwise(
    lawful,
    pick([{ 'canonical-headers': lines, 'signed-headers': list }, { 'canonical-headers': lines }, { 'signed-headers': list }], choice)!,
  )
}
