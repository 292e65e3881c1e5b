import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requestRetriedStale } from '../../src/causes/request-retried-stale.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, headContract, stated } from '../support/head-contract.ts'
import { inject } from '../support/inject/request-retried-stale.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const correct = standardInputs()

test('both orders of two signings are found, with reason, and explained', () => {
  for (const choice of [0, 1]) {
    const one = inject(correct, choice)
    assert.ok(one !== undefined)
    const file = caseOf({ verifier: one.verifier, observations: [requestSeen('wire', one.verifier.request!)] })
    const found = [...requestRetriedStale.suspect(file)].find(({ params }) => {
      const undone = requestRetriedStale.undo(one.verifier, params)
      return JSON.stringify(undone.verbatim).includes('x-amz-date:20150830T123600Z')
    })
    assert.ok(found !== undefined && found.weight >= 0.4)
    assertWhole(requestRetriedStale, found.params, file)
    assert.equal(requestRetriedStale.explain({ params: found.params, file, verifier: one.verifier, signer: undefined }).labels.length, 1)
  }
})

test('one request date refused at two times was sent again', () => {
  const observations = ['20150830T130000Z', '20150830T131000Z'].map((now) =>
    stated('request-expired', { requestDate: '20150830T123600Z', now }),
  )
  const found = reported(requestRetriedStale, caseOf({ observations }))
  assert.deepEqual(found[0]?.params, { how: 'sent-again', waitedSeconds: 600 })
  assert.equal(found[0]?.stated, undefined)
})

headContract({ cause: requestRetriedStale, correct: [correct].slice(1) })

test('a correct request is no reason', () => {
  assert.deepEqual(reported(requestRetriedStale, caseOf({ verifier: correct, observations: [requestSeen('wire', correct.request!)] })), [])
  assert.equal(requestRetriedStale.undo(correct, { how: 'doubled', keep: 'last' }), correct)
})
