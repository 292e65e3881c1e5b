/**
 * Requests that no client sends: valid ones with their grammar bent, in one place or in several, and many of them signed again
 * afterwards, so that they come as far as the last check.
 */
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import type { Chance } from '../fast/odd-requests.ts'
import { canonicalAgain, claimOf, signatureAgain } from './second-law.ts'
import { SECRETS, validRequest } from './valid-requests.ts'

type Bend = (request: HttpRequest, chance: Chance) => HttpRequest

export function hostileRequest(chance: Chance): HttpRequest {
  let { request } = validRequest(chance)
  for (let left = 1 + chance.below(3); left > 0; left--) request = chance.of(BENDS)(request, chance)
  return chance.in(2) ? request : signedAgain(request)
}

/** The request with the signature it should have, where it still says enough to have one. */
export function signedAgain(request: HttpRequest): HttpRequest {
  const claim = claimOf(request)
  const secret = claim === undefined ? undefined : SECRETS.get(claim.accessKeyId)
  const canonical = claim === undefined ? undefined : canonicalAgain(request, claim)
  if (claim === undefined || secret === undefined || canonical === undefined || claim.signature === '') return request
  const signature = signatureAgain(secret, claim, canonical)
  if (claim.by === 'query') return { ...request, target: request.target.replace(claim.signature, signature) }
  return withAuthorization(request, (value) => value.replace(claim.signature, signature))
}

const BENDS: readonly Bend[] = [
  ({ target, ...rest }, chance) => ({ ...rest, target: spliced(target, chance.of(PIECES_OF_TARGETS), chance) }),
  ({ target, ...rest }, chance) => ({
    ...rest,
    target: chance.of(['', '*', '/', '?', 'http://h/', 'HTTP://h', '//', '#', '/%', '\0']) + (chance.in(2) ? target : ''),
  }),
  ({ target, ...rest }, chance) => ({ ...rest, target: `${target}${target.includes('?') ? '&' : '?'}${chance.of(PARAMETERS)(chance)}` }),
  (request, chance) => withAuthorization(request, (value) => spliced(value, chance.of(PIECES_OF_AUTHORIZATIONS), chance)),
  (request, chance) => withAuthorization(request, (value) => chance.of(AUTHORIZATIONS)(value, chance)),
  (request, chance) => withScope(request, (scope) => chance.of(SCOPES)(scope, chance)),
  (request, chance) => withNames(request, (names) => chance.of(SIGNED_HEADERS)(names, chance)),
  (request, chance) => withHeader(request, chance.of(['x-amz-date', 'X-Amz-Date', 'date']), chance.of(DATES), chance),
  (request, chance) => withHeader(request, 'x-amz-content-sha256', chance.of(PAYLOAD_WORDS), chance),
  (request, chance) => withHeader(request, 'x-amz-decoded-content-length', chance.of(NUMBERS), chance),
  (request, chance) =>
    withHeader(
      request,
      chance.of(['X-Amz-Security-Token', 'x-amz-s3session-token']),
      chance.of(['', 'x', 'EXAMPLE/token+of//a=session==']),
      chance,
    ),
  (request, chance) => withHeader(request, chance.of(ODD_NAMES), chance.some(PIECES_OF_VALUES, 6), chance),
  (request, chance) => ({ ...request, headers: many(request.headers, chance) }),
  (request, chance) => ({ ...request, headers: request.headers.filter(() => !chance.in(6)) }),
  (request, chance) => ({
    ...request,
    method: chance.of(['', 'get', 'P\u00fcT', 'G\nT', 'HEAD ', 'A'.repeat(3000), '\0', 'OPTIONS', 'constructor']),
  }),
  (request, chance) => ({ ...request, body: bodyOf(request, chance) }),
  (request, chance) => ({ ...request, body: chance.in(3) ? undefined : Buffer.from(chance.some(PIECES_OF_CHUNKS, 9), 'latin1') }),
]

const PIECES_OF_TARGETS = [
  '%',
  '%z',
  '%00',
  '\0',
  '?',
  '#',
  '//',
  '/..',
  '/../../..',
  '/./',
  '&',
  '&&',
  '=',
  '+',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\u00e9',
  '\u00ff',
  '%58',
  '%2F',
  '%2e%2e',
  ';',
  '@',
  '\\',
]

const PARAMETERS: readonly ((chance: Chance) => string)[] = [
  (chance) => 'a&'.repeat(chance.below(1500)),
  (chance) => `${'%'.repeat(chance.below(4000))}`,
  (chance) => Array.from({ length: chance.below(1100) }, (_, i) => `k${(i * 7919) % 1009}=%zz`).join('&'),
  (chance) =>
    `${chance.of(['X-Amz-Signature', 'X-Amz-Date', 'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Expires', 'x-amz-algorithm', '%58-Amz-Date', 'X-Amz-SignedHeaders'])}=${chance.of([...DATES, ...NUMBERS, 'AWS4-HMAC-SHA256', 'host'])}`,
  (chance) => `X-Amz-SignedHeaders=${'host%3B'.repeat(chance.below(2000))}host`,
  (chance) => `${'+'.repeat(chance.below(9000))}=${'='.repeat(chance.below(100))}`,
  () => 'Signature=x&AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1',
  (chance) => 'b'.repeat(chance.below(20_000)),
]

