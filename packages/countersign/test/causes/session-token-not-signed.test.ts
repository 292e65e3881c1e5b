import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionTokenNotSigned } from '../../src/causes/session-token-not-signed.ts'
import { canonicalRequest } from '../../src/sigv4/canonical-request.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, MISMATCH, refusal, stated } from '../support/head-contract.ts'
import { arrivedRequest } from '../support/inject/injection.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const QUERY =
  'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20150830T123600Z&X-Amz-Expires=900&X-Amz-Security-Token=EXAMPLEtoken&X-Amz-SignedHeaders=host'
const url = { ...standardInputs({ target: `/k?${QUERY}` }), authentication: 'query' } as const

test('a token added to a finished URL is undone: the signature is that of the query without it', () => {
  const signed = { ...url, verbatim: { 'canonical-query-string': QUERY.replace('X-Amz-Security-Token=EXAMPLEtoken&', '') } }
  const file = caseOf({ verifier: url, signerLog: signed })
  const found = [...sessionTokenNotSigned.suspect(file)].find(({ params }) => (params as { to: string }).to === 'query')
  assert.ok(found !== undefined && found.weight >= 0.9)
  const undone = sessionTokenNotSigned.undo(url, found.params)
  assert.equal(canonicalRequest(undone), canonicalRequest(signed))
  const said = sessionTokenNotSigned.explain({ params: found.params, file, verifier: url, signer: undone })
  assert.ok(said.labels.length === 1 && !JSON.stringify(said).includes('EXAMPLEtoken'))
})

test("the service's message that names the token is stated; a request that shows it is a reason, until signatures are compared", () => {
  const file = caseOf({ observations: [stated('headers-not-signed', { names: 'x-amz-security-token' })] })
  const [found] = reported(sessionTokenNotSigned, file)
  assert.ok(found?.stated !== undefined)
  assertWhole(sessionTokenNotSigned, found.params, file)
  assert.deepEqual(reported(sessionTokenNotSigned, caseOf({ observations: [stated('headers-not-signed', { names: 'x-amz-acl' })] })), [])
  const correct = standardInputs({ headers: [['X-Amz-Security-Token', 'EXAMPLEtoken']], unsigned: ['X-Amz-Security-Token'] })
  const observations = [requestSeen('wire', arrivedRequest({ signer: correct, verifier: correct }))]
  assert.equal(reported(sessionTokenNotSigned, caseOf({ observations })).length, 1)
  assert.deepEqual(reported(sessionTokenNotSigned, caseOf({ observations, refusal: refusal('SignatureDoesNotMatch', MISMATCH) })), [])
})

test('nothing is suspected of an empty case; undo gives the same object where there is no token', () => {
  assert.deepEqual([...sessionTokenNotSigned.suspect(caseOf({}))], [])
  const correct = standardInputs()
  for (const to of ['header', 'query']) assert.equal(sessionTokenNotSigned.undo(correct, { to }), correct)
})
