import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { debugLog, errorXml, requestText } from '../support/golden-evidence.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const OTHER = new SecretAccessKey('anotherSecretOfTheSameLengthEXAMPLEKEY00')
const correct = standardInputs({ target: '/a%20b?x=1' })
const signed = { ...correct, key: OTHER }
const broken = { signer: signed, verifier: signed }
const sources = [
  { name: 'error.xml', text: errorXml(broken) },
  { name: 'debug.log', text: debugLog(broken) },
]

test('the same text on both sides leaves only the key: proven by the two texts', () => {
  const { outcome, findings } = diagnoseEvidence(sources)
  assert.equal(outcome, 'proven')
  assert.deepEqual([findings[0]?.causes, findings[0]?.proof.level], [['secret-mismatch'], 'text'])
})

test("the secret gives the signature for the service's own text: the service holds another one", () => {
  const [first] = diagnoseEvidence(sources, { secrets: [{ label: 'secret.txt', secretAccessKey: OTHER }] }).findings
  assert.deepEqual(first?.causes, ['secret-mismatch'])
  assert.equal(first?.proof.level, 'signature')
})

test('texts that differ are not blamed on the secret', () => {
  const changed = { signer: correct, verifier: { ...correct, verbatim: { method: 'PUT' } } }
  const { findings } = diagnoseEvidence([
    { name: 'error.xml', text: errorXml(changed) },
    { name: 'debug.log', text: debugLog(changed) },
  ])
  assert.deepEqual(findings[0]?.causes, ['method-changed'])
})

test('behind a proxy, the text that came says nothing of what was sent', () => {
  const said = (...headers: readonly (readonly [string, string])[]) => {
    const inputs = { ...standardInputs({ target: '/a%20b?x=1', headers, unsigned: ['Via'] }), key: OTHER }
    const both = { signer: inputs, verifier: inputs }
    const [first] = diagnoseEvidence([
      { name: 'error.xml', text: errorXml(both) },
      { name: 'request.http', text: requestText(both) },
    ]).findings
    return { causes: first?.causes, what: first?.what, grounds: first?.grounds[0], wrong: first?.wrongFixes.map(({ title }) => title) }
  }
  const straight = said()
  const passedOn = said(['Via', '1.1 edge'])
  assert.deepEqual([straight.causes, passedOn.causes], [['secret-mismatch'], ['secret-mismatch']])
  assert.match(straight.grounds ?? '', /nothing changed on the way/)
  assert.match(passedOn.grounds ?? '', /What came to the proxy is not shown/)
  assert.match(passedOn.what ?? '', /or the proxy that passed it on changed it/)
  const request = 'change headers, the path or the query of the request'
  assert.deepEqual([straight.wrong?.includes(request), passedOn.wrong?.includes(request)], [true, false])
})
