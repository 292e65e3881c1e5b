/** Lines a browser ate are put back, and only where there is one way to do it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  isCanonicalRequest,
  isStringToSign,
  rebuiltCanonicalRequest,
  rebuiltStringToSign,
} from '../../../src/evidence/quoted/flattened-request.ts'

const word = fc.stringMatching(/^[A-Za-z0-9%=&._-]{1,12}$/)
const header = fc.record({
  name: fc.stringMatching(/^x-[a-z]{3,8}$/),
  value: fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')),
})
const request = fc.record({
  uri: word.map((text) => `/${text}`),
  query: fc.option(word, { nil: '' }),
  headers: fc.uniqueArray(header, { selector: (one) => one.name, minLength: 1, maxLength: 5 }),
  hash: fc.constantFrom('UNSIGNED-PAYLOAD', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'),
})

test('flattening and rebuilding gives the same canonical request', () => {
  fc.assert(
    fc.property(request, ({ uri, query, headers, hash }) => {
      const names = headers.map((one) => one.name)
      const text = ['GET', uri, query, ...headers.map((one) => `${one.name}:${one.value}`), '', names.join(';'), hash].join('\n')
      assert.ok(isCanonicalRequest(text))
      assert.equal(rebuiltCanonicalRequest(text.replace(/\n+/g, ' ')), text)
      assert.equal(rebuiltCanonicalRequest(text.replace(/\n/g, ' ')), text)
    }),
  )
})

test('what is no canonical request, or two, is not rebuilt', () => {
  for (const flat of [
    '',
    'GET /',
    'GET / host:a host',
    'GET / a b host:a host UNSIGNED-PAYLOAD',
    'GET / host:a host:b host UNSIGNED-PAYLOAD',
    'GET / x:1 host UNSIGNED-PAYLOAD',
  ])
    assert.equal(rebuiltCanonicalRequest(flat), undefined, flat)
})

test('strings to sign', () => {
  const text =
    'AWS4-HMAC-SHA256\n20240210T173713Z\n20240210/us-east-1/es/aws4_request\n62b3fb7b7929a68b2cbe7a4679c39668e1d6ecbe089789fb9aab234574f4b1c0'
  assert.ok(isStringToSign(text))
  assert.equal(rebuiltStringToSign(text.replaceAll('\n', ' ')), text)
  assert.equal(rebuiltStringToSign('GET Tue, 27 Mar 2007 /a'), undefined)
})
