import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseFile } from '../../src/case/case-file.ts'
import type { Cause, RefusedAt } from '../../src/causes/kit/cause.ts'
import { eliminated } from '../../src/diagnosis/eliminate.ts'
import { caseOf } from '../support/case.ts'
import { MISMATCH, refusal, response } from '../support/head-contract.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const S3_MISMATCH = 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'
const at = (...refusedAt: RefusedAt[]): Cause => ({ refusedAt }) as unknown as Cause
const seen = (refused: CaseFile['refusal'], host?: string, server?: string): CaseFile =>
  caseOf({
    ...(host !== undefined && { verifier: standardInputs({ host }) }),
    refusal: refused,
    observations: server === undefined ? [] : [response(403, { Server: server })],
  })
const s3 = refusal('SignatureDoesNotMatch', S3_MISMATCH, 's3')
const sts = refusal('SignatureDoesNotMatch', MISMATCH)

test("AWS's order: what is refused before had passed, what is refused after was not reached", () => {
  const file = seen(sts, 'sts.amazonaws.com')
  assert.match(eliminated(file, at('clock'))!, /had passed the check that refuses it \(clock\)/)
  assert.match(eliminated(file, at('scope', 'token'))!, /had passed/)
  assert.equal(eliminated(file, at('scope', 'signature')), undefined)
  const early = seen(refusal('SignatureDoesNotMatch', 'Signature expired: 20150830T123600Z is now earlier than x'), 'sts.amazonaws.com')
  assert.match(eliminated(early, at('signature'))!, /is refused at another check \(signature\)/)
})

test('S3 and its token: another check, but not said to have passed', () => {
  const file = seen(s3, 'b.s3.amazonaws.com')
  assert.match(eliminated(file, at('token', 'access-key'))!, /is refused at another check/)
  assert.match(eliminated(file, at('access-key'))!, /had passed/)
  assert.match(eliminated(file, at('payload'))!, /is refused at another check/)
})

test('a server of its own: nothing is ruled out, unless its order is known or it is S3 behind a name of the user', () => {
  assert.equal(eliminated(seen(s3, 'store.internal:9000'), at('clock')), undefined)
  assert.equal(eliminated(seen(s3, 'store.internal:9000', 'nginx'), at('clock')), undefined)
  assert.match(eliminated(seen(s3, 'store.internal:9000', 'MinIO'), at('clock'))!, /had passed/)
  // What is not known of a server rules nothing out.
  assert.equal(eliminated(seen(s3, 'store.internal:9000', 'MinIO'), at('token')), undefined)
  assert.match(eliminated(seen(s3, 'gw.internal:7070', 'VERSITYGW'), at('credential'))!, /had passed/)
  assert.match(eliminated(seen(s3, 'files.internal', 'AmazonS3'), at('clock'))!, /had passed/)
})

test('without a refusal, and without a check that it tells, nothing is ruled out', () => {
  assert.equal(eliminated(seen(undefined), at('clock')), undefined)
  assert.equal(eliminated(seen(refusal('AccessDenied', 'Access Denied', 's3')), at('clock')), undefined)
  assert.equal(eliminated(seen(s3), at('not-by-the-verifier')), undefined)
})
