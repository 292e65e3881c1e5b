import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { rawQuery } from '../standard-inputs.ts'
import { changedInTransit, type Inject, pick } from './injection.ts'

/** The URL is copied with "&" as HTML, as JSON, percent-encoded as a whole, or escaped for a shell. */
export const inject: Inject = (correct, choice) => {
  const query = rawQuery(correct)
  if (correct.request === undefined || query === undefined || !query.includes('&')) return undefined
  const forms = [
    query.split('&').join('&amp;'),
    query.split('&').join('\\u0026'),
    encodeURIComponent(decodeURIComponent(query)).replace('%3D', '='),
    query.split('&').join('\\&'),
  ]
  const arrived = pick(forms, choice)!
  // A first parameter without "=" has no value for the rest to fall into; doubled escapes would be a second mistake.
  if (!/^[^&=]+=[^&]/.test(query) || (choice % 4 === 2 && !query.split('&').every((piece) => /^[\w.-]+=[\w.-]+$/.test(piece))))
    return undefined
  return changedInTransit(correct, { target: `${splitTarget(correct.request.target).path}?${arrived}` })
}
