/** Of golden cases: a plan is a request that a right verifier takes, or a sentence says why there is none. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readEvidence } from '../../src/intake/index.ts'
import { planReplay } from '../../src/replay/index.ts'
import { authorizationOf, SecretAccessKey, verify } from '../../src/sigv4/index.ts'
import { golden, goldenReport, goldenSecrets, goldenSources } from '../support/golden.ts'

const ROOT = fileURLToPath(new URL('../cases', import.meta.url))
/** To diagnose all of them takes a minute. */
const EVERY = process.env['THOROUGH'] === '1' ? 1 : 9
const NOW = Date.UTC(2026, 2, 3)
const KEY = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey('another/secret/than/any/of/the/cases/9AB') }

test('every plan is right, whatever the evidence is', () => {
  const cases = golden(ROOT).filter((_, i) => i % EVERY === 0)
  let plans = 0
  for (const one of cases) {
    const observations = readEvidence(goldenSources(one))
    const given = {
      facts: { secrets: goldenSecrets(one), region: 'eu-west-1' },
      credentials: KEY,
      now: NOW,
      body: new TextEncoder().encode('hello'),
    }
    const found = planReplay(observations, goldenReport(one).diagnosis, given)
    if ('why' in found) {
      assert.match(found.why, /does not show|POST form|refuses a right signature|another one/, one.name)
      continue
    }
    plans++
    const verdict = verify(found.request, KEY.secretAccessKey, { now: NOW, region: 'eu-west-1' })
    assert.ok(verdict.ok, `${one.name}: ${verdict.ok ? '' : verdict.error.message}`)
    assert.equal(authorizationOf(found.request)?.by, found.carrier)
  }
  assert.ok(plans > cases.length / 2, `${plans} plans of ${cases.length} cases`)
})
