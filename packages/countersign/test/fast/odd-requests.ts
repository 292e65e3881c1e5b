/**
 * Signed requests, plain ones and such as nobody should send. Whatever one looks like, its signature is what the specification
 * calculates for it, or what one would who takes everything as it stands; so it is the request that decides, not the signature.
 */
import { createHash } from 'node:crypto'
import {
  calculateSignature,
  type Header,
  type HttpRequest,
  IOT_PROFILE,
  payloadHashOf,
  requestDateText,
  S3_PROFILE,
  SecretAccessKey,
  type SigningInputs,
  type SigningProfile,
  STANDARD_PROFILE,
  signingInputsOf,
  uriEncode,
  utf8ByteString,
  type VerifyOptions,
} from '../../src/sigv4/index.ts'

export const NOW = Date.UTC(2015, 7, 30, 12, 36)
export const KEYS = ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'anotherEXAMPLEsecretOfTheSameLengthAsTheUsual'].map(
  (secret) => new SecretAccessKey(secret),
)
const PROFILES: readonly SigningProfile[] = [
  S3_PROFILE,
  STANDARD_PROFILE,
  IOT_PROFILE,
  { ...S3_PROFILE, id: 'a', contentSha256Header: 'optional' },
  { ...S3_PROFILE, id: 'b', presignedPayloadHash: 'body', plusInQuery: 'literal' },
  { ...S3_PROFILE, id: 'c', normalizePath: true },
  { ...S3_PROFILE, id: 'd', pathEncoding: 'twice' },
  { ...STANDARD_PROFILE, id: 'e', contentSha256Header: 'required' },
  { ...STANDARD_PROFILE, id: 'f', pathEncoding: 'once', normalizePath: false },
  { ...STANDARD_PROFILE, id: 'g', formBody: 'query', repeatedHeaderValues: 'sorted', presignedPayloadHash: 'UNSIGNED-PAYLOAD' },
  { ...STANDARD_PROFILE, id: 'h', unsignedPayload: 'accepted' },
  { ...S3_PROFILE, id: 'i', unsignedPayload: 'ignored' },
]

/** Numbers that look random and are the same for the same seed. */
export class Chance {
  #state: number
  constructor(seed: number) {
    this.#state = seed | 0
  }
  below(most: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * most)
  }
  in(times: number): boolean {
    return this.below(times) === 0
  }
  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!
  }
  some(all: readonly string[], most: number): string {
    let text = ''
    for (let left = this.below(most + 1); left > 0; left--) text += this.of(all)
    return text
  }
}

const PLAIN = ['a', 'B', '7', '-', '.', '_', '~', 'photos', '%20', '%2B', '%C3%BC']
const PLAIN_SEGMENT = ['a', 'B', '7', '-', '_', '~', 'photos', '2015']
const ODD = ['%2F', '%2f', '%7E', '%7e', '%', '%z', '%4', '+', '$', '(', ':', '=', '&', '\u00e9', ';', ',', '@', '!', '%00', '%0A', '%58']
const VERY_ODD = [' ', '\t', '#', '?', '\n', '\u0161', '\u0120', '\u010a', '\u2028', 'http://h/']
const NAMES = ['X-Amz-Meta-A', 'x-amz-meta-b', 'Content-Type', 'Range', 'Date', 'X-Amzn-Trace-Id', 'User-Agent', 'x-amz-acl', 'If-Match']
const VALUES = [
  'a',
  'b',
  'c: d',
  ' ',
  '  ',
  '\t',
  ',',
  '"a  b"',
  '\u00fc',
  '\n',
  '\r\n ',
  '\u00a0',
  '\u0120',
  '\v',
  'Sun, 30 Aug 2015 12:36:00 GMT',
]
const HASHES = [
  'UNSIGNED-PAYLOAD',
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  '',
  'E3B0C442',
  ' UNSIGNED-PAYLOAD',
  'f'.repeat(64),
  'F'.repeat(64),
]
const OFFSETS = [1, 299, 300, 301, 599, 600, 601, 899, 900, 901, -1, -299, -300, -301, -900, -901, 86400].map((s) => s * 1000)

