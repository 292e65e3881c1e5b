import assert from 'node:assert/strict'
import { test } from 'node:test'
import { querySeparatorEscaped } from '../../src/causes/query-separator-escaped.ts'
import { canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/query-separator-escaped.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: querySeparatorEscaped,
  inject,
  correct: [standardInputs({ target: '/a?list-type=2&prefix=x' }), standardInputs({ target: '/?a=1&b=2&c=3' })],
  forms: 4,
  idle: { inputs: standardInputs({ target: '/?a=1&b=2' }), params: { as: 'html' } },
})

test('"amp;" in a name, \\u0026 in a value and a backslash at its end are strong reasons', () => {
  const made = (target: string) => reported(querySeparatorEscaped, caseOf({ verifier: standardInputs({ target }) }))[0]
  assert.deepEqual(made('/?a=1&amp;b=2')?.params, { as: 'html' })
  assert.deepEqual(made('/?a=1\\u0026b=2')?.params, { as: 'json' })
  assert.deepEqual(made('/?a=1\\&b=2')?.params, { as: 'shell' })
  assert.ok(made('/?a=1&amp;b=2')!.weight > 0.8)
  assert.equal(made('/?a=1&b=x%26y'), undefined)
})

test('names are decoded as parameters again', () => {
  const inputs = standardInputs({ target: '/?b=1\\u0026a=x%20y\\u0026c=' })
  assert.equal(canonicalRequestPart(querySeparatorEscaped.undo(inputs, { as: 'json' }), 'canonical-query-string'), 'a=x%20y&b=1&c=')
})
