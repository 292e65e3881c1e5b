/** Machines compared by the fingerprints of their keys. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { run } from './fake-io.ts'

const ID = 'AKIAIOSFODNN7EXAMPLE'
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const OLD = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEOLD'
const NOWHERE = { HOME: '/nonexistent', PATH: '/nonexistent' }
const FLEET_KEY = 'correct horse battery staple'

async function worker(t: TestContext, secret: string, more: readonly string[] = [], key = FLEET_KEY) {
  const env = { ...NOWHERE, AWS_ACCESS_KEY_ID: ID, AWS_SECRET_ACCESS_KEY: secret }
  const args = ['keys', 'verify', '--fingerprint-key-file', 'fleet.key', '--format', 'json', ...more]
  const { code, stdout, stderr } = await run(t, args, { env, files: { 'fleet.key': key } })
  assert.ok(!stdout.includes(secret) && !stdout.includes(ID), stdout)
  return { code, stdout, stderr }
}

test('one stale worker of twenty is found', async (t) => {
  const [right, stale] = [(await worker(t, SECRET)).stdout, (await worker(t, OLD)).stdout]
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`worker-${i + 1}.json`, i === 16 ? stale : right]))
  const { code, stdout } = await run(t, ['keys', 'verify', '--fleet', 'worker-*.json'], { files, env: NOWHERE })
  assert.equal(code, 1)
  assert.equal(stdout, 'AKIA...MPLE: worker-17 has another secret for the same ID than 19 others\n')
  const json = await run(t, ['keys', 'verify', '--fleet', '--format', 'json', ...Object.keys(files)], { files, env: NOWHERE })
  const [found, ...more] = JSON.parse(json.stdout).divergences
  assert.deepEqual(more, [])
  assert.deepEqual(found.others, ['worker-17'])
  assert.equal(found.agreeing.length, 19)
})

test('machines with the same secret agree', async (t) => {
  const { stdout: one } = await worker(t, SECRET)
  const { code, stdout } = await run(t, ['keys', 'verify', '--fleet', 'a.json', 'b.json'], { files: { 'a.json': one, 'b.json': one } })
  assert.equal(code, 0)
  assert.equal(stdout, '2 machines agree\n')
})

test('of two machines nobody says who is right, until a probe does', async (t) => {
  const server = createServer((request, response) => {
    request.resume()
    // Which secret signed is for a verifier to say; here the refused one asks at another path.
    const refused = request.url?.startsWith('/old') === true
    response.writeHead(refused ? 403 : 200, { 'content-type': 'text/xml' })
    response.end(
      refused
        ? '<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error></ErrorResponse>'
        : '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/ada</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const unasked = { 'a.json': (await worker(t, SECRET)).stdout, 'b.json': (await worker(t, OLD)).stdout }
  const before = await run(t, ['keys', 'verify', '--fleet', 'a.json', 'b.json'], { files: unasked })
  assert.match(before.stdout, /different secrets for the same ID: a, b/)
  const accepted = await worker(t, SECRET, ['--online', '--endpoint-url', at])
  const refused = await worker(t, OLD, ['--online', '--endpoint-url', `${at}/old`])
  assert.deepEqual([accepted.code, refused.code], [0, 1], accepted.stderr + refused.stderr)
  const { stdout } = await run(t, ['keys', 'verify', '--fleet', 'a.json', 'b.json'], {
    files: { 'a.json': accepted.stdout, 'b.json': refused.stdout },
  })
  assert.match(stdout, /b has another secret for the same ID than a; its secret is stale/)
})

test('what cannot be compared is said', async (t) => {
  const one = (await worker(t, SECRET)).stdout
  const other = (await worker(t, SECRET, [], 'another key of the fleet')).stdout
  const files = { 'a.json': one, 'b.json': other, 'c.json': '{"keys":[{"secret":1}]}', 'd.json': 'no JSON' }
  for (const [names, says] of [
    [['a.json', 'b.json'], /another fingerprint key/],
    [['a.json', 'c.json'], /c\.json is no output/],
    [['a.json', 'd.json'], /d\.json is no output/],
    [['a.json', 'e.json'], /cannot read e\.json/],
    [['a.json'], /two machines or more/],
  ] as const) {
    const { code, stderr } = await run(t, ['keys', 'verify', '--fleet', ...names], { files })
    assert.equal(code, 2)
    assert.match(stderr, says)
  }
  assert.equal((await run(t, ['keys', 'rotate'], {})).code, 2)
  assert.equal((await run(t, ['keys', 'verify'], { env: NOWHERE })).code, 3)
})
