/** An access key ID that does not exist costs the work of one that does: counted in calls, not measured in time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { createVerifier, credentialsOf } from '../../src/verifier/index.ts'
import { KEY_ID, NOW, plain, SECRET, signed } from '../support/signed.ts'
import { ASKED, hashCalls, refusalOf, UNKNOWN_ID } from './constant-work.ts'

for (const [what, asked] of Object.entries(ASKED))
  test(`as much is hashed for an unknown access key ID as for a wrong signature: ${what}`, async () => {
    const [known, unknown] = [asked(KEY_ID), asked(UNKNOWN_ID)]
    // The first time, keys are derived and kept.
    assert.deepEqual([await refusalOf(known), await refusalOf(unknown)], ['signature', 'access-key'])
    const [forKnown, forUnknown] = [await hashCalls([known, known]), await hashCalls([unknown, unknown])]
    assert.ok((forKnown.get('compression.ts compressBlock') ?? 0) >= 8, JSON.stringify([...forKnown]))
    assert.deepEqual(Object.fromEntries(forUnknown), Object.fromEntries(forKnown))
  })

test('what stands in for the key of an unknown access key ID is good for nothing', async () => {
  const verifier = createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW })
  const standIn = new SecretAccessKey('no secret access key: the access key ID is not known')
  for (const service of ['s3', 'sts']) {
    const request = signed(plain('POST', '/b', 'x'), service, {}, { accessKeyId: UNKNOWN_ID, secretAccessKey: standIn })
    const outcome = await verifier.judge(request)
    assert.equal(outcome.ok ? 'accepted' : outcome.refused.error.check, 'access-key')
  }
})
