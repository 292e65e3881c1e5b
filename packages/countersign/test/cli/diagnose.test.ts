/** `diagnose`: a report and nothing else on standard output, in every format, without a word that may not be shown. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCESS_KEY_ID, run, SECRET, TOKEN } from './fake-io.ts'

const SIGNATURE = 'fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024'
const ERROR = `<?xml version="1.0"?><Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><AWSAccessKeyId>${ACCESS_KEY_ID}</AWSAccessKeyId><SignatureProvided>${SIGNATURE}</SignatureProvided></Error>`
const REQUEST = `GET /photos/a%20b.jpg HTTP/1.1
Host: bucket.s3.eu-west-1.amazonaws.com
X-Amz-Date: 20150830T123600Z
X-Amz-Content-Sha256: UNSIGNED-PAYLOAD
X-Amz-Security-Token: ${TOKEN}
Authorization: AWS4-HMAC-SHA256 Credential=${ACCESS_KEY_ID}/20150830/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=${SIGNATURE}

`
const world = { files: { 'error.xml': ERROR, 'request.http': REQUEST, secret: SECRET } }

test('every format: exit code 1, silent about secrets, tokens and signatures', async (t) => {
  for (const format of ['terminal', 'json', 'markdown', 'html', 'sarif', 'junit', 'github']) {
    const { code, stdout, stderr } = await run(
      t,
      ['diagnose', '*.xml', '--wire', 'request.http', '--secret-file', 'secret', '--format', format],
      world,
    )
    assert.equal(code, 1, stderr)
    assert.match(stdout, /SignatureDoesNotMatch/)
    for (const text of [SECRET, TOKEN, encodeURIComponent(TOKEN), 'EXAMPLETOKEN', SIGNATURE, ACCESS_KEY_ID]) {
      assert.ok(!stdout.includes(text) && !stderr.includes(text), `${format}: ${text}`)
    }
    if (format === 'json') assert.equal(JSON.parse(stdout).schemaVersion, 2)
  }
})

test('standard input is read where nothing is named; on a terminal it is pasted', async (t) => {
  assert.match((await run(t, ['diagnose'], { stdin: ERROR })).stdout, /^UNEXPLAINED {2}SignatureDoesNotMatch/)
  const waiting = await run(t, ['diagnose'], { stdinIsTerminal: true })
  assert.equal(waiting.code, 3)
  assert.match(waiting.stderr, /paste the error, then press Ctrl-D/)
  assert.match((await run(t, ['diagnose'], { stdin: '' })).stderr, /standard input is empty/)
})

test('colour on a terminal only, and not with NO_COLOR', async (t) => {
  const colour = async (more: object) => (await run(t, ['diagnose', 'error.xml'], { ...world, ...more })).stdout.includes('\u001b')
  assert.equal(await colour({ stdoutIsTerminal: true }), true)
  assert.equal(await colour({ stdoutIsTerminal: true, env: { NO_COLOR: '1' } }), false)
  assert.equal(await colour({}), false)
})

test('a signed request with the right secret is valid', async (t) => {
  const keys = ['--secret-file', 'secret', '--access-key-id', ACCESS_KEY_ID]
  const signed = await run(t, ['sign', 'https://iam.amazonaws.com/?Action=ListUsers', ...keys], world)
  const { code, stdout } = await run(t, ['diagnose', '-', ...keys], { ...world, stdin: signed.stdout })
  assert.match(stdout, /^VALID {2}the signature matches/)
  assert.equal(code, 0)
})

test('--redact chooses how much is hidden; there is no level that shows secrets', async (t) => {
  const at = async (level: string) => run(t, ['diagnose', 'error.xml', 'request.http', '--format', 'json', '--redact', level], world)
  const comparison = ['diagnose', 'error.xml', 'request.http', '--secret-file', 'secret', '--diff']
  assert.match((await at('none')).stderr, /--redact must be one of keys, safe, strict/)
  assert.match((await at('strict')).stdout, /<file-1>|"findings"/)
  assert.doesNotMatch((await at('strict')).stdout, /bucket\.s3|photos/)
  assert.equal((await run(t, comparison, world)).code, 1)
})
