/** A diagnosis in steps: none is long, whatever a request holds, and told to stop it ends. Counted in edits made, not by the clock. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assembleCase } from '../../src/case/assemble-case.ts'
import type { Cause } from '../../src/causes/kit/cause.ts'
import { diagnosisSteps } from '../../src/diagnosis/diagnose.ts'
import type { CaseDiagnosis } from '../../src/diagnosis/finding.ts'
import { CAUSES } from '../../src/index.ts'
import { readEvidence } from '../../src/intake/read-evidence.ts'
import type { Header } from '../../src/sigv4/http-request.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { requestText } from '../support/golden-evidence.ts'
import { SECRET } from '../support/signed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

/** Signed right, with another secret: nothing fits, and everything is tried. */
function caseWith(headers: number) {
  const names = Array.from({ length: headers }, (_, i): Header => [`X-Amz-Meta-K${String(i).padStart(5, '0')}`, `value ${i}`])
  const verifier = standardInputs({ target: '/photos/a%20b.jpg?x=1', headers: names })
  const signer = { ...verifier, key: new SecretAccessKey('anotherSecretOfTheSameLengthEXAMPLEKEY00') }
  const request = readEvidence([{ name: 'request.http', text: requestText({ signer, verifier }) }])
  return assembleCase(request, { secrets: [{ label: 'secret', secretAccessKey: SECRET }] })
}

/** The same case, with a count of how often the headers of its request were gone through. */
function countedHeaders(file: ReturnType<typeof caseWith>) {
  let read = 0
  const headers = Object.assign([...file.inputs!.request!.headers], {
    *[Symbol.iterator](this: readonly Header[]) {
      read++
      for (let i = 0; i < this.length; i++) yield this[i]!
    },
  })
  const inputs = { ...file.inputs!, request: { ...file.inputs!.request!, headers } }
  return { file: { ...file, inputs }, read: () => read }
}

/** The causes, and how often those that write the headers again were asked for a suspicion or an edit. */
function counted(): { readonly causes: readonly Cause[]; readonly asked: () => number } {
  let asked = 0
  const countedCause = (cause: Cause): Cause => ({
    ...cause,
    *suspect(file) {
      for (const suspicion of cause.suspect(file)) {
        asked++
        yield suspicion
      }
    },
    undo(inputs, params) {
      asked++
      return cause.undo(inputs, params)
    },
  })
  const causes = CAUSES.map((cause) => (cause.part === 'canonical-headers' ? countedCause(cause) : cause))
  return { causes, asked: () => asked }
}

interface Run {
  readonly diagnosis: CaseDiagnosis
  readonly steps: number
  /** The most that was asked in one step. */
  readonly most: number
  /** What was asked after it was told to stop, and in how many steps. */
  readonly afterStop: { readonly asked: number; readonly steps: number }
  readonly asked: number
}

/** Drives a diagnosis, and from a step on tells it to stop. */
function driven(headers: number, stopAt = Number.POSITIVE_INFINITY): Run {
  const { causes, asked } = counted()
  const all = diagnosisSteps(caseWith(headers), { causes, maxTrials: 6000 })
  let [steps, most, before, atStop] = [0, 0, 0, 0]
  for (;;) {
    if (steps === stopAt) atStop = asked()
    const step = all.next(steps >= stopAt)
    steps++
    most = Math.max(most, asked() - before)
    before = asked()
    if (step.done === true)
      return { diagnosis: step.value, steps, most, afterStop: { asked: asked() - atStop, steps: steps - stopAt }, asked: asked() }
  }
}

test('a step of a request with many headers does no more work than one with few', () => {
  const [few, more, many] = [driven(10), driven(250), driven(1000)]
  assert.ok(few.most < 1000, `${few.most} edits in a step`)
  // Each edit makes a text as long as the request: four times as long, a fourth as many.
  assert.ok(more.most < few.most / 3, `${few.most} edits in a step with 10 headers, ${more.most} with 250`)
  assert.ok(many.most <= more.most / 2, `${more.most} edits in a step with 250 headers, ${many.most} with 1,000`)
})

test('the whole work is bounded: a hundred times as many headers, and fewer edits', () => {
  const [few, many] = [driven(10), driven(1000)]
  assert.ok(many.asked < few.asked, `${few.asked} edits with 10 headers, ${many.asked} with 1,000`)
  assert.equal(many.diagnosis.search.exhausted, true)
})

test('told to stop, it ends in that very step, and says so', () => {
  const whole = driven(250)
  for (const stopAt of [1, 3, 10, 50, Math.floor(whole.steps / 2), whole.steps - 20]) {
    const { afterStop, diagnosis } = driven(250, stopAt)
    assert.equal(afterStop.steps, 1, `told to stop at step ${stopAt} of ${whole.steps}`)
    // At most one suspicion of each cause, and what that takes.
    assert.ok(afterStop.asked < 6 * CAUSES.length, `${afterStop.asked} edits after it was told to stop`)
    assert.match(diagnosis.notes.join(), /The search was stopped after/)
    assert.equal(diagnosis.search.exhausted, true)
    assert.equal(diagnosis.findings[0]?.causes[0], whole.diagnosis.findings[0]?.causes[0])
  }
})

test('the headers of a request are gone through as often for a thousand hypotheses as for a hundred thousand', () => {
  const read = (maxTrials: number): { readonly times: number; readonly trials: number } => {
    const counted = countedHeaders(caseWith(1))
    const steps = diagnosisSteps(counted.file, { causes: CAUSES, maxTrials })
    for (;;) {
      const step = steps.next()
      if (step.done === true) return { times: counted.read(), trials: step.value.search.trials }
    }
  }
  const [few, many] = [read(1000), read(100_000)]
  assert.ok(many.trials > 20 * few.trials, `${few.trials} hypotheses and ${many.trials}`)
  assert.ok(many.times <= few.times + 5, `${few.times} times for ${few.trials} hypotheses, ${many.times} for ${many.trials}`)
})
