import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KnownSecret } from '../../src/case/case-file.ts'
import { secretOfAnotherKey } from '../../src/causes/secret-of-another-key.ts'
import { diagnoseEvidence, renderJson } from '../../src/index.ts'
import { type KeyDerivation, SecretAccessKey, STANDARD_DERIVATION } from '../../src/sigv4/signing-key.ts'
import { caseOf } from '../support/case.ts'
import { EXAMPLE_SECRET } from '../support/golden.ts'
import { debugLog, errorXml, requestText } from '../support/golden-evidence.ts'
import type { Broken } from '../support/inject/injection.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const OLD = 'old/Secret+OfTheSameLengthEXAMPLEKEY0000'
const correct = standardInputs({ target: '/a%20b?x=1' })
const current: KnownSecret = {
  label: 'the secret of profile current',
  secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET),
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
}
const old: KnownSecret = {
  label: 'the secret of profile old',
  secretAccessKey: new SecretAccessKey(OLD),
  accessKeyId: 'AKIAI44QH8DHBEXAMPLE',
}

function signedWith(secret: string, derivation: Partial<KeyDerivation> = {}): Broken {
  return {
    signer: { ...correct, key: new SecretAccessKey(secret), derivation: { ...STANDARD_DERIVATION, ...derivation } },
    verifier: correct,
  }
}

function first(broken: Broken, secrets: readonly KnownSecret[] = [current, old]) {
  return diagnoseEvidence(
    [
      { name: 'error.xml', text: errorXml(broken) },
      { name: 'debug.log', text: debugLog(broken) },
    ],
    { secrets },
  )
}

test('the secret that signed is named by its label and its ID, in whatever order the secrets were given', () => {
  for (const secrets of [
    [current, old],
    [old, current],
  ]) {
    // Only the request says whose ID it is, so that the secret of that ID is the one held against the signature.
    const broken = signedWith(OLD)
    const diagnosis = diagnoseEvidence(
      [
        { name: 'error.xml', text: errorXml(broken) },
        { name: 'request.http', text: requestText(broken) },
      ],
      { secrets },
    )
    const [found] = diagnosis.findings
    assert.deepEqual(found?.causes, ['secret-of-another-key'])
    assert.equal(found?.proof.level, 'signature')
    assert.match(found.what, /profile old, which belongs to the access key ID AKIAI44QH8DHBEXAMPLE, not with the secret of profile current/)
    assert.match(found.why, /names the access key ID AKIAIOSFODNN7EXAMPLE/)
    assert.doesNotMatch(renderJson(diagnosis), /OfTheSameLength|bPxRfiCY/)
  }
})

test('another secret is found through what was changed of it, and through how the key was derived', () => {
  const changed: readonly [Broken, RegExp][] = [
    [signedWith(`${OLD}\n`), /ended in a line feed/],
    [signedWith(OLD.replaceAll('/', '%2F').replaceAll('+', '%2B')), /percent-encoded/],
    [signedWith(OLD.slice(0, -1)), /is missing its last character/],
    [signedWith(OLD.toLowerCase()), /in lower case/],
    [signedWith(OLD, { prefix: '' }), /without "AWS4"/],
    [signedWith(OLD, { passedOn: 'hex' }), /hexadecimal text/],
  ]
  for (const [broken, says] of changed) {
    const diagnosis = first(broken)
    assert.deepEqual(diagnosis.findings[0]?.causes, ['secret-of-another-key'])
    assert.equal(diagnosis.findings[0]?.proof.level, 'signature')
    assert.match(diagnosis.findings[0].what, says)
    assert.doesNotMatch(renderJson(diagnosis), /OfTheSameLength|bPxRfiCY/)
  }
})

test('the same secret under two labels is no other key, and a secret that did not sign is not named', () => {
  const twice = { ...current, label: 'the secret in .env line 2' }
  assert.deepEqual([...secretOfAnotherKey.suspect({ ...caseOf({ verifier: correct }), known: { secrets: [current, twice] } })], [])
  const diagnosis = first(signedWith('aThirdSecretOfTheSameLengthEXAMPLEKEY000'))
  assert.ok(diagnosis.findings.every(({ causes }) => !causes.includes('secret-of-another-key')))
})

test('another secret together with a changed request is found as a pair', () => {
  const broken = { signer: { ...correct, key: new SecretAccessKey(OLD), verbatim: { method: 'PUT' } }, verifier: correct }
  const diagnosis = diagnoseEvidence([{ name: 'error.xml', text: errorXml(broken) }], { secrets: [current, old] })
  assert.deepEqual([...(diagnosis.findings[0]?.causes ?? [])].sort(), ['method-changed', 'secret-of-another-key'])
})

test('nothing is suspected where no secret or only one is known', () => {
  assert.deepEqual([...secretOfAnotherKey.suspect(caseOf({}))], [])
  assert.deepEqual([...secretOfAnotherKey.suspect(caseOf({ verifier: correct }))], [])
  const keyless = { ...correct, key: undefined }
  assert.equal(secretOfAnotherKey.undo(keyless, { label: 'x', secret: new SecretAccessKey(OLD) }), keyless)
})
