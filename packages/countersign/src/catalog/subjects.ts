/**
 * What a repair can be for, and what somebody who asks can be known to use: a closed list, so that the two can be compared.
 * What belongs together by nature (an SDK and its language) stands here; how each is recognised in evidence stands in `evidence`.
 */
import { TOOL_SUBJECTS } from './tool-subjects.js'

export type SubjectKind = 'client' | 'language' | 'os' | 'proxy' | 'service' | 'tool'

/** One thing that a repair can be for. */
export interface SubjectRow {
  readonly kind: SubjectKind
  /** How to call it in a report. */
  readonly name: string
  /** Of a library: the language that it is called from. */
  readonly language?: Subject
  /** What it is one of: a repair for all SDKs of AWS fits each. */
  readonly within?: readonly Subject[]
}

export type Subject = keyof typeof ROWS

const ROWS = {
  apex: { kind: 'language', name: 'Apex' },
  dart: { kind: 'language', name: 'Dart' },
  dotnet: { kind: 'language', name: '.NET' },
  elixir: { kind: 'language', name: 'Elixir' },
  go: { kind: 'language', name: 'Go' },
  java: { kind: 'language', name: 'Java' },
  javascript: { kind: 'language', name: 'JavaScript' },
  kotlin: { kind: 'language', name: 'Kotlin' },
  perl: { kind: 'language', name: 'Perl' },
  php: { kind: 'language', name: 'PHP' },
  python: { kind: 'language', name: 'Python' },
  ruby: { kind: 'language', name: 'Ruby' },
  rust: { kind: 'language', name: 'Rust' },
  swift: { kind: 'language', name: 'Swift' },

  'aws-sdk': { kind: 'client', name: 'AWS SDKs' },
  'aws-cli': { kind: 'client', name: 'AWS CLI' },
  'aws-sdk-cpp': { kind: 'client', name: 'AWS SDK for C++', within: ['aws-sdk'] },
  'aws-sdk-go': { kind: 'client', name: 'AWS SDK for Go v1', language: 'go', within: ['aws-sdk'] },
  'aws-sdk-go-v2': { kind: 'client', name: 'AWS SDK for Go v2', language: 'go', within: ['aws-sdk'] },
  'aws-sdk-java': { kind: 'client', name: 'AWS SDK for Java 1.x', language: 'java', within: ['aws-sdk'] },
  'aws-sdk-java-v2': { kind: 'client', name: 'AWS SDK for Java 2.x', language: 'java', within: ['aws-sdk'] },
  'aws-sdk-js': { kind: 'client', name: 'AWS SDK for JavaScript v2', language: 'javascript', within: ['aws-sdk'] },
  'aws-sdk-js-v3': { kind: 'client', name: 'AWS SDK for JavaScript v3', language: 'javascript', within: ['aws-sdk'] },
  'aws-sdk-kotlin': { kind: 'client', name: 'AWS SDK for Kotlin', language: 'kotlin', within: ['aws-sdk'] },
  'aws-sdk-net': { kind: 'client', name: 'AWS SDK for .NET', language: 'dotnet', within: ['aws-sdk'] },
  'aws-sdk-php': { kind: 'client', name: 'AWS SDK for PHP', language: 'php', within: ['aws-sdk'] },
  'aws-sdk-ruby': { kind: 'client', name: 'AWS SDK for Ruby', language: 'ruby', within: ['aws-sdk'] },
  'aws-sdk-rust': { kind: 'client', name: 'AWS SDK for Rust', language: 'rust', within: ['aws-sdk'] },
  'aws-sdk-swift': { kind: 'client', name: 'AWS SDK for Swift', language: 'swift', within: ['aws-sdk'] },
  boto3: { kind: 'client', name: 'boto3', language: 'python', within: ['aws-sdk', 'botocore'] },
  botocore: { kind: 'client', name: 'botocore', language: 'python', within: ['aws-sdk'] },
  'smithy-signature-v4': { kind: 'client', name: '@smithy/signature-v4', language: 'javascript' },
  aiohttp: { kind: 'client', name: 'aiohttp', language: 'python' },
  alamofire: { kind: 'client', name: 'Alamofire', language: 'swift' },
  amazonka: { kind: 'client', name: 'amazonka' },
  angular: { kind: 'client', name: 'Angular', language: 'javascript' },
  aws4: { kind: 'client', name: 'aws4', language: 'javascript' },
  aws4fetch: { kind: 'client', name: 'aws4fetch', language: 'javascript' },
  'aws-requests-auth': { kind: 'client', name: 'aws-requests-auth', language: 'python' },
  awscurl: { kind: 'client', name: 'awscurl' },
  awsrest: { kind: 'client', name: 'libvmod-awsrest' },
  axios: { kind: 'client', name: 'axios', language: 'javascript' },
  boto: { kind: 'client', name: 'boto', language: 'python' },
  bun: { kind: 'client', name: 'Bun', language: 'javascript' },
  'crypto-js': { kind: 'client', name: 'crypto-js', language: 'javascript' },
  curl: { kind: 'client', name: 'curl' },
  datadog: { kind: 'client', name: 'Datadog for Python', language: 'python' },
  elastic: { kind: 'client', name: 'clients of Elasticsearch and OpenSearch' },
  ex_aws: { kind: 'client', name: 'ex_aws', language: 'elixir' },
  guzzle: { kind: 'client', name: 'Guzzle', language: 'php' },
  httpclient: { kind: 'client', name: 'Apache HttpClient', language: 'java' },
  jquery: { kind: 'client', name: 'jQuery', language: 'javascript' },
  okhttp: { kind: 'client', name: 'OkHttp', language: 'kotlin' },
  'minio-go': { kind: 'client', name: 'minio-go', language: 'go' },
  'minio-js': { kind: 'client', name: 'minio-js', language: 'javascript' },
  opentelemetry: { kind: 'client', name: 'OpenTelemetry for Node.js', language: 'javascript' },
  postman: { kind: 'client', name: 'Postman' },
  'react-s3-uploader': { kind: 'client', name: 'react-s3-uploader', language: 'javascript' },
  req: { kind: 'client', name: 'Req', language: 'elixir' },
  requests: { kind: 'client', name: 'requests', language: 'python' },
  'requests-aws4auth': { kind: 'client', name: 'requests-aws4auth', language: 'python' },
  'rust-s3': { kind: 'client', name: 'rust-s3', language: 'rust' },
  spring: { kind: 'client', name: 'Spring', language: 'java' },
  rusoto: { kind: 'client', name: 'rusoto', language: 'rust' },

  // Where commands run: a shell is one question with the system.
  shell: { kind: 'os', name: 'POSIX shell' },
  powershell: { kind: 'os', name: 'PowerShell', within: ['windows'] },
  linux: { kind: 'os', name: 'Linux', within: ['shell'] },
  macos: { kind: 'os', name: 'macOS', within: ['shell'] },
  windows: { kind: 'os', name: 'Windows' },
  wsl: { kind: 'os', name: 'WSL 2', within: ['linux'] },

  apache: { kind: 'proxy', name: 'Apache httpd' },
  apisix: { kind: 'proxy', name: 'APISIX' },
  'api-gateway': { kind: 'proxy', name: 'API Gateway' },
  caddy: { kind: 'proxy', name: 'Caddy' },
  cloudflare: { kind: 'proxy', name: 'Cloudflare' },
  cloudflared: { kind: 'proxy', name: 'Cloudflare Tunnel' },
  cloudfront: { kind: 'proxy', name: 'CloudFront' },
  'dev-proxy': { kind: 'proxy', name: 'http-proxy-middleware' },
  envoy: { kind: 'proxy', name: 'Envoy' },
  fastly: { kind: 'proxy', name: 'Fastly' },
  'gateway-api': { kind: 'proxy', name: 'Gateway API' },
  haproxy: { kind: 'proxy', name: 'HAProxy' },
  'ingress-nginx': { kind: 'proxy', name: 'ingress-nginx', within: ['nginx'] },
  iis: { kind: 'proxy', name: 'IIS' },
  'app-gateway': { kind: 'proxy', name: 'Azure Application Gateway' },
  istio: { kind: 'proxy', name: 'Istio', within: ['envoy'] },
  inspector: { kind: 'proxy', name: 'TLS inspection' },
  kong: { kind: 'proxy', name: 'Kong' },
  nginx: { kind: 'proxy', name: 'nginx' },
  'oauth2-proxy': { kind: 'proxy', name: 'oauth2-proxy' },
  ngrok: { kind: 'proxy', name: 'ngrok' },
  frp: { kind: 'proxy', name: 'frp' },
  'spring-gateway': { kind: 'proxy', name: 'Spring Cloud Gateway' },
  yarp: { kind: 'proxy', name: 'YARP' },
  squid: { kind: 'proxy', name: 'Squid' },
  traefik: { kind: 'proxy', name: 'Traefik' },
  tunnel: { kind: 'proxy', name: 'a tunnel' },
  tyk: { kind: 'proxy', name: 'Tyk' },
  varnish: { kind: 'proxy', name: 'Varnish' },

  aws: { kind: 'service', name: 'AWS' },
  s3: { kind: 'service', name: 'S3' },
  ec2: { kind: 'service', name: 'EC2' },
  ecs: { kind: 'service', name: 'ECS' },
  eks: { kind: 'service', name: 'EKS' },
  lambda: { kind: 'service', name: 'Lambda' },
  's3-compatible': { kind: 'service', name: 'S3-compatible stores' },
  b2: { kind: 'service', name: 'Backblaze B2', within: ['s3-compatible'] },
  ceph: { kind: 'service', name: 'Ceph RADOS Gateway', within: ['s3-compatible'] },
  garage: { kind: 'service', name: 'Garage', within: ['s3-compatible'] },
  gcs: { kind: 'service', name: 'Google Cloud Storage', within: ['s3-compatible'] },
  minio: { kind: 'service', name: 'MinIO', within: ['s3-compatible'] },
  r2: { kind: 'service', name: 'Cloudflare R2', within: ['s3-compatible'] },
  scality: { kind: 'service', name: 'Scality CloudServer', within: ['s3-compatible'] },
  seaweedfs: { kind: 'service', name: 'SeaweedFS', within: ['s3-compatible'] },
  storj: { kind: 'service', name: 'Storj', within: ['s3-compatible'] },
  supabase: { kind: 'service', name: 'Supabase Storage behind Cloudflare', within: ['s3-compatible'] },
  versitygw: { kind: 'service', name: 'versitygw', within: ['s3-compatible'] },
  wasabi: { kind: 'service', name: 'Wasabi', within: ['s3-compatible'] },

  ...TOOL_SUBJECTS,
} as const satisfies Readonly<
  Record<string, Omit<SubjectRow, 'language' | 'within'> & { readonly language?: string; readonly within?: readonly string[] }>
>

export const SUBJECTS: Readonly<Record<Subject, SubjectRow>> = ROWS
