/** Recordings of several requests of one client in one second: each is one exchange, also where the answer repeats its texts. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { recordingLine } from '../../src/evidence/index.ts'
import { diagnoseEvidence } from '../../src/index.ts'
import { createVerifier, credentialsOf } from '../../src/verifier/index.ts'
import { KEY_ID, NOW, plain, SECRET, signed } from '../support/signed.ts'

const sha256 = (body: Uint8Array) => new Uint8Array(createHash('sha256').update(body).digest())
const verifier = createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW })

/** The flow of a request that was signed for one target and sent to another. */
async function flowOf(signedFor: string, sentTo: string): Promise<string> {
  const sent = { ...signed(plain('GET', signedFor), 'execute-api'), target: sentTo }
  const outcome = await verifier.judge(sent)
  const response = outcome.ok ? { status: 200, headers: [], body: '' } : { ...outcome.refused.answer, headers: [] }
  return recordingLine({ hop: 'service', at: NOW, sent, response }, 'all', sha256)
}

const known = { secrets: [{ label: 'the secret', secretAccessKey: SECRET }] }

for (const passed of ['/prod/a?q=a%20b', '/prod/a?q=x', '/other?q=1'])
  test(`beside ${passed}, which passed, another that was refused keeps its own cause`, async () => {
    const text = (await flowOf(passed, passed)) + (await flowOf('/prod/a?q=a%2Bb', '/prod/a?q=a+b'))
    const { requests, findings, outcome } = diagnoseEvidence([{ name: 'flows.jsonl', text }], known)
    assert.deepEqual(
      requests.map((one) => [one.outcome, one.target]),
      [
        ['accepted', passed],
        ['refused', '/prod/a?q=a+b'],
      ],
    )
    assert.equal(outcome, 'proven')
    assert.deepEqual(
      findings.map(({ causes }) => causes.join()),
      ['query-plus-and-space-confused'],
    )
  })

test('of two refused in one second, neither lends the other its target', async () => {
  const text = (await flowOf('/things?q=a%2Bb', '/things?q=a+b')) + (await flowOf('/b/c', '/b//c'))
  const { requests, findings } = diagnoseEvidence([{ name: 'flows.jsonl', text }], known)
  assert.equal(requests.length, 2)
  assert.ok(!findings.some(({ causes }) => causes.includes('path-rewritten') || causes.includes('query-changed-in-transit')))
})
