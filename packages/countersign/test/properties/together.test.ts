/** Two and three faults in one request, in places of all kinds: found together, and none of them left out or made up. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { EXAMPLE_SECRET } from '../support/golden.ts'
import { debugLog, errorXml, requestText } from '../support/golden-evidence.ts'
import type { Broken } from '../support/inject/injection.ts'
import { drawnFaults, injections, randomNumbers } from '../support/injections.ts'
import { occasions } from '../support/occasions.ts'

const KNOWN = { secrets: [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }] }
const ALL = await injections()
const OCCASIONS = occasions()

/** Fixed, so that a run can be repeated; SEED=<number> tries others. */
const random = randomNumbers(Number(process.env['SEED'] ?? 11))

/** Requests with so many faults at once, of causes that `wanted` names. */
function requests(count: number, faults: number, wanted: (id: string) => boolean) {
  return drawnFaults(
    ALL.filter(({ id }) => wanted(id)),
    OCCASIONS,
    { count, faults },
    random,
  )
}

const xml = (broken: Broken) => ({ name: 'error.xml', text: errorXml(broken) })
const log = (broken: Broken) => ({ name: 'debug.log', text: debugLog(broken) })
const wire = (broken: Broken) => ({ name: 'request.http', text: requestText(broken) })

/** How many of some requests are explained whole: proven by signature, by no more faults than were made. */
function explained(all: ReturnType<typeof requests>, evidence: (broken: Broken) => { name: string; text: string }[]): string[] {
  return all.flatMap(({ broken, chosen }) => {
    const { findings, search } = diagnoseEvidence(evidence(broken), KNOWN)
    const [first] = findings
    const what = `${chosen.map(({ id }) => id).join(' + ')}: ${first?.causes.join(' + ')} [${first?.proof.level}]`
    // What is claimed by signature is so; what is claimed at a lower level must be one of the faults that were made.
    if (first?.proof.level === 'signature') {
      assert.ok(first.causes.length <= chosen.length, what)
      return []
    }
    if (first !== undefined && first.proof.level !== 'none') {
      const named = [...first.causes, ...first.alternatives]
      assert.ok(
        chosen.some(({ ids }) => ids.some((id) => named.includes(id))),
        `claimed without being so: ${what}`,
      )
    }
    assert.ok(first?.proof.level !== 'none' || search.trials > 0, what)
    return [what]
  })
}

test('two faults: nearly all pairs are explained by the request, the error and the secret', () => {
  const missed = explained(
    requests(24, 2, () => true),
    (broken) => [xml(broken), wire(broken)],
  )
  assert.ok(missed.length <= 4, missed.join('\n'))
})

test('two faults: nearly all pairs are explained by both logs and the secret', () => {
  const missed = explained(
    requests(24, 2, () => true),
    (broken) => [xml(broken), log(broken)],
  )
  assert.ok(missed.length <= 3, missed.join('\n'))
})

test("three faults of the request's text are explained by both logs and the secret", () => {
  const inText = (id: string): boolean => /^(?:method|path|query|host|header|payload)/.test(id)
  const missed = explained(requests(16, 3, inText), (broken) => [xml(broken), log(broken)])
  assert.ok(missed.length <= 4, missed.join('\n'))
})
