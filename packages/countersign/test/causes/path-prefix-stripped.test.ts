import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathPrefixStripped } from '../../src/causes/path-prefix-stripped.ts'
import { caseOf, clueOf, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/path-prefix-stripped.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: pathPrefixStripped,
  inject,
  correct: [standardInputs({ target: '/items?x=1' }), standardInputs({ service: 'execute-api', target: '/a%20b/' })],
  forms: 2,
  idle: { inputs: standardInputs({ target: '/same' }), params: { prefix: '' } },
})

test('a hop that names the prefix or the path it received is a reason', () => {
  const made = (name: string, value: string) =>
    reported(pathPrefixStripped, caseOf({ verifier: standardInputs({ target: '/b/k', headers: [[name, value]], unsigned: [name] }) }))[0]
  assert.deepEqual(made('X-Forwarded-Prefix', '/minio/')?.params, { prefix: '/minio' })
  assert.deepEqual(made('X-Original-URI', '/store/v1/b/k?x=1')?.params, { prefix: '/store/v1' })
  assert.equal(made('X-Original-URI', '/b/k'), undefined)
})

test('a path seen elsewhere that ends with the received one is a reason; another path is none', () => {
  const verifier = standardInputs({ target: '/b/k' })
  const seen = (target: string) =>
    reported(
      pathPrefixStripped,
      caseOf({ verifier, observations: [requestSeen('signer', { method: 'GET', target, headers: [], body: undefined })] }),
    )[0]
  assert.deepEqual(seen('/minio/b/k')?.params, { prefix: '/minio' })
  assert.equal(seen('/minio/b/other'), undefined)
})

test('a hint alone claims no path', () => {
  const verifier = standardInputs({ target: '/b/k' })
  const file = caseOf({ verifier, observations: [clueOf('path.normalization', { directive: 'handle_path' }, ['path-prefix-stripped'])] })
  const [found] = reported(pathPrefixStripped, file)
  assert.deepEqual(found?.params, { prefix: '' })
  const said = pathPrefixStripped.explain({ params: found!.params, file, verifier, signer: undefined })
  assert.deepEqual(said.labels, [])
  assert.doesNotMatch(said.what, /\/b\/k/)
})
