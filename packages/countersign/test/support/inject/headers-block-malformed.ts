import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The blank line after the headers is missing, doubled or before them; CR LF; or the last line runs into the list. */
export const inject: Inject = (correct, choice) => {
  const text = canonicalRequestPart(correct, 'canonical-headers')
  const bare = text.slice(0, -1)
  const last = bare.lastIndexOf('\n')
  const forms = [
    { 'canonical-headers': bare },
    { 'canonical-headers': `${text}\n` },
    { 'canonical-headers': `\n${text}` },
    { 'canonical-headers': text.replaceAll('\n', '\r\n') },
    {
      'canonical-headers': bare.slice(0, Math.max(0, last)),
      'signed-headers': bare.slice(last + 1) + canonicalRequestPart(correct, 'signed-headers'),
    },
  ]
  return last < 0 ? undefined : signedOtherwise(correct, pick(forms, choice)!)
}
