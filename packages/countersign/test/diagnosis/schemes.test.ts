/** Scheme first: a mistake that one way of signing allows is never said of a request that is signed in another way. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CAUSES } from '../../src/causes/index.ts'
import { diagnoseEvidence } from '../../src/index.ts'

const MISMATCH =
  '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>'
/** Code of a signer of Version 4 with faults that its causes know. */
const CODE = `k_date = hmac.new(secret.encode(), date.encode(), hashlib.sha256).digest()
k_region = hmac.new(k_date, region.encode(), hashlib.sha256).digest()
k_service = hmac.new(k_region, service.encode(), hashlib.sha256).digest()
k_signing = hmac.new(k_service, b"aws4_request", hashlib.sha256).digest()
headers["x-amz-content-sha256"] = hashlib.sha256(b"").hexdigest()
`
const CARRIERS: Readonly<Record<string, readonly [text: string, family: string]>> = {
  'Version 2, header': [
    `PUT /box/a.txt HTTP/1.1\nHost: s3.lan.example\nDate: Thu, 05 Mar 2026 10:11:12 GMT\nAuthorization: AWS AKIAIOSFODNN7EXAMPLE:bWq2s1WEIj+Ydj0vQ697zp+IXMU=\n\n`,
    'version-2',
  ],
  'Version 2, URL': [
    'https://box.s3.amazonaws.com/a.txt?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1803759704&Signature=bWq2s1WEIj%2BYdj0vQ697zp%2BIXMU%3D\n',
    'version-2',
  ],
  'OSS V1': [
    `PUT /a.txt HTTP/1.1\nHost: box.oss-cn-shanghai.aliyuncs.com\nDate: Thu, 05 Mar 2026 10:11:12 GMT\nAuthorization: OSS LTAIEXAMPLE0001:bWq2s1WEIj+Ydj0vQ697zp+IXMU=\n\n`,
    'version-2',
  ],
  'CloudFront, signed URL': [
    'GET https://d111111abcdef8.cloudfront.net/a.txt?Expires=1803759704&Signature=nitfHRCrtziwO2HwPfWw~yYDhUF5EwRunQA-j19DzZrvDh6hQ73lDx~-ar3UocvvRQVw6EkC~GdpGQyyOSKQim-TxAnW7d8F5Kkai9HVx0FIu-5jcQb0UEmatEXAMPLE3ReXySpLSMj0yCd3ZAB4UcBCAqEijkytL6f3fVYNGQI6&Key-Pair-Id=K2JCJMDEHXQW5F\n',
    'policy',
  ],
  'a bearer token': ['GET /a HTTP/1.1\nHost: api.lan.example\nAuthorization: Bearer abcdefghij0123456789\n\n', 'token'],
}
const heldBy = new Map(CAUSES.map(({ id, schemes }) => [id as string, schemes]))

for (const [name, [request, family]] of Object.entries(CARRIERS))
  test(`${name}: no mistake of Version 4 is found`, () => {
    const { findings, ruledOut } = diagnoseEvidence([
      { name: 'request.txt', text: request },
      { name: 'answer.xml', text: MISMATCH },
      { name: 'signer.py', text: CODE },
    ])
    const held = family === 'version-2' ? ['any', 'signatures', 'version-2'] : ['any']
    for (const { causes } of findings) for (const id of causes) assert.ok(held.includes(heldBy.get(id)!), `${id} of ${name}`)
    assert.match(ruledOut.find(({ cause }) => cause === 'scope-date-mismatch')!.why, /in which it cannot happen/)
  })

test('without a request the code alone is enough', () => {
  const { findings } = diagnoseEvidence([
    { name: 'answer.xml', text: MISMATCH },
    { name: 'signer.py', text: CODE },
  ])
  assert.ok(findings.some(({ causes }) => heldBy.get(causes[0]!) === 'version-4'))
})

test('requests of two versions leave both open', () => {
  const text = `${CARRIERS['Version 2, URL']![0]}\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260305/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=6e1f0a9b7c5d3e2f4a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f\n`
  const { ruledOut } = diagnoseEvidence([{ name: 'a.txt', text }])
  assert.doesNotMatch(ruledOut.find(({ cause }) => cause === 'scope-date-mismatch')?.why ?? '', /in which it cannot happen/)
})
