import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writtenSecrets } from '../../../src/evidence/quoted/written-secrets.ts'
import type { SecretAccessKey } from '../../../src/sigv4/index.ts'

const secretsIn = (text: string) =>
  writtenSecrets.read({ name: 'a', text }).map((one) => (one as unknown as { value: SecretAccessKey }).value.dangerValue())

test('secrets in settings and in code are read', () => {
  assert.deepEqual(secretsIn('MINIO_ROOT_PASSWORD=store-pass-17\n'), ['store-pass-17'])
  assert.deepEqual(secretsIn("createHmac('sha1', { key: 'signs-it-all-88' })"), ['signs-it-all-88'])
})

test('the name of an object and a value that is none are no secrets', () => {
  assert.deepEqual(secretsIn("{'Bucket': 'b', 'Key': 'logs/app/day-1.bin'}"), [])
  assert.deepEqual(secretsIn('{"Key": "my report.pdf"}'), [])
  assert.deepEqual(secretsIn('username: undefined,\n  password: undefined,\n  secret: null\n'), [])
})
