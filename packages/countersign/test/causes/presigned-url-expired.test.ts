import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseFile } from '../../src/case/case-file.ts'
import { presignedUrlExpired } from '../../src/causes/presigned-url-expired.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, headContract, MISMATCH, refusal, stated } from '../support/head-contract.ts'
import { standardInputs } from '../support/standard-inputs.ts'

headContract({ cause: presignedUrlExpired, correct: [standardInputs(), standardInputs({ service: 'sts' })] })

const request = {
  method: 'GET',
  target:
    '/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20150830%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=00',
  headers: [['Host', 'b.s3.amazonaws.com']] as const,
  body: undefined,
}

test('the message is stated, and says how late it was', () => {
  const observations = [requestSeen('wire', request), stated('presigned-expired', { expires: '2015-08-30T12:37:00Z' })]
  const file: CaseFile = { ...caseOf({ observations }), now: Date.UTC(2015, 7, 30, 13, 37, 0) }
  const [found] = reported(presignedUrlExpired, file)
  assert.ok(found?.stated !== undefined)
  assertWhole(presignedUrlExpired, found.params, file)
  assert.match(
    presignedUrlExpired.explain({ params: found.params, file, verifier: undefined, signer: undefined }).what,
    /20150830T123700Z, 1 h 0 min before/,
  )
})

test('the URL and the clock alone are a reason, never stated, and none after a mismatch', () => {
  const file: CaseFile = { ...caseOf({ observations: [requestSeen('wire', request)] }), now: Date.UTC(2015, 7, 30, 13, 37, 0) }
  const [found] = reported(presignedUrlExpired, file)
  assert.equal(found?.weight, 0.4)
  assert.equal(found?.stated, undefined)
  assert.deepEqual(reported(presignedUrlExpired, { ...file, refusal: refusal('SignatureDoesNotMatch', MISMATCH) }), [])
  assert.deepEqual(reported(presignedUrlExpired, { ...file, now: Date.UTC(2015, 7, 30, 12, 36, 30) }), [])
})
