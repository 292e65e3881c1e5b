import assert from 'node:assert/strict'
import { test } from 'node:test'
import { presignedUrlOutlivedItsToken } from '../../src/causes/presigned-url-outlived-its-token.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, stated } from '../support/head-contract.ts'
import { presigned } from '../support/presigned.ts'

const url = requestSeen('wire', presigned('86400'))

test('an expired token in a URL that was to live longer is stated, and says how much longer', () => {
  const file = { ...caseOf({ observations: [url, stated('token-expired')] }), now: Date.UTC(2015, 7, 30, 18, 36, 0) }
  const [found] = reported(presignedUrlOutlivedItsToken, file)
  assert.ok(found?.stated !== undefined)
  assertWhole(presignedUrlOutlivedItsToken, found.params, file)
  const said = presignedUrlOutlivedItsToken.explain({ params: found.params, file, verifier: undefined, signer: undefined })
  assert.match(said.what, /18 h 0 min before the URL itself would have/)
})

test('a URL that had ended too, a request that is not presigned, and a token that was not refused are no reason', () => {
  const late = { ...caseOf({ observations: [url, stated('token-expired')] }), now: Date.UTC(2015, 8, 1) }
  assert.deepEqual(reported(presignedUrlOutlivedItsToken, late), [])
  assert.deepEqual(reported(presignedUrlOutlivedItsToken, caseOf({ observations: [stated('token-expired')] })), [])
  assert.deepEqual([...presignedUrlOutlivedItsToken.suspect(caseOf({ observations: [url] }))], [])
})
