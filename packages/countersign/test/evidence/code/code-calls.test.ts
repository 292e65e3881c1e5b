/** Calls in programs: what each language's way to write them says. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandCalls } from '../../../src/evidence/clients/command-calls.ts'
import { codeCalls } from '../../../src/evidence/code/code-calls.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'
import { CALL_SAMPLES } from './call-samples.ts'

readerLaws(codeCalls)

readerLaws(commandCalls)

const calls = (text: string) => [codeCalls, commandCalls].flatMap((reader) => seenOf(read(reader, text), 'call')).map(({ call }) => call)

for (const [language, samples] of Object.entries(CALL_SAMPLES))
  for (const [code, wanted] of samples)
    test(`${language}: ${code.slice(0, 70)}`, () => {
      const seen = calls(code)
      const shown = seen.map((call) => Object.fromEntries(Object.keys(wanted).map((name) => [name, call[name as keyof typeof call]])))
      assert.ok(
        shown.some((one) => JSON.stringify(one) === JSON.stringify(wanted)),
        JSON.stringify(seen),
      )
    })
