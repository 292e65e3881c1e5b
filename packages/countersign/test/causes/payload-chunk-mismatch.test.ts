import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { EXAMPLE_SECRET } from '../support/golden.ts'
import { streamedRefusal } from '../support/golden-evidence.ts'

const refused = (word: string) => Object.entries(streamedRefusal(word)).map(([name, text]) => ({ name, text }))
const known = { secrets: [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }] }

test('a request in signed chunks whose own signature is right: a chunk is to blame before the secret', () => {
  const [first] = diagnoseEvidence(refused('STREAMING-AWS4-HMAC-SHA256-PAYLOAD'), known).findings
  assert.deepEqual(first?.causes, ['payload-chunk-mismatch'])
  assert.equal(first?.proof.level, 'signature')
  assert.deepEqual(first?.alternatives, ['secret-mismatch'])
})

test('where no chunk is signed, it is not a chunk', () => {
  for (const word of ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'UNSIGNED-PAYLOAD']) {
    const { findings } = diagnoseEvidence(refused(word), known)
    assert.deepEqual(findings[0]?.causes, ['secret-mismatch'], word)
    assert.ok(!findings.some(({ causes }) => causes.includes('payload-chunk-mismatch')), word)
  }
})

test('without the secret nothing points to it: every upload in chunks looks so', () => {
  const { findings } = diagnoseEvidence(refused('STREAMING-AWS4-HMAC-SHA256-PAYLOAD'))
  assert.ok(!findings.some(({ causes }) => causes.includes('payload-chunk-mismatch')))
})

test('a known secret under which the request itself does not match: no chunk is blamed before the secret', () => {
  const other = { secrets: [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey('anotherEXAMPLEsecret') }] }
  const { findings } = diagnoseEvidence(refused('STREAMING-AWS4-HMAC-SHA256-PAYLOAD'), other)
  assert.deepEqual(findings[0]?.causes, ['secret-mismatch'])
})
