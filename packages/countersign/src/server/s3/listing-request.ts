/** What the listings of S3 are asked for in the same words: prefix, delimiter, how many, and in which spelling. */
import { readableText } from '../../sigv4/index.js'
import { elements, invalidArgument, type NamedValues } from './s3-answer.js'
import type { S3Request } from './s3-request.js'

export interface ListingRequest {
  readonly prefix: string
  readonly delimiter: string
  readonly most: number
  /** A name as the answer has it. */
  readonly spelled: (text: string) => string
  readonly encodingType: string | undefined
}

export function listingRequest({ query }: Pick<S3Request, 'query'>, mostName: 'max-keys' | 'max-uploads'): ListingRequest {
  const encodingType = query.get('encoding-type')
  if (encodingType !== undefined && encodingType !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType)
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    most: mostOf(query.get(mostName), mostName),
    spelled: encodingType === undefined ? (text) => text : urlSpelled,
    encodingType,
  }
}

/** How many are wanted: 1,000 at most. */
export function mostOf(text: string | undefined, name: string): number {
  if (text === undefined || text === '') return MOST
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2 ** 31 - 1)
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, text)
  return Math.min(Number(text), MOST)
}

export function commonPrefixes(prefixes: readonly string[], { spelled }: ListingRequest): string {
  return prefixes.map((one) => `<CommonPrefixes>${elements([['Prefix', spelled(one)]])}</CommonPrefixes>`).join('')
}

export function ownerElement(name: 'Owner' | 'Initiator'): string {
  return `<${name}>${elements(OWNER)}</${name}>`
}

export const OWNER: NamedValues = [
  ['ID', '75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a'],
  ['DisplayName', 'countersign'],
]

/** As S3 spells with encoding-type=url: like a form, with slashes as they are. */
function urlSpelled(text: string): string {
  return encodeURIComponent(readableText(text))
    .replace(/[!'()~]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
}

const MOST = 1000