/** A request, and what a verifier knows of it. */
export interface Asked {
  readonly request: HttpRequest
  readonly key: SecretAccessKey
  readonly options: VerifyOptions
}

/** One request. `oddness` 0 makes only plain ones. */
export function oddRequest(chance: Chance, oddness: number): Asked {
  const odd = (times: number): boolean => oddness > 0 && chance.in(times)
  const service = chance.of(['s3', 's3', 's3', 'execute-api', 'sts', 'dynamodb', ...(oddness > 0 ? ['iotdevicegateway', 's3express'] : [])])
  const key = chance.of(KEYS)
  const profile = odd(6) ? chance.of(PROFILES) : undefined
  const token = chance.in(4) ? chance.of(['EXAMPLEtoken', 'EXAMPLE/+=token']) : undefined
  const date = requestDateText(NOW)
  const scope = `${odd(30) ? chance.of(['20150831', '201508', '']) : '20150830'}/us-east-1/${service}/${odd(40) ? 'aws4' : 'aws4_request'}`
  const credential = `${odd(30) ? chance.of(['', 'AKID/EXAMPLE', 'AKIDEXAMPLE/']) : 'AKIDEXAMPLE'}/${scope}`
  const body = chance.of([
    ...(oddness > 0 || service === 's3' ? [undefined] : []),
    new Uint8Array(),
    new Uint8Array([123, 125]),
    new Uint8Array(200).fill(97),
  ])
  const presigned = chance.in(3)
  const query = queryOf(chance, odd)
  const headers: Header[] = [['Host', `${service}.us-east-1.amazonaws.com`]]
  for (let left = chance.below(5); left > 0; left--) {
    const header: Header = [chance.of(NAMES), odd(3) ? chance.some(VALUES, 4) : `value ${chance.below(9)}`]
    if (odd(4) || !headers.some(([name]) => name === header[0])) headers.push(header)
  }
  if (token !== undefined && !presigned) headers.push(['X-Amz-Security-Token', odd(9) ? ` ${token}` : token])
  if (!presigned || odd(20))
    headers.push(['X-Amz-Date', odd(12) ? chance.of(['', ` ${date}`, date.slice(1), `${date}\u00a0`, '20150830T123601Z']) : date])
  if ((service === 's3' && !presigned && !odd(30)) || odd(10))
    headers.push(['x-amz-content-sha256', odd(4) ? chance.of(HASHES) : payloadHashOf(body ?? new Uint8Array())])
  if (odd(12)) headers.push(digestOf(chance, body ?? new Uint8Array()))
  const names = signedNames(chance, odd, headers)
  if (odd(3))
    for (const [i, [name, value]] of headers.entries()) headers[i] = [chance.of([name.toUpperCase(), name.toLowerCase(), name]), value]
  const path = pathOf(chance, odd)
  const method = odd(20) ? chance.of(['get', 'P\u00fcT', '', 'G\nT']) : chance.of(['GET', 'PUT', 'POST', 'HEAD', 'DELETE'])
  const signature = '0'.repeat(64)
  let target = path + (query === undefined ? '' : `?${query}`)
  if (presigned) {
    const own = ownParameters(chance, odd, { credential, date, names, token, signature })
    const all = [...(query === undefined || query === '' ? [] : query.split('&')), ...own]
    target = `${path}?${(odd(4) ? all.reverse() : all.sort()).join('&')}`
  }
  const comma = odd(8) ? chance.of([',', ' , ', ',  ']) : ', '
  const parts = [`AWS4-HMAC-SHA256 Credential=${credential}`, `SignedHeaders=${names.join(';')}`, `Signature=${signature}`]
  if (!presigned || odd(40)) headers.push([odd(9) ? 'AUTHORIZATION' : 'Authorization', parts.join(comma)])
  if (odd(40)) headers.push(['authorization', parts.join(comma)])
  if (odd(4)) headers.sort(() => chance.below(3) - 1)
  const options = optionsOf(chance, odd, { token, service, profile })
  const how = { key, profile, placeholder: signature, names, asItStands: odd(3), inUtf8: odd(5) }
  return { request: signed({ method, target, headers, body }, how), key, options }
}

