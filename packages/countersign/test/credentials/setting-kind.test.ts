/** Names of settings, as files and programs spell them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CREDENTIAL_SETTINGS, type CredentialSettingKind } from '../../src/catalog/index.ts'
import { announcedBy, settingKind } from '../../src/credentials/index.ts'

test('every name of the catalog means its kind, and none of them a narrower one', () => {
  for (const [kind, { shared, member, variables, spelled }] of Object.entries(CREDENTIAL_SETTINGS))
    for (const name of [shared, member, ...variables, ...spelled]) assert.equal(settingKind(name), kind, name)
})

test('a prefix and any character between the words change nothing', () => {
  const names: readonly (readonly [string, CredentialSettingKind | undefined])[] = [
    ['fs.s3a.secret.key', 'secret'],
    ['TF_VAR_access_key', 'id'],
    ['oss-access-key-secret', 'secret'],
    ['x-amz-security-token', 'token'],
    ['bucket_location', 'region'],
    ['accessKeyIdOfOwner', undefined],
    ['description', undefined],
  ]
  for (const [name, kind] of names) assert.equal(settingKind(name), kind, name)
})

test('what reports hide follows the same names', () => {
  for (const words of CREDENTIAL_SETTINGS.secret.spelled) assert.equal(announcedBy(words.replaceAll(' ', '_')), 'secret', words)
  for (const words of CREDENTIAL_SETTINGS.token.spelled) assert.equal(announcedBy(words.replaceAll(' ', '-')), 'token', words)
  for (const words of CREDENTIAL_SETTINGS.id.spelled) assert.equal(announcedBy(words.replaceAll(' ', '.')), 'key-id', words)
})
