/** `curl -H @file`, where the file is among the pieces. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ObservationOf } from '../../src/case/observation.ts'
import { readEvidence } from '../../src/intake/index.ts'

const FILE = 'X-Amz-Date: 20260204T060708Z\nHost: box.store.example\nX-Amz-Meta-A: 1\n'
const CURL = 'curl -T a.bin -H @sign.txt -H "X-Amz-Meta-B: 2" https://10.0.0.7:9000/box/a.bin\n'

const requests = (...texts: readonly (readonly [name: string, text: string])[]): ObservationOf<'request'>['request'][] =>
  readEvidence(texts.map(([name, text]) => ({ name, text }))).flatMap((one) => (one.kind === 'request' ? [one.request] : []))

test('the headers of the file are those of the request, and its Host takes the place of the one of the URL', () => {
  const merged = { method: 'PUT', target: '/box/a.bin', names: ['x-amz-meta-b', 'x-amz-date', 'host', 'x-amz-meta-a'] }
  for (const texts of [
    [
      ['sign.txt', FILE],
      ['b.txt', CURL],
    ],
    [
      ['b.txt', CURL],
      ['a.txt', `$ cat sign.txt\n${FILE}`],
    ],
  ] as const)
    assert.deepEqual(
      requests(...texts).map(({ method, target, headers }) => ({ method, target, names: headers.map(([name]) => name.toLowerCase()) })),
      [merged],
    )
})

test('of two files that may be it, none is taken, unless its name is the one', () => {
  const other = FILE.replace('Meta-A', 'Meta-C')
  assert.equal(requests(['a.txt', FILE], ['b.txt', other], ['c.txt', CURL]).length, 3)
  const [, first] = requests(['b.txt', other], ['c.txt', CURL], ['sign.txt', FILE])
  assert.ok(first?.headers.some(([name]) => name === 'X-Amz-Meta-A'))
})
