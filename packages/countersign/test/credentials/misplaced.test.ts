/** Secrets in places where no credential belongs: what a service repeats of a scope, a wrapped line, a plus that became a blank. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { announcedBy } from '../../src/credentials/credential-names.ts'
import { withoutCredentials } from '../../src/credentials/hidden.ts'
import { recordingLine } from '../../src/evidence/clients/recording-text.ts'
import { diagnoseEvidence, renderJson } from '../../src/index.ts'
import { redacted } from '../../src/report/redaction/redact.ts'

const HEX = '19095995a11943dccf06f1eae631d0b143157ffa8297978df17584e32a23e7c4'
const TOKEN = 'IQoJb3JpZ2luX2VjE'.padEnd(40, 'Qz7') + 'm3DAm6E9esbIRGa63oooPq8vT2xL'

test('a secret in the place of a region or a service is not repeated; regions and placeholders are', () => {
  const sentences = [
    (word: string) => `the region '${word}' is wrong; expecting 'us-east-1'`,
    (word: string) => `Credential should be scoped to a valid region, not '${word}'. `,
    (word: string) => `incorrect service "${word}". This endpoint belongs to "s3".`,
    (word: string) => `Credential=AKIAIOSFODNN7EXAMPLE/20150830/${word}/s3/aws4_request`,
  ]
  for (const sentence of sentences) {
    for (const secret of [HEX, 'ZP3igMmPfuNXctMHwuO8RievPHFtAtd2', '6jfh!wkg5v#tyPr7e', 'copper-meadow-violin-horse182'])
      assert.ok(!withoutCredentials(sentence(secret)).includes(secret), sentence(secret))
    for (const word of ['us-isob-east-1', 'ap-southeast-antarctica-1', '$' + '{AWS_DEFAULT_REGION}', 'eu-central-003', 'us-gov-west-1'])
      assert.equal(withoutCredentials(sentence(word)), sentence(word))
  }
})

test('the second line of a session token that was wrapped is not shown either', () => {
  const half = TOKEN.length / 2
  const request = (path: string, token: string) =>
    `GET\n${path}\n\nhost:b.s3.us-east-1.amazonaws.com\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:20150830T123600Z\nx-amz-security-token:${token}\n\nhost;x-amz-content-sha256;x-amz-date;x-amz-security-token\nUNSIGNED-PAYLOAD`
  const text = `<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>${request('/a%20b', `${TOKEN.slice(0, half)}\n${TOKEN.slice(half)}`)}</CanonicalRequest></Error>`
  const log = `2015-08-30 12:36:00,123 - MainThread - botocore.auth - DEBUG - CanonicalRequest:\n${request('/a%2520b', `${TOKEN.slice(0, half)}\n${TOKEN.slice(half)}`)}\n2015-08-30 12:36:00,123 - MainThread - botocore.auth - DEBUG - StringToSign:\n`
  const evidence = [
    { name: 'e.xml', text },
    { name: 'debug.log', text: log },
  ]
  const shown = renderJson(diagnoseEvidence(evidence), { evidence })
  assert.ok(!shown.includes(TOKEN.slice(half)), shown)
})

test('a given secret whose plus became a blank is taken out', () => {
  const secret = 'R3d+Ifedu4X2axUo6H4qka2JcVXpEzeFishDwM8I'
  for (const written of [secret.replace('+', ' '), secret.replace('+', '%20')])
    assert.equal(redacted(`prefix=${written}`, [secret]), 'prefix=[secret]')
})

test('a recording keeps no secret that begins like a plain name', () => {
  const secret = 'uFOxPHt/T9B0Ha1JxBxKukVqRizNtpv9UdObdK5Z'
  for (const value of [secret, encodeURIComponent(secret)]) {
    const received = { method: 'GET', target: `/b/k?AWSAccessKeyId=${value}&Expires=1`, headers: [], body: undefined }
    assert.ok(!recordingLine({ hop: 'h', at: 0, received }, 'redacted', (body) => body).includes('T9B0Ha1JxB'))
  }
  const received = { method: 'GET', target: '/b/k?X-Amz-Credential=minio/us-east-1/s3', headers: [], body: undefined }
  assert.ok(recordingLine({ hop: 'h', at: 0, received }, 'redacted', (body) => body).includes('minio/us-east-1/s3'))
})

test('the further lines of any wrapped credential are hidden, and a payload hash that follows is not', () => {
  const value = 'mK2vLq8RtY5wXz1BnC4dF7gHjS0pQ9uEaT6iOy3N'
  const hash = 'a3f1'.repeat(16)
  const request = (path: string): string =>
    `GET\n${path}\n\nhost:b.s3.us-east-1.amazonaws.com\nx-client-secret:first-half-${value.slice(0, 20)}\n${value}\nx-note:n\n\nhost;x-client-secret;x-note\n${hash}`
  const text = `<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>${request('/a%20b')}</CanonicalRequest></Error>`
  const log = `2015-08-30 12:36:00,123 - MainThread - botocore.auth - DEBUG - CanonicalRequest:\n${request('/a%2520b')}\n2015-08-30 12:36:00,123 - MainThread - botocore.auth - DEBUG - StringToSign:\n`
  const evidence = [
    { name: 'e.xml', text },
    { name: 'debug.log', text: log },
  ]
  const shown = renderJson(diagnoseEvidence(evidence), { evidence })
  assert.ok(!shown.includes(value), shown)
  assert.ok(shown.includes(hash), shown)
})

test('headers and parameters that sign a person in are credentials', () => {
  for (const [name, announced] of [
    ['Authentication', 'credential'],
    ['auth', 'credential'],
    ['SAMLResponse', 'credential'],
    ['author', undefined],
    ['authority', undefined],
  ] as const)
    assert.equal(announcedBy(name), announced, name)
})
