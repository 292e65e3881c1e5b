/** Debug logs of real clients, where this machine has them beside the repository; where it has not, no test is registered. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Observation } from '../../src/case/observation.ts'
import { readEvidence } from '../../src/intake/read-evidence.ts'

const ROOT = fileURLToPath(new URL('../../../../../shared/log-samples/', import.meta.url))
const MISMATCH = ['error SignatureDoesNotMatch', 'stated signature-mismatch']
const TEXTS = ['canonical-request signer', 'string-to-sign signer']
const QUOTED = ['canonical-request verifier', 'string-to-sign verifier', 'stated signature-mismatch']

/** What each log must give, at least. */
const WANTED: Readonly<Record<string, readonly string[]>> = {
  'aws-cli-v1-debug-session-token.log': [...TEXTS, 'signature', 'request POST /', 'client aws-cli 1.45.11'],
  'aws-cli-v1-debug.log': [
    ...TEXTS,
    ...MISMATCH,
    'signature',
    'request GET /examplebucket/photos/a%20b.jpg',
    'response 403',
    'client aws-cli 1.45.11',
  ],
  'aws-cli-v2-debug.log': [
    ...TEXTS,
    ...MISMATCH,
    'signature',
    'request GET /examplebucket/photos/a%20b.jpg',
    'response 403',
    'client aws-cli 2.9.19',
  ],
  'aws-crt.log': [...TEXTS, 'signature', 'authorization', 'client aws-crt'],
  'aws-sdk-cpp-clock-skew.log': ['error SignatureDoesNotMatch', 'stated request-expired', 'client aws-sdk-cpp'],
  'aws-sdk-cpp.log': [...TEXTS, 'signature', 'authorization', 'client aws-sdk-cpp'],
  'aws-sdk-go-v1.log': [
    ...TEXTS,
    ...MISMATCH,
    'request PUT /examplebucket/hello%20world.txt',
    'request GET /examplebucket/hello%20world.txt',
    'client aws-sdk-go 1.44.133',
  ],
  'aws-sdk-go-v2.log': [
    ...TEXTS,
    ...MISMATCH,
    'request PUT /examplebucket/hello%20world.txt',
    'request GET /examplebucket/hello%20world.txt',
    'client aws-sdk-go-v2 1.17.1',
  ],
  'aws-sdk-java-v1.log': [...TEXTS, 'request GET /test.txt', 'response 403', 'client aws-sdk-java 1.12.0'],
  'aws-sdk-java-v2-legacy-signer.log': [...TEXTS, 'client aws-sdk-java-v2'],
  'aws-sdk-java-v2.log': [...TEXTS, 'client aws-sdk-java-v2'],
  'aws-sdk-js-v2-logger.log': [...MISMATCH, 'client aws-sdk-js'],
  'aws-sdk-js-v3-logger.log': [...MISMATCH, 'signature', 'client aws-sdk-js-v3'],
  'aws-sdk-net-metrics-constructed.log': [...TEXTS, 'client aws-sdk-net'],
  'aws-sdk-net-metrics.log': [...TEXTS, 'client aws-sdk-net'],
  'aws-sdk-rust-trace-redacted.log': [...TEXTS, 'client aws-sdk-rust'],
  'aws-sdk-rust-trace.log': ['canonical-request signer', 'client aws-sdk-rust'],
  'boto3-presign.log': [...TEXTS, 'signature', 'request GET /photos/a%20b%2Bc.jpg', 'client botocore'],
  'boto3-set_stream_logger.log': [
    ...TEXTS,
    ...MISMATCH,
    'signature',
    'request PUT /examplebucket/hello.txt',
    'response 403',
    'client boto3 1.43.11',
  ],
  'curl-7.88-verbose.log': [...MISMATCH, 'signature', 'request GET /examplebucket/photos/a%20b.jpg', 'response 403', 'client curl 7.88.1'],
  'curl-8.16-verbose.log': [...TEXTS, ...MISMATCH, 'signature', 'request GET /examplebucket/photos/a%20b.jpg', 'client curl 8.16.0'],
  'curl-8.21-verbose.log': [
    'string-to-sign signer',
    ...MISMATCH,
    'signature',
    'request GET /examplebucket/photos/a%20b.jpg',
    'client curl 8.21.0',
  ],
  'envoy-aws-request-signing.log': [...TEXTS, 'authorization', 'client envoy'],
  'minio-go-trace.log': [
    ...MISMATCH,
    'request HEAD /examplebucket/hello%20world.txt',
    'request GET /examplebucket/',
    'client minio-go 7.0.46',
  ],
  'minio-mc-debug.log': [
    'request GET /s3buck/',
    'response 400',
    'error AuthorizationHeaderMalformed',
    'stated region-wrong',
    'client minio-go 6.0.8',
  ],
  'rclone-dump-auth.log': [...MISMATCH, 'request GET /examplebucket', 'response 403', 'client rclone 1.60.1-DEV'],
  'rclone-dump-headers.log': [...MISMATCH, 'request GET /examplebucket', 'response 403', 'client rclone 1.60.1-DEV'],
  'ruby-aws-sigv4.txt': [...TEXTS, 'authorization'],
  's3cmd-debug.log': ['canonical-request signer', ...MISMATCH, 'signature', 'request GET /examplebucket/', 'client s3cmd 2.3.0'],
  's3fs-debug.log': [...MISMATCH, 'signature', 'request GET /examplebucket/', 'response 403', 'client s3fs 1.90'],
  'service-error-apigateway.json': [...QUOTED, 'error SignatureDoesNotMatch'],
  'service-error-json.json': [...QUOTED, 'error InvalidSignatureException'],
  'service-error-query.xml': [...QUOTED, 'error SignatureDoesNotMatch'],
  'service-error-s3.xml': [...QUOTED, 'error SignatureDoesNotMatch', 'signature'],
  'service-error-skew-future.json': ['error InvalidSignatureException', 'stated request-in-future'],
  'service-error-skew.json': ['error InvalidSignatureException', 'stated request-expired'],
  'terraform-provider-aws-v4-sdkv1.log': ['request POST /', 'client aws-sdk-go', 'client terraform'],
  'terraform-provider-aws.log': ['request POST /', 'client aws-sdk-go-v2 1.21.1', 'client terraform'],
}

