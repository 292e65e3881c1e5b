import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLines } from '../../../src/clues/index.ts'
import { read, readerLaws, seenOf } from '../../evidence/reader-laws.ts'

readerLaws(commandLines)

const clues = (text: string) => seenOf(read(commandLines, text), 'clue')
const rules = (text: string): string[] => clues(text).map(({ rule }) => rule)

test('curl signs the path as given: the cause depends on what is in it', () => {
  const sigv4 = 'curl --aws-sigv4 aws:amz:us-east-1:es -u K:S '
  const tags = (text: string) => clues(text).flatMap((one) => one.tags)
  assert.deepEqual(tags(sigv4 + '"https://$HOST/metrics-*/_mapping"'), ['path-not-encoded'])
  assert.deepEqual(tags(sigv4 + 'https://a.example/arn%3Aaws/x'), ['path-encoded-once'])
  assert.deepEqual(tags(sigv4.replace(':es', ':s3') + 'https://a.example/arn%3Aaws/x*'), [])
  assert.deepEqual(rules("curl 'https://a.example/x*?b&a'"), [])
})

test('a presigned URL covers one method', () => {
  assert.deepEqual(clues('aws s3 presign s3://b/k\ncurl -XPUT -T f "$LINK"\n').at(-1)?.values, { signed: 'GET', sent: 'PUT' })
  assert.equal(clues('curl -XPUT --upload-file report.csv "$URL"')[0]?.strength, 'weak')
  assert.deepEqual(rules('curl "$URL"'), [])
})

test('a region that is set to nothing', () => {
  assert.deepEqual(rules('$ AWS_REGION= aws s3 ls s3://b'), ['region-malformed'])
  assert.deepEqual(rules('export AWS_DEFAULT_REGION=\naws s3 ls s3://b'), ['region-malformed'])
  assert.deepEqual(rules('AWS_REGION=eu-west-1 aws s3 ls s3://b'), [])
})

test('the secret of --user is nowhere', () => {
  const seen = clues(
    'curl -u AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY --aws-sigv4 aws:amz:a:es https://a.example/b*?b&a',
  )
  assert.equal(seen.length, 2)
  assert.ok(!JSON.stringify(seen).includes('wJalr'))
})
