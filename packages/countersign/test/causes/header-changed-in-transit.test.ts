import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerChangedInTransit } from '../../src/causes/header-changed-in-transit.ts'
import { caseOf } from '../support/case.ts'
import { causeLaws, reported } from '../support/cause-laws.ts'
import { inject } from '../support/inject/header-changed-in-transit.ts'
import { lawfulInputs } from '../support/lawful.ts'

causeLaws({
  cause: headerChangedInTransit,
  inject,
  lawful: [
    lawfulInputs({
      headers: [
        ['Accept-Encoding', 'identity'],
        ['Content-Type', 'application/json'],
        ['X-Forwarded-For', '192.0.2.1'],
      ],
    }),
  ],
  forms: 3,
  idle: { inputs: lawfulInputs(), params: { values: [['accept-encoding', 'gzip']] } },
})

test('a signed accept-encoding is a reason by itself, an unsigned one is not', () => {
  const headers = [['Accept-Encoding', 'identity']] as const
  assert.equal(reported(headerChangedInTransit, caseOf({ verifier: lawfulInputs({ headers }) })).length, 1)
  assert.deepEqual(reported(headerChangedInTransit, caseOf({ verifier: lawfulInputs({ headers, unsigned: ['Accept-Encoding'] }) })), [])
})

test('no session token is shown', () => {
  const verifier = lawfulInputs({ headers: [['X-Amz-Security-Token', 'TOKENINNEWSPELLING']] })
  const params = { values: [['x-amz-security-token', 'ANOTHERTOKEN']] }
  const said = headerChangedInTransit.explain({
    params,
    file: caseOf({ verifier }),
    verifier,
    signer: headerChangedInTransit.undo(verifier, params),
  })
  assert.doesNotMatch(JSON.stringify(said), /TOKENINNEWSPELLING|ANOTHERTOKEN/)
})
