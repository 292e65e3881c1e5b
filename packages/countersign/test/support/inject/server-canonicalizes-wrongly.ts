import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, pick } from './injection.ts'

/** Where the verifier quotes its own text, its fault looks like a change on the way. */
export const sameBytesAs = [
  'path-normalized',
  'path-encoded-differently',
  'path-encoded-twice',
  'header-changed-in-transit',
  'header-charset-appended',
  'header-value-not-trimmed',
  'query-encoded-differently',
]

/** The verifier rebuilds content-type without its charset, collapses slashes, or decodes %2F in the path. */
export const inject: Inject = (correct, choice) => {
  const part = pick(['canonical-headers', 'canonical-uri', 'canonical-uri'] as const, choice)!
  const text = canonicalRequestPart(correct, part)
  const form = choice % 3
  const wrong =
    form === 0 ? text.replace(/(content-type:[^;\n]+);[^\n]*/, '$1') : form === 1 ? text.replaceAll('//', '/') : text.replaceAll('%2F', '/')
  return wrong === text ? undefined : { signer: correct, verifier: { ...correct, verbatim: { [part]: wrong } } }
}
