/** What people call their variables, in which order they paste, and where they cut changes nothing in the first answer. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CALL_RULES } from '../../src/clues/calls/call-rules.ts'
import { diagnoseEvidence } from '../../src/index.ts'

const REFUSAL =
  '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>\n'
/** The authors' own names in the rules' examples. */
const OWN_NAMES: readonly (readonly [name: RegExp, other: string])[] = [
  [/\burl\b(?!\s*[:(])/g, 'target9'],
  [/\blink\b/g, 'where7'],
  [/\bblob\b/g, 'stuff3'],
  [/\bcreds\b/g, 'who5'],
  [/\btenant\b/g, 'customer4'],
  [/\bcmd\b/g, 'order6'],
]

const answer = (...texts: readonly string[]): string =>
  diagnoseEvidence(texts.map((text, i) => ({ name: `piece-${i}`, text })))
    .findings.slice(0, 1)
    .map(({ causes }) => causes.join())
    .join()

for (const { id, fires = [] } of CALL_RULES)
  test(`${id}: the author's names, the order and the cuts change nothing`, () => {
    for (const code of fires) {
      const first = answer(code, REFUSAL)
      const renamed = OWN_NAMES.reduce((text, [name, other]) => text.replace(name, other), code)
      assert.equal(answer(renamed, REFUSAL), first, renamed)
      assert.equal(answer(REFUSAL, code), first, 'in another order')
      const lines = code.trimEnd().split('\n')
      if (lines.length === 2 && !/^(?:creds|\$cmd)/.test(code)) assert.equal(answer(lines[1]!, REFUSAL, lines[0]!), first, 'cut')
    }
  })
