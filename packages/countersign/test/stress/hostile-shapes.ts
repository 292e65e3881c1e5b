/**
 * Small requests that make much work for a program that explains them: a reader or a search takes long over each. All are
 * refused; none may hold up anyone else's request.
 */
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import { requestDateText } from '../../src/sigv4/request-date.ts'
import { KEY_ID, plain, signed } from '../support/signed.ts'

export interface HostileShape {
  readonly name: string
  /** Refused for its size: then it is not diagnosed at all. */
  readonly tooLarge: boolean
  readonly request: HttpRequest
}

const HOST = '127.0.0.1'
const MISMATCH = 'The request signature we calculated does not match the signature you provided.'

/** A service's own message, with escaped line feeds and one more character. */
const feeds = (bytes: number) => `{"message":"${MISMATCH}${'\\n'.repeat(bytes / 2)}x"}`

/** Short headers, to be signed. */
const short = (count: number): Header[] => Array.from({ length: count }, (_, i) => [`x-h${i}`, `${i}`])

const anonymous = (target: string, headers: readonly Header[] = [], body = ''): HttpRequest => plain('PUT', target, body, headers, HOST)

/** Every shape, for anonymous callers and for those who know an access key ID, as of this time. */
export function hostileShapes(now: number): readonly HostileShape[] {
  /** Signed, and then changed: it comes as far as the comparison of signatures. */
  const changed = (target: string, headers: readonly Header[] = [], service = 's3', body = ''): HttpRequest => {
    const request = signed(plain('PUT', target, body, headers, HOST), service, { now })
    return { ...request, target: `${request.target}${target.includes('?') ? '&' : '?'}z=1` }
  }
  /** Headers that an Authorization header names, with a signature made up. */
  const madeUp = (headers: readonly Header[]): HttpRequest => {
    const date = requestDateText(now)
    const names = ['host', ...headers.map(([name]) => name), 'x-amz-date'].sort().join(';')
    const credential = `${KEY_ID}/${date.slice(0, 8)}/eu-west-1/s3/aws4_request`
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${'0a'.repeat(32)}`
    return anonymous('/b/k', [
      ...headers,
      ['x-amz-date', date],
      ['x-amz-content-sha256', 'UNSIGNED-PAYLOAD'],
      ['Authorization', authorization],
    ])
  }
  const both = (name: string, target: string, headers: readonly Header[] = []): HostileShape[] => {
    const bytes = headers.reduce((sum, [key, value]) => sum + key.length + value.length, 0)
    const tooLarge = bytes > 16_000 || target.length > 16_000 || target.split('&').length > 1000
    return [
      { name: `${name}, anonymous`, tooLarge, request: anonymous(target, headers) },
      { name: `${name}, signed and changed`, tooLarge, request: changed(target, headers) },
    ]
  }
  const noted = (name: string, value: string): HostileShape[] => both(name, '/b/k', [['x-note', value]])
  return [
    ...noted('message of 57 KB with line feeds', feeds(57_000)),
    ...noted('message of 28 KB with line feeds', feeds(28_000)),
    ...noted('message of 14 KB with line feeds', feeds(14_000)),
    ...noted('5,000 open elements', `<Error><Code>SignatureDoesNotMatch</Code>${'<a>'.repeat(5000)}`),
    ...noted('19,000 open elements', `<Error><Code>SignatureDoesNotMatch</Code>${'<a>'.repeat(19_000)}`),
    ...both('query of 900 parameters', `/b/k?${'a&'.repeat(900)}`),
    ...both('query of 7,000 parameters', `/b/k?${'a&'.repeat(7000)}`),
    ...noted('array 7,000 deep', `{"message":${'['.repeat(7000)}`),
    ...noted('object 10,000 deep', '{"a":'.repeat(10_000)),
    ...both(
      '185 cookies',
      '/b/k',
      Array.from({ length: 185 }, (_, i): Header => ['cookie', `c${i}=${'v'.repeat(40)}`]),
    ),
    ...both('one cookie of 14 KB', '/b/k', [['cookie', 'a=b; '.repeat(2800)]]),
    ...both('path of 5,000 escapes', `/b/${'%25'.repeat(5000)}`),
    ...both('query of 5,000 escapes', `/b/k?a=${'%2B'.repeat(5000)}`),
    ...both('path of 4,000 dots', `/b${'/.'.repeat(4000)}`),
    ...both('query of 3,500 slashes', `/b/k?q=${'a/'.repeat(3500)}`),
    ...both('path of base64', `/b/${'QUJDREVGR0hJSktM/'.repeat(410)}`),
    ...noted('header of blanks', `a${' '.repeat(15_000)}b`),
    ...noted('header of digits', '0'.repeat(15_000)),
    ...noted('header of base64', 'QUtJ'.repeat(3750)),
    ...noted('header of equal signs', 'a=1,'.repeat(3750)),
    ...noted('header of backslashes', '\\'.repeat(15_000)),
    ...noted('header of quotation marks', '"\''.repeat(7500)),
    { name: '95 signed headers, made up', tooLarge: false, request: madeUp(short(93)) },
    { name: '800 signed headers, made up', tooLarge: true, request: madeUp(short(800)) },
    { name: '93 signed headers, changed', tooLarge: false, request: changed('/b/k', short(90)) },
    {
      name: '150 headers, changed',
      tooLarge: false,
      request: { ...changed('/b/k'), headers: [...changed('/b/k').headers, ...short(150)] },
    },
    { name: 'body of 200 KB with line feeds, to STS', tooLarge: false, request: changed('/', [], 'sts', feeds(200_000)) },
  ]
}
