import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathEncodedDifferently } from '../../src/causes/path-encoded-differently.ts'
import { withPart } from '../../src/sigv4/index.ts'
import { caseOf } from '../support/case.ts'
import { causeContract } from '../support/cause-contract.ts'
import { signedOtherwise } from '../support/inject/injection.ts'
import { inject } from '../support/inject/path-encoded-differently.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: pathEncodedDifferently,
  inject,
  correct: [standardInputs({ target: '/%C3%BC/a%20b/c%2Fd/~e%2Bf' })],
  forms: 5,
  idle: { inputs: standardInputs({ target: '/plain' }), params: { spelling: 'plus-for-space' } },
})

test('a text that a narrower cause makes is left to it', () => {
  const verifier = standardInputs({ target: '/a%20b' })
  const { signer } = signedOtherwise(verifier, { 'canonical-uri': '/a%2520b' })
  assert.deepEqual(
    [...pathEncodedDifferently.suspect(caseOf({ verifier, signerLog: signer }))].filter(({ weight }) => weight > 0.2),
    [],
  )
})

test('an odd mixture of escapes in the log is found as it stands', () => {
  const verifier = standardInputs({ target: '/a%20b%2Bc%20d' })
  const { signer } = signedOtherwise(verifier, { 'canonical-uri': '/a%20b%2bc+d' })
  const found = [...pathEncodedDifferently.suspect(caseOf({ verifier, signerLog: signer }))].find(({ weight }) => weight >= 0.9)
  assert.deepEqual(found?.params, { spelling: 'observed', observed: '/a%20b%2bc+d' })
})

test("a signer's URI that begins with an escaped slash is a reason without any verifier", () => {
  const { signer } = signedOtherwise(standardInputs({ target: '/x' }), { 'canonical-uri': '/%2Fdemo-bucket/job.py' })
  const [found] = [...pathEncodedDifferently.suspect(caseOf({ signerLog: signer }))]
  assert.ok(found !== undefined && found.weight >= 0.5)
  assert.match(found.grounds.join(), /escaped slash/)
})

test('a path of which a hop only folded slashes or dots is no other spelling', () => {
  const service = (target: string) => withPart(standardInputs({ target }), 'canonical-uri', '/a/b.txt')
  const asSent = (target: string) =>
    [...pathEncodedDifferently.suspect(caseOf({ verifier: service(target) }))].some(
      ({ params }) => (params as { spelling: string }).spelling === 'as-sent',
    )
  assert.equal(asSent('/a//b.txt'), false)
  assert.equal(asSent('/a/./b.txt'), false)
  assert.equal(asSent('/a%2Fb.txt'), true)
})
