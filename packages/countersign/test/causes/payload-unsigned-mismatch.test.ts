import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadUnsignedMismatch } from '../../src/causes/payload-unsigned-mismatch.ts'
import { diagnoseRefusal } from '../../src/server/refusal-diagnosis.ts'
import { STANDARD_PROFILE } from '../../src/sigv4/signing-profile.ts'
import { createVerifier, credentialsOf, type RefusedRequest } from '../../src/verifier/index.ts'
import { causeContract } from '../support/cause-contract.ts'
import { inject } from '../support/inject/payload-unsigned-mismatch.ts'
import { KEY_ID, NOW, plain, SECRET, signed } from '../support/signed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: payloadUnsignedMismatch,
  inject,
  correct: [standardInputs({ body: 'hello' }), { ...standardInputs(), payloadHash: 'UNSIGNED-PAYLOAD', authentication: 'query' }],
  forms: 2,
  idle: { inputs: standardInputs(), params: { signed: 'empty' } },
})

test('UNSIGNED-PAYLOAD signed for a service that hashes every body is proven, with the body and without', async () => {
  const profile = { ...STANDARD_PROFILE, unsignedPayload: 'accepted' } as const
  for (const body of ['Action=A', '']) {
    const refused: RefusedRequest[] = []
    const verifier = createVerifier({
      credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }),
      clock: () => NOW,
      onRefusal: (one) => refused.push(one),
    })
    await verifier.judge(signed(plain('POST', '/', body), 'sts', { unsignedPayload: true, profile }))
    for (const one of [refused[0]!, { ...refused[0]!, request: { ...refused[0]!.request, body: undefined } }]) {
      const { findings } = diagnoseRefusal(one)
      assert.deepEqual(
        [findings.length, findings[0]?.causes.join(), findings[0]?.proof.level],
        [1, 'payload-unsigned-mismatch', 'signature'],
      )
    }
  }
})
