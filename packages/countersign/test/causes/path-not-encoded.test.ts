import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathNotEncoded } from '../../src/causes/path-not-encoded.ts'
import { caseOf, clueOf } from '../support/case.ts'
import { causeLaws, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/path-not-encoded.ts'
import { lawfulInputs } from '../support/standard-inputs.ts'

const BEDROCK = lawfulInputs({ service: 'bedrock', method: 'POST', target: '/model/anthropic.claude-v1:0/invoke' })

causeLaws({
  cause: pathNotEncoded,
  inject,
  lawful: [
    BEDROCK,
    lawfulInputs({ service: 'es', target: '/metrics-*/_mapping' }),
    lawfulInputs({ target: "/a!'(b)*/c:d=e@f+g" }),
    lawfulInputs({ target: '/a%2Ab' }),
  ],
  forms: 4,
  idle: { inputs: lawfulInputs({ target: '/plain/path' }), params: { raw: ':*', of: 'canonical' } },
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
    reported(pathNotEncoded, caseOf({ verifier: lawfulInputs({ target: '/ab' }), observations: [clueOf('path.encoding')] })),
    [],
  )
})