const PIECES_OF_AUTHORIZATIONS = [
  ',',
  ', ',
  ' ',
  '\t',
  '=',
  '/',
  ';',
  '\u00a0',
  '\0',
  '\u00ff',
  '"',
  '\n',
  'Credential=',
  'Signature=',
  'SignedHeaders=',
  ',x=y',
  ', x',
  '%2F',
  'AWS4-HMAC-SHA256 ',
]

const AUTHORIZATIONS: readonly ((value: string, chance: Chance) => string)[] = [
  (_, chance) =>
    chance.of([
      '',
      ' ',
      'AWS',
      'AWS AKIAIOSFODNN7EXAMPLE:x',
      'Bearer x',
      'AWS4-HMAC-SHA256',
      'AWS4-HMAC-SHA256 ',
      'Basic eDp5',
      '\0',
      '=',
      ',',
      'AWS4-ECDSA-P256-SHA256 ',
    ]),
  (value, chance) =>
    value.replace(
      'AWS4-HMAC-SHA256',
      chance.of(['AWS4-HMAC-SHA1', 'aws4-hmac-sha256', 'AWS4-ECDSA-P256-SHA256', 'AWS4-HMAC-SHA256-PAYLOAD', '']),
    ),
  (value, chance) => `${value}${','.repeat(chance.below(9000))}`,
  (value, chance) => `${value}${' '.repeat(chance.below(9000))}`,
  (value, chance) => value.replace(' ', '\t '.repeat(chance.below(3000))),
  (value, chance) =>
    `${value}, ${chance.of(['Credential', 'SignedHeaders', 'Signature', '__proto__', ''])}=${chance.of(['', 'x', 'host', '/////', '0'.repeat(64)])}`,
  (value) => `${value},${value}`,
  (value) => value.split(/,\s*/).reverse().join(','),
  (value) => value.replace(/Signature=([0-9a-f]{64})/, (_, hex: string) => `Signature=${hex.toUpperCase()}`),
  (value, chance) => value.replace(/Signature=[0-9a-f]*/, `Signature=${'f'.repeat(chance.below(10_000))}`),
  (value, chance) => value.slice(0, chance.below(value.length)),
]

const SCOPES: readonly ((scope: string, chance: Chance) => string)[] = [
  (scope, chance) => scope.replace(/\d{8}/, chance.of(['', '2026030', '20260304', '99999999', '20260230', '2026-3-3', '\u00b2'.repeat(8)])),
  (scope, chance) => scope.replace(/\/[a-z]+-[a-z]+-\d/, chance.of(['/', '', '/*', '/..', '/__proto__', `/${'r'.repeat(5000)}`])),
  (scope, chance) => scope.replace('aws4_request', chance.of(['', 'aws4', 'aws4_request/', 'AWS4_REQUEST', '/aws4_request'])),
  (scope, chance) =>
    scope.replace(/^[^/]*/, chance.of(['', '__proto__', 'constructor', 'AKIA', 'AKIAIOSFODNN7EXAMPLE/x', '\0', 'A'.repeat(9000)])),
  (scope, chance) =>
    scope.replace(
      /\/[a-z0-9-]+\/aws4/,
      `/${chance.of(['', 's3', 'S3', 'iotdevicegateway', 'sts', '..', '\u00e9', 'glacier', 'ec2'])}/aws4`,
    ),
  (scope, chance) => scope + '/'.repeat(chance.below(8000)),
]

const SIGNED_HEADERS: readonly ((names: string, chance: Chance) => string)[] = [
  (names, chance) => `${names};${'x;'.repeat(chance.below(3000))}`,
  (names, chance) => `${names}${';host'.repeat(chance.below(90))}`,
  (names) => names.toUpperCase(),
  (names) => names.split(';').reverse().join(';'),
  (names) => names.replace('host', ''),
  (names, chance) =>
    `${names};${chance.of(['', ' ', 'authorization', '__proto__', ':authority', 'x-amz-', 'host ', '\u00e9', 'a b', 'connection'])}`,
  () => '',
]

const DATES = [
  '',
  '0',
  '20260303T081531',
  '20260303T081531Z ',
  '99999999T999999Z',
  '20260230T081531Z',
  '20260303T081531z',
  '00000101T000000Z',
  '2026-03-03T08:15:31Z',
  `2026-03-03T08:15:31.${'0'.repeat(4000)}Z`,
  'Tue, 03 Mar 2026 08:15:31 GMT',
  'Tue, 3 Mar 2026 08:15:31 +0000',
  '20260303T081532Z',
  '20260303T083031Z',
  '20260303T083032Z',
  '1772525731',
  `${'1'.repeat(9000)}T`,
  '\u0660'.repeat(8),
  '-',
]

