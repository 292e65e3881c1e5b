/** The worked examples of documentation are no requests; the same pair in a log of one's own is. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { PUBLISHED_EXAMPLES } from '../../src/case/published-example.ts'
import { diagnoseEvidence } from '../../src/index.ts'

/** The secret of the S3 pages, and that of the IAM pages, which has "+" in the place of a slash. */
const SECRETS = {
  AKIAIOSFODNN7EXAMPLE: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AKIDEXAMPLE: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}
const TIMES: Readonly<Record<string, string>> = { 20130524: '000000', 20150830: '123600', 20110909: '233600', 20120525: '002453' }
const answerOf = (text: string) => diagnoseEvidence([{ name: 'a.txt', text }])

const GET = {
  authorization: (signature: string, id = 'AKIAIOSFODNN7EXAMPLE', day = '20130524') =>
    `Authorization: AWS4-HMAC-SHA256 Credential=${id}/${day}/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=${signature}`,
  canonical:
    'GET\n/test.txt\n\nhost:examplebucket.s3.amazonaws.com\nrange:bytes=0-9\nx-amz-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nx-amz-date:20130524T000000Z\n\nhost;range;x-amz-content-sha256;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  toSign: `AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n${PUBLISHED_EXAMPLES[0]!.hash}`,
}
const request = (authorization: string): string =>
  `GET /test.txt HTTP/1.1\nHost: examplebucket.s3.amazonaws.com\n${authorization}\nRange: bytes=0-9\nx-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nx-amz-date: 20130524T000000Z\n`

test('each published signature is the one of its canonical request under the public secret', () => {
  for (const { what, credential, hash, signature } of PUBLISHED_EXAMPLES) {
    const [id, day, ...rest] = credential.split('/') as [keyof typeof SECRETS, string, ...string[]]
    const key = [day, ...rest].reduce<string | Buffer>((by, part) => createHmac('sha256', by).update(part).digest(), `AWS4${SECRETS[id]}`)
    const text = `AWS4-HMAC-SHA256\n${day}T${TIMES[day]}Z\n${[day, ...rest].join('/')}\n${hash}`
    assert.equal(createHmac('sha256', key).update(text).digest('hex'), signature, what)
  }
})

test('an example as it was published is no request: its texts, its signature, or a placeholder in its place', () => {
  const { signature } = PUBLISHED_EXAMPLES[0]!
  for (const text of [
    request(GET.authorization(signature)),
    `CanonicalRequest:\n${GET.canonical}\n\nStringToSign:\n${GET.toSign}\n\nSignature:\n${signature}\n\n${GET.authorization(signature)}\n`,
    `Canonical request\n\n${GET.canonical}\n\nString to sign\n\n${GET.toSign}\n`,
    request(GET.authorization('calculated-signature')),
    `https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404\n`,
  ]) {
    const { outcome, requests, findings, notes } = answerOf(text)
    assert.deepEqual([outcome, requests, findings], ['nothing-read', [], []], text.slice(0, 80))
    assert.match(notes.join(), /worked example/)
  }
})

test('the public pair in a request of one’s own is a request: another day, another signature, or an answer', () => {
  const [{ signature }] = PUBLISHED_EXAMPLES as [(typeof PUBLISHED_EXAMPLES)[0]]
  const own = 'ab'.repeat(32)
  assert.equal(answerOf(request(GET.authorization(own))).requests.length, 1)
  assert.equal(answerOf(request(GET.authorization(own, 'AKIAIOSFODNN7EXAMPLE', '20260303'))).requests.length, 1)
  const answered = `${request(GET.authorization(signature))}\nHTTP/1.1 403 Forbidden\n\n<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message></Error>\n`
  assert.equal(answerOf(answered).requests[0]?.outcome, 'refused')
})
