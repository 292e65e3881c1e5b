/**
 * The law of Signature Version 4 written a second time, over node:crypto and without a line of `src`: whatever the verifier
 * accepts has to be right by this one, too. Text is byte strings.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, createHmac } from 'node:crypto'
import type { HttpRequest } from '../../src/sigv4/http-request.ts'
import { payloadAgain } from './second-law-of-chunks.ts'
import { isSignedByKeyPair, KEY_PAIR_ALGORITHM } from './second-law-of-key-pairs.ts'

/** What a request says of its signature. */
export interface Claim {
  readonly by: 'header' | 'query'
  readonly algorithm: string
  readonly accessKeyId: string
  readonly date: string
  readonly region: string
  readonly service: string
  readonly terminator: string
  readonly names: readonly string[]
  readonly signature: string
  readonly requestDate: string
}

export function claimOf(request: HttpRequest): Claim | undefined {
  const header = valuesOf(request, 'authorization')[0]
  if (header === undefined) return claimInQuery(request)
  const [, algorithm, rest] = /^\s*(\S+)\s([\s\S]*)$/.exec(header) ?? []
  if (algorithm === undefined) return undefined
  const parts = new Map<string, string>()
  for (const part of rest!.split(',')) {
    const equals = part.indexOf('=')
    if (equals < 0 && part.trim() !== '') return undefined
    parts.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim())
  }
  const date = (valuesOf(request, 'x-amz-date')[0] ?? valuesOf(request, 'date')[0] ?? '').trim()
  return claimed('header', algorithm, parts.get('Credential'), parts.get('SignedHeaders'), parts.get('Signature'), date)
}

function claimInQuery(request: HttpRequest): Claim | undefined {
  const parameters = parametersOf(request)
  const value = (name: string) => parameters.find(([one]) => one === name)?.[1]
  const algorithm = value('X-Amz-Algorithm')
  if (algorithm === undefined) return undefined
  return claimed(
    'query',
    algorithm,
    value('X-Amz-Credential'),
    value('X-Amz-SignedHeaders'),
    value('X-Amz-Signature'),
    value('X-Amz-Date') ?? '',
  )
}

function claimed(by: Claim['by'], algorithm: string, credential = '', names = '', signature = '', requestDate = ''): Claim | undefined {
  const pieces = credential.split('/')
  // The scope of a key pair has no region.
  if (algorithm === KEY_PAIR_ALGORITHM) pieces.splice(-2, 0, '')
  if (pieces.length < 5) return undefined
  const [date, region, service, terminator] = pieces.slice(-4) as [string, string, string, string]
  const accessKeyId = pieces.slice(0, -4).join('/')
  const sorted = names.toLowerCase().split(';').sort()
  return {
    by,
    algorithm,
    accessKeyId,
    date,
    region,
    service,
    terminator,
    // S3 takes a name that is listed again for one.
    names: isOfS3(service) ? [...new Set(sorted)] : sorted,
    signature,
    requestDate: basicDate(requestDate),
  }
}

