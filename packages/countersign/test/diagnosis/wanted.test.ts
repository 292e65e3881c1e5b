import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEBUG_LOGS, SUBJECTS } from '../../src/catalog/index.ts'
import { wantedEvidence } from '../../src/diagnosis/wanted.ts'
import { assembleCase, diagnoseEvidence, readEvidence } from '../../src/index.ts'

const wanted = (...texts: readonly string[]) =>
  wantedEvidence(assembleCase(readEvidence(texts.map((text, i) => ({ name: `e${i}`, text })))))
const commands = (...texts: readonly string[]) => wanted(...texts).map(({ command = '' }) => command)

const REFUSED =
  '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>'
const WHOLE_OF_MINIO =
  '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><BucketName>b</BucketName><Resource>/b/k</Resource><RequestId>17A1</RequestId><HostId>d3a1</HostId></Error>'

test('the log of this very client is asked for: the program that was run before the language', () => {
  assert.ok(commands(REFUSED, 'import boto3\n').some((command) => command.includes("boto3.set_stream_logger('')")))
  assert.ok(
    commands(REFUSED, 'rclone copy fails, the backup script is in Python').some((command) =>
      command.startsWith('rclone ... -vv --dump headers'),
    ),
  )
  assert.ok(
    commands(REFUSED, 'import hmac, hashlib\nkey = hmac.new(a, b, hashlib.sha256)\n').some((command) =>
      command.includes('repr(canonical_request)'),
    ),
  )
})

test('a client that prints no canonical request is not asked for one', () => {
  const of = wanted(REFUSED, "import { S3Client } from '@aws-sdk/client-s3'\n")
  const log = of.find(({ command }) => command?.includes('middlewareStack') === true)
  assert.match(log?.what ?? '', /prints no canonical request/)
})

test("a store whose whole answer quotes nothing is not asked for its texts, and the next step is the client's log", () => {
  assert.match(wanted(REFUSED)[0]!.what, /whole body/)
  assert.match(wanted(WHOLE_OF_MINIO, 'MinIO, through s3cmd')[0]!.command ?? '', /^s3cmd -d/)
  const { next } = diagnoseEvidence([{ name: 'a', text: `${WHOLE_OF_MINIO}\nMinIO, through s3cmd\n` }])
  assert.match(next?.command ?? '', /^s3cmd -d/)
})

test('the hop that is named is the one whose log is asked for', () => {
  assert.ok(commands(REFUSED, 'we run Caddy in front').includes('Caddy "debug"'))
})

test('every client that has a language stands before the languages', () => {
  const kinds = DEBUG_LOGS.map(([subject]) => SUBJECTS[subject].kind)
  const first = kinds.indexOf('language')
  assert.ok(kinds.slice(first).every((kind) => kind === 'language' || kind === 'tool'))
  assert.equal(new Set(DEBUG_LOGS.map(([subject]) => subject)).size, DEBUG_LOGS.length)
})
