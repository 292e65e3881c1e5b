import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proxyConfiguration } from '../../src/evidence/proxy-configuration.ts'
import { read, readerLaws, seenOf } from './reader-laws.ts'

readerLaws(proxyConfiguration)

test('nginx that sets another Host is named with its line', () => {
  const seen = seenOf(
    read(
      proxyConfiguration,
      'server {\n  location / {\n    proxy_pass https://examplebucket.s3.amazonaws.com;\n    proxy_set_header Host $host;\n  }\n}\n',
    ),
    'hint',
  )
  assert.ok(seen.some(({ hint, why }) => hint.startsWith('host') && /4/.test(why)))
})

test('an error body is not a configuration', () => {
  assert.equal(proxyConfiguration.recognize('<Error><Code>SignatureDoesNotMatch</Code></Error>'), 0)
})