/** The canonical request; `undefined` where it has no payload hash. */
export function canonicalAgain(request: HttpRequest, claim: Claim): string | undefined {
  const hash = payloadHashAgain(request, claim)
  if (hash === undefined) return undefined
  const query = parametersOf(request)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [escaped(name), escaped(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const headers = claim.names.map((name) => `${name}:${valuesOf(request, name).map(folded).join(',')}\n`).join('')
  return [request.method, pathAgain(request, claim.service), query, headers, claim.names.join(';'), hash].join('\n')
}

export function signatureAgain(secret: string, claim: Claim, canonical: string): string {
  return createHmac('sha256', signingKeyAgain(secret, claim)).update(stringToSignAgain(claim, canonical)).digest('hex')
}

export function stringToSignAgain(claim: Claim, canonical: string): string {
  return `${claim.algorithm}\n${claim.requestDate}\n${scopeOf(claim)}\n${sha256Hex(Buffer.from(canonical, 'latin1'))}`
}

export function signingKeyAgain(secret: string, { date, region, service, terminator }: Claim): Buffer {
  let key: Buffer = Buffer.from(`AWS4${secret}`)
  for (const step of [date, region, service, terminator]) key = createHmac('sha256', key).update(step, 'latin1').digest()
  return key
}

export function scopeOf({ algorithm, date, region, service, terminator }: Claim): string {
  return algorithm === KEY_PAIR_ALGORITHM ? `${date}/${service}/${terminator}` : `${date}/${region}/${service}/${terminator}`
}

/** Whether all that a signature covers is as it was signed: the head, the payload, the day. Clocks and tokens are not looked at. */
export function isRight(request: HttpRequest, secret: string): boolean {
  const claim = claimOf(request)
  const canonical = claim === undefined ? undefined : canonicalAgain(request, claim)
  if (claim === undefined || canonical === undefined || !isSigned(claim, canonical, secret)) return false
  if (!claim.requestDate.startsWith(claim.date) || claim.date.length !== 8 || claim.terminator !== 'aws4_request') return false
  const given = valuesOf(request, 'x-amz-content-sha256')[0]?.trim()
  const body = request.body ?? new Uint8Array(0)
  if (given === undefined || given === 'UNSIGNED-PAYLOAD' || isNoWord(given, claim.service)) return true
  if (isStreaming(given)) return payloadAgain(request, claim, secret) !== undefined
  return !isOfS3(claim.service) || given.toLowerCase() === sha256Hex(body)
}

function isSigned(claim: Claim, canonical: string, secret: string): boolean {
  const { algorithm, signature, accessKeyId } = claim
  if (algorithm === KEY_PAIR_ALGORITHM) return isSignedByKeyPair(stringToSignAgain(claim, canonical), signature, secret, accessKeyId)
  return algorithm === 'AWS4-HMAC-SHA256' && signatureAgain(secret, claim, canonical) === signature
}

function payloadHashAgain(request: HttpRequest, { by, service }: Claim): string | undefined {
  const given = valuesOf(request, 'x-amz-content-sha256')[0]?.trim()
  if (given !== undefined && (isOfS3(service) || (isStreaming(given) && !isNoWord(given, service)))) return given
  if (!isOfS3(service)) return sha256Hex(request.body ?? new Uint8Array(0))
  return by === 'query' ? 'UNSIGNED-PAYLOAD' : undefined
}

/** Only S3 lets a request say that nothing of its body is signed. */
function isNoWord(given: string, service: string): boolean {
  return !isOfS3(service) && (given === 'UNSIGNED-PAYLOAD' || given === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER')
}

function isStreaming(word: string): boolean {
  return /^STREAMING-(?:AWS4-(?:HMAC|ECDSA-P256)-SHA256-(?:PAYLOAD(?:-TRAILER)?|EVENTS)|UNSIGNED-PAYLOAD-TRAILER)$/.test(word)
}

function pathAgain(request: HttpRequest, service: string): string {
  const path = pathOf(request)
  if (isOfS3(service))
    return path
      .split('/')
      .map((segment) => escaped(unescaped(segment)))
      .join('/')
  const kept: string[] = []
  const segments = path.split('/').slice(1)
  for (const [i, segment] of segments.entries()) {
    const last = i === segments.length - 1
    if (segment === '..') kept.pop()
    if (segment !== '' && segment !== '.' && segment !== '..') kept.push(last ? segment : `${segment}/`)
  }
  return `/${kept.map((one) => (one.endsWith('/') ? `${escaped(one.slice(0, -1))}/` : escaped(one))).join('')}`
}

function pathOf({ target }: HttpRequest): string {
  const path = originOf(target).split('?', 1)[0]!
  return path === '' ? '/' : path
}

function originOf(target: string): string {
  return target.startsWith('/') ? target : target.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/, '')
}

/** Names and values, decoded. */
function parametersOf({ target }: HttpRequest): [string, string][] {
  const origin = originOf(target)
  const mark = origin.indexOf('?')
  if (mark < 0) return []
  return origin
    .slice(mark + 1)
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const [name, ...rest] = piece.replaceAll('+', ' ').split('=')
      return [unescaped(name!), unescaped(rest.join('='))]
    })
}

export function valuesOf({ headers }: HttpRequest, name: string): string[] {
  return headers.filter(([given]) => given.toLowerCase() === name.toLowerCase()).map(([, value]) => value)
}

export function folded(value: string): string {
  return value.replace(/[ \t\n\v\f\r]+/g, ' ').replace(/^ | $/g, '')
}

export function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9\-._~]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

function unescaped(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** An HTTP date stands for the basic one, whatever day of the week it names. */
function basicDate(text: string): string {
  if (/^\d{8}T\d{6}Z$/.test(text)) return text
  const time = Date.parse(text)
  return Number.isNaN(time) ? text : new Date(time).toISOString().replace(/[-:]|\.\d+/g, '')
}

export function isOfS3(service: string): boolean {
  return ['s3', 's3-object-lambda', 's3-outposts', 's3express'].includes(service)
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
