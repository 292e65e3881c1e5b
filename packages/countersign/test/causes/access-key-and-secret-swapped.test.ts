import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessKeyAndSecretSwapped } from '../../src/causes/access-key-and-secret-swapped.ts'
import { diagnoseEvidence, renderJson, renderTerminal } from '../../src/index.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { caseOf, clueOf } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { EXAMPLE_SECRET } from '../support/golden.ts'
import { errorXml, requestText } from '../support/golden-evidence.ts'
import { assertWhole } from '../support/head-contract.ts'
import { inject } from '../support/inject/access-key-and-secret-swapped.ts'
import { arrivedRequest } from '../support/inject/injection.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const correct = standardInputs({ target: '/a%20b?x=1' })
const broken = inject(correct, 0)!
const known = { secrets: [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }] }
const UNKNOWN =
  '<Error><Code>InvalidAccessKeyId</Code><Message>The AWS Access Key Id you provided does not exist in our records.</Message><RequestId>x</RequestId></Error>'

/** The request of a signer that has the two in each other's place. */
function swappedRequest(): string {
  const signed = { ...correct, key: new SecretAccessKey('AKIAIOSFODNN7EXAMPLE') }
  const { method, target, headers } = arrivedRequest({ signer: signed, verifier: correct }, EXAMPLE_SECRET)
  return `${method} ${target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`
}

test('a signature made with the ID is proven, with the ID out of the evidence', () => {
  const [first] = diagnoseEvidence(
    [
      { name: 'error.xml', text: errorXml(broken) },
      { name: 'request.http', text: requestText(broken) },
    ],
    known,
  ).findings
  assert.deepEqual(first?.causes, ['access-key-and-secret-swapped'])
  assert.equal(first?.proof.level, 'signature')
})

test('a credential that names the secret given is stated by the request, and no report repeats it', () => {
  const diagnosis = diagnoseEvidence(
    [
      { name: 'error.xml', text: UNKNOWN },
      { name: 'request.http', text: swappedRequest() },
    ],
    known,
  )
  assert.deepEqual(diagnosis.findings[0]?.causes, ['access-key-and-secret-swapped'])
  assert.equal(diagnosis.findings[0]?.proof.level, 'stated')
  for (const text of [renderJson(diagnosis), renderTerminal(diagnosis, { colour: false })]) assert.ok(!text.includes('bPxRfiCY'), text)
})

test('without the secret, its form is a reason, and the text itself is never shown', () => {
  const diagnosis = diagnoseEvidence([
    { name: 'error.xml', text: UNKNOWN.replace('</Message>', `</Message><AWSAccessKeyId>${EXAMPLE_SECRET}</AWSAccessKeyId>`) },
    { name: 'request.http', text: swappedRequest() },
  ])
  assert.ok(diagnosis.findings.some(({ causes }) => causes[0] === 'access-key-and-secret-swapped'))
  for (const text of [renderJson(diagnosis), renderTerminal(diagnosis, { colour: false })]) assert.ok(!text.includes('bPxRfiCY'), text)
})

test('an ID of the usual form is no reason; a hint is; without a secret nothing changes', () => {
  assert.deepEqual([...accessKeyAndSecretSwapped.suspect(caseOf({}))], [])
  assert.deepEqual(reported(accessKeyAndSecretSwapped, caseOf({ verifier: correct })), [])
  const file = caseOf({ observations: [clueOf('access-key-and-secret-swapped')] })
  assert.equal(reported(accessKeyAndSecretSwapped, file).length, 1)
  assertWhole(accessKeyAndSecretSwapped, {}, file)
  const keyless = { ...correct, key: undefined }
  assert.equal(accessKeyAndSecretSwapped.undo(keyless, { signedWith: 'AKIAIOSFODNN7EXAMPLE' }), keyless)
})
