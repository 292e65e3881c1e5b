/** The order of a signed query, by the signer's text alone. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'

const REST = `host:box.s3.eu-west-1.amazonaws.com
x-amz-content-sha256:UNSIGNED-PAYLOAD
x-amz-date:20260305T101112Z

host;x-amz-content-sha256;x-amz-date
UNSIGNED-PAYLOAD`
const whole = (query: string): string => `GET\n/\n${query}\n${REST}`
const MISMATCH = 'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.'

function first(...texts: readonly (readonly [text: string, side?: 'signer' | 'verifier'])[]): string {
  const [finding] = diagnoseEvidence(
    texts.map(([text, side], i) => ({ name: `${i}.txt`, text, ...(side !== undefined && { side }) })),
  ).findings
  return finding === undefined ? 'none' : `${finding.causes.join('+')} ${finding.proof.level}`
}

test('a signed query that is not sorted is stated by the text, whole or cut', () => {
  const query = 'prefix=a&list-type=2'
  for (const text of [whole(query), `GET\n/box\n${query}\n[...]`, `GET\n/box\n${query}\nhost:a.example\n...\n`]) {
    assert.equal(first([text, 'signer']), 'query-not-sorted stated', text)
    assert.equal(first([text, 'signer'], [MISMATCH]), 'query-not-sorted stated', text)
  }
})

test('a sorted one is not, nor one whose names may be in the place of others, nor one that was decoded', () => {
  for (const query of [
    'list-type=2&prefix=a',
    'prefix=a&prefix=b',
    'tenant=7&list-type=2',
    'prefix=a&customer=7',
    'prefix=***&list-type=2',
    'prefix=a b&list-type=2',
    'prefix=a/b&list-type=2',
    'uploads&list-type=2',
    'prefix=a&LIST-TYPE=2',
  ])
    for (const text of [whole(query), `GET\n/box\n${query}\n[...]`]) assert.doesNotMatch(first([text, 'signer']), /stated/, query)
})

test('it is stated of no refusal that speaks of something else', () => {
  const text = whole('prefix=a&list-type=2')
  for (const answer of [
    '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
    '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
    "<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-east-1'</Message></Error>",
  ])
    assert.doesNotMatch(first([text, 'signer'], [answer]), /^query-not-sorted stated/, answer)
})

test('a text that has not the hash that was signed was written again by hand', () => {
  const toSign = (text: string): string =>
    `AWS4-HMAC-SHA256\n20260305T101112Z\n20260305/eu-west-1/s3/aws4_request\n${createHash('sha256').update(text).digest('hex')}`
  const text = whole('prefix=a&list-type=2')
  assert.equal(first([text, 'signer'], [toSign(text), 'signer']), 'query-not-sorted stated')
  assert.doesNotMatch(first([text, 'signer'], [toSign(whole('list-type=2&prefix=a')), 'signer']), /stated/)
})
