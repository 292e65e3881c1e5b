/** What a credential store may answer: nothing is accepted without a key of the caller's, and the programmer learns what to return. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { serveVerified } from '../../src/server/index.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { UNKNOWN_KEY } from '../../src/verifier/head-verdict.ts'
import { type AuditEvent, type CredentialStore, createVerifier, credentialsOf } from '../../src/verifier/index.ts'
import { CREDENTIALS, KEY_ID, NOW, plain, SECRET, signed } from '../support/signed.ts'

const VALUE = SECRET.dangerValue()
/** What programs without types return, and how the message names it. */
const MISTAKES: readonly (readonly [unknown, RegExp])[] = [
  [VALUE, /returned a string\./],
  [null, /returned null\./],
  [false, /returned a boolean\./],
  [{}, /whose key is undefined\./],
  [{ key: VALUE }, /whose key is a string\./],
  [{ secretAccessKey: VALUE }, /whose key is undefined\./],
  [{ key: { dangerValue: () => VALUE } }, /whose key is another object\./],
]

test('anything but a pair or undefined is a TypeError that says what to return, and not what was returned', async () => {
  for (const [answer, words] of MISTAKES)
    for (const store of [() => answer, async () => answer]) {
      const events: AuditEvent[] = []
      const verifier = createVerifier({ credentials: store as CredentialStore, clock: () => NOW, onEvent: (one) => events.push(one) })
      const judged = async () => verifier.judge(signed(plain('GET', '/b/k'), 's3'))
      const error = await judged().then(
        () => 'accepted',
        (reason: unknown) => reason,
      )
      assert.ok(error instanceof TypeError, String(error))
      assert.match(error.message, words)
      assert.match(error.message, /must return \{ key: new SecretAccessKey\('\.\.\.'\) \}, or undefined/)
      assert.equal(error.message.includes(VALUE), false)
      assert.deepEqual(
        events.map(({ code }) => code),
        ['store-failed'],
      )
    }
})

test('the key that replaces an unknown one opens nothing, whatever the store answers', async () => {
  const stranger = { ...CREDENTIALS, secretAccessKey: UNKNOWN_KEY }
  for (const answer of [undefined, ...MISTAKES.map(([mistake]) => mistake)])
    for (const service of ['s3', 'sts']) {
      const verifier = createVerifier({ credentials: (() => answer) as CredentialStore, clock: () => NOW })
      const judged = async () => verifier.judge(signed(plain('GET', '/b/k'), service, {}, stranger))
      const outcome = await judged().catch(() => undefined)
      assert.notEqual(outcome?.ok, true, String(answer))
    }
})

test('tables and options that cannot be meant fail at once', () => {
  assert.throws(() => credentialsOf({ [KEY_ID]: VALUE as never }), /TypeError: credentials must return/)
  assert.throws(() => createVerifier({ credentials: { [KEY_ID]: SECRET } as never }), /TypeError: credentials must be a function/)
  assert.throws(() => new SecretAccessKey(undefined as never), /TypeError: SecretAccessKey takes the secret as a string/)
})

test('a server whose store is wrong answers 500, and says why once', async () => {
  const warnings: Error[] = []
  const onWarning = (warning: Error) => warnings.push(warning)
  process.on('warning', onWarning)
  const server = createServer()
  serveVerified(server, createVerifier({ credentials: (() => VALUE) as never, clock: () => NOW }), (_, response) => response.end('in'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { method, target, headers } = signed(plain('GET', '/b/k', '', [], 'x'), 's3')
  for (let i = 0; i < 2; i++) {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${target}`
    const sent = headers.filter(([name]) => name !== 'Host').map(([name, value]): [string, string] => [name, value])
    assert.equal((await fetch(url, { method, headers: sent })).status, 500)
  }
  server.closeAllConnections()
  server.close()
  process.off('warning', onWarning)
  assert.deepEqual(
    warnings.map(({ name }) => name),
    ['TypeError'],
  )
})
