/**
 * How each client sends a plain body again, which SDKs of January 2025 and later wrap with a trailing checksum.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html
 */
import type { CaseFile } from '../../case/index.js'
import type { Fix } from './explanation.js'
import { toolFixes } from './tool-fixes.js'

/** The setting of every client; first that of a program that is named. */
export function plainBodyFixes(file: CaseFile): readonly Fix[] {
  return [...toolFixes(file, 'plainChecksums'), ...OF_CLIENTS, ...OF_ALL]
}

const OF_CLIENTS: readonly Fix[] = [
  {
    title: 'switch the default checksums off (boto3 1.36.0 and later)',
    applicability: 'maybe',
    command: "Config(request_checksum_calculation='when_required', response_checksum_validation='when_required')",
    appliesTo: ['boto3'],
  },
  {
    title: 'switch the default checksums off (3.729.0 and later)',
    applicability: 'maybe',
    command: "new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' })",
    appliesTo: ['aws-sdk-js-v3'],
  },
  {
    title:
      'switch the default checksums off, in the client and in the upload manager, which has its own setting (service/s3 v1.73.0 and later)',
    applicability: 'maybe',
    command: 'o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired',
    appliesTo: ['aws-sdk-go-v2'],
  },
  {
    title: 'switch chunks and the default checksums off (2.30.0 and later)',
    applicability: 'maybe',
    command:
      'S3Client.builder().requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED).serviceConfiguration(c -> c.chunkedEncodingEnabled(false))',
    appliesTo: ['aws-sdk-java-v2'],
  },
  {
    title: 'switch the default checksums off, and send the body as one piece',
    applicability: 'maybe',
    command:
      'new AmazonS3Config { RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED }; new PutObjectRequest { UseChunkEncoding = false }',
    appliesTo: ['aws-sdk-net'],
  },
  {
    title: 'switch the default checksums off (3.337.0 and later)',
    applicability: 'maybe',
    command: "new S3Client(['request_checksum_calculation' => 'when_required'])",
    appliesTo: ['aws-sdk-php'],
  },
  {
    title: 'switch the default checksums off',
    applicability: 'maybe',
    command: "Aws::S3::Client.new(request_checksum_calculation: 'when_required')",
    appliesTo: ['aws-sdk-ruby'],
  },
  {
    title: 'switch the default checksums off',
    applicability: 'maybe',
    command: 'aws_sdk_s3::config::Builder::from(&shared).request_checksum_calculation(RequestChecksumCalculation::WhenRequired)',
    appliesTo: ['aws-sdk-rust'],
  },
  {
    title: 'switch the default checksums off',
    applicability: 'maybe',
    command: 'S3Client { requestChecksumCalculation = RequestHttpChecksumConfig.WHEN_REQUIRED }',
    appliesTo: ['aws-sdk-kotlin'],
  },
]

const OF_ALL: readonly Fix[] = [
  {
    title: 'for every SDK and the AWS CLI, through the environment',
    applicability: 'maybe',
    command: 'AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required',
  },
  {
    title: 'for every SDK and the AWS CLI, in ~/.aws/config',
    applicability: 'maybe',
    command: 'request_checksum_calculation = when_required',
  },
]
