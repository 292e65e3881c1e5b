/** What differs between two views, and what does not: names, values, order, case, framing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sealWith } from '../../src/credentials/index.ts'
import { causeOf } from '../../src/hops/cause-of-change.ts'
import { type Change, changesBetween } from '../../src/hops/changes.ts'
import type { Shown, View } from '../../src/hops/view.ts'
import { bytesOf, type Header, payloadHashOf } from '../../src/sigv4/index.ts'

const ALL: ReadonlySet<Shown> = new Set<Shown>(['line', 'host', 'headers', 'body'])
const HEADERS: readonly Header[] = [
  ['Host', 'a.example:9000'],
  ['X-Amz-Meta-A', 'one'],
  ['x-amz-meta-a', 'two'],
  ['Content-Length', '5'],
]

function view(changes: Partial<View['request']> & { readonly sha256?: string } = {}): View {
  const { sha256 = 'a'.repeat(64), ...request } = changes
  return {
    point: 0,
    seen: undefined,
    shows: ALL,
    request: { method: 'PUT', target: '/b//k?x=1', headers: HEADERS, body: undefined, ...request },
    body: { sha256, length: 5 },
    location: { source: 'a', start: 0, end: 1 },
    texts: [],
  }
}

const between = (to: View): readonly Change[] => changesBetween(view(), to, ALL)
const short = (to: View): readonly string[] => between(to).map(({ part, how, name }) => [part, how, name].filter(Boolean).join(' '))
const withHeaders = (headers: readonly Header[]): View => view({ headers })

test('the same request has no change', () => {
  assert.deepEqual(between(view()), [])
})

test('each part is named with both values', () => {
  assert.deepEqual(between(view({ method: 'POST' })), [{ part: 'method', how: 'changed', before: 'PUT', after: 'POST' }])
  assert.deepEqual(between(view({ target: '/b/k?x=1' })), [{ part: 'path', how: 'changed', before: '/b//k', after: '/b/k' }])
  assert.deepEqual(between(view({ target: '/b//k' })), [{ part: 'query', how: 'removed', before: 'x=1' }])
  assert.deepEqual(between(view({ target: '/b//k?' })), [{ part: 'query', how: 'changed', before: 'x=1', after: '' }])
  assert.deepEqual(short(view({ sha256: 'b'.repeat(64) })), ['body changed'])
})

test('headers: added, removed, changed, joined, split, in another order', () => {
  const [host, one, two, length] = HEADERS as [Header, Header, Header, Header]
  assert.deepEqual(short(withHeaders([...HEADERS, ['Via', '1.1 edge']])), ['header added via'])
  assert.deepEqual(short(withHeaders([host, length])), ['header removed x-amz-meta-a'])
  assert.deepEqual(short(withHeaders([host, one, ['x-amz-meta-a', 'zwei'], length])), ['header changed x-amz-meta-a'])
  assert.deepEqual(short(withHeaders([host, ['X-Amz-Meta-A', 'one, two'], length])), ['header joined x-amz-meta-a'])
  assert.deepEqual(short(withHeaders([host, ['X-Amz-Meta-A', 'two'], ['x-amz-meta-a', 'one'], length])), ['header reordered x-amz-meta-a'])
  assert.deepEqual(short(withHeaders([one, two, host, length])), ['header-order reordered'])
  assert.deepEqual(short(withHeaders([['host', host[1]], one, two, length])), ['header-case case'])
  assert.deepEqual(short(withHeaders([['Host', 'store'], one, two, length])), ['host changed host'])
  const joined = withHeaders([host, ['X-Amz-Meta-A', 'one,two'], length])
  assert.deepEqual(
    changesBetween(joined, view(), ALL).map(({ how }) => how),
    ['split'],
  )
})

test('the end of the body is one change, whichever headers mark it', () => {
  const [host, one, two] = HEADERS as [Header, Header, Header]
  assert.deepEqual(between(withHeaders([host, one, two, ['Transfer-Encoding', 'chunked']])), [
    { part: 'framing', how: 'changed', before: 'Content-Length: 5', after: 'Transfer-Encoding: chunked' },
  ])
})

test('what a recording keeps as its SHA-256 is the same as the value, and another value is not; no credential is shown', () => {
  const token = 'IQoJb3JpZ2luX2Vj'.repeat(5)
  const plain = withHeaders([['X-Amz-Security-Token', token]])
  const seal = (value: string): View => withHeaders([['X-Amz-Security-Token', sealWith(payloadHashOf(bytesOf(value)))]])
  assert.deepEqual(changesBetween(plain, seal(token), ALL), [])
  assert.deepEqual(changesBetween(seal(token), plain, ALL), [])
  assert.deepEqual(changesBetween(plain, seal(`${token}x`), ALL), [{ part: 'header', how: 'changed', name: 'x-amz-security-token' }])
  assert.deepEqual(changesBetween(plain, withHeaders([['X-Amz-Security-Token', '***']]), ALL), [])
})

test('a cause by the bytes alone', () => {
  const cause = (part: Change['part'], before: string, after: string, how: Change['how'] = 'changed', name = 'x'): string =>
    causeOf({ part, how, name, before, after })
  assert.equal(cause('path', '/a//b', '/a/b'), 'path-normalized')
  assert.equal(cause('path', '/a%2Fb', '/a%2fb'), 'path-encoded-differently')
  assert.equal(cause('path', '/s3/a', '/a'), 'path-prefix-stripped')
  assert.equal(cause('path', '/a', '/s3/a'), 'path-prefix-added')
  assert.equal(cause('path', '/a', '/b'), 'path-rewritten')
  assert.equal(cause('host', 'a.example:9000', 'a.example'), 'host-port-changed')
  assert.equal(cause('host', 'a.example', 'store'), 'host-rewritten')
  assert.equal(cause('header', 'a', '', 'removed'), 'header-removed-in-transit')
  assert.equal(cause('header', 'gzip', 'br', 'changed', 'accept-encoding'), 'header-accept-encoding-rewritten')
})
