/** What a request alone shows to be wrong: stated where its check refused it, suspected elsewhere, cleared by what passed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'

const DIGITS = '6e1f0a9b7c5d3e2f4a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f'
const MISMATCH =
  '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>'
const UNSIGNED =
  '<Error><Code>AccessDenied</Code><Message>There were headers present in the request which were not signed</Message></Error>'

function exchange(
  given: { signature?: string; signedHeaders?: string; headers?: string; host?: string; date?: string },
  answer: string,
): string {
  const {
    signature = DIGITS,
    signedHeaders = 'host;x-amz-content-sha256;x-amz-date',
    headers = '',
    host = 's3.lan.example',
    date = '20260305T101112Z',
  } = given
  return `PUT /acme/a.bin HTTP/1.1
Host: ${host}
X-Amz-Date: ${date}
X-Amz-Content-Sha256: UNSIGNED-PAYLOAD
${headers}Authorization: AWS4-HMAC-SHA256 Credential=store/20260305/us-east-1/s3/aws4_request, SignedHeaders=${signedHeaders}, Signature=${signature}

${answer}
`
}

function first(text: string): string {
  const [finding] = diagnoseEvidence([{ name: 'a.txt', text }]).findings
  return finding === undefined ? 'none' : `${finding.causes.join()} ${finding.proof.level}`
}

test('a signature with the label of openssl is stated by the request, where signatures were compared', () => {
  const text = (answer: string): string => exchange({ signature: `SHA2-256(stdin)= ${DIGITS}` }, `HTTP/1.1 403 Forbidden\n\n${answer}`)
  assert.equal(first(text(MISMATCH)), 'signature-encoding-changed stated')
  assert.notEqual(first(text(UNSIGNED)), 'signature-encoding-changed stated')
})

test('what another check refuses is not stated beside it', () => {
  const text = exchange({ signature: DIGITS.slice(1), host: 's3.eu-west-1.amazonaws.com' }, `HTTP/1.1 403 Forbidden\n\n${MISMATCH}`)
  const found = diagnoseEvidence([{ name: 'a.txt', text }]).findings
  assert.deepEqual(
    found.filter(({ proof }) => proof.level !== 'none').map(({ causes }) => causes.join()),
    ['signature-encoding-changed'],
  )
})

test('MinIO says "not signed" of a signed header that is not there', () => {
  const answer = `HTTP/1.1 403 Forbidden\nServer: MinIO\n\n${UNSIGNED}`
  assert.match(first(exchange({ signedHeaders: 'content-md5;host;x-amz-content-sha256;x-amz-date' }, answer)), /^header-removed-in-transit/)
  assert.match(first(exchange({ headers: 'X-Amz-Acl: private\n' }, answer)), /^header-not-signed/)
})

test('of S3 the same text is about headers that were sent and not signed', () => {
  const answer = `HTTP/1.1 403 Forbidden\nServer: AmazonS3\n\n${UNSIGNED}`
  const text = exchange({ signedHeaders: 'content-md5;host;x-amz-content-sha256;x-amz-date', host: 's3.us-east-1.amazonaws.com' }, answer)
  assert.match(first(text), /^header-not-signed/)
})

test('a signed name with an underscore is dropped by proxies', () => {
  const signedHeaders = 'host;x-amz-content-sha256;x-amz-date;x-amz-meta-batch_no'
  assert.match(
    first(`${exchange({ signedHeaders, headers: 'x-amz-meta-batch_no: 4\n' }, `HTTP/1.1 403 Forbidden\n\n${UNSIGNED}`)}`),
    /^header-removed-in-transit/,
  )
})

test('trace headers among the signed ones are suspected, and cleared by a request that passed with them', () => {
  const signedHeaders = 'host;traceparent;x-amz-content-sha256;x-amz-date'
  const headers = 'traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n'
  const refused = exchange({ signedHeaders, headers }, `HTTP/1.1 403 Forbidden\n\n${MISMATCH}`)
  const passed = exchange(
    { signedHeaders, headers, date: '20260305T101012Z', signature: DIGITS.replace('6e', '7a') },
    'HTTP/1.1 200 OK\n\n',
  )
  const weight = (text: string): number =>
    diagnoseEvidence([{ name: 'a.txt', text }]).findings.find(({ causes }) => causes[0] === 'header-of-hop-signed')?.weight ?? 0
  assert.ok(weight(refused) >= 0.45)
  assert.ok(weight(`${passed}\n${refused}`) < weight(refused))
})

const REFUSED = 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'
const echoed = (signature: string, more = ''): string =>
  `<Error><Code>SignatureDoesNotMatch</Code><Message>${REFUSED}</Message><SignatureProvided>${signature}</SignatureProvided>${more}</Error>`
const V2 = '<StringToSign>GET\n\n\n1803700000\n/box/a.pdf</StringToSign>'
const V4 = `<StringToSign>AWS4-HMAC-SHA256\n20260305T101112Z\n20260305/eu-west-1/s3/aws4_request\n${DIGITS}</StringToSign>`

test('a signature that arrived with a space in its base64 is stated by the answer that names it', () => {
  const spaced = 'bWq0eMCZgJ9Zx6 kN4v4nUaB1tE='
  assert.equal(first(echoed(spaced, V2)), 'query-plus-and-space-confused stated')
  assert.equal(first(echoed(spaced, `${V2}<HostId>a+Ebpo/xoJ=</HostId>`)), 'query-plus-and-space-confused stated')
})

test('a space that the paste may have made is stated by nothing', () => {
  const spaced = 'bWq0eMCZgJ9Zx6 kN4v4nUaB1tE='
  // Every "+" of the answer was lost; a line of the answer was wrapped; another check refused.
  assert.doesNotMatch(first(echoed(spaced, `${V2}<HostId>a Ebpo/xoJ vQSzz=</HostId>`)), /stated/)
  assert.doesNotMatch(first(echoed('bWq0eMCZgJ9Zx6Q kN4v4nUaB1tE=', V2)), /stated/)
  assert.doesNotMatch(
    first(echoed(spaced, V2).replace('SignatureDoesNotMatch', 'AccessDenied').replace(REFUSED, 'Request has expired')),
    /query-plus/,
  )
  assert.doesNotMatch(first(echoed('bWq0eMCZgJ9Zx6+kN4v4nUaB1tE=', V2)), /stated/)
})

test('a signature of Version 4 that arrived in another form is stated; one that may have been shortened is not', () => {
  const base64 = Buffer.from(DIGITS, 'hex').toString('base64')
  for (const arrived of [DIGITS.toUpperCase(), base64])
    assert.equal(first(echoed(arrived, V4)), 'signature-encoding-changed stated', arrived)
  for (const arrived of [DIGITS.slice(0, 9), `${DIGITS.slice(0, 32)}\n${DIGITS.slice(32)}`, DIGITS, `"${DIGITS}"`])
    assert.doesNotMatch(first(echoed(arrived, V4)), /stated/, arrived)
})
