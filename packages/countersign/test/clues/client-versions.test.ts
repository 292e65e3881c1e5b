import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLIENT_CHANGES } from '../../src/catalog/index.ts'
import { clientVersions } from '../../src/clues/index.ts'
import { read, readerLaws, seenOf } from '../evidence/reader-laws.ts'

readerLaws(clientVersions)

const strengths = (text: string): readonly (readonly [about: string, strength: string])[] =>
  seenOf(read(clientVersions, text), 'clue').map(({ about, strength }) => [about, strength])

/** How each ecosystem writes a release of its SDK. */
const WRITTEN: readonly (readonly [before: string, after: string])[] = [
  ['boto3==1.35.99', 'boto3==1.36.0'],
  ['"@aws-sdk/client-s3": "^3.728.0",', '"@aws-sdk/client-s3": "^3.729.0",'],
  ['github.com/aws/aws-sdk-go-v2/service/s3 v1.72.3', 'github.com/aws/aws-sdk-go-v2/service/s3 v1.73.0'],
  ["implementation 'software.amazon.awssdk:s3:2.29.52'", "implementation 'software.amazon.awssdk:s3:2.30.0'"],
  ['"aws/aws-sdk-php": "3.336.9",', '"aws/aws-sdk-php": "3.337.0",'],
  ['<PackageReference Include="AWSSDK.S3" Version="3.7.400" />', '<PackageReference Include="AWSSDK.S3" Version="4.0.1" />'],
  ['    aws-sdk-s3 (1.177.0)', '    aws-sdk-s3 (1.178.0)'],
  ['aws-sdk-s3 = "1.68.0"', 'aws-sdk-s3 = "1.69.0"'],
]

test('a difference of lock files over the change is seen in every ecosystem, the other way round it is not', () => {
  for (const [before, after] of WRITTEN) {
    const diff = (from: string, to: string): string => `-${from}\n+${to}\n\nNow each upload gives SignatureDoesNotMatch.\n`
    assert.deepEqual(strengths(diff(before, after)), [['payload-chunked-unsupported', 'strong']], before)
    assert.deepEqual(strengths(diff(after, before)), [], after)
  }
})

test('without a request that the change concerns it says less; a release that goes against it silences it', () => {
  assert.deepEqual(strengths('boto3 1.35.1 works, boto3 1.36.2 fails.\n'), [['payload-chunked-unsupported', 'fair']])
  assert.deepEqual(strengths('Uploads: boto3 1.35.1 works, boto3 1.36.2 fails, and boto3 1.40.1 works.\n'), [])
  assert.deepEqual(strengths('Uploads: boto3 1.36.2 fails.\n'), [])
})

test('a version belongs to the client that was named last', () => {
  assert.deepEqual(strengths('Uploads with boto3: works with rclone 1.35.1, fails with rclone 1.40.2.\n'), [])
  assert.deepEqual(strengths('Upgrading boto3 from 1.34.2 to 1.37.1 broke put_object.\n'), [['payload-chunked-unsupported', 'strong']])
})

test('each change names where it is written', () => {
  for (const { source, releases } of CLIENT_CHANGES) {
    assert.match(source, /^https:\/\//)
    for (const { from } of releases) assert.match(from, /^\d+\.\d+\.\d+$/)
  }
})
