/** What a client's own capture and the accepted requests beside a refused one say: its own canonicalization, what got lost, HEAD for GET. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import type { HttpRequest } from '../../src/sigv4/http-request.ts'
import { curlLog, errorBody, type Sending, sentOf, sessionLog, signatureOf } from '../support/sessions.ts'

const answer = (text: string) => {
  const { outcome, requests, findings } = diagnoseEvidence([{ name: 'a.log', text }])
  return { outcome, requests, found: findings.map(({ causes, proof }) => `${causes.join('+')} ${proof.level}`), findings }
}

/** Signed by a client that resolves the path before it signs; the request goes out, and arrives, as it is. */
const signedAs = (signed: string, sending: Sending): string => {
  const own = sentOf({ ...sending, target: signed })
  const sent: HttpRequest = { ...own, target: sending.target }
  return curlLog({ ...sending, answer: { status: 403, body: errorBody(sent, signatureOf(own)) } }).replace(
    signatureOf(sentOf(sending)),
    signatureOf(own),
  )
}

test("nothing changed on the way and the key passed: the client's own canonical request, by what only the refused path has", () => {
  const passed = curlLog({ target: '/b/one' })
  const slashes = answer(passed + signedAs('/b/a/two', { target: '/b/a//two', at: 1 }))
  assert.deepEqual(slashes.found, ['path-normalized none'])
  assert.match(slashes.findings[0]!.grounds.join(), /The client itself wrote another canonical request/)
  const escapes = answer(passed + signedAs('/b/a%2520b', { target: '/b/a%20b', at: 1 }))
  assert.equal(escapes.findings[0]?.class, 'path.encoding')
  assert.ok(escapes.found.includes('path-encoded-twice none'))
})

test('its control: without a request that passed it is the key, and a path like one that passed is not suspected', () => {
  const refused = signedAs('/b/a/two', { target: '/b/a//two', at: 1 })
  assert.deepEqual(answer(refused).found.slice(0, 1), ['secret-mismatch none'])
  const same = answer(curlLog({ target: '/b/x//one' }) + refused)
  assert.ok(!same.found.includes('path-normalized none'), same.found.join())
})

const TOKEN = 'FwoGZXIvYXdzEExampleToken'
const UNKNOWN_ID = {
  status: 403,
  body: '<Error><Code>InvalidAccessKeyId</Code><Message>The AWS Access Key Id you provided does not exist in our records.</Message><AWSAccessKeyId>ASIAIOSFODNN7EXAMPLE</AWSAccessKeyId></Error>',
}
const temporary = (log: string): string => log.replaceAll('AKIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE')

test('a token that the client sent, and a service that does not know the key: the token did not arrive', () => {
  const sent = answer(temporary(curlLog({ target: '/b/k', headers: [['x-amz-security-token', TOKEN]], answer: UNKNOWN_ID })))
  assert.deepEqual(sent.found.slice(0, 1), ['session-token-missing none'])
  assert.match(sent.findings[0]!.what, /sent the session token, and it did not reach the service/)
  // A long-term key needs none.
  const longTerm = answer(
    curlLog({ target: '/b/k', headers: [['x-amz-security-token', TOKEN]], answer: UNKNOWN_ID }).replace('ASIA', 'AKIA'),
  )
  assert.ok(!/did not reach the service/.test(longTerm.findings.map(({ what }) => what).join()))
})

test('a signed request, and a service that saw no authentication: it was lost on the way', () => {
  const missing = {
    status: 403,
    body: '<ErrorResponse><Error><Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token</Message></Error></ErrorResponse>',
  }
  const { findings } = answer(curlLog({ target: '/?Action=ListUsers', answer: missing }))
  assert.deepEqual(findings[0]?.causes, ['authorization-malformed'])
  assert.match(findings[0]!.what, /the client had signed it/)
  assert.match(findings[0]!.fixes[0]!.title, /let the header through/)
})

test('denied in bare words throughout: the signature may be lost; one request that passed, or a single denial, says nothing of the kind', () => {
  const denied = { status: 403, body: '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>' }
  const one: Sending = { target: '/b/one', answer: denied }
  const two: Sending = { target: '/b/two', at: 1, answer: denied }
  assert.deepEqual(answer(sessionLog([one, two])).found, ['authorization-malformed none'])
  assert.deepEqual(answer(sessionLog([one])).found, [])
  assert.deepEqual(answer(sessionLog([one, two, { target: '/b/three', at: 2 }])).found, [])
  const straight = sessionLog([one, two]).replaceAll('store.example.net', 'b.s3.eu-west-1.amazonaws.com')
  assert.deepEqual(answer(straight).found, [])
})

test('a HEAD refused without a word where a GET of the same object passes: the method changed on the way', () => {
  const head: Sending = { method: 'HEAD', target: '/b/k', at: 1, answer: { status: 403 } }
  const { found, requests } = answer(sessionLog([{ target: '/b/k' }, head]))
  assert.deepEqual([found, requests[1]!.findings], [['method-head-and-get-swapped none'], [0]])
  assert.deepEqual(answer(sessionLog([{ target: '/b/other' }, head])).found, [])
  assert.deepEqual(answer(sessionLog([{ target: '/b/k' }, head, { method: 'HEAD', target: '/b/l', at: 2 }])).found, [])
})
