/** Servers in their own words: what each message states, or which causes it leaves. Our own values in the servers' texts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SERVER_DIALECTS } from '../../../src/catalog/index.ts'
import { diagnoseEvidence, readEvidence } from '../../../src/index.ts'

function stated(message: string, code = 'X'): readonly string[] {
  const text = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  return readEvidence([{ name: 'a', text }]).flatMap((one) => (one.kind === 'stated' ? [one.fact] : []))
}

const MESSAGES: readonly (readonly [message: string, fact: string])[] = [
  ['Authorization header malformed, unexpected scope: 20260305/eu-west-1/s3/aws4_request', 'scope-wrong'],
  ['You can only specify one checksum at a time.', 'payload-encoding-refused'],
  ['The OSS Access Key Id you provided does not exist in our records.', 'access-key-unknown'],
  ['OSS authentication requires a valid Date.', 'date-missing-or-malformed'],
  ['Invalid signing region in Authorization header.', 'region-wrong'],
  ['The Signature you specified is invalid.', 'signature-mismatch'],
  ['x-amz-content-sha256 invalid', 'content-sha256-malformed'],
  ['Authorization header is missing', 'authentication-missing'],
  ['Your Host header is malformed.', 'authorization-malformed'],
]
for (const [message, fact] of MESSAGES) test(`"${message}" states ${fact}`, () => assert.ok(stated(message).includes(fact)))

test('a message of something else states none of them', () => {
  const facts = new Set(SERVER_DIALECTS.flatMap(({ states }) => states.map((one) => one.fact as string)))
  for (const message of [
    'The specified bucket does not exist.',
    'Please reduce your request rate.',
    'The scope of this bucket is private.',
  ])
    assert.deepEqual(
      stated(message).filter((fact) => facts.has(fact)),
      [],
    )
})

const ERROR = (scope: string): string =>
  `botocore.exceptions.ClientError: An error occurred (AuthorizationHeaderMalformed) when calling the ListObjectsV2 operation: Authorization header malformed, unexpected scope: ${scope}\n`

function first(...texts: readonly string[]): string {
  const [finding] = diagnoseEvidence(texts.map((text, i) => ({ name: `${i}.txt`, text }))).findings
  return finding === undefined ? 'none' : `${finding.causes} ${finding.proof.level}: ${finding.what}`
}

test('a scope that Garage does not expect: of its parts, the one that the rest of the evidence leaves', () => {
  assert.match(first(ERROR('20260305/eu-west-1/s3/aws4_request')), /^region-mismatch stated/)
  assert.match(first(ERROR('20260305/eu-west-1/es/aws4_request')), /^service-mismatch stated/)
  assert.match(first(ERROR('20260305/eu-west-1/s3/aws4')), /^scope-terminator-mismatch stated/)
})

test("the server's own setting says which region it wants", () => {
  const found = first(`${ERROR('20260305/eu-west-1/s3/aws4_request')}\n# garage.toml\n[s3_api]\ns3_region = "garage"\n`)
  assert.match(found, /^region-mismatch stated: .*"eu-west-1"; the service checks with "garage"/)
})

test('where the server wants the very region that was signed, the region is not stated', () => {
  const found = first(`${ERROR('20260305/garage/s3/aws4_request')}\n# garage.toml\n[s3_api]\ns3_region = "garage"\n`)
  assert.doesNotMatch(found, /^region-mismatch stated/)
})

test('where the request shows another day than the scope, the region is not stated', () => {
  const request = `GET /box HTTP/1.1\nHost: nas.lan:3900\nX-Amz-Date: 20260306T000112Z\nAuthorization: AWS4-HMAC-SHA256 Credential=GKexample/20260305/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=6e1f0a9b7c5d3e2f4a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f\n\n`
  const answer =
    'HTTP/1.1 400 Bad Request\n\n<Error><Code>AuthorizationHeaderMalformed</Code><Message>Authorization header malformed, unexpected scope: 20260305/eu-west-1/s3/aws4_request</Message></Error>\n'
  assert.doesNotMatch(first(request + answer), /^region-mismatch/)
})
