import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scopeDateInWeekYear } from '../../src/causes/scope-date-in-week-year.ts'
import { caseOf } from '../support/case.ts'
import { fitting, reported } from '../support/cause-contract.ts'
import { assertWhole, loggedCase, stated } from '../support/head-contract.ts'
import { inject } from '../support/inject/scope-date-in-week-year.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const correct = standardInputs()
const broken = inject(correct, 0)!

test('the mistake is found by search alone, and suspected with reason where the log shows it', () => {
  const found = fitting(scopeDateInWeekYear, caseOf({ verifier: broken.verifier }), broken)
  assert.ok(found !== undefined)
  const logged = fitting(scopeDateInWeekYear, loggedCase(broken), broken)
  assert.ok(logged !== undefined && logged.weight >= 0.9)
  const said = scopeDateInWeekYear.explain({ params: logged.params, file: loggedCase(broken), ...broken })
  assert.match(said.what, /20161230 on 20151230/)
})

test('the message is stated where the two days differ in the year only, and only around New Year', () => {
  const seen = (scopeDate: string, requestDay: string) =>
    reported(scopeDateInWeekYear, caseOf({ observations: [stated('scope-date-wrong', { scopeDate, requestDay })] }))
  assert.ok(seen('20261229', '20251229')[0]?.stated !== undefined)
  assert.ok(seen('20251229', '20241229').length === 1 && seen('20241231', '20251231').length === 0)
  assert.ok(seen('20240102', '20250102').length === 1)
  assert.deepEqual([...seen('20240830', '20250830'), ...seen('20251228', '20251229'), ...seen('', '')], [])
  assertWhole(scopeDateInWeekYear, {}, caseOf({}))
})

test('nothing is suspected of an empty case, nor of a day in summer', () => {
  assert.deepEqual([...scopeDateInWeekYear.suspect(caseOf({}))], [])
  assert.deepEqual([...scopeDateInWeekYear.suspect(caseOf({ verifier: correct }))], [])
  assert.equal(scopeDateInWeekYear.undo(correct, {}), correct)
})
