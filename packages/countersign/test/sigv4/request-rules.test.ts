import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseLenientDate, parseRequestDate } from '../../src/sigv4/request-date.ts'
import { credentialParts, dayOf, isHexDigest, isScopeDate, mustBeSigned, signsHost } from '../../src/sigv4/request-rules.ts'

test('a credential has five parts, and four where the regions stand elsewhere', () => {
  assert.equal(credentialParts('AWS4-HMAC-SHA256'), 5)
  assert.equal(credentialParts('AWS4-ECDSA-P256-SHA256'), 4)
  assert.equal(credentialParts(undefined), 5)
})

test('a scope date is eight digits, the day of the request date', () => {
  assert.ok(isScopeDate('20150830') && dayOf('20150830T123600Z') === '20150830')
  for (const text of ['2015-08-30', '2015083', '201508301', '', '20150830\n']) assert.ok(!isScopeDate(text), text)
})

test('a signature is 64 lower-case hexadecimal digits', () => {
  assert.ok(isHexDigest('0f'.repeat(32)))
  for (const text of ['0F'.repeat(32), '0f'.repeat(31), `${'0f'.repeat(32)}\n`, '']) assert.ok(!isHexDigest(text))
})

test('the host is signed, by either name', () => {
  assert.ok(signsHost(['host', 'x-amz-date']) && signsHost([':authority']))
  assert.ok(!signsHost(['x-amz-date']))
})

test('the host and every x-amz-* header have to be signed; the payload hash need not, which is signed as such', () => {
  assert.ok(mustBeSigned('host') && mustBeSigned('x-amz-acl'))
  assert.ok(!mustBeSigned('content-type') && !mustBeSigned('x-amz-content-sha256'))
})

test('a Date may say that it is of no zone, as Python writes it, and means UTC; X-Amz-Date in a URL may not', () => {
  const time = Date.UTC(2026, 2, 14, 15, 9, 26)
  for (const zone of ['GMT', 'UTC', '+0000', '-0000']) assert.equal(parseLenientDate(`Sat, 14 Mar 2026 15:09:26 ${zone}`), time, zone)
  for (const zone of ['+0100', '-0500', 'EST', '']) assert.equal(parseLenientDate(`Sat, 14 Mar 2026 15:09:26 ${zone}`), undefined, zone)
  assert.equal(parseRequestDate('Sat, 14 Mar 2026 15:09:26 -0000'), undefined)
})
