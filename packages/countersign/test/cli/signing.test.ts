/** sign, presign, canonicalize and verify: what one prints, the other takes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCESS_KEY_ID, run, SECRET, TOKEN } from './fake-io.ts'

const REQUEST =
  'GET /?Action=ListUsers&Version=2010-05-08 HTTP/1.1\nHost: iam.amazonaws.com\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\n\n'
const KEYS = ['--secret-file', 'secret', '--access-key-id', ACCESS_KEY_ID]
const files = { secret: SECRET, 'request.http': REQUEST }

test('sign prints a request that verify finds valid', async (t) => {
  const signed = await run(t, ['sign', 'request.http', ...KEYS, '--region', 'us-east-1', '--service', 'iam'], { files })
  assert.deepEqual([signed.code, signed.stderr], [0, ''])
  assert.match(signed.stdout, /^GET \/\?Action=ListUsers&Version=2010-05-08 HTTP\/1\.1\r\n/)
  assert.match(signed.stdout, /Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/20150830\/us-east-1\/iam\/aws4_request/)
  const verified = await run(t, ['verify', '-', '--secret-file', 'secret'], { files, stdin: signed.stdout })
  assert.match(
    verified.stdout,
    /^valid: AKIA\*+MPLE signed this request for 20150830\/us-east-1\/iam\n {2}passed {2}path, .*, signature\n$/,
  )
  assert.equal(verified.code, 0)
  assert.match(verified.stderr, /the clock is taken from the request itself \(20150830T123600Z\)/)
  const json = await run(t, ['verify', '-', '--secret-file', 'secret', '--format', 'json'], { files, stdin: signed.stdout })
  assert.equal(JSON.parse(json.stdout).valid, true)
})

test('verify answers with the code, the text, the failed check and those passed', async (t) => {
  const signed = await run(t, ['sign', 'request.http', ...KEYS], { files })
  const changed = signed.stdout.replace('ListUsers', 'ListRoles')
  const verified = await run(t, ['verify', '-', ...KEYS], { files, stdin: changed })
  assert.equal(verified.code, 1)
  assert.match(
    verified.stdout,
    /^not valid: SignatureDoesNotMatch \(check 16 of 16: signature\)\n {2}message {2}The request signature we calculated/,
  )
  assert.match(verified.stdout, /status {3}403\n {2}failed {3}signature\n {2}passed {3}path, /)
  assert.doesNotMatch(verified.stdout + verified.stderr, /[0-9a-f]{64}/)
  const late = await run(t, ['verify', '-', ...KEYS, '--now', '20150830T143600Z'], { files, stdin: signed.stdout })
  assert.match(late.stdout, /Signature expired: 20150830T123600Z/)
  const scope = await run(t, ['verify', '-', ...KEYS, '--region', 'eu-west-1'], { files, stdin: signed.stdout })
  assert.match(scope.stdout, /Credential should be scoped to a valid region/)
})

test('verify refuses another access key ID as one that AWS does not know, in the words of the service', async (t) => {
  const other = ['--secret-file', 'secret', '--access-key-id', 'AKIAI44QH8DHBEXAMPLE']
  const iam = await run(t, ['sign', 'request.http', ...KEYS], { files })
  const byIam = await run(t, ['verify', '-', ...other], { files, stdin: iam.stdout })
  assert.equal(byIam.code, 1)
  assert.match(
    byIam.stdout,
    /^not valid: InvalidClientTokenId \(check \d+ of 16: access-key\)\n {2}message {2}The security token included in the request is invalid\.\n {2}status {3}403\n/,
  )
  assert.match(byIam.stderr, /the secret belongs to another access key ID than the request names/)
  const s3 = await run(t, ['presign', 'https://bucket.s3.eu-west-1.amazonaws.com/a', '--expires', '900', ...KEYS], { files })
  const byS3 = await run(t, ['verify', '-', ...other, '--format', 'json'], { files, stdin: s3.stdout })
  const { valid, error } = JSON.parse(byS3.stdout)
  assert.deepEqual(
    [byS3.code, valid, error.code, error.message, error.status, error.check],
    [1, false, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403, 'access-key'],
  )
})

test('presign prints a URL that verify finds valid', async (t) => {
  const presigned = await run(
    t,
    ['presign', 'https://bucket.s3.eu-west-1.amazonaws.com/a%20b.jpg?versionId=1', '--expires', '900', ...KEYS],
    { files },
  )
  assert.deepEqual([presigned.code, presigned.stderr], [0, ''])
  assert.match(
    presigned.stdout,
    /^https:\/\/bucket\.s3\.eu-west-1\.amazonaws\.com\/a%20b\.jpg\?versionId=1&X-Amz-Algorithm=.*&X-Amz-Signature=[0-9a-f]{64}\n$/,
  )
  const verified = await run(t, ['verify', '-', ...KEYS], { files, stdin: presigned.stdout })
  assert.equal(verified.code, 0, verified.stdout + verified.stderr)
})

test('canonicalize shows every step, and no key or token', async (t) => {
  const env = { AWS_ACCESS_KEY_ID: ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: TOKEN }
  const shown = await run(t, ['canonicalize', 'request.http'], { files, env })
  assert.equal(shown.code, 0)
  assert.match(shown.stdout, /canonical request, line 3 \(canonical query string\)\n {2}Action=ListUsers&Version=2010-05-08\n/)
  assert.match(shown.stdout, /x-amz-security-token:\[secret\]\n/)
  assert.match(shown.stdout, /string to sign\n {2}AWS4-HMAC-SHA256\n {2}20150830T123600Z\n {2}20150830\/us-east-1\/iam\/aws4_request\n/)
  assert.match(shown.stdout, /kSigning = HMAC\(kService, "aws4_request"\)/)
  assert.ok(!shown.stdout.includes('EXAMPLETOKEN') && !shown.stdout.includes(SECRET))
})

test('canonicalize gives the hash of the specification, and keys only where danger was asked for', async (t) => {
  const request = REQUEST.replace('\n\n', '\nX-Amz-Date: 20150830T123600Z\n\n')
  const shown = await run(t, ['canonicalize', '-', '--danger-show-keys', '--secret-file', 's', '--format', 'json'], {
    files: { s: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    stdin: request,
  })
  const steps = JSON.parse(shown.stdout)
  assert.equal(steps.canonicalRequestHash, 'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59')
  assert.equal(steps.signingKey.kSigning, 'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9')
})

test('what cannot be signed is told', async (t) => {
  const own = await run(t, ['sign', '-', ...KEYS], { files, stdin: 'GET / HTTP/1.1\nHost: minio.local:9000\n\n' })
  assert.deepEqual([own.code, own.stdout], [2, ''])
  assert.match(own.stderr, /the host "minio\.local:9000" does not say the service: add --service/)
  const none = await run(t, ['sign', '-', ...KEYS], { files, stdin: 'no request at all' })
  assert.match(none.stderr, /no request was found/)
  assert.equal(none.code, 2)
})

test('sign and presign for a region set print what verify and canonicalize take', async (t) => {
  const forSet = ['--region-set', 'us-east-1, eu-*', '--service', 's3']
  const url = 'https://alias.accesspoint.s3-global.amazonaws.com/a%20b.jpg'
  for (const words of [
    ['sign', url],
    ['presign', url, '--expires', '900'],
  ]) {
    const signed = await run(t, [...words, ...KEYS, ...forSet], { files })
    assert.deepEqual([signed.code, signed.stderr], [0, ''])
    const verified = await run(t, ['verify', '-', ...KEYS, '--region', 'eu-west-3'], { files, stdin: signed.stdout })
    assert.match(verified.stdout, /^valid: AKIA\*+MPLE signed this request for 20150830\/s3, region set us-east-1,eu-\*\n/)
    const elsewhere = await run(t, ['verify', '-', ...KEYS, '--region', 'us-east-2'], { files, stdin: signed.stdout })
    assert.match(elsewhere.stdout, /the region 'us-east-1,eu-\*' is wrong; expecting 'us-east-2'/)
    const shown = await run(t, ['canonicalize', '-', ...KEYS], { files, stdin: signed.stdout })
    assert.match(shown.stdout, /AWS4-ECDSA-P256-SHA256\n {2}20150830T123600Z\n {2}20150830\/s3\/aws4_request\n/)
    assert.match(shown.stdout, /private key = HMAC\("AWS4A" \+ secret access key/)
    assert.ok(!shown.stdout.includes('04c4d39191ae06f3'))
    const danger = await run(t, ['canonicalize', '-', ...KEYS, '--danger-show-keys'], { files, stdin: signed.stdout })
    assert.ok(danger.stdout.includes('04c4d39191ae06f37a86b873d2f9951f7c37621d69e0eb834fb622c368f360c3'))
  }
  const both = await run(t, ['sign', url, ...KEYS, ...forSet, '--region', 'us-east-1'], { files })
  assert.deepEqual([both.code, both.stdout], [2, ''])
  const odd = await run(t, ['sign', url, ...KEYS, '--region-set', 'us_east', '--service', 's3'], { files })
  assert.deepEqual([odd.code, odd.stdout], [2, ''])
})

test('nothing is signed with a session token of several lines, or with a secret in the place of the access key ID', async (t) => {
  for (const command of ['sign', 'presign'])
    for (const env of [
      { AWS_ACCESS_KEY_ID: ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: 'one\r\nX-Amz-Acl: public-read' },
      { AWS_ACCESS_KEY_ID: SECRET, AWS_SECRET_ACCESS_KEY: ACCESS_KEY_ID },
    ]) {
      const { code, stdout, stderr } = await run(t, [command, 'https://b.s3.eu-west-1.amazonaws.com/k'], { env })
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr, /session token contains a line ending|the two swapped/)
      assert.ok(!stderr.includes(SECRET) && !stderr.includes('public-read'))
    }
})
