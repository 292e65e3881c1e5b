/** Whether two signatures that requests carry can be of one signing: spellings are undone, masks and cuts are unknown. */
import { uriDecode } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'

/** A signature in one spelling, for comparing; `undefined` where it is masked, cut or too short to tell anything. */
export function plainSignature(value: string | undefined): string | undefined {
  if (value === undefined || isMasked(value)) return undefined
  const text = (value.includes('%') ? uriDecode(value) : value).trim().replaceAll(' ', '+')
  if (text.length < SHORTEST) return undefined
  if (/^[0-9A-Fa-f]+$/.test(text)) return text.toLowerCase()
  return /^[A-Za-z0-9+/]{43}=?$/.test(text) ? hexOfBase64(text) : text
}

/** Whether two signatures are surely of two signings. What is unknown, or the beginning of the other, is not. */
export function differentSignings(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b && !a.startsWith(b) && !b.startsWith(a)
}

function hexOfBase64(text: string): string {
  let [bits, count, hex] = [0, 0, '']
  for (const character of text.replace('=', '')) {
    bits = (bits << 6) | ALPHABET.indexOf(character)
    count += 6
    if (count < 8) continue
    count -= 8
    hex += ((bits >> count) & 0xff).toString(16).padStart(2, '0')
    bits &= (1 << count) - 1
  }
  return hex
}

const SHORTEST = 16
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
