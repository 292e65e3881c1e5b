/** A request seen in the evidence that is not the one the verifier calculated with must not lend its spelling to a cause. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { errorXml, requestText } from '../support/golden-evidence.ts'
import { changedInTransit } from '../support/inject/injection.ts'
import { standardInputs } from '../support/standard-inputs.ts'

test('another key is a path that was rewritten, not one that was encoded differently', () => {
  const signed = standardInputs({ target: '/photos/a%20b.jpg?x=1' })
  const broken = changedInTransit(signed, { target: '/photos/a%20c.jpg?x=1' })!
  const sources = [
    { name: 'error.xml', text: errorXml(broken) },
    { name: 'request.http', text: requestText({ signer: signed, verifier: signed }) },
  ]
  const [first] = diagnoseEvidence(sources).findings
  assert.deepEqual(first?.causes, ['path-rewritten'])
  assert.deepEqual(first.alternatives, [])
  // The request is a capture: somebody may have replaced names in it before posting.
  assert.equal(first.proof.level, 'none')
})

test('another parameter value is a change of the query, not of its encoding', () => {
  const signed = standardInputs({ target: '/k?expires=900&x=a%20b' })
  const broken = changedInTransit(signed, { target: '/k?expires=9000&x=a%20b' })!
  const sources = [
    { name: 'error.xml', text: errorXml(broken) },
    { name: 'request.http', text: requestText({ signer: signed, verifier: signed }) },
  ]
  const [first] = diagnoseEvidence(sources).findings
  assert.deepEqual(first?.causes, ['query-changed-in-transit'])
  assert.deepEqual(first.alternatives, [])
})
