import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer spells the names as sent: in the lines and the list, in the lines only, in the list only. */
export const inject: Inject = (correct, choice) => {
  const names = (correct.request?.headers ?? []).map(([name]) => name)
  const spelled = (name: string): string => names.find((given) => given.toLowerCase() === name) ?? name
  const lines = canonicalRequestPart(correct, 'canonical-headers').replace(/^[^:\n]+/gm, spelled)
  const list = correct.signedHeaders.map(spelled).join(';')
  if (list === correct.signedHeaders.join(';')) return undefined
  return signedOtherwise(
    correct,
    pick([{ 'canonical-headers': lines, 'signed-headers': list }, { 'canonical-headers': lines }, { 'signed-headers': list }], choice)!,
  )
}
