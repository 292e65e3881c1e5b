import assert from 'node:assert/strict'
import { test } from 'node:test'
import { presignedExpiresTooLong } from '../../src/causes/presigned-expires-too-long.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, MISMATCH, refusal } from '../support/head-contract.ts'
import { presigned } from '../support/presigned.ts'

const WEEK = 'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds'
const refused = refusal('AuthorizationQueryParametersError', WEEK, 's3')

test('a URL that asks for more than a week states it, where the service refused for that', () => {
  for (const given of ['604801', '31536000', '-1', '1440867360000', 'never']) {
    const file = caseOf({ observations: [requestSeen('wire', presigned(given))], refusal: refused })
    const [found] = reported(presignedExpiresTooLong, file)
    assert.ok(found?.stated?.kind === 'request', given)
    assertWhole(presignedExpiresTooLong, found.params, file)
    assert.ok(
      presignedExpiresTooLong.explain({ params: found.params, file, verifier: undefined, signer: undefined }).what.includes(`=${given}`),
    )
  }
})

test('the URL alone is a reason, not a statement; a correct life, and a service that compared signatures, are none', () => {
  const long = [requestSeen('wire', presigned('700000'))]
  const [found] = reported(presignedExpiresTooLong, caseOf({ observations: long }))
  assert.ok(found !== undefined && found.stated === undefined)
  assert.deepEqual(reported(presignedExpiresTooLong, caseOf({ observations: [requestSeen('wire', presigned('604800'))] })), [])
  const compared = refusal('SignatureDoesNotMatch', MISMATCH)
  assert.deepEqual(reported(presignedExpiresTooLong, caseOf({ observations: long, refusal: compared })), [])
  assert.deepEqual([...presignedExpiresTooLong.suspect(caseOf({}))], [])
  assert.equal(reported(presignedExpiresTooLong, caseOf({ refusal: refused })).length, 1)
})
