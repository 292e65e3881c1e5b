import assert from 'node:assert/strict'
import { test } from 'node:test'
import { credentialsText } from '../../src/evidence/credentials-text.ts'
import { read, readerLaws, seenOf } from './reader-laws.ts'

readerLaws(credentialsText)

const hints = (text: string): string[] => seenOf(read(credentialsText, text), 'hint').map(({ hint }) => hint)

test('a temporary key without its token is a reason, and no value is repeated', () => {
  const seen = read(
    credentialsText,
    '[default]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n',
  )
  assert.ok(seenOf(seen, 'hint').some(({ hint }) => hint === 'session-token-missing'))
  assert.doesNotMatch(JSON.stringify(seenOf(seen, 'hint')), /wJalrXUtnFEMI/)
})

test('a secret in quotation marks is a reason in an env file', () => {
  assert.ok(
    hints('AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE"\nAWS_SECRET_ACCESS_KEY="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"\n').every(
      (hint) => !hint.includes('token'),
    ),
  )
})
