/** Reading in steps: the same as reading at once; and when it is stopped, what was left unread is said. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Observation } from '../../src/case/observation.ts'
import type { EvidenceSource } from '../../src/case/reader.ts'
import { READERS, readEvidence, readEvidenceSteps } from '../../src/intake/read-evidence.ts'

const ERROR = '<Error><Code>SignatureDoesNotMatch</Code><Message>x</Message></Error>'
const SOURCES: readonly EvidenceSource[] = [
  { name: 'error.xml', text: ERROR },
  { name: 'request.http', text: 'GET /b/k HTTP/1.1\r\nHost: b.example\r\n\r\n' },
  { name: 'nothing.txt', text: 'qqq' },
]

/** Reads until `steps` steps were made, and then stops. */
function stoppedAfter(steps: number): { readonly seen: readonly Observation[]; readonly more: number } {
  const reading = readEvidenceSteps(SOURCES)
  for (let made = 0; ; made++) {
    const step = reading.next(made > steps)
    if (step.done === true) return { seen: step.value, more: made - steps }
  }
}

const unread = (seen: readonly Observation[]) =>
  seen.flatMap((one) => (one.kind === 'unreadable' ? [`${one.location.source} ${one.reason}`] : []))

test('every step to the end gives what reading at once gives', () => {
  const reading = readEvidenceSteps(SOURCES)
  const progress: string[] = []
  let step = reading.next()
  for (; step.done !== true; step = reading.next(false)) progress.push(`${step.value.source} ${step.value.read} of ${step.value.of}`)
  assert.deepEqual(step.value, readEvidence(SOURCES))
  assert.deepEqual([...new Set(progress)], ['error.xml 0 of 3', 'request.http 1 of 3', 'nothing.txt 2 of 3'])
  assert.ok(progress.length > SOURCES.length * READERS.length)
})

test('stopped anywhere, it ends with the next step and names every piece that was not read whole', () => {
  const left = (name: string, how = 'was not read') => `${name} ${how}: reading was stopped before its end`
  const at = stoppedAfter(0)
  assert.deepEqual(
    unread(at.seen),
    SOURCES.map(({ name }) => left(name)),
  )
  const whole = readEvidence(SOURCES)
  for (let steps = 1; ; steps++) {
    const { seen, more } = stoppedAfter(steps)
    if (more < 1) break
    assert.equal(more, 1)
    const said = unread(seen)
    assert.ok(said.length > 0, `stopped after ${steps}`)
    // What was read so far is kept: of the first piece all, once the second is under way.
    if (said[0] === left('request.http'))
      assert.deepEqual(
        seen.slice(0, -2),
        whole.filter(({ location }) => location.source === 'error.xml'),
      )
  }
})
