/** What curl -v prints. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { curlVerbose } from '../../../src/evidence/clients/curl-verbose.ts'
import { kinds, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(curlVerbose)

const HASH = '80b43126fb6661943debb6cc6dd2b0b68bb8629dac02cc608a1ab4fa049296a6'
const VERBOSE = `* Established connection to 127.0.0.1
* aws_sigv4: Canonical request (enclosed in []) - [GET
/a%20b.jpg
acl=
host:127.0.0.1:9900
x-amz-date:20261122T041557Z

host;x-amz-date
UNSIGNED-PAYLOAD]
* aws_sigv4: String to sign (enclosed in []) - [AWS4-HMAC-SHA256
20261122T041557Z
20261122/us-east-1/s3/aws4_request
${HASH}]
* aws_sigv4: Signature - ${HASH}
> GET /a%20b.jpg?acl HTTP/1.1
> Host: 127.0.0.1:9900
> User-Agent: curl/8.16.0
>${' '}
< HTTP/1.1 403 Forbidden
< Server: AmazonS3
<${' '}
{ [440 bytes data]
`

test('curl 8.14 to 8.20: all of it', () => {
  for (const text of [VERBOSE, VERBOSE.replace(/\n/g, '\r\n')]) {
    const seen = read(curlVerbose, text)
    assert.deepEqual(kinds(seen), ['canonical-request', 'string-to-sign', 'signature', 'request', 'client', 'response'])
    assert.equal(
      seenOf(seen, 'canonical-request')[0]?.text,
      'GET\n/a%20b.jpg\nacl=\nhost:127.0.0.1:9900\nx-amz-date:20261122T041557Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD',
    )
    assert.equal(seenOf(seen, 'string-to-sign')[0]?.text.split('\n').at(-1), HASH)
    assert.equal(seenOf(seen, 'request')[0]?.request.target, '/a%20b.jpg?acl')
    assert.deepEqual(seenOf(seen, 'client')[0]?.version, '8.16.0')
  }
})

test('s3fs prints the same behind a log header', () => {
  const lines = ['*   Trying 127.0.0.1:9900...', '> GET /b/ HTTP/1.1', '> Host: 127.0.0.1:9900', '> ', '< HTTP/1.1 403 Forbidden', '< ']
  const seen = read(curlVerbose, lines.map((line, i) => `2026-11-22T04:17:35.65${i}Z [CURL DBG] ${line}\n`).join(''))
  assert.deepEqual(kinds(seen), ['request', 'response'])
  assert.deepEqual(seenOf(seen, 'request')[0]?.request.headers, [['Host', '127.0.0.1:9900']])
})
