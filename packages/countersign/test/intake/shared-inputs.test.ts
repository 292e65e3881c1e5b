/** The small inputs of ../shared/inputs/README.md, where it is there: each has its right answer, and no proof of another. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Diagnosis } from '../../src/diagnosis/finding.ts'
import { diagnoseEvidence } from '../../src/index.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { type SharedInput, sharedInputs } from '../support/shared-inputs.ts'

/** Inputs whose answer is not right yet, by the start of their names, and what they wait for. One that comes right has to leave the list. */
const WAITING: Readonly<Record<string, string>> = {
  'W-D': 'a control beside a refusal in one paste',
  'W-F': 'the evaluation of signer code',
}

for (const input of sharedInputs()) {
  const waits = Object.entries(WAITING).find(([start]) => input.name.startsWith(start))?.[1]
  if (waits === undefined) test(input.name, () => assert.equal(faultOf(input), undefined))
  else test(`${input.name} waits: ${waits}`, () => assert.notEqual(faultOf(input), undefined, 'it is right now: take it from WAITING'))
  test(`${input.name}: whatever is proven is right`, { skip: input.wanted.length === 0 }, () => {
    const proven = answerTo(input).findings.filter(({ proof }) => proof.level !== 'none')
    const wrong = proven.filter(({ class: label, causes }) => ![label, ...causes].some((one) => input.wanted.includes(one)))
    assert.deepEqual(
      wrong.map(({ causes }) => causes),
      [],
    )
  })
}

/** What is wrong with the first answer, if anything is. */
function faultOf(input: SharedInput): string | undefined {
  const { findings } = answerTo(input)
  const labels = findings.map(({ class: label, causes }) => [label, ...causes])
  if (input.wanted.length > 0) {
    const right = labels[0]?.some((one) => input.wanted.includes(one)) === true
    return right ? undefined : `wanted ${input.wanted.join(' or ')}, first is ${labels[0] ?? 'nothing'}`
  }
  const said = UNWANTED.find(([start]) => input.name.startsWith(start))?.[1](answerTo(input))
  return said === true ? 'the answer says what the evidence denies' : undefined
}

/** Where the right answer is what must not be said. */
const UNWANTED: readonly (readonly [start: string, says: (answer: Diagnosis) => boolean])[] = [
  ['shorter: "Pasted the secret', ({ findings }) => findings.some(({ class: label }) => label === 'secret.mangled')],
  ['shorter: nginx', (answer) => /accept-encoding/i.test(JSON.stringify(answer.findings))],
]

function answerTo({ name, sources }: SharedInput): Diagnosis {
  const secrets = name.startsWith('G-F') ? [{ label: 'storage.secret', secretAccessKey: new SecretAccessKey('minioadmin') }] : []
  return diagnoseEvidence(sources, { secrets })
}