const PAYLOAD_WORDS = [
  '',
  'UNSIGNED-PAYLOAD',
  'unsigned-payload',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'STREAMING-AWS4-HMAC-SHA256-EVENTS',
  'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD',
  'STREAMING-',
  'f'.repeat(64),
  'F'.repeat(64),
  'f'.repeat(9000),
  '\u00e9',
]

const NUMBERS = ['', '0', '5', '-1', '1e3', '0x5', '9007199254740993', '9'.repeat(400), ' 5 ', '5.0', 'NaN', 'Infinity', '604801', '\u0665']

const ODD_NAMES = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'Authorization',
  'authorization ',
  'Host',
  'host',
  'x-amz-',
  'X-AMZ-TARGET',
  'Content-Type',
  'x-amz-trailer',
  'X-Amz-Region-Set',
  'a:b',
  'a\nb',
  '\u00e9',
  '\0',
  'Content-Length',
  'Content-Encoding',
  'x'.repeat(5000),
]

const PIECES_OF_VALUES = [
  'a',
  ' ',
  '  ',
  '\t',
  ',',
  '\0',
  '\u00e9',
  '\u00ff',
  '\n',
  '\r\n ',
  '"',
  'DynamoDB_20120810.X',
  'application/x-www-form-urlencoded',
  'x-amz-checksum-crc32',
  ' '.repeat(3000),
  'v'.repeat(3000),
]

const PIECES_OF_CHUNKS = [
  '0',
  '5',
  'ffffffffffffffff',
  '20000000000000',
  '-1',
  '0x10',
  ';chunk-signature=',
  '0'.repeat(64),
  '\r\n',
  '\n',
  '\r',
  'hello',
  ';',
  '0\r\n',
  '0\r\n\r\n',
  'x-amz-checksum-crc32:',
  'AAAAAA==',
  'x-amz-trailer-signature:',
  '\0',
  '1'.repeat(600),
  'a:b\r\n'.repeat(40),
  '5\r\nhello\r\n',
]

function spliced(text: string, piece: string, chance: Chance): string {
  const at = chance.below(text.length + 1)
  return text.slice(0, at) + piece + text.slice(chance.in(2) ? at : Math.min(text.length, at + chance.below(4)))
}

function many(headers: readonly Header[], chance: Chance): Header[] {
  const more = chance.of<readonly Header[]>([
    headers.filter(() => chance.in(3)),
    Array.from({ length: chance.below(250) }, (_, i): Header => [`x-amz-meta-${i % 50}`, 'v']),
    Array.from({ length: chance.below(150) }, (): Header => ['Cookie', 'c'.repeat(100)]),
    headers.map(([name]): Header => [name.toUpperCase(), chance.some(PIECES_OF_VALUES, 2)]),
  ])
  return chance.in(2) ? [...headers, ...more] : [...more, ...headers]
}

function bodyOf({ body = new Uint8Array(0) }: HttpRequest, chance: Chance): Uint8Array {
  const text = Buffer.from(body).toString('latin1')
  return Buffer.from(
    chance.in(2) ? spliced(text, chance.of(PIECES_OF_CHUNKS), chance) : text.slice(0, chance.below(text.length + 1)),
    'latin1',
  )
}

/** Put in the place of the header of that name, or beside it. */
function withHeader(request: HttpRequest, name: string, value: string, chance: Chance): HttpRequest {
  const headers = chance.in(3) ? request.headers : request.headers.filter(([given]) => given.toLowerCase() !== name.toLowerCase())
  return { ...request, headers: chance.in(2) ? [...headers, [name, value]] : [[name, value], ...headers] }
}

function withAuthorization(request: HttpRequest, change: (value: string) => string): HttpRequest {
  const headers = request.headers.map(([name, value]): Header => [name, name.toLowerCase() === 'authorization' ? change(value) : value])
  return { ...request, headers }
}

/** The credential, in the header or in the query. */
function withScope(request: HttpRequest, change: (scope: string) => string): HttpRequest {
  const bent = withAuthorization(request, (value) =>
    value.replace(/(Credential=)([^,]*)/, (_, name: string, scope: string) => name + change(scope.trim())),
  )
  const inQuery = (_: string, name: string, scope: string) => name + change(scope.replaceAll('%2F', '/'))
  return { ...bent, target: bent.target.replace(/(X-Amz-Credential=)([^&]*)/, inQuery) }
}

function withNames(request: HttpRequest, change: (names: string) => string): HttpRequest {
  const bent = withAuthorization(request, (value) =>
    value.replace(/(SignedHeaders=)([^,]*)/, (_, name: string, names: string) => name + change(names.trim())),
  )
  const inQuery = (_: string, name: string, names: string) => name + change(names.replaceAll('%3B', ';')).replaceAll(';', '%3B')
  return { ...bent, target: bent.target.replace(/(X-Amz-SignedHeaders=)([^&]*)/, inQuery) }
}
