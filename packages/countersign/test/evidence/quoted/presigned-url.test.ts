/** Presigned URLs in text. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { presignedUrl } from '../../../src/evidence/quoted/presigned-url.ts'
import { kinds, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(presignedUrl)

const QUERY = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20130524T000000Z&X-Amz-Signature=abcdef'
const TARGET = `/a//b%20c.txt?${QUERY}`
const URL = `https://examplebucket.s3.amazonaws.com${TARGET}`

test('whatever stands around it, the URL is the same', () => {
  const around = [
    URL,
    `<${URL}>`,
    `[link](${URL}).`,
    `"${URL}",`,
    `url: '${URL}'`,
    `<a href="${URL.replace(/&/g, '&amp;')}">`,
    `{"u":"${URL.replace(/&/g, '\\u0026')}"}`,
    `See ${URL}.`,
    `${URL}\r\n`,
  ]
  for (const text of around) {
    const [seen] = seenOf(read(presignedUrl, text), 'request')
    assert.equal(seen?.request.target, TARGET, text)
    assert.equal(seen?.request.method, 'GET')
    assert.equal(seen?.scheme, 'https')
    assert.deepEqual(seen?.request.headers, [['Host', 'examplebucket.s3.amazonaws.com']])
    assert.equal(seen?.fidelity, 'inferred')
  }
})

test('the method is the one named before it; a URL is reported once', () => {
  assert.equal(seenOf(read(presignedUrl, `PUT ${URL}\n`), 'request')[0]?.request.method, 'PUT')
  assert.equal(read(presignedUrl, `${URL}\n${URL}\n`).length, 1)
})

test('requests, redirects and curl commands are left to their readers', () => {
  for (const text of [`curl "${URL}"`, `Location: ${URL}`, `GET ${URL} HTTP/1.1`]) assert.deepEqual(read(presignedUrl, text), [], text)
})

test('signature version 2', () => {
  const text = 'https://b.s3.amazonaws.com/k?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=ab%3D&Expires=1175139620'
  assert.deepEqual(kinds(read(presignedUrl, text)), ['request', 'clue'])
  assert.equal(seenOf(read(presignedUrl, text), 'clue')[0]?.about, 'algorithm.version')
})

test('the address that nginx connected to is no host that was sent', () => {
  assert.deepEqual(
    read(presignedUrl, `[error] 9#9: *1 x, request: "GET ${TARGET} HTTP/1.1", upstream: "https://192.0.2.1:443${TARGET}", host: "b"`),
    [],
  )
})
