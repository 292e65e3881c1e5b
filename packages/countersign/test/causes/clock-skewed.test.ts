import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockSkewed } from '../../src/causes/clock-skewed.ts'
import { durationText, offsetShape } from '../../src/causes/kit/clock-offset.ts'
import { fittingFixes } from '../../src/diagnosis/fitting-fixes.ts'
import { caseOf, client } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, headContract, MISMATCH, refusal, stated } from '../support/head-contract.ts'
import { standardInputs } from '../support/standard-inputs.ts'

headContract({ cause: clockSkewed, correct: [standardInputs(), standardInputs({ service: 'sts' })] })

const expired = (requestDate: string, now: string) => stated('request-expired', { requestDate, now, windowSeconds: '300' })

function whatOf(...observations: Parameters<typeof caseOf>[0]['observations'] & object): string {
  const file = caseOf({ observations })
  const [found] = reported(clockSkewed, file)
  assert.ok(found?.stated !== undefined)
  assertWhole(clockSkewed, found.params, file)
  return clockSkewed.explain({ params: found.params, file, verifier: undefined, signer: undefined }).what
}

test('the offset is computed out of the message, with its direction', () => {
  assert.match(whatOf(expired('20241108T195522Z', '20241108T200440Z')), /9 min 18 s behind/)
  assert.match(
    whatOf(stated('request-in-future', { requestDate: '20241108T201000Z', limit: '20241108T200500Z', windowSeconds: '300' })),
    /10 min ahead/,
  )
  assert.match(whatOf(stated('request-expired', { requestDate: '2018-09-24T10:04:57Z' })), /behind/)
  assert.match(whatOf(stated('time-skewed', {})), /too far from/)
})

test('offsets of the size of a zone, a half day or a day are named', () => {
  assert.match(whatOf(expired('20241108T130003Z', '20241108T200000Z')), /time-zone/)
  assert.match(whatOf(expired('20241108T143000Z', '20241108T200000Z')), /5 h 30 min, a zone/)
  assert.match(whatOf(expired('20241108T080000Z', '20241108T200000Z')), /12-hour clock/)
  assert.match(whatOf(expired('20241107T200000Z', '20241108T200000Z')), /exactly one day/)
  assert.match(whatOf(expired('20231230T101010Z', '20241229T101510Z')), /exactly one year/)
  assert.equal(offsetShape(364 * 86_400), undefined)
  assert.equal(offsetShape(-558), undefined)
  assert.equal(offsetShape(900), undefined)
  assert.equal(offsetShape(3720), undefined)
  assert.equal(durationText(-3600), '1 h 0 min')
})

test('a presigned URL used too late is not stated to be the clock', () => {
  const target = '/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host'
  const file = caseOf({
    verifier: { ...standardInputs({ target }), authentication: 'query' },
    observations: [expired('20150830T123600Z', '20150830T133600Z')],
  })
  assert.equal(reported(clockSkewed, file)[0]?.stated, undefined)
})

test('two clocks far apart are a reason, unless the service compared signatures', () => {
  const file = { ...caseOf({ verifier: standardInputs() }), now: Date.UTC(2015, 7, 30, 13, 36, 0) }
  assert.equal(reported(clockSkewed, file)[0]?.weight, 0.5)
  assert.deepEqual(reported(clockSkewed, { ...file, refusal: refusal('SignatureDoesNotMatch', MISMATCH) }), [])
})

test('the fix is for the client that was seen', () => {
  const file = caseOf({ observations: [expired('20241108T195522Z', '20241108T200440Z'), client('botocore', '1.34')] })
  const said = clockSkewed.explain({ params: reported(clockSkewed, file)[0]?.params, file, verifier: undefined, signer: undefined })
  assert.match(JSON.stringify(fittingFixes(file, [said.fixes])), /do not correct it/)
  assert.doesNotMatch(JSON.stringify(fittingFixes(file, [said.fixes])), /correctClockSkew/)
})
