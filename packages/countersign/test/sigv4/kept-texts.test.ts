/** Texts are kept for a search only: to judge a request twice gives the verdict of what it is then. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalRequest, keepTexts, sign, verify } from '../../src/sigv4/index.ts'
import { CREDENTIALS, NOW, SECRET } from '../support/signed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const OPTIONS = { now: NOW, region: 'eu-west-1', service: 'execute-api' }
const many = Array.from({ length: 100 }, (_, i): [string, string] => [`h${i}`, 'value'])

test('a request of many headers that changes in place is judged again', () => {
  const plain = {
    method: 'GET',
    target: '/a',
    headers: [['Host', 'service.example.com'] as [string, string], ...many],
    body: new Uint8Array(),
  }
  const signed = sign(plain, CREDENTIALS, OPTIONS)
  const headers = signed.headers.map(([name, value]): [string, string] => [name, value])
  const request = { ...signed, headers }
  assert.equal(verify(request, SECRET, OPTIONS).ok, true)
  headers.find(([name]) => name === 'h7')![1] = 'another'
  assert.equal(verify(request, SECRET, OPTIONS).ok, false)
})

test('while they are kept the texts are those of the very inputs asked about', () => {
  const inputs = standardInputs({ target: `/a?${'b=c&'.repeat(400)}`, headers: many })
  const text = canonicalRequest(inputs)
  const forget = keepTexts(inputs.request!)
  assert.equal(canonicalRequest(inputs), text)
  assert.equal(canonicalRequest(inputs), text)
  const other = { ...inputs, request: { ...inputs.request!, target: `/a?${'d=e&'.repeat(400)}` } }
  assert.ok(canonicalRequest(other).includes('d=e&d=e'))
  const fewer = { ...inputs, signedHeaders: inputs.signedHeaders.slice(1) }
  assert.ok(canonicalRequest(fewer).length < text.length)
  assert.equal(canonicalRequest(inputs), text)
  forget()
  assert.equal(canonicalRequest(inputs), text)
})
