/**
 * Calls of SDKs and HTTP libraries: what each asks for, and where in its arguments that stands. Data; code-calls.ts reads by it.
 *
 * A row is matched by how the callee ends, so that the name of a client does not matter. Of several rows the first that fits counts.
 */
import type { CallDoes } from '../../case/index.js'

/** Where a value stands: an argument by its place, or a member of one of these names. */
export type Where = number | readonly string[]

export interface CallRow {
  readonly api: string
  readonly does: CallDoes
  readonly match: RegExp
  /** A method, or where it stands. "callee": it is the first group of `match`. "operation": it follows from the operation. */
  readonly method?: string | { readonly at: Where }
  /** What it sends where no method is named; absent: GET. */
  readonly otherwise?: string
  readonly url?: Where
  /** Absent: the first group of `match`, or what a command object that is handed over is called. */
  readonly operation?: Where
  /** The call is of the input itself: what it is made of is told of the call. */
  readonly receiver?: true
  /** The text must hold this too: for names that many libraries have. */
  readonly needs?: RegExp
  /** What the arguments are, by their places, where they have no names. */
  readonly places?: readonly string[]
}

const VERBS = '(GET|PUT|POST|DELETE|HEAD|PATCH)'
const verb = (pattern: string): RegExp => new RegExp(pattern.replace('VERB', VERBS), 'i')
const callee = { method: 'callee' } as const
const operation = { method: 'operation' } as const
const named = (...names: readonly string[]) => ({ at: names })

