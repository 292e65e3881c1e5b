/** What stands where 64 lower-case hexadecimal digits belong. */
import { byteString, bytesOfBase64, isHexDigest } from '../../sigv4/index.js'

/** label: of the tool that printed it. digits: too few or too many. spaced: white space or a sign of a URL among base64. */
export type SignatureForm = 'label' | 'HEX' | 'base64' | 'base64-of-hex' | 'digits' | 'quoted' | 'spaced'

/** The form of a text that is no signature, with the words for it; `undefined` where it is one, or only stands for one. */
export function signatureForm(text: string): { readonly form: SignatureForm; readonly says: string } | undefined {
  if (isHexDigest(text)) return undefined
  const label =
    /^(\(?(?:stdin|SHA2?-?256|HMAC)[A-Za-z0-9()-]{0,30}=) ?[0-9a-f]{0,64}$/i.exec(text)?.[1] ??
    (/^[0-9a-f]{64} {1,2}\*?-$/.test(text) ? '-' : undefined)
  if (label !== undefined)
    return { form: 'label', says: `the tool that made it printed "${label}" beside the digits (\`openssl dgst\` does, and \`sha256sum\`)` }
  if (/^["'].*["']$/.test(text)) return { form: 'quoted', says: 'it stands in quotation marks' }
  if (/^[0-9A-Fa-f]{64}$/.test(text)) return { form: 'HEX', says: 'its digits are in upper case' }
  if (/^[A-Za-z0-9+/ ]{86}==$/.test(text) && isHexText(text))
    return { form: 'base64-of-hex', says: 'it is the base64 of the hexadecimal digits, 88 characters' }
  if (/^[A-Za-z0-9+/_ -]{43}=?$/.test(text) && /[G-Zg-z+/_ -]/.test(text))
    return { form: 'base64', says: 'it is 44 characters of base64, not 64 hexadecimal digits' }
  if (/^[0-9a-f]+$/i.test(text) && /\d/.test(text))
    return { form: 'digits', says: `it has ${text.length} hexadecimal digit${text.length === 1 ? '' : 's'} in place of 64` }
  if (/^[0-9a-f]{2,64}\s[0-9a-f\s]*$/i.test(text)) return { form: 'spaced', says: 'white space stands among its digits' }
  return undefined
}

/** So few digits are more often what somebody left of a signature for others to see than what was sent. */
export function isShortened(signature: string): boolean {
  return signature.length < FEWEST_SENT
}

function isHexText(base64: string): boolean {
  return isHexDigest(byteString(bytesOfBase64(base64.replaceAll(' ', '+')) ?? new Uint8Array()).toLowerCase())
}

/** Cut by a field or a copy, it has the digits of MD5 or SHA-1 at least. */
const FEWEST_SENT = 28
