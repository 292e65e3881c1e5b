/** AWS CLI command lines. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { awsCliCommand } from '../../../src/evidence/clients/aws-cli-command.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(awsCliCommand)

test('a command is a client, at its place', () => {
  const [seen] = seenOf(read(awsCliCommand, '$ AWS_REGION= aws s3 ls s3://b\n'), 'client')
  assert.equal(seen?.name, 'aws-cli')
  assert.deepEqual([seen?.location.start, seen?.location.end], [0, 30])
})

test('the word in a sentence is no command', () => {
  assert.deepEqual(read(awsCliCommand, 'we moved to aws last year, and aws says no\n'), [])
})
