/**
 * What is wrong with the form of an Authorization header value.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 */
import { AWS4_ECDSA_P256_SHA256, parseAuthorization } from '../sigv4/index.js'

/** The fault, as the end of a sentence that begins "in the header, "; `undefined` where it is of the right form, or of another kind. */
export function authorizationFault(value: string): string | undefined {
  const text = value.trim()
  if (/^authorization\s*[:=]/i.test(text)) return 'the name "Authorization" stands inside the value'
  if (/^["'].*["']$/s.test(text)) return 'the value stands in quotation marks'
  // What was signed in another way (AWS, Bearer, Basic) is not malformed.
  if (!/AWS4-/i.test(text)) return undefined
  if (/[\r\n]/.test(text)) return 'there is a line break inside the value'
  const read = parseAuthorization(text)
  if (!read.algorithm.startsWith('AWS4-')) return `the value begins with "${read.algorithm.slice(0, 20)}" in place of the algorithm`
  if (/^AWS4-[A-Z0-9-]+[,;:]/.test(read.algorithm)) return 'a separator follows the algorithm in place of one space'
  if (/(?:Credential|SignedHeaders|Signature)=[^,\s]{1,1000}\s{1,20}(?:Credential|SignedHeaders|Signature)=/.test(text))
    return 'the parts are not separated by commas'
  if (/Credential=[^,]{0,400}[;&]\s{0,20}SignedHeaders=/.test(text)) return 'the parts are not separated by commas'
  const missing = (['credential', 'signedHeaders', 'signature'] as const).find((part) => read[part] === undefined || read[part] === '')
  if (missing !== undefined) {
    const name = NAMES[missing]
    return new RegExp(`\\b${name}=`, 'i').test(text) && !text.includes(`${name}=`)
      ? `"${name}" is not spelled as it should be`
      : `the part "${name}" is missing`
  }
  // The text itself is not repeated: it may be the half of a signature.
  if (read.malformed !== undefined) return 'one of the parts has no "="'
  if (/%2F/i.test(read.credential ?? '')) return 'the slashes of the credential are percent-encoded, as they are in a URL only'
  const slashes = (read.credential ?? '').split('/').length
  const [least, word] = read.algorithm === AWS4_ECDSA_P256_SHA256 ? [4, 'four'] : [5, 'five']
  return slashes < least ? `the credential has ${slashes} part${slashes === 1 ? '' : 's'} in place of ${word}` : undefined
}

const NAMES = { credential: 'Credential', signedHeaders: 'SignedHeaders', signature: 'Signature' } as const
