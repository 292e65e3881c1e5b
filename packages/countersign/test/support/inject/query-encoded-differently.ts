import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { rawQuery } from '../standard-inputs.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer encodes twice, leaves reserved characters, writes escapes in lower case, or signs the query as sent. */
export const inject: Inject = (correct, choice) => {
  const query = canonicalRequestPart(correct, 'canonical-query-string')
  const spellings = [
    query.split('%').join('%25'),
    query.split('%2F').join('/'),
    query.replace(/%(2F|3A)/g, (found) => decodeURIComponent(found)),
    query.replace(/%../g, (found) => found.toLowerCase()),
    rawQuery(correct) ?? query,
    decodeURIComponent(query.replace(/%([89A-F].)/g, '%25$1')),
  ]
  const signed = pick(spellings, choice)!
  // A missing "=" or another order is another mistake.
  if (signed.split('&').some((piece) => !piece.includes('='))) return undefined
  if (choice % spellings.length === RAW && bare(signed) !== bare(query)) return undefined
  return signed === query ? undefined : signedOtherwise(correct, { 'canonical-query-string': signed })
}

/** The form that signs the query as it was sent. */
const RAW = 4

function bare(query: string): string {
  return query
    .split('&')
    .map((piece) => decodeURIComponent(piece.replaceAll('+', ' ')))
    .join('&')
}
