import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathRewritten } from '../../src/causes/path-rewritten.ts'
import { caseOf, clueOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { signedOtherwise } from '../support/inject/injection.ts'
import { inject } from '../support/inject/path-rewritten.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: pathRewritten,
  inject,
  correct: [standardInputs({ target: '/prod/Items?x=1' }), standardInputs({ service: 'execute-api', target: '/prod/a%20b/' })],
  forms: 3,
  idle: { inputs: standardInputs({ target: '/same' }), params: { signed: '/same' } },
})

test('a path of the log that differs in spelling only is left to narrower causes', () => {
  const verifier = standardInputs({ target: '/a%20b' })
  for (const uri of ['/a%2520b', '/a+b', '//a%20b', '/a b']) {
    const { signer } = signedOtherwise(verifier, { 'canonical-uri': uri })
    const made = [...pathRewritten.suspect(caseOf({ verifier, signerLog: signer }))].filter(({ weight }) => weight >= 0.2)
    assert.deepEqual(made, [], uri)
  }
})

test('where the path that was signed is not known, none is named', () => {
  const verifier = standardInputs({ target: '/items' })
  const file = caseOf({ verifier, observations: [clueOf('path-rewritten')] })
  const [found] = reported(pathRewritten, file)
  assert.deepEqual(found?.params, { signed: '' })
  assert.deepEqual(pathRewritten.explain({ params: found!.params, file, verifier, signer: undefined }).labels, [])
})
