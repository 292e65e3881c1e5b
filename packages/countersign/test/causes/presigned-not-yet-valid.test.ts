import assert from 'node:assert/strict'
import { test } from 'node:test'
import { presignedNotYetValid } from '../../src/causes/presigned-not-yet-valid.ts'
import { caseOf, clueOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, stated } from '../support/head-contract.ts'
import { presigned } from '../support/presigned.ts'

test('the message is stated, and says by how much and of what shape', () => {
  const observations = [requestSeen('wire', presigned('900')), stated('presigned-not-yet-valid')]
  const file = { ...caseOf({ observations }), now: Date.UTC(2015, 7, 30, 10, 36, 4) }
  const [found] = reported(presignedNotYetValid, file)
  assert.ok(found?.stated !== undefined)
  assertWhole(presignedNotYetValid, found.params, file)
  const said = presignedNotYetValid.explain({ params: found.params, file, verifier: undefined, signer: undefined })
  assert.match(said.what, /1 h 59 min 56 s before its X-Amz-Date: a whole number of hours/)
})

test('without the message nothing is suspected; a hint that speaks of it is a reason, another of the class is none', () => {
  assert.deepEqual([...presignedNotYetValid.suspect(caseOf({ observations: [requestSeen('wire', presigned('900'))] }))], [])
  assert.equal(reported(presignedNotYetValid, caseOf({ observations: [clueOf('presigned-not-yet-valid')] })).length, 1)
  assert.deepEqual(reported(presignedNotYetValid, caseOf({ observations: [clueOf('clock.skew')] })), [])
})
