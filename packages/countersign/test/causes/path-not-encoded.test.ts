import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathNotEncoded } from '../../src/causes/path-not-encoded.ts'
import { caseOf, clueOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/path-not-encoded.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const BEDROCK = standardInputs({ service: 'bedrock', method: 'POST', target: '/model/anthropic.claude-v1:0/invoke' })

causeContract({
  cause: pathNotEncoded,
  inject,
  correct: [
    BEDROCK,
    standardInputs({ service: 'es', target: '/metrics-*/_mapping' }),
    standardInputs({ target: "/a!'(b)*/c:d=e@f+g" }),
    standardInputs({ target: '/a%2Ab' }),
  ],
  forms: 4,
  idle: { inputs: standardInputs({ target: '/plain/path' }), params: { raw: ':*', of: 'canonical' } },
})

test('a reserved character in the path on the wire is a reason, and the label shows both spellings', () => {
  const file = caseOf({ verifier: BEDROCK })
  const [suspicion] = reported(pathNotEncoded, file)
  assert.ok(suspicion !== undefined && suspicion.weight >= 0.4)
  assert.match(suspicion.grounds.join(), /":"/)
  const { labels } = pathNotEncoded.explain({ params: suspicion.params, file, verifier: BEDROCK, signer: undefined })
  assert.equal(labels[0]?.calculated, '/model/anthropic.claude-v1%3A0/invoke')
  assert.equal(labels[0]?.signed, '/model/anthropic.claude-v1:0/invoke')
})

test('a hint alone is enough where no request is known, and worth nothing where the path is plain', () => {
  assert.equal(reported(pathNotEncoded, caseOf({ observations: [clueOf('path-not-encoded')] })).length, 1)
  assert.deepEqual(
    reported(pathNotEncoded, caseOf({ verifier: standardInputs({ target: '/ab' }), observations: [clueOf('path.encoding')] })),
    [],
  )
})
