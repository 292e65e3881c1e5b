/** Completeness on requests nobody wrote by hand: every injection, on random requests of S3 and of other services. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { diagnoseEvidence } from '../../src/index.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { EXAMPLE_SECRET } from '../support/golden.ts'
import { debugLog, errorXml } from '../support/golden-evidence.ts'
import { providedSignature } from '../support/inject/injection.ts'
import { injections } from '../support/injections.ts'
import { standardInputs } from '../support/standard-inputs.ts'

/** Fixed, so that a run can be repeated; SEED=<number> tries others. */
const SEED = Number(process.env['SEED'] ?? 2015)
/** Requests tried per cause; THOROUGH=1 tries more (see CONTRIBUTING.md). */
const RUNS = process.env['THOROUGH'] === undefined ? 40 : 150
const KNOWN = { secrets: [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }] }
const segment = fc.string({
  unit: fc.constantFrom('a', 'B', '7', '-', '.', '_', '~', '%20', '%2B', '%2F', '%C3%BC', '%3A', '%28'),
  minLength: 1,
  maxLength: 6,
})
const name = fc.string({ unit: fc.constantFrom('a', 'b', 'Z', '-', '9'), minLength: 1, maxLength: 4 })
const requests = fc.record({
  service: fc.constantFrom('s3', 's3', 'es', 'execute-api', 'sts'),
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
  target: fc
    .tuple(
      fc.oneof(
        fc.constantFrom(['a', '', 'b'], ['a', '.', 'b', '..', 'c']),
        fc.array(fc.oneof({ weight: 6, arbitrary: segment }, fc.constantFrom('', '.', '..')), { maxLength: 4 }),
      ),
      fc.uniqueArray(fc.tuple(name, fc.option(segment, { nil: '' })), { maxLength: 4, selector: ([key]) => key }),
    )
    .map(
      ([path, query]) =>
        `/${path.join('/')}${query.length === 0 ? '' : `?${query.map(([key, value]) => (value === '' ? key : `${key}=${value}`)).join('&')}`}`,
    ),
  headers: fc
    .subarray([
      ['Content-Type', 'application/json'],
      ['User-Agent', 'agent/1.0'],
      ['Accept-Encoding', 'identity'],
      ['Connection', 'keep-alive'],
      ['X-Amz-Meta-Name', 'gro\u00c3\u009f.jpg'],
      ['X-Amz-Meta-Note', 'two  words'],
      ['Range', 'bytes=0-9'],
      ['X-Amz-Object-Attributes', 'A'],
      ['X-Amz-Object-Attributes', 'B'],
      ['Date', 'Sun, 30 Aug 2015 12:36:00 GMT'],
    ] as [string, string][])
    .map((all) => [...all]),
  body: fc.constantFrom('', '{"a": 1}', 'line\n', 'b=1+2&a=%C3%BC%20'),
})

for (const { id, inject, ids } of await injections()) {
  test(`random requests, some presigned: ${id} is first, and proven by signature, where both texts and the secret are known`, () => {
    let tried = 0
    fc.assert(
      fc.property(requests, fc.nat(11), (request, choice) => {
        const broken = inject(standardInputs(request), choice)
        if (broken === undefined || providedSignature(broken) === providedSignature({ ...broken, signer: broken.verifier })) return
        tried++
        const sources = [
          { name: 'error.xml', text: errorXml(broken) },
          { name: 'debug.log', text: debugLog(broken) },
        ]
        const [first] = diagnoseEvidence(sources, KNOWN, { maxTrials: 3000 }).findings
        const named = [...(first?.causes ?? []), ...(first?.alternatives ?? [])]
        assert.equal(first?.proof.level, 'signature', `${named}`)
        assert.ok(
          ids.some((one) => named.includes(one)),
          `${named}`,
        )
      }),
      { numRuns: RUNS, seed: SEED },
    )
    assert.ok(tried > 0 || process.env['SEED'] !== undefined, 'no occasion')
  })
}
