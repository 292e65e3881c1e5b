import { canonicalHeaderValue } from '../../../src/sigv4/canonical-headers.ts'
import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { headerValues } from '../../../src/sigv4/index.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer joins the values otherwise, takes one of them, or writes a line for each. */
export const inject: Inject = (correct, choice) => {
  const { request } = correct
  const name = request === undefined ? undefined : correct.signedHeaders.find((given) => headerValues(request, given).length > 1)
  if (request === undefined || name === undefined) return undefined
  const values = headerValues(request, name).map(canonicalHeaderValue)
  const line = (value: string): string => `${name}:${value}`
  const forms = [
    line(values.join(', ')),
    line(values[0]!),
    values.map(line).join('\n'),
    values.map(() => line(values[0]!)).join('\n'),
    line(values.at(-1)!),
    line([...values].sort().join(',')),
  ]
  const text = canonicalRequestPart(correct, 'canonical-headers')
  const written = text.replace(line(values.join(',')), pick(forms, choice)!)
  return written === text ? undefined : signedOtherwise(correct, { 'canonical-headers': written })
}
