/**
 * What clients changed of the way they sign, and from which release: a step over one of them, with the other outcome on each side,
 * speaks for its cause. `named` is how evidence names the client where it gives a version of it.
 */
import type { CauseId } from './cause-id.js'
import type { Subject } from './subjects.js'

export interface ClientRelease {
  readonly client: Subject
  readonly named: RegExp
  /** The first release with the change. */
  readonly from: string
}

export interface ClientChange {
  readonly id: string
  readonly about: CauseId
  /** The releases that are refused where the change matters: those with it, or those without it. */
  readonly refused: 'with' | 'without'
  /** What a release does that is refused. */
  readonly does: string
  /** Words for the requests that it concerns, and for what is not concerned. */
  readonly concerns: RegExp
  readonly unless?: RegExp
  readonly releases: readonly ClientRelease[]
  /** It concerns servers other than AWS's own above all: there a release that is refused says something, though no other one works. */
  readonly ofOtherServers?: true
  readonly source: string
}

export const CLIENT_CHANGES: readonly ClientChange[] = [
  {
    id: 'default-checksums',
    about: 'payload-chunked-unsupported',
    refused: 'with',
    does: 'sends a checksum with every upload, as a trailer where the body is streamed',
    concerns: /\b(?:put|uploads?|uploaded|uploading|put_?object|upload_?(?:file\w*|part)|multipart|s3 (?:cp|sync)|backups?|writes?)\b/i,
    // A presigned URL carries the checksum in its query.
    unless: /pre-?sign|signed[_ -]?url/i,
    releases: [
      { client: 'boto3', named: /\bboto(?:3|core)\b/i, from: '1.36.0' },
      { client: 'aws-cli', named: /\baws-?cli(?:\/|\b)|\baws cli\b/i, from: '2.23.0' },
      {
        client: 'aws-sdk-js-v3',
        named: /@aws-sdk\/(?:client-s3|lib-storage)\b|\bclient-s3\b|\baws-sdk-js-v3\b|\bjs(?: sdk)? v3\b/i,
        from: '3.729.0',
      },
      { client: 'aws-sdk-go-v2', named: /\baws-sdk-go-v2\/service\/s3\b|\bservice\/s3\b/i, from: '1.73.0' },
      {
        client: 'aws-sdk-java-v2',
        named:
          /\bsoftware\.amazon\.awssdk\b|\bjava sdk v2\b|\bsdk v2 bundle\b|\bawssdk[:/]bundle\b|\baws-sdk-java-v2\b|\baws-sdk-java\/2|\baws(?: sdk)?(?: for)? java(?: sdk)? (?:v?2\b)/i,
        from: '2.30.0',
      },
      { client: 'aws-sdk-php', named: /\baws\/aws-sdk-php\b|\baws-sdk-php\b/i, from: '3.337.0' },
      { client: 'aws-sdk-net', named: /\bAWSSDK\.S3\b/i, from: '4.0.0' },
      { client: 'aws-sdk-ruby', named: /\baws-sdk-s3(?= \(|['"], )|\bgem ['"]?aws-sdk-s3\b|\baws-sdk-ruby\b/i, from: '1.178.0' },
      {
        client: 'aws-sdk-rust',
        named: /\baws-sdk-s3(?= = |" {0,3}}? {0,3}$)|\bcrate ['"`]?aws-sdk-s3\b|\baws-sdk-rust\b/i,
        from: '1.69.0',
      },
    ],
    ofOtherServers: true,
    source: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html',
  },
  {
    id: 'transfer-encoding-unsigned',
    about: 'header-of-hop-signed',
    refused: 'without',
    does: 'signs transfer-encoding, which every hop may change',
    concerns: /\btransfer-encoding|\bchunked\b|\bstream\w*|\bprox(?:y|ies)\b|\bnginx\b|\bload balancer\b|\bgateway\b/i,
    releases: [{ client: 'boto3', named: /\bboto(?:3|core)\b/i, from: '1.36.7' }],
    source: 'https://github.com/boto/botocore/pull/3351',
  },
  {
    id: 'hop-headers-unsigned',
    about: 'header-of-hop-signed',
    refused: 'without',
    does: 'signs headers of one connection (connection, keep-alive, te, trailer, upgrade)',
    concerns: /\bconnection\b|\bkeep-alive\b|\bhop-by-hop\b|\btrailers?\b|\bprox(?:y|ies)\b|\bnginx\b|\bload balancer\b|\bgateway\b/i,
    releases: [{ client: 'boto3', named: /\bboto(?:3|core)\b/i, from: '1.42.61' }],
    source: 'https://github.com/boto/botocore/pull/3643',
  },
  {
    // In 3.3.6 and 2.11.24; who writes "3.3" means its last patch.
    id: 'path-sanitized',
    about: 'path-normalized',
    refused: 'with',
    does: 'folds slashes and dot segments of the path before it passes the request on',
    concerns: /\/\/|\bslash(?:es)?\b|\bdot segments?\b/i,
    releases: [{ client: 'traefik', named: /\btraefik\b/i, from: '3.3.0' }],
    source: 'https://doc.traefik.io/traefik/migrate/v3/#v336',
  },
  {
    id: 'accept-encoding-signed',
    about: 'header-accept-encoding-rewritten',
    refused: 'with',
    does: 'signs accept-encoding, which the front end of Google Cloud Storage and some proxies rewrite',
    concerns: /\bgcs\b|\bgoogle\b|\bgoogleapis\b|\baccept-encoding\b|\bcdn\b/i,
    releases: [{ client: 'rclone', named: /\brclone\b/i, from: '1.60.0' }],
    source: 'https://github.com/rclone/rclone/issues/6670',
  },
]
