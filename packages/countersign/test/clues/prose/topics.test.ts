import assert from 'node:assert/strict'
import { test } from 'node:test'
import { topics } from '../../../src/clues/prose/topics.ts'
import { read, readerLaws, seenOf } from '../../evidence/reader-laws.ts'

readerLaws(topics)

const hints = (text: string): string[] => seenOf(read(topics, text), 'clue').map(({ about }) => about)

/** A text that speaks of something, and a near miss that does not. */
const PAIRS: readonly (readonly [hint: string, says: string, near: string])[] = [
  ['host-port-changed', 'endpoint_url = https://store.example.com:443', 'endpoint_url = https://store.example.com:4430'],
  ['host-port-changed', 'After removing the port it is accepted.', 'The report has three parts.'],
  ['host-port-changed', 'h.host = url.hostname // signs for http://box:9000', 'h.host = url.host // signs for http://box:9000'],
  ['host-rewritten', 'S3=http://minio:9000, opened as localhost in the browser', 'S3=http://box.example.com:9000'],
  ['host-rewritten', 'I replace the host of the presigned URL.', 'I replace the disk of the server.'],
  ['bucket-in-path', 'client.config.s3ForcePathStyle = true', 'client.config.style = true'],
  ['redirect-followed', 'https://b.s3.amazonaws.com/k for a bucket in eu-west-1', 'https://b.s3.amazonaws.com/k for a bucket in us-east-1'],
  ['path.encoding', 'The bucket is "ships/old".', 'The bucket is "ships".'],
  ['method-changed', 'I check the presigned URL with HEAD first.', 'I check the presigned URL first.'],
  ['method-changed', 'HEAD gives 403 and\nGET gives 200', 'HEAD gives 200 and\nGET gives 200'],
  ['header.changed', 'The function signs all headers.', 'The function signs two headers.'],
  ['header-changed-in-transit', "Metadata: { name: 'caf\xc3\xa9' }", "Metadata: { name: 'cafe' }"],
  ['header-value-not-trimmed', 'Names with two spaces fail.', 'Names with spaces fail.'],
  ['query.encoding', "list({ prefix: 'old ships/' })", "list({ prefix: 'ships/' })"],
  ['path-normalized', "store.upload(file, '/ships/a.png')", "store.upload('/home/me/a.png', name)"],
  [
    'service-mismatch',
    "new AwsClient({ accessKeyId: 'a', region: 'nyc3' }) // x.nyc3.digitaloceanspaces.com",
    "new AwsClient({ accessKeyId: 'a', service: 's3' }) // x.nyc3.digitaloceanspaces.com",
  ],
  ['headers-not-sorted', 'The token is put at the end of the signed headers.', 'The token is put into the signed headers.'],
  [
    'headers-not-sorted',
    'names = headers.keys.sort.map(&:downcase) # signed headers',
    'names = headers.keys.map(&:downcase).sort # signed headers',
  ],
  ['header.changed', 's3cmd put a --add-header="Cache-Control: no-store" s3://b', 's3cmd put a s3://b'],
  ['payload.hash', 'client.setCompressionEnabled(true)', 'client.setSniffEnabled(true)'],
  ['session-token-mismatch', 'AWS_SESSION_TOKEN=FwoG is set too.', 'AWS_REGION=eu-west-1 is set too.'],
  ['request-dates-disagree', 'The time zone of the phone is another one.', 'The time of the phone is right.'],
  ['host-rewritten', 'The store sits behind haproxy.', 'Server: nginx'],
  ['host-rewritten', 'We gave it a custom domain.', 'We gave it a custom name.'],
  ['header-changed-in-transit', 'cf-ray: 1\nSignedHeaders=accept-encoding;host', 'cf-ray: 1\nSignedHeaders=host;x-amz-date'],
  ['header.changed', 'A header is set after signing.', 'A header is set before signing.'],
  ['header-repeated-wrongly', 'x-amz-acl: private\nx-amz-acl: private\n', 'x-amz-acl: private\nx-amz-date: private\n'],
  ['query-not-sorted', 'The partNumber is in the wrong place.', 'The disk is in the wrong place.'],
  ['query-changed-in-transit', 'path=/a?uploads\nsigned:\nPOST\n/a\n\nhost:b', 'path=/a?uploads\nsigned:\nPOST\n/a\nuploads=\nhost:b'],
  ['query-encoded-differently', "text.replace('+', '%20');", "text = text.replace('+', '%20');"],
  ['query.encoding', 'response-content-disposition=inline; name=a!.png', 'response-content-disposition=inline'],
  ['path.encoding', 'url = "/model/" + id', 'url = "/models/" + id'],
  ['clock-skewed', 'It was a wrong clock after all.', 'It was a wrong link after all.'],
  ['secret.mangled', 'My secret access key contains "/".', 'My object key contains "/".'],
  ['payload.hash', 'A function URL behind CloudFront; POST is refused.', 'A function URL behind CloudFront.'],
  ['payload-unsigned-mismatch', 'url = presign_url("GET", target, content_hash)', 'url = presign_url("GET", target)'],
  ['secret-has-newline', 'echo "$SECRET" | base64 > secret.yaml', 'echo -n "$SECRET" | base64 > secret.yaml'],
  [
    'algorithm-version-refused',
    'f("AWSAccessKeyId", id); f("signature", p["x-amz-signature"])',
    'f("X-Amz-Credential", id); f("x-amz-signature", s)',
  ],
  [
    'session-token-missing',
    'In Lambda I pass AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    'In Lambda I pass AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.',
  ],
  ['header-repeated-wrongly', 'SignedHeaders=content-length;content-length;host, x', 'SignedHeaders=content-length;content-md5;host, x'],
  ['header-repeated-wrongly', 'signed: expect:\\nhost:a.example\\nhost:a.example\\n', 'signed: expect:\\nhost:a.example\\nx-amz-date:1\\n'],
  ['header-name-not-lower-case', 'AWS calculated\nx-amz-meta-key-MD5:a', 'AWS calculated\nx-amz-meta-key-md5:a'],
  ['header-name-not-lower-case', 'If the header is in lower case it works.', 'If the header is left out it works.'],
  ['header-changed-in-transit', 'copyObject fails for caf\u00e9.png', 'copyObject fails for cafe.png'],
  ['path.encoding', 'It fails for Japanese letters.', 'It fails for long letters.'],
  ['query.encoding', 'Other prefixes work.', 'Other clients work.'],
  ['query.encoding', 'uri: https://s3.example/b?list-type=2&prefix={x, version', 'uri: https://s3.example/b?list-type=2&prefix=x, version'],
  ['path.encoding', '`-a` is uploaded, `+a` is not', '`-a` is uploaded, `_a` is not'],
  ['method-changed', "new SignatureV4(o).sign({ method: 'get' })", "new SignatureV4(o).sign({ method: 'GET' })"],
  [
    'payload.hash',
    "aws4.sign({ method: 'PUT', host, path })\ncreateReadStream(f)",
    "aws4.sign({ method: 'PUT', host, path, body })\ncreateReadStream(f)",
  ],
  ['query-not-sorted', "get('/s', { params: { q: 'a', 'q.parser': 'b' } })", "get('/s', { params: { q: 'a', 'parser': 'b' } })"],
  ['server-canonicalizes-wrongly', 'We updated MinIO from 2.1 to 2.2.', 'We updated the client from 2.1 to 2.2.'],
  ['algorithm-sigv4a-required', '@aws-sdk/client-cloudfront-keyvaluestore', '@aws-sdk/client-cloudfront'],
  ['host-rewritten', 'http://localhost:9000/b/k?a=b&X-Amz-Signature=c', 'http://localhost:9000/b/k?a=b'],
]

for (const [i, [hint, says, near]] of PAIRS.entries())
  test(`topic ${i + 1}: ${hint}`, () => {
    assert.ok(hints(says).includes(hint), says)
    assert.ok(!hints(near).includes(hint), near)
  })

test('what makes no difference, or is said to be right, is no topic', () => {
  assert.deepEqual(hints('Removing the port makes no difference.'), [])
  assert.ok(!hints('The clock is in sync, it was a wrong clock before.').includes('clock-skewed'))
})

test('what every refusal says is nobody’s topic', () => {
  assert.deepEqual(
    hints(
      '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>',
    ),
    [],
  )
})
