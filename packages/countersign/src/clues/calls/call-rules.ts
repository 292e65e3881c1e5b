/** The rules about what two calls of a program ask for: heads only; compare-calls.ts finds them. */
import type { About, Strength } from '../../case/index.js'
import { type RuleHead, type Twins, twins } from '../rule.js'

const head = (id: string, about: About, strength: Strength, ...examples: readonly Twins[]): RuleHead => ({
  id,
  about,
  strength,
  ...twins(...examples),
})

const PY = "url = s3.generate_presigned_url('put_object', Params={'Bucket': 'b', 'Key': 'k'})\n"
const JS = 'const link = await getSignedUrl(c, new PutObjectCommand({ Bucket, Key'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html: one method, and every signed header as it was signed. */
export const CALL_METHOD = head(
  'call-method-differs',
  'method-changed',
  'strong',
  [PY, 'r = requests.«post → put»(url, data=d)\n'],
  'URL u = client.generatePresignedUrl(new GeneratePresignedUrlRequest(b, k).withMethod(HttpMethod.GET));\nconnection.setRequestMethod("«PUT → GET»");\n',
)
export const CALL_HEADER_LEFT_OUT = head(
  'call-header-not-sent',
  'header-removed-in-transit',
  'strong',
  `${JS}, «CacheControl → Tagging»: 'a=b' }))\nawait axios.put(link, blob)\n`,
  `${JS}, ContentDisposition: 'inline' }))\nawait fetch(link, { method: 'PUT', body, headers: { '«Accept → Content-Disposition»': 'inline' } })\n`,
)
/** S3 wants every x-amz- header of a request among the signed ones. */
export const CALL_HEADER_ADDED = head(
  'call-header-not-presigned',
  'header-not-signed',
  'strong',
  [PY, "r = requests.put(url, data=d, headers={'«x-amz-checksum-sha256 → accept»': c})\n"],
  `${JS}«  → , ACL: 'private'» }))\nawait fetch(link, { method: 'PUT', body, headers: { 'x-amz-acl': 'private' } })\n`,
)
export const CALL_HEADER_DIFFERS = head(
  'call-header-differs',
  'header-changed-in-transit',
  'strong',
  `${JS}, ContentType: 'image/png' }))\nawait axios.put(link, blob, { headers: { 'Content-Type': 'image/«jpeg → png»' } })\n`,
  "$cmd = $s3->getCommand('PutObject', ['Bucket' => 'b', 'Key' => 'k', 'ContentType' => 'text/plain']);\n$u = $s3->createPresignedRequest($cmd, '+5 minutes');\n$client->put($u, ['headers' => ['Content-Type' => 'text/«html → plain»']]);\n",
)
/** https://developer.mozilla.org/en-US/docs/Glossary/Forbidden_request_header: what fetch, runtimes and hops set themselves. */
export const CALL_SIGNS_ACCEPT_ENCODING = head(
  'call-signs-accept-encoding',
  'header-accept-encoding-rewritten',
  'strong',
  "const r = await aws.fetch('https://b.s3.amazonaws.com/k', { headers: { '«accept-encoding': 'gzip → range': 'bytes=0-5»' } })\n",
)
export const CALL_SIGNS_HOP_HEADER = head(
  'call-signs-hop-header',
  'header-of-hop-signed',
  'fair',
  "const r = aws4.sign({ host, path, headers: { '«Connection': 'keep-alive → X-Amz-Meta-A': 'b»' } })\n",
)
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html */
export const CALL_WITHOUT_TOKEN = head(
  'call-without-token',
  'session-token-missing',
  'strong',
  'creds = boto3.Session().get_credentials()\nauth = AWS4Auth(creds.access_key, creds.secret_key, "eu-west-1", "es"«)  → , session_token=creds.token)»\n',
)
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html: no slash in a bucket's name. */
export const CALL_BUCKET_WITH_SLASH = head(
  'call-bucket-with-slash',
  'bucket-in-path',
  'strong',
  'client.putObject(PutObjectRequest.builder().bucket(bucket + "«/ → -»" + tenant).key(name).build(), body);\n',
)
/** Metadata becomes headers, and names of headers are lower case where they are signed. */
export const CALL_METADATA_CASE = head(
  'call-metadata-case',
  'header.canonical',
  'fair',
  "s3.getSignedUrl('putObject', { Bucket: 'b', Key: 'k', Metadata: { «FooBar → foobar»: 'x' } }, cb);\n",
)

export const CALL_RULES: readonly RuleHead[] = [
  CALL_METHOD,
  CALL_HEADER_LEFT_OUT,
  CALL_HEADER_ADDED,
  CALL_HEADER_DIFFERS,
  CALL_SIGNS_ACCEPT_ENCODING,
  CALL_SIGNS_HOP_HEADER,
  CALL_WITHOUT_TOKEN,
  CALL_BUCKET_WITH_SLASH,
  CALL_METADATA_CASE,
]
