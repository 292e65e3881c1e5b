import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer keeps the blanks of a value as sent, those inside it only, or writes one after every colon. */
export const inject: Inject = (correct, choice) => {
  const text = canonicalRequestPart(correct, 'canonical-headers')
  const raw = correct.request?.headers.find(([, value]) => /^\s|\s$| {2}/.test(value))
  const form = pick(['raw', 'inside', 'colon'] as const, choice)
  if (form === 'colon') return signedOtherwise(correct, { 'canonical-headers': text.replace(/^([^:\n]+):/gm, '$1: ') })
  if (raw === undefined || raw[1].trim() === raw[1].trim().replace(/ +/g, ' ')) return undefined
  const value = form === 'raw' ? raw[1] : raw[1].trim()
  const written = text
    .split('\n')
    .map((line) => (line.startsWith(`${raw[0].toLowerCase()}:`) ? `${raw[0].toLowerCase()}:${value}` : line))
    .join('\n')
  return written === text ? undefined : signedOtherwise(correct, { 'canonical-headers': written })
}
