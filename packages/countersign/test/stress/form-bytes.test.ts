/** A browser's form, each of its bytes before the file changed in many ways: accepted only where it still says what was signed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signPostPolicy } from '../../src/sigv4/post-policy.ts'
import { createVerifier, credentialsOf, type Outcome } from '../../src/verifier/index.ts'
import { CREDENTIALS, KEY_ID, NOW, plain, SECRET } from '../support/signed.ts'

const verifier = createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW })

/** The policy leaves nothing open: each field has to have the very value. */
const CONDITIONS = [
  { bucket: 'bucket' },
  { key: 'up/one' },
  { acl: 'private' },
  { 'x-amz-meta-note': 'a b' },
  ['content-length-range', 1, 50],
]
const FIELDS: readonly (readonly [string, string])[] = [
  ['key', 'up/one'],
  ['acl', 'private'],
  ['x-amz-meta-note', 'a b'],
  ...signPostPolicy({ expiration: NOW + 60_000, conditions: CONDITIONS }, CREDENTIALS, { now: NOW, region: 'eu-west-1' }).map(
    ({ name, value }) => [name, value] as const,
  ),
]
const PARTS = FIELDS.map(([name, value]) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')
const BODY = Buffer.from(`${PARTS}--B\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\ncontent\r\n--B--\r\n`)
const OTHERS = [1, 32, 128]
const TELLING = [...'\n";$'].map((one) => one.charCodeAt(0))

/** What an accepted form says: where to, and each field by its name whatever its case. */
function saidBy(outcome: Outcome): string {
  if (!outcome.ok) return outcome.refused.error.code
  const { bucket, key, fields } = outcome.form!
  const named = [...fields].map(([name, value]) => `${name.toLowerCase()}=${value}`).sort()
  return JSON.stringify({ bucket, key, named, content: Buffer.concat(outcome.pieces).toString('latin1') })
}

test('no other byte before the file is accepted, but where it says the same', async () => {
  const request = { ...plain('POST', '/bucket', '', [['Content-Type', 'multipart/form-data; boundary=B']]), body: BODY }
  const said = saidBy(await verifier.judge(request))
  assert.match(said, /"key":"up\/one"/)
  let [asked, accepted] = [0, 0]
  for (let at = 0; at < PARTS.length; at++) {
    for (const byte of [...OTHERS.map((bit) => BODY[at]! ^ bit), ...TELLING]) {
      if (byte === BODY[at]) continue
      const body = Buffer.from(BODY)
      body[at] = byte
      const outcome = await verifier.judge({ ...request, body })
      asked++
      if (!outcome.ok) continue
      accepted++
      assert.equal(
        saidBy(outcome),
        said,
        `byte ${at} as ${byte}: ${JSON.stringify(body.subarray(Math.max(0, at - 40), at + 40).toString('latin1'))}`,
      )
    }
  }
  assert.ok(asked > 4000)
  assert.ok(accepted > 0 && accepted < asked / 10, `${accepted} of ${asked}`)
})
