import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scopeRegionAndServiceSwapped } from '../../src/causes/scope-region-and-service-swapped.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { fitting, reported } from '../support/cause-contract.ts'
import { assertWhole, loggedCase, stated } from '../support/head-contract.ts'
import { arrivedRequest } from '../support/inject/injection.ts'
import { inject } from '../support/inject/scope-region-and-service-swapped.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const correct = standardInputs({ service: 'execute-api' })
const broken = inject(correct, 0)!

test('the mistake is found by search alone, and suspected with reason where the log shows it', () => {
  assert.ok(fitting(scopeRegionAndServiceSwapped, caseOf({ verifier: correct }), broken) !== undefined)
  const logged = fitting(scopeRegionAndServiceSwapped, loggedCase(broken), broken)
  assert.ok(logged !== undefined && logged.weight >= 0.9)
})

test("the service's message about a scope that is swapped is stated, and both are named", () => {
  const request = arrivedRequest({ signer: broken.signer, verifier: broken.signer })
  const observations = [requestSeen('wire', request), stated('region-wrong', { signed: 'execute-api' }), stated('service-wrong', {})]
  const file = caseOf({ observations })
  const [found] = reported(scopeRegionAndServiceSwapped, file)
  assert.ok(found?.stated !== undefined)
  assertWhole(scopeRegionAndServiceSwapped, found.params, file)
  const said = scopeRegionAndServiceSwapped.explain({ params: found.params, file, verifier: undefined, signer: undefined })
  assert.equal(said.fixes[0]?.command, 'region = "us-east-1", service = "execute-api"')
})

test('a correct scope, an empty case and a service that looks like a region are no reason', () => {
  assert.deepEqual([...scopeRegionAndServiceSwapped.suspect(caseOf({}))], [])
  const observations = [requestSeen('wire', arrivedRequest({ signer: correct, verifier: correct })), stated('region-wrong')]
  assert.deepEqual(reported(scopeRegionAndServiceSwapped, caseOf({ observations })), [])
  assert.equal(scopeRegionAndServiceSwapped.undo(correct, {}), correct)
})
