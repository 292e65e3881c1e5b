import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateFault } from '../../src/causes/kit/date-form.ts'
import { requestDateMalformed } from '../../src/causes/request-date-malformed.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, headContract, MISMATCH, refusal, stated } from '../support/head-contract.ts'
import { inject } from '../support/inject/request-date-malformed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

headContract({ cause: requestDateMalformed, inject, forms: 4, correct: [standardInputs(), standardInputs({ service: 'sts' })] })

const dated = (date: string) => ({
  method: 'GET',
  target: '/',
  headers: [
    ['Host', 'h'],
    ['x-amz-date', date],
  ] as const,
  body: undefined,
})

test('each form has its name', () => {
  assert.equal(dateFault('20150830T123600Z'), undefined)
  assert.match(dateFault('20240730T143802UTC') ?? '', /name of the zone/)
  assert.match(dateFault('2015-08-30T12:36:00Z') ?? '', /extended form/)
  assert.match(dateFault('20150830T023600PM') ?? '', /12-hour/)
  assert.match(dateFault('20150830T123600+0200') ?? '', /local time/)
  assert.match(dateFault('20153008T123600Z') ?? '', /no such day/)
})

test('the request states it, together with the message or alone', () => {
  const file = caseOf({ observations: [requestSeen('wire', dated('20240730T143802UTC'))] })
  assert.equal(reported(requestDateMalformed, file)[0]?.stated?.kind, 'request')
  const both = caseOf({ observations: [requestSeen('wire', dated('20240730T143802UTC')), stated('date-missing-or-malformed')] })
  const found = reported(requestDateMalformed, both)
  assert.equal(found.length, 1)
  assert.equal(found[0]?.stated?.kind, 'stated')
  assertWhole(requestDateMalformed, found[0]?.params, both)
  assert.match(requestDateMalformed.explain({ params: found[0]?.params, file: both, verifier: undefined, signer: undefined }).what, /UTC/)
})

test('variables and empty texts are not judged', () => {
  for (const date of ['{amzDate}', '$DATE', '{{timestamp}}', '', 'amzdate'])
    assert.deepEqual(reported(requestDateMalformed, caseOf({ observations: [requestSeen('wire', dated(date))] })), [])
})

test('masked dates, forms that services read, and a later refusal are not stated', () => {
  assert.deepEqual(reported(requestDateMalformed, caseOf({ observations: [requestSeen('wire', dated('<redacted>'))] })), [])
  assert.equal(
    reported(requestDateMalformed, caseOf({ observations: [requestSeen('wire', dated('2015-08-30T12:36:00Z'))] }))[0]?.stated,
    undefined,
  )
  const late = caseOf({
    observations: [requestSeen('wire', dated('20240730T143802UTC'))],
    refusal: refusal('SignatureDoesNotMatch', MISMATCH),
  })
  assert.equal(reported(requestDateMalformed, late)[0]?.stated, undefined)
})
