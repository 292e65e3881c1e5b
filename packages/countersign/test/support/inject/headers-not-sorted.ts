import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer writes the lines as sent, or in reverse; the list of names too, or sorted. */
export const inject: Inject = (correct, choice) => {
  const lines = canonicalRequestPart(correct, 'canonical-headers').trimEnd().split('\n')
  const sent = [...new Set((correct.request?.headers ?? []).map(([name]) => name.toLowerCase()))]
  const name = (line: string): string => line.split(':', 1)[0] ?? ''
  const asSent = sent.flatMap((given) => lines.filter((line) => name(line) === given))
  const moved = pick([asSent, [...lines].reverse(), [...lines].reverse()], choice)!
  if (moved.join('\n') === lines.join('\n')) return undefined
  return signedOtherwise(correct, {
    'canonical-headers': `${moved.join('\n')}\n`,
    ...(choice !== 1 && { 'signed-headers': moved.map(name).join(';') }),
  })
}