/** The request with one byte of it changed. */
export function withOneByteChanged(request: HttpRequest, chance: Chance): HttpRequest {
  const changed = (text: string): string => {
    const at = chance.below(text.length)
    return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << chance.below(8))) + text.slice(at + 1)
  }
  const what = chance.below(8)
  if (what === 0) return { ...request, method: changed(request.method) }
  if (what < 3) return { ...request, target: changed(request.target) }
  if (what === 3 && request.body !== undefined && request.body.length > 0) {
    const body = request.body.slice()
    body[chance.below(body.length)]! ^= 1 << chance.below(8)
    return { ...request, body }
  }
  const at = chance.below(request.headers.length)
  const one = ([name, value]: Header): Header => (what === 7 ? [changed(name), value] : [name, changed(value)])
  return { ...request, headers: request.headers.map((header, i) => (i === at ? one(header) : header)) }
}

/** What a header may say of the body, right as often as wrong. */
function digestOf(chance: Chance, body: Uint8Array): Header {
  const of = chance.in(2) ? body : new Uint8Array([1])
  const base64 = (algorithm: string) => createHash(algorithm).update(of).digest('base64')
  return chance.of<Header>([
    ['Content-MD5', base64('md5')],
    ['x-amz-checksum-md5', base64('md5')],
    ['X-Amz-Checksum-Sha256', base64('sha256')],
    ['x-amz-checksum-sha1', chance.of([base64('sha1'), 'value'])],
    ['x-amz-checksum-algorithm', 'SHA256'],
  ])
}

type Odd = (times: number) => boolean

function pathOf(chance: Chance, odd: Odd): string {
  if (odd(30)) return chance.some(VERY_ODD, 3) + chance.some(PLAIN, 3)
  if (odd(4)) return `/${chance.some([...PLAIN, ...ODD, '/', '//', '/../', '/./', '..'], 7)}`
  if (odd(20)) return `/${chance.some([...PLAIN, ...VERY_ODD], 5)}`
  if (odd(8)) return `/${chance.some([...PLAIN_SEGMENT, '/', '//', '/../', '/./', '/.', '/..a'], 5)}`
  return `/${Array.from({ length: chance.below(4) }, () => chance.some(PLAIN_SEGMENT, 3))
    .filter((part) => part !== '')
    .join('/')}`
}

function queryOf(chance: Chance, odd: Odd): string | undefined {
  if (chance.in(3)) return undefined
  if (odd(30)) return chance.some([...PLAIN, ...VERY_ODD, 'X-Amz-Algorithm=AWS4-HMAC-SHA256', '&', 'X-Amz-Signature=1', '%58-Amz-Date='], 6)
  if (odd(3)) return chance.some([...PLAIN, ...ODD, '&', '=', '&&', 'X-Amz-Date=', '%58-Amz-', 'x-amz-'], 9)
  if (odd(9))
    return chance.of([
      'X-Amz-Algorithm=AWS4-HMAC-SHA256',
      'X-Amz-Signature=0',
      'Signature=1',
      '%53ignature=1',
      'Sig=1',
      'X-Amz-Foo=1',
      'X-=1',
      'x-id=1',
      'acl',
      'a=&b',
    ])
  const names = [...new Set(Array.from({ length: chance.below(5) }, () => chance.some(PLAIN, 2)))].filter((name) => name !== '')
  return names
    .sort()
    .map((name) => `${name}=${chance.some(PLAIN, 3)}`)
    .join('&')
}

function signedNames(chance: Chance, odd: Odd, headers: readonly Header[]): string[] {
  const names = [...new Set(headers.map(([name]) => name.toLowerCase()))].filter((name) => name !== 'user-agent' && !odd(15)).sort()
  if (odd(30)) names.reverse()
  if (odd(30)) names.push(chance.of(['x-not-sent', 'authorization', 'host', 'Host', '', 'a b']))
  return names
}

interface Own {
  readonly credential: string
  readonly date: string
  readonly names: readonly string[]
  readonly token: string | undefined
  readonly signature: string
}

