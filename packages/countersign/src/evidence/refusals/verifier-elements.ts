/**
 * What the elements of an S3 error say of the request: its texts as S3 calculated them, the key, the signature provided.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */

import type { Fidelity, Observation } from '../../case/index.js'
import { isMasked, type Location } from '../../text/index.js'
import { canonicalRequestSeen, stringToSignSeen } from './verifier-texts.js'

type Elements = readonly (readonly [string, string])[]

/** The observations the elements hold; `cutIn` names the element in which the evidence ends, if it does. */
export function elementsSeen(
  elements: Elements,
  cutIn: string | undefined,
  location: Location,
  fidelity: Fidelity,
): readonly Observation[] {
  const seen: (Observation | undefined)[] = []
  const accessKeyId = (elementOf(elements, 'AWSAccessKeyId') ?? '').trim()
  if (accessKeyId !== '') seen.push({ kind: 'access-key-id', value: accessKeyId, location, fidelity })
  const provided = (elementOf(elements, 'SignatureProvided') ?? '').trim()
  if (provided !== '' && cutIn !== 'SignatureProvided') seen.push({ kind: 'signature', side: 'wire', value: provided, location, fidelity })
  const request = best(elements, cutIn, 'CanonicalRequest', fidelity)
  if (request !== undefined) seen.push(canonicalRequestSeen(request.text, location, request.fidelity))
  const toSign = best(elements, cutIn, 'StringToSign', fidelity)
  if (toSign !== undefined) seen.push(stringToSignSeen(toSign.text, location, toSign.fidelity))
  return seen.filter((one) => one !== undefined)
}

function elementOf(elements: Elements, name: string): string | undefined {
  return elements.find(([given]) => given === name)?.[1]
}

/** The text of an element: from its hex bytes where they are whole, since no tool changes those. */
function best(
  elements: Elements,
  cutIn: string | undefined,
  name: string,
  fidelity: Fidelity,
): { readonly text: string; readonly fidelity: Fidelity } | undefined {
  const bytes = cutIn === `${name}Bytes` ? undefined : fromHex(elementOf(elements, `${name}Bytes`) ?? '')
  if (bytes !== undefined) return { text: bytes, fidelity: 'exact' }
  const text = elementOf(elements, name)
  if (text === undefined || text.trim() === '') return undefined
  return { text: cutIn === name && !isMasked(text.slice(-5)) ? `${text.trimEnd()}...` : text, fidelity }
}

function fromHex(hex: string): string | undefined {
  const digits = hex.replace(/[\s,]+/g, '')
  if (digits === '' || digits.length % 2 !== 0 || !/^[0-9a-fA-F]+$/.test(digits)) return undefined
  const bytes: string[] = []
  for (let at = 0; at < digits.length; at += 2) bytes.push(String.fromCharCode(Number.parseInt(digits.slice(at, at + 2), 16)))
  return bytes.join('')
}
