/** The hash in a signer's string to sign, made of its own canonical request: no key and no text of the service is needed to see how. */
import { canonicalRequestHash, isHexDigest, lastLineOf, parseCanonicalRequest, parseStringToSign } from '../../sigv4/index.js'
import { recomputed } from '../shown.js'
import { written } from './request-view.js'
import type { TextRule } from './text-rules.js'

export const HASH_OF_TEXT: TextRule = {
  id: 'hash-of-own-text',
  cause: 'string-to-sign-malformed',
  severity: 'fragile',
  weight: 0.6,
  checks: ['signature'],
  *check({ stringToSign, canonicalRequest }) {
    const hash = parseStringToSign(stringToSign?.text.trimEnd() ?? '')?.canonicalRequestHash
    const text = written(canonicalRequest?.text)
    if (stringToSign?.side !== 'signer' || hash === undefined || !isHexDigest(hash) || text === undefined) return
    if (canonicalRequest?.fidelity !== 'exact' || parseCanonicalRequest(text) === undefined || canonicalRequestHash(text) === hash) return
    for (const [fault, { says, of }] of Object.entries(MADE_OF_TEXT)) {
      const statement = `the hash in your string to sign comes out of your own canonical request: ${says}`
      const shown = recomputed(hash, of(text), statement, stringToSign.location)
      if (shown === undefined) continue
      const sentence = `The hash in the string to sign is not the SHA-256 of the canonical request beside it: ${says}.`
      yield { sentence, seen: stringToSign, names: [], values: { fault }, shown }
      return
    }
  },
}

/** What signers make of a canonical request in place of its hash, by the fault of the cause that it is. */
const MADE_OF_TEXT: Readonly<Record<string, { readonly says: string; readonly of: (text: string) => string }>> = {
  'hmac-under-1': { says: 'it is an HMAC under the key "1"', of: (text) => lastLineOf('hmac-under-1', text) },
  'hmac-under-nothing': { says: 'it is an HMAC under an empty key', of: (text) => lastLineOf('hmac-under-nothing', text) },
  'literal-line-breaks': {
    says: 'it is the hash of a text with "\\n" in place of line feeds',
    of: (text) => canonicalRequestHash(text.replaceAll('\n', '\\n')),
  },
  'carriage-returns': {
    says: 'it is the hash of a text whose lines end in a carriage return and a line feed',
    of: (text) => canonicalRequestHash(text.replaceAll('\n', '\r\n')),
  },
}
