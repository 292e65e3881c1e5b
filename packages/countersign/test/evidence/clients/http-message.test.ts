/** HTTP messages as text: requests, responses, prefixes, bodies and object dumps. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { httpMessage } from '../../../src/evidence/clients/http-message.ts'
import { kinds, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(httpMessage)

const REQUEST =
  'PUT /a%20b?x&y=1 HTTP/1.1\nHost: examplebucket.s3.amazonaws.com\nx-amz-meta-a:  two \nX-Amz-Meta-A: three\nContent-Length: 5\n\nhello'

test('keeps target, header order, spelling, duplicates and spaces', () => {
  for (const text of [REQUEST, REQUEST.replace(/\n/g, '\r\n')]) {
    const [seen] = seenOf(read(httpMessage, text), 'request')
    assert.equal(seen?.side, 'wire')
    assert.equal(seen?.request.method, 'PUT')
    assert.equal(seen?.request.target, '/a%20b?x&y=1')
    assert.deepEqual(seen?.request.headers, [
      ['Host', 'examplebucket.s3.amazonaws.com'],
      ['x-amz-meta-a', ' two '],
      ['X-Amz-Meta-A', 'three'],
      ['Content-Length', '5'],
    ])
    assert.deepEqual(seen?.request.body, new TextEncoder().encode('hello'))
  }
})

test('the declared side wins', () => {
  assert.equal(seenOf(read(httpMessage, REQUEST, 'signer'), 'request')[0]?.side, 'signer')
})

test('a body is known only where all of it is there', () => {
  const body = (text: string): number | undefined => seenOf(read(httpMessage, text), 'request')[0]?.request.body?.length
  assert.equal(body(REQUEST + ' and more'), undefined)
  assert.equal(body(REQUEST.slice(0, -1)), undefined)
  assert.equal(body(REQUEST + '\n'), 5)
  assert.equal(body('POST / HTTP/1.1\nHost: a\n'), undefined)
  assert.equal(body('POST / HTTP/1.1\nHost: a\nContent-Length: 0\n'), 0)
  assert.equal(body('POST / HTTP/1.1\nHost: a\n\nAction=A\n'), 8)
  assert.equal(body('POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n5\n'), undefined)
  assert.equal(body('GET / HTTP/1.1\nHost: a\n'), 0)
  assert.equal(body('GET /_search HTTP/1.1\nHost: a\n\n{"query":{}}'), undefined)
  assert.equal(body('POST / HTTP/1.1\nHost: a\n\nHTTP/1.1 403 Forbidden\n'), undefined)
})

test('reads prefixed lines: "> ", Java, terraform, mc', () => {
  const prefixes = [
    '> ',
    '2013-05-24 00:00:00,010 [main] DEBUG org.apache.http.headers - http-outgoing-0 >> ',
    '2022-10-24T12:55:51.024Z [DEBUG] provider.terraform-provider-aws_v4: ',
    'web-1  | ',
  ]
  for (const prefix of prefixes) {
    const lines = ['GET /a HTTP/1.1', 'Host: examplebucket.s3.amazonaws.com', 'X-Amz-Date: 20130524T000000Z']
    const [seen] = seenOf(read(httpMessage, lines.map((line) => prefix + line + '\n').join('')), 'request')
    assert.equal(seen?.request.target, '/a', prefix)
    assert.equal(seen?.request.headers.length, 2, prefix)
  }
  const mc = 'mc: <DEBUG> GET /b/?location= HTTP/1.1\nHost: localhost:9000\n\nmc: <DEBUG> HTTP/1.1 400 Bad Request\nServer: MinIO\n'
  assert.deepEqual(kinds(read(httpMessage, mc)), ['request', 'response'])
  assert.equal(seenOf(read(httpMessage, mc), 'request')[0]?.side, 'signer')
})

test('reads HTTP/2 pseudo headers, absolute targets and several messages', () => {
  const [h2] = seenOf(
    read(httpMessage, ':method: GET\n:authority: a.example\n:scheme: https\n:path: /x?y\nx-amz-date: 20130524T000000Z\n'),
    'request',
  )
  assert.equal(h2?.request.target, '/x?y')
  assert.equal(h2?.scheme, 'https')
  assert.deepEqual(h2?.request.headers[0], ['host', 'a.example'])
  const two = 'GET http://a.example/b HTTP/1.1\nHost: a.example\n\nGET /c HTTP/2\nHost: a.example\n\n'
  assert.deepEqual(
    seenOf(read(httpMessage, two), 'request').map(({ request }) => request.target),
    ['http://a.example/b', '/c'],
  )
})

test('an access log line is no request, and curl -v is left to its own reader', () => {
  assert.deepEqual(read(httpMessage, '127.0.0.1 - - "GET /a HTTP/1.1" 403 440\n'), [])
  assert.equal(httpMessage.recognize('* Connected to a\n> GET / HTTP/1.1\n> Host: a\n'), false)
})

test('a bare header block is a request without a request line; canonical headers are not', () => {
  const [seen] = seenOf(read(httpMessage, 'x-amz-content-sha256: 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'), 'request')
  assert.equal(seen?.request.method, '')
  assert.equal(seen?.fidelity, 'inferred')
  assert.deepEqual(read(httpMessage, 'x-amz-date:20240914T064714Z\nhost:a\n'), [])
  assert.deepEqual(read(httpMessage, 'Name: Ann\nTown: Bonn\n'), [])
})

test('reads an echo dump and a URL behind a method', () => {
  const [echo] = seenOf(read(httpMessage, httpMessage.samples[1]!), 'request')
  assert.equal(echo?.request.target, '/test/?list-type=2')
  assert.deepEqual(echo?.request.headers.at(-1), ['host', 'localhost'])
  const [line] = seenOf(read(httpMessage, 'GET https://a.example/b?c=d\n'), 'request')
  assert.equal(line?.request.target, '/b?c=d')
  assert.deepEqual(line?.request.headers, [['Host', 'a.example']])
})

test('reads responses printed as objects, and a redirect is stated', () => {
  const rust = 'Response { status: 403, version: HTTP/1.1, headers: {"server": "AmazonS3", "connection": "close"}, body: b"" }'
  assert.deepEqual(seenOf(read(httpMessage, rust), 'response')[0]?.headers, [
    ['server', 'AmazonS3'],
    ['connection', 'close'],
  ])
  const go = '&http.Response{Status:"403 Forbidden", StatusCode:403, Header:http.Header{"Server":[]string{"AmazonS3"}}}'
  assert.equal(seenOf(read(httpMessage, go), 'response')[0]?.status, 403)
  const redirect = 'HTTP/1.1 307 Temporary Redirect\nLocation: https://b.s3.eu-west-2.amazonaws.com/k?X-Amz-Signature=ab\n'
  assert.deepEqual(seenOf(read(httpMessage, redirect), 'stated')[0]?.values, { endpoint: 'b.s3.eu-west-2.amazonaws.com', status: '307' })
})

test('reads a session of openssl s_client', () => {
  const session =
    'CONNECTED(00000003)\n---\nVerification: OK\n---\nGET /a.txt HTTP/1.1\nHost: examplebucket.s3.eu-west-3.amazonaws.com\nX-Amz-Date: 20250303T081530Z\n\nHTTP/1.1 403 Forbidden\nServer: AmazonS3\n\nclosed\n'
  const seen = read(httpMessage, session)
  assert.deepEqual(kinds(seen), ['request', 'response'])
  assert.equal(seenOf(seen, 'request')[0]?.request.headers.length, 2)
})
