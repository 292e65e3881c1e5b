/** Requests that are rightly signed, of every kind, by the second law: what a verifier must accept, and whose every changed byte it must see. */
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import { sign } from '../../src/sigv4/sign.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { credentialsOf } from '../../src/verifier/credential-store.ts'
import type { Chance } from '../fast/odd-requests.ts'
import { canonicalAgain, claimOf, escaped, isOfS3, sha256Hex, signatureAgain } from './second-law.ts'
import { chunkedBody, STREAMING } from './second-law-of-chunks.ts'

export const NOW = Date.UTC(2026, 2, 3, 8, 15, 31)
const DATE = '20260303T081531Z'
const KEYS = {
  AKIAIOSFODNN7EXAMPLE: { secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', token: undefined },
  ASIAIOSFODNN7EXAMPLE: { secret: 'anotherEXAMPLE/secretOfASession+0', token: 'EXAMPLE/token+of//a=session==' },
} as const

type KeyId = keyof typeof KEYS

export const SECRETS: ReadonlyMap<string, string> = new Map(Object.entries(KEYS).map(([id, { secret }]) => [id, secret]))

export const STORE = credentialsOf(
  Object.fromEntries(
    Object.entries(KEYS).map(([id, { secret, token }]) => [
      id,
      { key: new SecretAccessKey(secret), ...(token === undefined ? {} : { sessionToken: token }) },
    ]),
  ),
)

export const KINDS = ['header', 'presigned', 'chunked', 'chunked-trailer', 'unsigned-trailer', 'key-pair'] as const
export type Kind = (typeof KINDS)[number]

export interface ValidRequest {
  readonly kind: Kind
  readonly request: HttpRequest
  /** Whether each byte of the body is covered: by the signature, a chunk's, or the checksum in the trailer. */
  readonly bodyCovered: boolean
}

/** One valid request; its kind and all else are drawn. */
export function validRequest(chance: Chance): ValidRequest {
  const kind = chance.of<Kind>(['header', 'header', 'header', 'presigned', 'presigned', 'chunked', 'chunked-trailer', 'unsigned-trailer'])
  return chance.in(400) ? ofKind(chance, 'key-pair') : ofKind(chance, kind)
}

export function ofKind(chance: Chance, kind: Kind): ValidRequest {
  const chunked = kind === 'chunked' || kind === 'chunked-trailer' || kind === 'unsigned-trailer'
  const service = chunked ? 's3' : chance.of(['s3', 's3', 's3express', 'sts', 'dynamodb', 'execute-api', 'es'])
  const keyId = chance.of<KeyId>(['AKIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE'])
  const draft: Draft = {
    chance,
    service,
    keyId,
    scope: `20260303/${chance.of(['eu-west-1', 'us-east-1'])}/${service}/aws4_request`,
    method: chance.of(['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH']),
    path: pathOf(chance, isOfS3(service)),
    query: queryOf(chance),
    headers: headersOf(chance),
    body: chance.in(3) ? Buffer.alloc(0) : bytesOf(chance, 60),
  }
  if (kind === 'presigned') return presigned(draft)
  if (chunked) return chunkedUpload(draft, kind)
  return kind === 'key-pair' ? withKeyPair(draft) : inHeader(draft)
}

interface Draft {
  readonly chance: Chance
  readonly service: string
  readonly keyId: KeyId
  readonly scope: string
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: readonly Header[]
  readonly body: Buffer
}

function inHeader(draft: Draft): ValidRequest {
  const { chance, service, body } = draft
  const unsigned = chance.in(5)
  const hash = unsigned ? 'UNSIGNED-PAYLOAD' : sha256Hex(body)
  const named: Header[] = isOfS3(service) || unsigned || chance.in(3) ? [['x-amz-content-sha256', hash]] : []
  return { kind: 'header', request: signedInHeader(draft, named, body), bodyCovered: !unsigned || !isOfS3(service) }
}

function chunkedUpload(draft: Draft, kind: Kind): ValidRequest {
  const { chance, keyId } = draft
  const word = kind === 'chunked' ? STREAMING.signed : kind === 'chunked-trailer' ? STREAMING.trailer : STREAMING.unsigned
  const large = chance.in(20) ? [bytesOf(chance, 0, 8192), bytesOf(chance, 0, 8192)] : []
  const chunks = [...large, ...(large.length > 0 || chance.in(5) ? [] : [bytesOf(chance, 200)])].filter(({ length }) => length > 0)
  const head = signedInHeader(
    draft,
    [
      ['x-amz-content-sha256', word],
      ['X-Amz-Decoded-Content-Length', String(Buffer.concat(chunks).length)],
      ['Content-Encoding', 'aws-chunked'],
      ...(word === STREAMING.signed ? [] : ([['x-amz-trailer', 'x-amz-checksum-crc32']] as const)),
    ],
    Buffer.alloc(0),
  )
  const body = chunkedBody(word, claimOf(head)!, KEYS[keyId].secret, chunks)
  return { kind, request: { ...head, body }, bodyCovered: true }
}

function signedInHeader(draft: Draft, more: readonly Header[], body: Buffer): HttpRequest {
  const { chance, keyId, scope, method, path, query } = draft
  const { secret, token } = KEYS[keyId]
  const dated: Header[] = chance.in(8)
    ? [['Date', 'Tue, 03 Mar 2026 08:15:31 GMT']]
    : [[chance.of(['X-Amz-Date', 'x-amz-date']), chance.in(8) ? ` ${DATE} ` : DATE]]
  const headers = [...draft.headers, ...more, ...dated, ...(token === undefined ? [] : [['X-Amz-Security-Token', token] as const])]
  const names = [...new Set(headers.map(([name]) => name.toLowerCase()))].sort()
  const [comma, blank] = [chance.of([', ', ',', ' , ']), chance.of([' ', ' ', '  '])]
  const zeros = '0'.repeat(64)
  const written = (signature: string): Header => [
    chance.of(['Authorization', 'authorization']),
    `AWS4-HMAC-SHA256${blank}${[`Credential=${keyId}/${scope}`, `SignedHeaders=${names.join(';')}`, `Signature=${signature}`].join(comma)}`,
  ]
  const target = query === '' ? path : `${path}?${query}`
  const unsigned: HttpRequest = { method, target, headers: [...headers, written(zeros)], body }
  const claim = claimOf(unsigned)!
  const signature = signatureAgain(secret, claim, canonicalAgain(unsigned, claim)!)
  return { ...unsigned, headers: [...headers, written(signature)] }
}

function presigned(draft: Draft): ValidRequest {
  const { chance, service, keyId, scope, method, path, query, headers } = draft
  const { secret, token } = KEYS[keyId]
  const body = isOfS3(service) ? draft.body : chance.in(2) ? Buffer.alloc(0) : draft.body
  const names = headers.map(([name]) => name.toLowerCase()).sort()
  const own = [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    `X-Amz-Credential=${escaped(`${keyId}/${scope}`)}`,
    `X-Amz-Date=${DATE}`,
    `X-Amz-Expires=${chance.of(['300', '604800', '60'])}`,
    `X-Amz-SignedHeaders=${escaped([...new Set(names)].join(';'))}`,
    ...(token === undefined ? [] : [`X-Amz-Security-Token=${escaped(token)}`]),
  ]
  const all = query === '' ? own : chance.in(2) ? [query, ...own] : [...own, query]
  const targetWith = (signature: string) => `${path}?${[...all, `X-Amz-Signature=${signature}`].join('&')}`
  const unsigned: HttpRequest = { method, target: targetWith('0'.repeat(64)), headers, body }
  const claim = claimOf(unsigned)!
  const signature = signatureAgain(secret, claim, canonicalAgain(unsigned, claim)!)
  return { kind: 'presigned', request: { ...unsigned, target: targetWith(signature) }, bodyCovered: !isOfS3(service) }
}

/** Signed by the product's own signer: node:crypto knows no derivation of these keys. */
function withKeyPair({ service, method, path, query, headers, body }: Draft): ValidRequest {
  const key = KEYS.AKIAIOSFODNN7EXAMPLE.secret
  const request = sign(
    { method, target: query === '' ? path : `${path}?${query}`, headers, body },
    { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey(key) },
    { now: NOW, regionSet: ['eu-west-1', 'us-*'], service },
  )
  return { kind: 'key-pair', request, bodyCovered: true }
}

function pathOf(chance: Chance, s3: boolean): string {
  const odd = s3
    ? ['%2F', '%2f', '+', '$', '//', '/../', '/./', '%', '\u00e9', '(', '=', ':', '@', '%00', '&']
    : ['+', '$', '//', '/./', '(', '=', ':', '@']
  const pieces = ['a', 'B', '7', '-', '.b', '_', '~', '/', 'photos', '%20', '%C3%BC', ...(chance.in(3) ? odd : [])]
  return `/${chance.some(pieces, 7)}`
}

function queryOf(chance: Chance): string {
  const names = [
    ...new Set(Array.from({ length: chance.below(5) }, () => chance.some(['a', 'B', '-', 'prefix', '%20', '%2B', '%c3%bc'], 2))),
  ]
  const value = () => (chance.in(6) ? '' : `=${chance.some(['a', '7', '+', '%2F', '/', '=', '~', '%7e', "'", '*'], 4)}`)
  return names
    .filter((name) => name !== '')
    .map((name) => name + value())
    .join(chance.in(9) ? '&&' : '&')
}

function headersOf(chance: Chance): Header[] {
  const headers: Header[] = [[chance.of(['Host', 'host', 'HOST']), chance.of(['bucket.s3.eu-west-1.amazonaws.com', 'localhost:9000'])]]
  for (let left = chance.below(4); left > 0; left--) {
    const name = chance.of(['X-Amz-Meta-A', 'x-amz-meta-b', 'Content-Type', 'Range', 'x-amz-acl', 'If-Match', 'X-Custom'])
    headers.push([name, chance.some(['a', 'b ', ' c', '"q"', ',', ';', '=', '\u00c3\u00bc', '\t', '\u00ff', '  '], 5)])
  }
  return headers
}

function bytesOf(chance: Chance, most: number, least = 0): Buffer {
  return Buffer.from(Array.from({ length: least + (most > 0 ? chance.below(most) : 0) }, () => chance.below(256)))
}
