import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerRepeatedWrongly } from '../../src/causes/header-repeated-wrongly.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/header-repeated-wrongly.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: headerRepeatedWrongly,
  inject,
  correct: [
    standardInputs({
      headers: [
        ['X-Amz-Object-Attributes', 'ObjectSize'],
        ['X-Amz-Object-Attributes', 'Checksum'],
      ],
    }),
  ],
  forms: 6,
  idle: { inputs: standardInputs(), params: { as: 'first' } },
})

test("the signer's own text has the name on two lines", () => {
  const verifier = standardInputs({
    headers: [
      ['X-Amz-Object-Attributes', 'ObjectSize'],
      ['X-Amz-Object-Attributes', 'Checksum'],
    ],
  })
  const log = inject(verifier, 3)!.signer
  const file = { ...caseOf({ signerLog: log }) }
  const [found] = reported(headerRepeatedWrongly, file)
  assert.deepEqual(found?.params, { as: 'first-on-every-line' })
})

test('a name that the list of signed headers has twice is wrong by itself', () => {
  const once = standardInputs()
  const twice = { ...once, signedHeaders: [once.signedHeaders[0]!, ...once.signedHeaders] }
  const [found] = reported(headerRepeatedWrongly, caseOf({ verifier: twice }))
  assert.deepEqual(found?.params, { as: 'listed-twice' })
  assert.match(found!.grounds[0]!, /stands twice among the signed headers/)
  assert.deepEqual(reported(headerRepeatedWrongly, caseOf({ verifier: once })), [])
  const said = headerRepeatedWrongly.explain({
    params: { as: 'listed-twice' },
    file: caseOf({ verifier: twice }),
    verifier: twice,
    signer: undefined,
  })
  assert.equal(said.what, 'a header is listed twice among the signed headers')
})
