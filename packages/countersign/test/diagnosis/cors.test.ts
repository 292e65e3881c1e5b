import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'

const of = (text: string) => diagnoseEvidence([{ name: 'a', text }])
const PREFLIGHT =
  '<Error><Code>AccessForbidden</Code><Message>CORSResponse: CORS is not enabled for this bucket.</Message><Method>PUT</Method><ResourceType>BUCKET</ResourceType><RequestId>7C1A2</RequestId></Error>'
const CONSOLE =
  "Access to XMLHttpRequest at 'https://holiday.s3.eu-west-1.amazonaws.com/k' from origin 'https://app.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\nPUT https://holiday.s3.eu-west-1.amazonaws.com/k net::ERR_FAILED\n"
const MISMATCH =
  '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>'

test('a preflight that the CORS rules refused is no signature problem', () => {
  const { findings, notes, next } = of(PREFLIGHT)
  assert.deepEqual(findings, [])
  assert.ok(notes.some((note) => /no signature problem/.test(note) && /put-bucket-cors/.test(note)))
  assert.match(next?.command ?? '', /^curl .*Origin/)
})

test('a failure of CORS without a body: the note says what to configure, and the body is asked for', () => {
  for (const text of [
    CONSOLE,
    'The upload stops: PUT https://b.example/k net::ERR_FAILED\n',
    'In onerror xhr.status is 0 and there is no body.\n',
  ]) {
    const { outcome, findings, notes, next } = of(text)
    assert.equal(outcome, 'unexplained', text)
    assert.deepEqual(findings, [], text)
    assert.ok(
      notes.some((note) => /CORS itself is no signature problem/.test(note)),
      text,
    )
    assert.match(next?.what ?? '', /by curl/)
  }
})

test('a refused signature beside it stays what was refused, and the note explains the CORS error', () => {
  const { error, notes, next } = of(`${CONSOLE}\n${MISMATCH}\n`)
  assert.equal(error?.code, 'SignatureDoesNotMatch')
  assert.ok(notes.some((note) => /looks like a CORS error in the browser/.test(note)))
  assert.doesNotMatch(next?.what ?? '', /by curl/)
})

test('CORS that works is not spoken of', () => {
  for (const text of ['The CORS rules of the bucket allow the origin.\n', 'OPTIONS /k HTTP/1.1 200\n', MISMATCH])
    assert.ok(
      of(text).notes.every((note) => !note.includes('CORS')),
      text,
    )
})