export const CALL_TABLE: readonly CallRow[] = [
  // Presigned requests.
  {
    api: 'boto3',
    does: 'presigns',
    match: /(?:^|\.)generate_presigned_url$/,
    ...operation,
    operation: 0,
    places: ['clientmethod', 'params'],
  },
  { api: 'boto', does: 'presigns', match: /\.generate_url$/, method: { at: 1 } },
  { api: 'aws-sdk-js', does: 'presigns', match: /(?:^|\.)(?:getSignedUrl|getSignedUrlPromise)$/, ...operation, operation: 0 },
  { api: 'aws-sdk-ruby', does: 'presigns', match: /\.presigned_(?:url|request)$/, method: { at: 0 }, operation: 0 },
  { api: 'aws-sdk-php', does: 'presigns', match: /\.getCommand$/, ...operation, operation: 0, needs: /createPresignedRequest/ },
  { api: 'aws-sdk-php', does: 'asks', match: /\.getCommand$/, ...operation, operation: 0 },
  { api: 'laravel', does: 'presigns', match: /\.temporaryUrl$/, method: 'GET', places: ['key'] },
  { api: 'laravel', does: 'presigns', match: /\.temporaryUploadUrl$/, method: 'PUT', places: ['key'] },
  { api: 'aws-sdk-java', does: 'presigns', match: /\.generatePresignedUrl$/, method: named('method'), places: ['bucket', 'key'] },
  { api: 'aws-sdk-net', does: 'presigns', match: /\.GetPreSignedURL(?:Async)?$/, method: named('verb') },
  { api: 'minio', does: 'presigns', match: /\.presigned_?(get|put)_?object$/i, ...callee, places: ['bucket', 'key'] },
  { api: 'minio', does: 'presigns', match: /\.getPresignedObjectUrl$/, method: named('method') },
  { api: 'aws-sdk', does: 'presigns', match: /\.presign(?:ed)?_?((?:Put|Get|Head|Delete)Object|UploadPart)$/i, ...operation },
  {
    api: 'aws-sdk-go',
    does: 'presigns',
    match: /\.((?:Put|Get|Head|Delete)Object|UploadPart)Request$/,
    ...operation,
    needs: /\.Presign\(/,
  },
  { api: 'aws-sdk-rust', does: 'presigns', match: /\.((?:put|get|head|delete)_object)\..{0,200}presigned$/, ...operation },
  {
    api: 'aws-sdk-swift',
    does: 'presigns',
    match: /\.presignedURLFor(\w+)$|\.presignURL$|\.getPreSignedURL$/,
    ...operation,
    receiver: true,
  },
  { api: 'aws-sdk-go', does: 'presigns', match: /\.PresignHTTP$|signer\.Presign$/i },
  // Signers of requests.
  { api: 'aws4', does: 'signs', match: /(?:^|\.)aws4\.sign$/, method: named('method') },
  {
    api: 'aws4fetch',
    does: 'signs',
    match: /\baws\w{0,20}\.(?:fetch|sign)$/i,
    method: named('method'),
    url: 0,
    needs: /aws4fetch|AwsClient|\baws\.(?:fetch|sign)\(/,
  },
  { api: 'requests-aws4auth', does: 'signs', match: /(?:^|\.)AWS4Auth$/, places: ['accesskey', 'secretkey', 'region', 'service'] },
  { api: 'aws-requests-auth', does: 'signs', match: /(?:^|\.)AWSRequestsAuth$/ },
  { api: 'botocore', does: 'signs', match: /(?:^|\.)(?:S3)?SigV4(?:Query)?Auth$/, places: ['credentials', 'service', 'region'] },
  { api: 'botocore', does: 'signs', match: /(?:^|\.)AWSRequest$/, method: named('method'), url: ['url'] },
  { api: 'smithy', does: 'signs', match: /(?:^|\.)SignatureV4$|(?:^|\.)AwsSigv4Signer$/ },
  { api: 'aws-sdk-go', does: 'signs', match: /signer\w{0,6}\.(?:Sign|SignHTTP)$/i },
  {
    api: 'amplify',
    does: 'signs',
    match: /(?:^|\.)(?:Signer\.sign|signRequest|createPresignedURL)$/,
    method: named('method'),
    url: ['url'],
  },
  { api: 'aws-sdk-ruby', does: 'signs', match: /\.sign_request$/, method: named('http_method', 'httpmethod'), url: ['url'] },
  { api: 'aws-sdk-php', does: 'signs', match: /\.signRequest$/ },
  // Clients. What they are set to is what they sign with.
  {
    api: 'boto3',
    does: 'configures',
    match: /(?:^|\.)boto3?\.(?:client|resource|Session|connect_s3)$|\.session\.(?:client|resource)$/,
    places: ['service'],
  },
  {
    api: 'minio',
    does: 'configures',
    match: /(?:^|\.)(?:MinioClient|Minio|Minio\.Client|minio\.New)$|MinioClient\.builder/,
    places: ['endpoint', 'accesskey', 'secretkey'],
  },
  { api: 'aws-sdk', does: 'configures', match: /(?:^|\.)(?:Amazon)?\w{1,40}Client(?:\.builder|Builder)\b/ },
  { api: 'aws-sdk-php', does: 'configures', match: /(?:^|\.)S3Client\.factory$/ },
  { api: 'aws-sdk-ruby', does: 'configures', match: /(?:^|\.)Aws\.\w+\.(?:Client|Resource)\.new$|(?:^|\.)Aws\.config\.update$/ },
  {
    api: 'aws-sdk-js',
    does: 'configures',
    match: /(?:^|\.)(?:AWS\.\w{2,30}|AWS\.config\.update|S3|(?:Amazon)?[A-Z]\w{1,30}Client|AwsClient)$/,
  },
  {
    api: 'aws-sdk-go',
    does: 'configures',
    match: /(?:^|\.)(?:aws\.Config|\w+\.NewFromConfig|session\.NewSession|config\.LoadDefaultConfig|aws\.NewConfig)$/,
  },
  { api: 'aws-sdk-rust', does: 'configures', match: /(?:^|\.)(?:aws_config|aws_sdk_\w+)\./ },
  // Operations.
  { api: 'aws-sdk', does: 'asks', match: /(?:^|\.)([A-Z]\w{2,40})Command$/, ...operation },
  {
    api: 'aws-sdk',
    does: 'asks',
    match:
      /\.((?:put|get|head|delete|copy)_?object|list_?objects(?:_?v2)?|upload_?(?:part|file(?:obj)?)|download_?file|create_?multipart_?upload)$/i,
    ...operation,
    places: [],
  },
  // Requests that are sent. The most exact first: many things are called "put".
  {
    api: 'XMLHttpRequest',
    does: 'sends',
    match: /(?:xhr|req(?:uest)?|http)\w{0,20}\.open$/i,
    method: { at: 0 },
    url: 1,
    needs: /XMLHttpRequest|xhr/i,
  },
  { api: 'fetch', does: 'sends', match: /^(?:window\.|globalThis\.)?fetch$|^node_?fetch$/i, method: named('method'), url: 0 },
  { api: 'axios', does: 'sends', match: verb('^axios\\.VERB$'), ...callee, url: 0, places: ['url', 'body', 'config'] },
  { api: 'axios', does: 'sends', match: /^axios(?:\.request)?$/, method: named('method'), url: ['url'] },
  { api: 'jquery', does: 'sends', match: /^(?:jQuery|\w{0,3})\.ajax$/, method: named('type', 'method'), url: ['url'] },
  { api: 'requests', does: 'sends', match: verb('^(?:requests|httpx|session|http|client|s)\\.VERB$'), ...callee, url: 0 },
  { api: 'requests', does: 'sends', match: /^(?:requests|httpx|session|http|client|s)\.request$/, method: { at: 0 }, url: 1 },
  { api: 'urllib', does: 'sends', match: /(?:^|\.)urllib\.request\.Request$|(?:^|\.)urlopen$/, method: named('method'), url: 0 },
  { api: 'aiohttp', does: 'sends', match: verb('session\\.VERB$'), ...callee, url: 0 },
  { api: 'net-http', does: 'sends', match: verb('(?:^|\\.)Net\\.HTTP\\.VERB\\.new$'), ...callee, url: 0 },
  {
    api: 'ruby-http',
    does: 'sends',
    match: verb('^(?:HTTParty|RestClient|Faraday|Typhoeus|Excon|HTTP|conn|connection)\\.VERB$'),
    ...callee,
    url: 0,
  },
  { api: 'guzzle', does: 'sends', match: verb('client\\.VERB$'), ...callee, url: 0 },
  { api: 'guzzle', does: 'sends', match: /client\.request$|^Http\.send$/i, method: { at: 0 }, url: 1 },
  { api: 'guzzle', does: 'sends', match: /(?:^|\.)(?:GuzzleHttp\.Psr7\.)?Request$/, method: { at: 0 }, url: 1, needs: /[Gg]uzzle|Psr7/ },
  { api: 'curl-php', does: 'sends', match: /^curl_setopt(?:_array)?$/, method: named('CURLOPT_CUSTOMREQUEST'), url: ['CURLOPT_URL'] },
  { api: 'net/http', does: 'sends', match: /(?:^|\.)http\.NewRequest(?:WithContext)?$/, method: { at: ['GET'] }, url: ['url'] },
  { api: 'java-http', does: 'sends', match: /(?:^|\.)Http(Put|Get|Post|Delete|Head|Patch)$/, ...callee, url: 0 },
  {
    api: 'java-http',
    does: 'sends',
    match: /(?:^|\.)HttpRequest\.newBuilder\b.{0,200}\.(PUT|GET|POST|DELETE)\b/,
    ...callee,
    url: ['newBuilder', 'uri'],
  },
  { api: 'java-http', does: 'sends', match: /\.setRequestMethod$/, method: { at: 0 } },
  {
    api: 'okhttp',
    does: 'sends',
    match: /(?:^|\.)Request\.Builder\b.{0,200}\.(put|get|post|delete|head|patch)\b/,
    ...callee,
    url: ['url'],
  },
  { api: 'net-http-client', does: 'sends', match: /(?:^|\.)HttpRequestMessage$/, method: { at: 0 }, url: 1 },
  { api: 'net-http-client', does: 'sends', match: verb('\\.VERBAsync$'), ...callee, url: 0 },
  { api: 'net-http-client', does: 'sends', match: /(?:^|\.)WebRequest\.Create$/, method: named('method'), url: 0 },
  { api: 'urlsession', does: 'sends', match: /^URLRequest$/, method: named('httpmethod'), url: ['url'] },
  {
    api: 'alamofire',
    does: 'sends',
    // https://alamofire.github.io/Alamofire/Classes/Session.html: upload sends a POST, request a GET.
    match: /^(?:AF|Alamofire|session)\.upload$/,
    method: named('method'),
    otherwise: 'POST',
    url: ['to'],
    places: ['body'],
  },
  { api: 'alamofire', does: 'sends', match: /^(?:AF|Alamofire)\.request$/, method: named('method'), url: 0, places: ['body'] },
  { api: 'dart-http', does: 'sends', match: verb('^(?:http|dio|client|_client|_dio)\\.VERB$'), ...callee, url: 0 },
  {
    api: 'dart-http',
    does: 'sends',
    match: /^(?:http\.)?(?:Streamed|Multipart)?Request$/,
    method: { at: 0 },
    url: 1,
    needs: /\bUri\.parse\(/,
  },
  { api: 'reqwest', does: 'sends', match: verb('^(?:client|reqwest|http|ureq|self\\.client)\\.VERB\\b'), ...callee, url: 0 },
  { api: 'apex', does: 'sends', match: /\.setMethod$/, method: { at: 0 }, needs: /\bHttpRequest\b/ },
]

/** Calls that set one header: its name and its value. */
export const SETS_HEADER =
  /(?:\.|^)(?:setRequestHeader|setHeader|addHeader|setRequestProperty|addRequestProperty|addValue|setValue|header|[hH]eaders?\.(?:set|Set|add|Add|put|append|insert|TryAddWithoutValidation)|add_header)$/

/** How the name of an operation begins, and its method; the first that fits. */
export const METHODS: readonly (readonly [start: RegExp, method: string])[] = [
  [/^(?:put|upload(?!s)|create_?bucket)/i, 'PUT'],
  [/^(?:get|list|download|select)/i, 'GET'],
  [/^head/i, 'HEAD'],
  [/^delete_?objects/i, 'POST'],
  [/^(?:delete|abort)/i, 'DELETE'],
  [/^copy_?object/i, 'PUT'],
  [/^(?:create|complete|post)/i, 'POST'],
]

/** Members by their names without case and punctuation, in the order in which they count. */
export const MEMBER_NAMES = {
  bucket: ['bucket', 'bucketname'],
  key: ['key', 'objectkey', 'objectname', 'object', 's3key'],
  region: ['region', 'regionname', 'awsregion', 'signingregion', 'regionendpoint'],
  service: ['service', 'servicename', 'signingservice', 'signingname', 'awsservice'],
  endpoint: ['endpoint', 'endpointurl', 'endpointoverride', 'serviceurl', 'endpointconfiguration', 'awshost', 'host'],
} as const

/** Members that become a header of the request. */
export const HEADER_MEMBERS: Readonly<Record<string, string>> = {
  contenttype: 'content-type',
  cachecontrol: 'cache-control',
  contentdisposition: 'content-disposition',
  contentencoding: 'content-encoding',
  contentlanguage: 'content-language',
  contentmd5: 'content-md5',
  acl: 'x-amz-acl',
  cannedacl: 'x-amz-acl',
  serversideencryption: 'x-amz-server-side-encryption',
  ssekmskeyid: 'x-amz-server-side-encryption-aws-kms-key-id',
  storageclass: 'x-amz-storage-class',
  tagging: 'x-amz-tagging',
  checksumsha256: 'x-amz-checksum-sha256',
  checksumcrc32: 'x-amz-checksum-crc32',
}
