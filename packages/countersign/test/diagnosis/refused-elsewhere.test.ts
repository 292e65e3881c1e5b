/** A right request that was refused for something that is not its signature. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { KEY_ID, NOW, plain, SECRET, signed } from '../support/signed.ts'

const AWS = 's3.eu-west-1.amazonaws.com'

/** What curl shows of a request and its answer. */
function trace(host: string, status: string, code: string, message: string): string {
  const { headers } = signed(plain('PUT', '/b/k', '', [], host), 's3')
  const sent = headers.map(([name, value]) => `> ${name}: ${value}\n`).join('')
  const body = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  return `> PUT /b/k HTTP/1.1\n${sent}> \n< HTTP/1.1 ${status}\n< Content-Type: application/xml\n< \n${body}\n`
}

function diagnosed(text: string, secretAccessKey = SECRET, now = NOW) {
  return diagnoseEvidence(
    [{ name: 'trace.txt', text }],
    { secrets: [{ label: 'a secret', secretAccessKey, accessKeyId: KEY_ID }], now },
    { maxTrials: 50 },
  )
}

test('under the known secret it is accepted, and the report says that the reason is another', () => {
  for (const [status, code, message, why] of [
    ['403 Forbidden', 'AccessDenied', 'Access Denied', 'look at permissions'],
    ['503 Slow Down', 'SlowDown', 'Please reduce your request rate.', 'it says nothing of the signature'],
    [
      '500 Internal Server Error',
      'InternalError',
      'We encountered an internal error. Please try again.',
      'it says nothing of the signature',
    ],
  ] as const) {
    const { outcome, findings, notes, error } = diagnosed(trace(AWS, status, code, message))
    assert.deepEqual([outcome, findings.length, error?.code], ['accepted', 0, code])
    assert.ok(
      notes.some((note) => note.includes(`${code} has another reason: ${why}`)),
      notes.join(),
    )
  }
})

test('not so with another secret, too late, or where the request may have changed on its way', () => {
  const denied = trace(AWS, '403 Forbidden', 'AccessDenied', 'Access Denied')
  assert.notEqual(diagnosed(denied, new SecretAccessKey('another secret of an EXAMPLE')).outcome, 'accepted')
  assert.notEqual(diagnosed(denied, SECRET, NOW + 3_600_000).outcome, 'accepted')
  assert.notEqual(diagnosed(trace('files.example.com', '403 Forbidden', 'AccessDenied', 'Access Denied')).outcome, 'accepted')
})

test('a sentence that names no header is no proof of which one it was', () => {
  const message = 'A header you provided implies functionality that is not implemented'
  const bare = diagnoseEvidence([
    { name: 'a', text: `An error occurred (NotImplemented) when calling the PutObject operation: ${message}` },
  ])
  assert.deepEqual([bare.outcome, bare.findings[0]?.causes], ['likely', ['payload-chunked-unsupported']])
  const body = `<Error><Code>NotImplemented</Code><Message>${message}</Message><Header>x-amz-trailer</Header></Error>`
  assert.equal(diagnoseEvidence([{ name: 'a', text: body }]).findings[0]?.proof.level, 'stated')
})
