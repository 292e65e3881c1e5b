/** Eight times as much evidence takes about eight times as long to suspect from, not sixty-four: of every kind that a request has many of. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseFile } from '../../src/case/case-file.ts'
import { trialsOf } from '../../src/diagnosis/suspicions.ts'
import { CAUSES } from '../../src/index.ts'
import type { Header } from '../../src/sigv4/http-request.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { type StandardRequest, standardInputs } from '../support/standard-inputs.ts'

const SMALL = 250
/** Between 8, which is linear, and 64. The machine may be busy. */
const MOST_TIMES = 24

const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i).padStart(6, '0'))
const named = (count: number, value: string): Header[] => numbers(count).map((i) => [`X-Amz-Meta-${i}`, value + i])
const form: Header = ['Content-Type', 'application/x-www-form-urlencoded']

const SENT: Readonly<Record<string, (count: number) => StandardRequest>> = {
  'signed headers': (n) => ({ headers: named(n, 'value ') }),
  'signed headers of one name': (n) => ({ headers: numbers(n).map((i) => ['X-Amz-Meta-A', i]) }),
  'unsigned headers': (n) => ({ headers: named(n, ''), unsigned: named(n, '').map(([name]) => name) }),
  parameters: (n) => ({ target: `/a?${numbers(n).join('=b&')}` }),
  'parameters without a value': (n) => ({ target: `/a?${'a&'.repeat(n)}` }),
  'escaped parameters': (n) => ({ target: `/a?${numbers(n).join('=%20+%2F&')}` }),
  segments: (n) => ({ target: `/${numbers(n).join('/')}` }),
  'escaped segments': (n) => ({ target: `/${'a%20b/'.repeat(n)}`, service: 'execute-api' }),
  slashes: (n) => ({ target: `/a${'/'.repeat(n)}`, service: 'execute-api' }),
  'lines of the body': (n) => ({ method: 'POST', body: 'a line of text\n'.repeat(n) }),
  'members of JSON': (n) => ({ method: 'POST', body: `{${numbers(n).map((i) => `"${i}": [1, "x"]`)}}` }),
  'nested JSON': (n) => ({ method: 'POST', body: `${'['.repeat(n)}${']'.repeat(n)}` }),
  'fields of a form': (n) => ({ method: 'POST', service: 'sts', headers: [form], body: `Action=A&${numbers(n).join('=a+b%20c&')}` }),
}

const CASES: Readonly<Record<string, (count: number) => CaseFile>> = {
  ...Object.fromEntries(
    Object.entries(SENT).map(([kind, sent]) => [
      kind,
      (count: number) => {
        const verifier = standardInputs(sent(count))
        return caseOf({ verifier, observations: [requestSeen('wire', verifier.request!)] })
      },
    ]),
  ),
  'headers that differ': (n) =>
    caseOf({ verifier: standardInputs({ headers: named(n, 'a') }), signerLog: standardInputs({ headers: named(n, 'b') }) }),
  'headers that were not signed': (n) => caseOf({ verifier: standardInputs({ headers: named(n, 'a') }), signerLog: standardInputs() }),
  'parameters that differ': (n) =>
    caseOf({
      verifier: standardInputs({ target: `/?${numbers(n).join('=a&')}` }),
      signerLog: standardInputs({ target: `/?${numbers(n).join('=b&')}` }),
    }),
}

for (const [kind, make] of Object.entries(CASES)) {
  test(`linear in the number of ${kind}`, () => {
    const [small, large] = [SMALL, 8 * SMALL].map((count) => least(() => make(count)))
    assert.ok(large! < MOST_TIMES * small!, `eight times as many take ${(large! / small!).toFixed(1)} times as long`)
  })
}

/** Microseconds of the processor that the quickest of some runs takes. Each gets a new case: nothing is known from the last. */
function least(make: () => CaseFile): number {
  let found = Number.POSITIVE_INFINITY
  for (let run = 0; run < 4; run++) {
    const file = make()
    const before = process.cpuUsage()
    trialsOf(file, CAUSES)
    const { user, system } = process.cpuUsage(before)
    found = Math.min(found, user + system)
  }
  return found
}
