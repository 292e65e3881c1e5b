/** Reads which client signed, from imports, calls and sentences. */

import { anyText, type EvidenceReader, type EvidenceSource, type Observation } from '../../case/index.js'
import { blank, isLogRecord, MOST_SCANNED } from '../../text/index.js'

export const clientNames: EvidenceReader = {
  id: 'client-names',
  reads: 'names of SDKs and signing libraries in code and sentences',
  samples: ['import boto3\ns3 = boto3.client("s3")\n', 'Our Worker signs with aws4fetch 1.0.17.\n'],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    return namesIn(text, name)
  },
}

function namesIn(text: string, source: string): readonly Observation[] {
  // The readers of access logs give the clients of the requests that were refused; the others have no part in it.
  const scanned = text
    .slice(0, MOST_SCANNED)
    .split('\n')
    .map((line) => (isLogRecord(line) ? blank(line) : line))
    .join('\n')
  return CLIENTS.flatMap(([name, pattern]): Observation[] => {
    const match = pattern.exec(scanned)
    if (match === null) return []
    const version = VERSION.exec(scanned.slice(match.index + match[0].length, match.index + match[0].length + 24))?.[1] ?? ''
    return [
      { kind: 'client', name, version, location: { source, start: match.index, end: match.index + match[0].length }, fidelity: 'inferred' },
    ]
  })
}

const VERSION = /^["']?[ @/:=v]{1,4}(\d{1,4}\.\d{1,4}(?:\.\d{1,4})?)/
const CLIENTS: readonly (readonly [string, RegExp])[] = [
  ['boto3', /\bboto3\b/],
  ['botocore', /\bbotocore\b/],
  ['boto', /\bimport boto\b|\bboto\.s3\b/],
  ['requests-aws4auth', /\brequests[_-]aws4auth\b|\bAWS4Auth\(/],
  ['aws-requests-auth', /\baws[_-]requests[_-]auth\b/],
  ['aws4fetch', /\baws4fetch\b|\bnew AwsClient\(|\baws\.(?:sign|fetch)\(/],
  ['aws4', /\baws4\.sign\(|require\(['"]aws4['"]\)|from ['"]aws4['"]/],
  ['crypto-js', /\bcrypto-js\b|\bCryptoJS\b/i],
  ['aws-sdk-js-v3', /@aws-sdk\/|\baws-sdk-js-v3\b|@smithy\/signature-v4/],
  ['aws-sdk-js', /require\(['"]aws-sdk['"]\)|from ['"]aws-sdk['"]|\bnew (?:AWS|aws)\.S3\(|\baws-sdk-js(?!-v3)\b/],
  ['aws-sdk-go-v2', /\baws-sdk-go-v2\b/],
  ['aws-sdk-go', /\baws-sdk-go(?!-v2)\b/],
  ['aws-sdk-java-v2', /\bsoftware\.amazon\.awssdk\b|\baws-sdk-java-v2\b|\bSignerChecksumParams\b/],
  ['aws-sdk-java', /\bcom\.amazonaws\.(?:services|auth)\b|\baws-sdk-java(?!-v2)\b/],
  ['aws-sdk-rust', /\baws-sdk-rust\b|\baws_sigv4::|\baws_config::|(?<!--)\baws-sigv4\b/],
  ['aws-sdk-ruby', /\bAws::(?:S3|Sigv4|STS|Credentials)\b|\baws-sdk-ruby\b/],
  ['aws-sdk-php', /\bAws\\(?:S3|Signature|Credentials)\b|\baws-sdk-php\b/],
  ['aws-sdk-net', /\bAmazon\.(?:S3|Runtime)\b|\bAWSSDK\b/],
  ['aws-sdk-cpp', /\bAws::(?:Client|Utils)::|\baws-sdk-cpp\b/],
  ['req', /\bReq\.(?:get|put|post|delete|new|request|head|patch)!?\(|\bReq \(Elixir\)/],
  ['ex_aws', /\bExAws\b|\bex_aws\b/],
  ['bun', /\bBun\.s3\b|\bfrom ['"]bun['"]|\bBun S3Client\b|\bs3\.file\(/],
  ['minio-go', /\bminio-go\b|\bminio\.New\(/],
  ['minio-js', /\bMinio\.Client\(/],
  ['rusoto', /\brusoto\b/i],
  ['rust-s3', /\brust-s3\b/],
  ['amazonka', /\bamazonka\b/],
  ['awscurl', /\bawscurl\b/],
  ['aws-cli', /\baws-cli\b|\bawscli\b|\baws (?:s3|s3api|sts|--)/],
  ['s3cmd', /\bs3cmd\b/],
  ['s3fs', /\bs3fs\b/],
  ['rclone', /\brclone\b/],
  ['curl', /\bcurl\b[^\n]{0,300}--aws-sigv4/],
  ['terraform', /\bterraform\b/i],
  ['postman', /\bPostman\b/],
  ['awsrest', /\bawsrest\b/],
  ['elastic', /@elastic\/elasticsearch|\belasticsearch-py\b|\bopensearch-py\b/],
]
