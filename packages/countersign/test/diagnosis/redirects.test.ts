/** A redirect ends no exchange: where the client went on, the last answer counts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { HOST, sentOf } from '../support/sessions.ts'

const OTHER = 'store-north.example.net'
const FIRST = sentOf({ target: '/b/plan.txt' })
const AUTHORIZATION = /^authorization$/i

function sent(request: typeof FIRST, host: string, keep: (name: string) => boolean): string {
  const headers = request.headers
    .filter(([name]) => keep(name))
    .map(([name, value]) => `> ${name}: ${/^host$/i.test(name) ? host : value}\n`)
  return `> ${request.method} ${request.target} HTTP/1.1\n${headers.join('')}> \n`
}

const ALL = () => true
const REDIRECT = `< HTTP/1.1 307 Temporary Redirect\n< x-amz-request-id: 7BVQ4NQAJVGQ5MZA\n< Location: http://${OTHER}/b/plan.txt\n< \n`
const begin = `* Connected to ${HOST} (192.0.2.7) port 80\n${sent(FIRST, HOST, ALL)}${REDIRECT}* Issue another request to this URL: 'http://${OTHER}/b/plan.txt'\n`
const unsigned = sent(FIRST, OTHER, (name) => !AUTHORIZATION.test(name))
const answer = (status: string, body = '') => `< HTTP/1.1 ${status}\n< x-amz-request-id: 7BVQ4NQAJVGQ5MZB\n< \n${body}`
const denied = answer('403 Forbidden', '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>\n')

function diagnosed(text: string) {
  const { outcome, requests, findings } = diagnoseEvidence([{ name: 'curl.log', text }])
  return [
    outcome,
    requests.length,
    ...requests.map((one) => `${one.outcome}${one.overcome ? ' overcome' : ''}`),
    findings[0]?.causes.join('+'),
  ]
}

test('followed and answered, with the signature or without: one request, accepted', () => {
  for (const followed of [unsigned, sent(FIRST, OTHER, ALL)])
    assert.deepEqual(diagnosed(begin + followed + answer('200 OK')), ['accepted', 1, 'accepted', undefined])
})

test('the request ID is that of the last answer', () => {
  const { requests } = diagnoseEvidence([{ name: 'curl.log', text: begin + unsigned + answer('200 OK') }])
  assert.equal(requests[0]?.requestId, '7BVQ4NQAJVGQ5MZB')
})

test('followed and refused: the redirect, stated where the answer says that a signature lacks', () => {
  const same = sent(FIRST, OTHER, ALL)
  assert.deepEqual(diagnosed(begin + same + answer('403 Forbidden')), ['likely', 1, 'refused', 'redirect-followed'])
  assert.deepEqual(diagnosed(begin + unsigned + denied), ['proven', 1, 'refused', 'redirect-followed'])
})

test('a note that curl prints among the headers of an answer ends it not', () => {
  const noted = begin.replace('< Location', '* Please rewind output before next send\n< Location')
  assert.notEqual(noted, begin)
  assert.deepEqual(diagnosed(noted + unsigned + denied), ['proven', 1, 'refused', 'redirect-followed'])
})

test('what an unsigned request did not find says nothing of the signature', () => {
  assert.equal(diagnosed(begin + unsigned + answer('404 Not Found'))[2], 'unknown')
  assert.equal(diagnosed(begin + sent(FIRST, OTHER, ALL) + answer('404 Not Found'))[2], 'accepted')
})

test('signed again for the other host: two requests, the first overcome', () => {
  const again = sent(sentOf({ target: '/b/plan.txt', at: 1 }), OTHER, ALL)
  assert.deepEqual(diagnosed(begin + again + answer('200 OK')), ['accepted', 2, 'refused overcome', 'accepted', 'redirect-followed'])
})

test('a request without a signature to another path is no part of the redirect', () => {
  const elsewhere = '> GET /latest/meta-data HTTP/1.1\n> Host: 169.254.169.254\n> \n'
  assert.equal(diagnosed(begin + elsewhere + answer('200 OK'))[1], 2)
})
