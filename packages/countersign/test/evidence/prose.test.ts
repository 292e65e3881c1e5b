import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prose } from '../../src/evidence/prose.ts'
import { read, readerLaws, seenOf } from './reader-laws.ts'

readerLaws(prose)

const hints = (text: string): string[] => seenOf(read(prose, text), 'hint').map(({ hint }) => hint)

test('which keys fail is a reason of small weight', () => {
  const seen = seenOf(read(prose, 'Uploads work, only keys with a space or a plus in the name fail.\n'), 'hint')
  assert.ok(seen.length > 0 && seen.every(({ weight }) => weight <= 0.6))
})

test('code, XML and JSON are not prose', () => {
  for (const text of ['<Error><Code>SignatureDoesNotMatch</Code></Error>', '{"message":"Signature expired"}'])
    assert.deepEqual(hints(text), [])
})
