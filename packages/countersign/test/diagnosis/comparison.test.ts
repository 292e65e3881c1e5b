/** Which two texts are compared, and what of the evidence is told to the reports as not to be shown. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence, SecretAccessKey } from '../../src/index.ts'
import { canonicalRequest } from '../../src/sigv4/canonical-request.ts'
import { EXAMPLE_SECRET } from '../support/golden.ts'
import { debugLog, errorXml, requestText } from '../support/golden-evidence.ts'
import { inject } from '../support/inject/header-not-signed.ts'
import { providedSignature } from '../support/inject/injection.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const broken = inject(standardInputs({ method: 'PUT', target: '/holiday/beach.jpg', headers: [['Content-Type', 'image/jpeg']] }), 1)!
const secrets = [{ label: 'secret', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }]

test('both texts as quoted', () => {
  const { comparison } = diagnoseEvidence([
    { name: 'error.xml', text: errorXml(broken) },
    { name: 'debug.log', text: debugLog(broken) },
  ])
  assert.equal(comparison?.signer.origin, 'quoted')
  assert.equal(comparison?.verifier.from?.source, 'error.xml')
  const side = (of: 'signer' | 'verifier') => comparison!.lines.flatMap((line) => (line[of] === undefined ? [] : [line[of]])).join('\n')
  assert.equal(side('signer'), canonicalRequest(broken.signer))
  assert.equal(side('verifier'), canonicalRequest(broken.verifier))
})

test("the proof's text stands in for a signer's that nobody quoted, and the request's for the verifier's", () => {
  const { comparison, outcome } = diagnoseEvidence([{ name: 'request.http', text: requestText(broken) }], { secrets })
  assert.equal(outcome, 'proven')
  assert.deepEqual([comparison?.signer.origin, comparison?.verifier.origin], ['rebuilt', 'rebuilt'])
})

test('nothing to compare: one text only, or the same twice', () => {
  assert.equal(diagnoseEvidence([{ name: 'error.xml', text: errorXml(broken) }]).comparison, undefined)
  const same = { signer: broken.verifier, verifier: broken.verifier }
  const sources = [
    { name: 'error.xml', text: errorXml(same) },
    { name: 'debug.log', text: debugLog(same) },
  ]
  assert.equal(diagnoseEvidence(sources).comparison, undefined)
})

test('signatures of the evidence are named as not to be shown, and names as private', () => {
  const { unspoken, privateNames } = diagnoseEvidence([{ name: 'my case/error.xml', text: errorXml(broken) }])
  assert.ok(unspoken?.includes(providedSignature(broken)))
  const has = (kind: string, text: string) => privateNames?.some((name) => name.kind === kind && name.text === text)
  assert.ok(has('file', 'my case/error.xml'))
  assert.ok(has('host', 'examplebucket.s3.us-east-1.amazonaws.com'))
  assert.ok(has('word', 'holiday'))
  assert.ok(has('request-id', '4442587FB7D0A2F9'))
})
