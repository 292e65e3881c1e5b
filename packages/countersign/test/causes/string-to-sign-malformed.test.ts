import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { stringToSignMalformed } from '../../src/causes/string-to-sign-malformed.ts'
import { diagnoseEvidence } from '../../src/index.ts'
import { inject } from '../support/inject/string-to-sign-malformed.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(stringToSignMalformed, inject, 6)

const CANONICAL = `GET
/2015-03-31/functions

host:lambda.eu-west-1.amazonaws.com
x-amz-date:20260305T101112Z

host;x-amz-date
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`
const HEAD = 'AWS4-HMAC-SHA256\n20260305T101112Z\n20260305/eu-west-1/lambda/aws4_request\n'
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string, text = CANONICAL): string => createHmac('sha256', key).update(text).digest('hex')
const ANSWER = JSON.stringify({
  message: `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${CANONICAL}'\n\nThe String-to-Sign should have been\n'${HEAD}${sha256(CANONICAL)}'\n`,
})

function first(end: string, canonical = CANONICAL): readonly (string | undefined)[] {
  const found = diagnoseEvidence([
    { name: 'answer', text: ANSWER },
    { name: 'canonical', text: canonical, side: 'signer' },
    { name: 'to-sign', text: HEAD + end, side: 'signer' },
  ]).findings[0]
  return [found?.causes.join('+'), found?.proof.level]
}

test("an HMAC in place of the hash is proven by the signer's string to sign, without a secret", () => {
  for (const key of ['1', '']) assert.deepEqual(first(hmac(key)), ['string-to-sign-malformed', 'canonical-request-hash'], key)
})

test('another value in the place of the hash is proven to be nothing', () => {
  for (const end of [hmac('2'), hmac('1', `${CANONICAL}?`), sha256(`${CANONICAL}?`)])
    assert.notDeepEqual(first(end), ['string-to-sign-malformed', 'canonical-request-hash'], end)
})