function ownParameters(chance: Chance, odd: Odd, { credential, date, names, token, signature }: Own): string[] {
  const written = (text: string): string => (odd(15) ? text : uriEncode(text))
  const own = [
    `X-Amz-Algorithm=${odd(30) ? 'AWS4' : 'AWS4-HMAC-SHA256'}`,
    `X-Amz-Credential=${written(credential)}`,
    `X-Amz-Date=${odd(15) ? chance.of(['', '20150830', '20150830T123601Z', 'Sun']) : date}`,
    `X-Amz-Expires=${odd(8) ? chance.of(['', '1', '0600', '604800', '604801', '-1', 'x', '600%20', '9999999']) : 600}`,
    `X-Amz-SignedHeaders=${written(names.join(';'))}`,
    ...(token === undefined ? [] : [`X-Amz-Security-Token=${written(token)}`]),
    `X-Amz-Signature=${signature}`,
  ]
  if (odd(20)) own.push(chance.of(own))
  if (odd(20)) own.splice(chance.below(own.length), 1)
  if (odd(20))
    own[chance.below(own.length)] = chance.of(['X-Amz-Date', 'X-Amz-Signature', 'X-Amz-Expires', 'X-Amz-Content-Sha256=1', 'x-amz-date='])
  if (odd(20)) own.push(...own.splice(0, 1).map((piece) => piece.replace('X', '%58')))
  return own
}

function optionsOf(
  chance: Chance,
  odd: Odd,
  { token, service, profile }: { token: string | undefined; service: string; profile: SigningProfile | undefined },
): VerifyOptions {
  return {
    now: NOW + (odd(4) ? chance.of(OFFSETS) : 0),
    ...(profile !== undefined && { profile }),
    ...(chance.in(2) && { region: odd(9) ? 'eu-west-1' : 'us-east-1' }),
    ...(chance.in(2) && { service: odd(9) ? 'iam' : service }),
    ...(((token !== undefined && chance.in(2)) || odd(15)) && {
      sessionToken: odd(5) ? chance.of(['anotherEXAMPLEtoken', null]) : (token ?? 'EXAMPLEtoken'),
    }),
    ...(odd(20) && { sessionTokenExpired: chance.in(2) }),
    ...(odd(12) && { maxClockSkewSeconds: chance.of([0, 1, 600, Number.POSITIVE_INFINITY]) }),
    ...(odd(12) && { accessKeyIdKnown: chance.of([true, false, () => true, () => false]) }),
  }
}

export interface SignedHow {
  readonly key: SecretAccessKey
  readonly profile: SigningProfile | undefined
  readonly placeholder: string
  /** The signed headers as they are written. */
  readonly names: readonly string[]
  /** Whether all was signed as it stands, or as UTF-8, which is what a hasty verifier would calculate. */
  readonly asItStands: boolean
  readonly inUtf8: boolean
}

/** The request with the signature in place of the placeholder. */
export function signed(request: HttpRequest, { key, profile, placeholder, names, asItStands, inUtf8 }: SignedHow): HttpRequest {
  const inputs = signingInputsOf(request, profile === undefined ? {} : { profile })
  if (inputs === undefined) return request
  const parts = partsAsTheyStand(request, names, placeholder)
  const written = inUtf8 ? Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, utf8ByteString(text)])) : parts
  const verbatim = asItStands ? written : {}
  const signature = calculateSignature({ ...inputs, key, verbatim })!.dangerText()
  return {
    ...request,
    target: request.target.replace(placeholder, signature),
    headers: request.headers.map(([name, value]) => [name, value.replace(placeholder, signature)]),
  }
}

function partsAsTheyStand(request: HttpRequest, names: readonly string[], placeholder: string): SigningInputs['verbatim'] {
  const mark = request.target.indexOf('?')
  const query = mark < 0 ? '' : request.target.slice(mark + 1)
  const sentValue = (name: string): string => request.headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? ''
  return {
    'canonical-uri': mark < 0 ? request.target : request.target.slice(0, mark),
    'canonical-query-string': query.replace(`&X-Amz-Signature=${placeholder}`, '').replace(`X-Amz-Signature=${placeholder}&`, ''),
    'signed-headers': names.join(';'),
    'canonical-headers': names.map((name) => `${name}:${sentValue(name)}\n`).join(''),
  }
}
