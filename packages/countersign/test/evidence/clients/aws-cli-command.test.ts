/** AWS CLI command lines. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { awsCliCommand } from '../../../src/evidence/clients/aws-cli-command.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(awsCliCommand)

const hints = (text: string) => seenOf(read(awsCliCommand, text), 'clue').map(({ about }) => about)

test('what a command lets one suspect', () => {
  assert.deepEqual(hints('aws --debug --endpoint-url http://s3.us-east-2.amazonaws.com:80 s3 ls s3://'), ['host.port'])
  assert.deepEqual(hints('aws --endpoint-url http://gateway:7070 s3 ls'), [])
  assert.deepEqual(hints('$ AWS_REGION= aws s3 ls s3://b'), ['region-mismatch'])
  assert.deepEqual(hints('export AWS_DEFAULT_REGION=\naws s3 ls s3://b'), ['region-mismatch'])
  assert.deepEqual(hints('AWS_REGION=eu-west-1 aws s3 ls s3://b'), [])
  assert.deepEqual(hints('aws s3api put-object --bucket b --key /foo --body f'), ['path-normalized'])
  assert.deepEqual(hints('aws s3 cp f s3://b//x'), ['path-normalized'])
  assert.deepEqual(hints('aws s3api put-object --bucket b --key foo --body f'), [])
})

test('presign signs a GET', () => {
  const [hint] = seenOf(read(awsCliCommand, 'URL=$(aws s3 presign s3://b/k)\ncurl -XPUT -T f "$URL"\n'), 'clue')
  assert.deepEqual(hint?.values, { signed: 'GET', sent: 'PUT' })
  assert.deepEqual(hints('aws s3 presign s3://b/k\ncurl "$URL"\n'), [])
})

test('the word in a sentence is no command', () => {
  assert.deepEqual(read(awsCliCommand, 'we moved to aws last year, and aws says no\n'), [])
})