/** Their authors or the client changed the canonical request before it was shown. */
const NOT_AS_SIGNED = ['aws-sdk-net-metrics.log', 'aws-sdk-rust-trace-redacted.log']

function named(one: Observation): string[] {
  switch (one.kind) {
    case 'client':
      return [one.version === '' ? `client ${one.name}` : `client ${one.name} ${one.version}`]
    case 'error':
      return [`error ${one.code}`]
    case 'request':
      return [`request ${one.request.method} ${one.request.target.split('?')[0]}`]
    case 'response':
      return [`response ${one.status}`]
    case 'canonical-request':
    case 'string-to-sign':
      return [`${one.kind} ${one.side}`]
    case 'stated':
      return [`stated ${one.fact}`]
    default:
      return [one.kind]
  }
}

if (existsSync(ROOT)) {
  const logs = readdirSync(ROOT).filter((name) => name !== 'README.md')

  test('there is an entry for each log', () => {
    assert.deepEqual([...logs].sort(), Object.keys(WANTED).sort())
  })

  for (const log of logs)
    test(`reads ${log}`, () => {
      const seen = readEvidence([{ name: log, text: readFileSync(`${ROOT}${log}`, 'latin1') }])
      const given = new Set(seen.flatMap(named))
      assert.deepEqual(
        (WANTED[log] ?? []).filter((one) => !given.has(one)),
        [],
      )
      assert.ok(!given.has('unreadable'))
      // The text is read byte for byte where its hash stands in a string to sign.
      const hashes = new Set(seen.flatMap((one) => (one.kind === 'string-to-sign' ? [one.text.split('\n').at(-1)!] : [])))
      for (const one of seen)
        if (one.kind === 'canonical-request' && hashes.size > 0 && !NOT_AS_SIGNED.includes(log))
          assert.ok(hashes.has(createHash('sha256').update(one.text, 'latin1').digest('hex')), one.text)
    })
}
