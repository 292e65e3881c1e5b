import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientNames } from '../../../src/evidence/clients/client-names.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(clientNames)

test("curl's option is not the Rust crate", () => {
  assert.ok(
    !seenOf(read(clientNames, 'curl --aws-sigv4 aws:amz:us-east-1:es https://a.example'), 'client').some(
      ({ name }) => name === 'aws-sdk-rust',
    ),
  )
})
