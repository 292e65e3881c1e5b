/** Requests that our own signer signs: what real clients sign now and then, and what a standard lets them sign. */
import { presign, SecretAccessKey, sign, signStreaming } from '../../packages/countersign/src/sigv4.ts'
import type { Bytes } from './send.ts'

export interface Signing {
  readonly host: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

interface Shape {
  readonly method?: string
  /** Behind the bucket; with a service of its own the whole target. */
  readonly target: string
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string
  readonly service?: string
  readonly by?: 'query' | 'chunks'
  /** Sent in chunks of HTTP/1.1, and Transfer-Encoding signed. */
  readonly chunked?: true
  /** Only our own `serve` takes it. */
  readonly ours?: true
}

const JSON_BODY = '{ "name": "a + b", "n": 1.0 }\n'
const put = { method: 'PUT', body: JSON_BODY } as const

export const SHAPES: Readonly<Record<string, Shape>> = {
  bucket: { method: 'PUT', target: '' },
  'accept-encoding': { target: '/x.txt', headers: [['Accept-Encoding', 'identity']] },
  'user-agent': { target: '/x.txt', headers: [['User-Agent', 'own/1.0 (signed)']] },
  'accept-language': {
    target: '/x.txt',
    headers: [
      ['Accept', 'application/json;q=0.9, */*'],
      ['Accept-Language', 'de, en'],
    ],
  },
  cookie: { target: '/x.txt', headers: [['Cookie', 'a=1; b=2']] },
  te: { target: '/x.txt', headers: [['TE', 'trailers']] },
  'via-forwarded': {
    target: '/x.txt',
    headers: [
      ['Via', '1.1 inner'],
      ['Forwarded', 'for=10.0.0.7'],
    ],
  },
  'x-forwarded-for': { target: '/x.txt', headers: [['X-Forwarded-For', '10.0.0.7']] },
  'x-forwarded-proto': {
    target: '/x.txt',
    headers: [
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Host', 'files.example.net'],
    ],
  },
  'cache-control': {
    target: '/x.txt',
    headers: [
      ['Cache-Control', 'no-cache'],
      ['Pragma', 'no-cache'],
    ],
  },
  'two-values': {
    ...put,
    target: '/two.json',
    headers: [
      ['X-Amz-Meta-Tag', 'one'],
      ['X-Amz-Meta-Tag', 'two'],
    ],
  },
  'empty-value': { ...put, target: '/empty.json', headers: [['X-Amz-Meta-Empty', '']] },
  'comma-value': { ...put, target: '/comma.json', headers: [['X-Amz-Meta-List', 'one,two , three']] },
  'underscore-name': { target: '/x.txt', headers: [['X-Amz-Meta-Batch_No', '7']] },
  'method-override': {
    method: 'POST',
    target: '/prod/things',
    service: 'execute-api',
    body: '{}',
    headers: [['X-HTTP-Method-Override', 'PUT']],
    ours: true,
  },
  'content-length': { ...put, target: '/length.json', headers: [['Content-Length', `${JSON_BODY.length}`]] },
  charset: { ...put, target: '/charset.json', headers: [['Content-Type', 'application/json;charset=UTF-8']] },
  expect: { ...put, target: '/expect.json', headers: [['Expect', '100-continue']] },
  'transfer-encoding': { method: 'POST', body: JSON_BODY, target: '/prod/chunked', service: 'execute-api', chunked: true, ours: true },
  'signed-chunks': { ...put, target: '/aws-chunked.json', by: 'chunks' },
  'conditional-range': {
    target: '/x.txt',
    headers: [
      ['Range', 'bytes=0-1'],
      ['If-Modified-Since', 'Wed, 21 Oct 2015 07:28:00 GMT'],
    ],
  },
  'delete-empty': { method: 'DELETE', target: '/none.txt', headers: [['Content-Length', '0']] },
  'trailing-slash': { target: '/folder/sub/' },
  'two-slashes': { target: '//a//b.txt' },
  dots: { target: '/a/./b/../c.txt' },
  'escaped-slash': { target: '/a%2Fb%2Fc.txt' },
  'escaped-percent': { target: '/100%25/50%2525.txt' },
  semicolon: { target: '/a;v=1/b.txt' },
  plus: { target: '/a%2Bb%20c.txt' },
  unicode: { target: '/%C3%BCbung/%E6%97%A5.txt' },
  'lower-case-escapes': { target: '/%c3%bcber/a%2bb.txt' },
  'unreserved-escaped': { target: '/%7Euser/a%2Db.txt' },
  'sub-delimiters': { target: "/it's(1)!*/a=b&c,d@e:f$.txt" },
  'query-empty': { target: '?list-type=2&delimiter=&prefix=' },
  'query-without-equals': { target: '?list-type=2&fetch-owner&prefix=a' },
  'query-plus': { target: '?list-type=2&prefix=a%2Bb%20c' },
  'query-unsorted': { target: '?prefix=b&list-type=2&max-keys=3' },
  'query-repeated': { target: '/%20?tag=b&tag=a&tag=', service: 'execute-api', ours: true },
  'query-semicolon': { target: '?list-type=2&prefix=a%3Bb%26c%3Dd' },
  'query-unicode': { target: '?list-type=2&prefix=%C3%BC%2F%E6%97%A5' },
  'presigned-get': { target: '/in%20box//a%2Bb.txt', by: 'query' },
  'presigned-head': { method: 'HEAD', target: '/x.txt', by: 'query' },
  'presigned-range': {
    target: '/x.txt',
    by: 'query',
    headers: [
      ['Range', 'bytes=0-3'],
      ['Accept-Encoding', 'identity'],
    ],
  },
  api: { target: '/prod/a%20b/c%2Fd?x=1&y=', service: 'execute-api', ours: true },
  'json-api': {
    method: 'POST',
    target: '/',
    service: 'dynamodb',
    body: '{"TableName":"t","Key":{"id":{"S":"a+b"}}}',
    headers: [
      ['Content-Type', 'application/x-amz-json-1.0'],
      ['X-Amz-Target', 'DynamoDB_20120810.GetItem'],
    ],
    ours: true,
  },
}

/** The bytes of a shape, signed now: all its headers but some. */
export function ownRequest(
  name: string,
  { host, region, bucket, accessKeyId, secretAccessKey }: Signing,
  unsigned: readonly string[] = [],
): Bytes {
  const shape = SHAPES[name]!
  const { method = 'GET', headers = [], service = 's3' } = shape
  const body = Buffer.from(shape.body ?? '')
  const target = shape.service === undefined ? `/${bucket}${shape.target}` : shape.target
  const framing = shape.chunked === true ? ([['Transfer-Encoding', 'chunked']] as const) : []
  const request = { method, target, headers: [['Host', host] as const, ...headers, ...framing], body: new Uint8Array(body) }
  const credentials = { accessKeyId, secretAccessKey: new SecretAccessKey(secretAccessKey) }
  const options = { now: Date.now(), region, service, unsignedHeaders: unsigned }
  if (shape.by === 'chunks') {
    const { head, writer } = signStreaming({ ...request, body: undefined }, credentials, { ...options, decodedLength: body.length })
    return { head: headText(head, []), body: Buffer.concat([...writer.push(new Uint8Array(body)), ...writer.end()]) }
  }
  if (shape.by === 'query') return { head: headText(presign(request, credentials, { ...options, expiresSeconds: 600 }), []), body }
  const length =
    body.length === 0 || framing.length > 0 || names(headers).includes('content-length')
      ? []
      : [['Content-Length', `${body.length}`] as const]
  const sent = framing.length > 0 ? Buffer.from(`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`) : body
  return { head: headText(sign(request, credentials, options), length), body: sent }
}

const names = (headers: readonly (readonly [string, string])[]) => headers.map(([name]) => name.toLowerCase())

function headText(
  {
    method,
    target,
    headers,
  }: { readonly method: string; readonly target: string; readonly headers: readonly (readonly [string, string])[] },
  more: readonly (readonly [string, string])[],
): string {
  return `${method} ${target} HTTP/1.1\r\n${[...headers, ...more].map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}
