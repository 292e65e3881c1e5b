/** The rules about settings: credentials, region, service, token, and what decides how a tool signs. Several readers ask them. */
import type { About, Strength } from '../../case/index.js'
import { type Rule, type RuleHead, type Twins, twins } from '../rule.js'

const head = (id: string, about: About, strength: Strength): RuleHead => ({ id, about, strength })

/** A key of AWS has 40 characters of A-Z, a-z, 0-9, "/" and "+", and no format adds any. */
export const SECRET_DAMAGED = head('secret-damaged', 'secret.mangled', 'strong')
export const SWAPPED = head('id-and-secret-swapped', 'access-key-and-secret-swapped', 'strong')
export const NOT_A_PAIR = head('secret-not-of-id', 'secret-mismatch', 'fair')
export const REGION_OF_ENDPOINT = head('region-not-of-endpoint', 'region-mismatch', 'strong')
/** The client puts the bucket before the host or into the path: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
export const BUCKET_IN_ENDPOINT = head('bucket-in-endpoint', 'bucket-in-path', 'fair')
export const REGION_MALFORMED = head('region-malformed', 'region-mismatch', 'strong')
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: ASIA are temporary, AKIA are not. */
export const TOKEN_LEFT_OUT = head('token-left-out', 'session-token-missing', 'strong')
export const TOKEN_OF_OLDER_KEY = head('token-of-older-key', 'session-token-mismatch', 'strong')
/** A presigned URL covers one method; `aws s3 presign` takes none and signs GET. */
export const PRESIGNED_FOR_GET = head('presigned-for-get', 'method-changed', 'strong')
/** https://github.com/curl/curl/issues/9717, and the canonical query string of the specification. */
export const CURL_QUERY = head('curl-query-order', 'query-not-sorted', 'strong')
/** https://github.com/curl/curl/issues/10129, and the canonical URI of the specification. */
export const CURL_PATH = head('curl-path-as-given', 'path.encoding', 'strong')
/** RFC 3986, 5.2.4 and 6.2.2: what a normalizing hop folds. */
export const KEY_WITH_DOTS = head('key-with-empty-segment', 'path-normalized', 'fair')
/** https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html: without --profile the default profile is read. */
export const PROFILE_NOT_NAMED = head('profile-not-named', 'secret-mismatch', 'fair')
export const SERVICE_OF_ENDPOINT = head('service-not-of-endpoint', 'service-mismatch', 'strong')
export const AUTHORIZATION_BY_HAND = head('authorization-by-hand', 'authorization-sent-twice', 'fair')

/** Settings that decide how a tool signs. */
export const SIGNING_SETTINGS: readonly Rule[] = [
  {
    // https://docs.docker.com/reference/compose-file/interpolation/
    id: 'compose-variable-unset',
    about: 'secret-shell-expanded',
    strength: 'strong',
    match:
      /The \\?"?(?!\w{0,60}(?:SECRET|KEY|TOKEN|PASS|REGION|BUCKET|ENDPOINT|AWS|MINIO|USER|HOST))\w{1,80}\\?"? variable is not set\. Defaulting to a blank string/i,
    message: 'Docker Compose took a "$" in a value for the begin of a variable.',
    needs: /secret|password|access[_ ]?key/i,
    says: { sign: '$', by: 'compose' },
    ...twins('WARN[0000] The "«k83jd → AWS_SECRET_KEY»" variable is not set. Defaulting to a blank string.\nsecretkey: x\n'),
  },
  {
    id: 'setting-version-2',
    about: 'algorithm.version',
    strength: 'fair',
    match:
      /^[ \t]{0,20}(?:(?:signature_v2|v2_auth)\s{0,5}=\s{0,5}["']?true|(?:s3_)?signature_?version\s{0,5}[:=]\s{0,5}["']?(?:s3|v2|2|s3v2)["']?[ \t]{0,5}[,;\r]?$)|\bsignature_?version["']?\s{0,3}[:=(]\s{0,3}["'](?:v2|s3|2)["']|"api"\s{0,5}:\s{0,5}"S3v2"/im,
    message: 'a setting asks for signature version 2.',
    ...twins(
      '[store]\nv2_auth = «true → false»\n',
      's3 =\n  signature_version = «s3 → s3v4»\n',
      "c = Config(signature_version='«s3 → s3v4»')",
    ),
  },
  {
    // https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/authentication.html: this provider takes no session token.
    id: 'setting-provider-without-token',
    about: 'session-token-missing',
    strength: 'strong',
    match: /\bSimpleAWSCredentialsProvider\b/,
    message: 'the provider of the credentials does not send the session token that is set.',
    needs: /s3a\.session\.token|\bASIA[A-Z0-9*]{4,}|get-session-token|assume-role/,
    ...twins('provider=org.apache.hadoop.fs.s3a.«Simple → Temporary»AWSCredentialsProvider\nfs.s3a.session.token=x\n'),
  },
  {
    // https://grafana.com/docs/plugins/grafana-opensearch-datasource/latest/configure/: "serverless" decides between es and aoss.
    id: 'setting-not-serverless',
    about: 'service-mismatch',
    strength: 'strong',
    match:
      /\bserverless["']?\s{0,5}[:=]\s{0,5}["']?false|\bopensearch_service_type["']?\s{0,5}(?:[:=]|is)\s{0,5}["']?(?:default|managed)|\b(?:aws_?)?service(?:_?name)?["']?\s{0,5}[:=]?\s{0,5}["']?es["']?[ \t]{0,5}$/im,
    message: 'the endpoint is one of OpenSearch Serverless, whose signing name is aoss, and a setting says that it is not.',
    needs: /\.aoss\.amazonaws\.com/,
    says: { signed: 'es', wanted: 'aoss' },
    ...twins('url: https://x1.us-east-1.aoss.amazonaws.com\nserverless: «false → true»\n'),
  },
  {
    id: 'setting-checksum',
    about: 'payload.chunked',
    strength: 'fair',
    match: /\b(?:AWS_)?request_checksum_calculation["']?\s{0,5}[:=]\s{0,5}["']?when_supported/i,
    message: 'a setting asks for a checksum with every upload, which stores other than S3 may not know.',
    needs: /endpoint_?url/i,
    ...twins('endpoint_url = https://store.example.net\nrequest_checksum_calculation = «when_supported → when_required»\n'),
  },
  {
    id: 'setting-bucket-place',
    about: 'bucket-in-path',
    strength: 'fair',
    match:
      /\b(?:s3_?)?(?:use_?|force_?){0,2}path[._-]?(?:request_?)?style(?:[._-]?access)?(?:[._-]?enabled|_?endpoint)?["']?(?:\s{0,5}(?:=>|[:=])\s{0,5}|<\/name>\s{0,20}<value>)["']?false|\b(?:s3_)?(?:url|addressing|uri)[._-]?style["']?\s{0,5}(?:=>|[:=])\s{0,5}["']?(?:vhost|virtual|host)\b|\bbucket_lookup(?:_type)?["']?\s{0,5}[:=]\s{0,5}["']?(?:dns|virtual)|\bvirtual_?hosted?_?style["']?\s{0,5}[:=]\s{0,5}["']?true|^host_bucket\s{0,5}=\s{0,5}%\(bucket\)s\.(?![^\n]{0,100}(?:amazonaws|digitaloceanspaces|wasabisys|linodeobjects|scw\.cloud))/im,
    message: 'the bucket goes into the host, which stores other than S3 may take for a part of the path.',
    needs: /endpoint|host_base/i,
    ...twins(
      'host_base = rgw.lan\nhost_bucket = «%(bucket)s. → »rgw.lan\n',
      '<name>fs.s3a.endpoint</name><value>store</value>\n<name>fs.s3a.path.style.access</name>\n<value>«false → true»</value>\n',
      "SET s3_endpoint='localhost:9000'; SET s3_url_style='«vhost → path»';\n",
      'repo1-s3-endpoint=minio.lan\nrepo1-s3-uri-style=«host → path»\n',
    ),
  },
]

const FOR = 'https://examplebucket.s3.eu-west-3.amazonaws.com/a'
const kept = (settings: object, more: object = {}): string =>
  JSON.stringify({
    __export_format: 4,
    resources: [{ method: 'GET', url: FOR, authentication: { type: 'iam', region: 'eu-west-3', service: 's3', ...settings }, ...more }],
  })
const ID = 'AKIAIOSFODNN7EXAMPLE'
const TEMPORARY = 'ASIAIOSFODNN7EXAMPLE'
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'

const shown = (rule: RuleHead, ...examples: readonly Twins[]): RuleHead => ({ ...rule, ...twins(...examples) })

export const CREDENTIAL_RULES: readonly RuleHead[] = [
  shown(
    SECRET_DAMAGED,
    `[default]\naws_access_key_id = ${ID}\naws_secret_access_key = «"${SECRET}" → ${SECRET}»\n`,
    `rclone.conf:\nsecret_access_key = «"${SECRET}" → ${SECRET}»\n`,
    `docker run --env-file a.env app\nAWS_SECRET_ACCESS_KEY=«"${SECRET}" → ${SECRET}»\n`,
    `AWS_SECRET_ACCESS_KEY=«wJalrXUtnFEMI/K7MDENG#bPxRfiCYEXAMPLE → ${SECRET} # since May»\n`,
    'export AWS_SECRET_ACCESS_KEY=«"wJal$rXUtn" → \'wJal$rXUtn\'»\n',
    'environment:\n  REGISTRY_STORAGE_S3_SECRETKEY: Qw9«$ → $$»kd83jdKSl2\n',
    "environment:\n  - 'S3_SECRET_KEY=Qw9«$ → $$»kd83jdKSl2'\n",
    "define( 'S3_SECRET_KEY', «\"wJal$rXUtn\" → 'wJal$rXUtn'» );\n",
    'array(\n  "secret-access-key" => «"wJal$rXUtn" → \'wJal$rXUtn\'»,\n)\n',
    'mc alias set s3 https://store.example admin «"wJal$rXUtn" → \'wJal$rXUtn\'»\n',
    'kubectl create secret generic s3 --from-literal=secretKey=«"wJal$rXUtn" → \'wJal$rXUtn\'»\n',
    's3cmd --secret_key=wJal«& → »rXUtn ls\n',
  ),
  shown(SWAPPED, `"accessKeyId": "«${SECRET} → ${ID}»",\n"secretAccessKey": "«${ID} → ${SECRET}»"\n`),
  shown(NOT_A_PAIR, `export «AWS_PROFILE=work → AWS_REGION=eu-west-1»\nexport AWS_ACCESS_KEY_ID=${ID}\n`),
  shown(
    REGION_OF_ENDPOINT,
    'endpoint = s3.eu-west-2.amazonaws.com\nregion = «us-east-1 → eu-west-2»\n',
    'terraform init -backend-config="endpoint=https://s3.fr-par.scw.cloud" -backend-config="region=«us-east-1 → fr-par»"\n',
  ),
  shown(
    BUCKET_IN_ENDPOINT,
    'S3_BUCKET=photos\nS3_ENDPOINT=https://«photos. → »fra1.example.net\n',
    'bucket: photos\nendpoint: https://s3.example.net«/photos → »\n',
  ),
  shown(REGION_MALFORMED, 'region = «eu_west_1 → eu-west-1»\n'),
  shown(
    TOKEN_LEFT_OUT,
    `[a]\naws_access_key_id = ${TEMPORARY}\naws_secret_access_key = ${SECRET}\n« → aws_session_token = EXAMPLETOKEN\n»`,
  ),
  shown(TOKEN_OF_OLDER_KEY, `AWS_ACCESS_KEY_ID=«${ID} → ${TEMPORARY}»\nAWS_SECRET_ACCESS_KEY=${SECRET}\nAWS_SESSION_TOKEN=EXAMPLETOKEN\n`),
  ...SIGNING_SETTINGS,
]
export const COMMAND_RULES: readonly RuleHead[] = [
  shown(PRESIGNED_FOR_GET, 'URL=$(aws s3 presign s3://b/k)\ncurl« -XPUT -T f → » "$URL"\n'),
  shown(CURL_QUERY, "curl --aws-sigv4 aws:amz:us-east-1:es -u K:S 'https://a.example/i?«sort=x&size=25 → size=25&sort=x»'"),
  shown(CURL_PATH, 'curl --aws-sigv4 aws:amz:us-east-1:«es → s3» -u K:S https://a.example/arn%3Aaws/x'),
  shown(PROFILE_NOT_NAMED, 'aws configure --profile store\naws« →  --profile store» s3 ls\n'),
  shown(KEY_WITH_DOTS, 'aws s3api put-object --bucket b --key «/foo → foo» --body f'),
]
const header = (name: string): object => ({ headers: [{ name, value: 'x' }] })
export const KEPT_RULES: readonly RuleHead[] = [
  { ...SERVICE_OF_ENDPOINT, fires: [kept({ service: 'execute-api' })], silent: [kept({})] },
  { ...AUTHORIZATION_BY_HAND, fires: [kept({}, header('Authorization'))], silent: [kept({}, header('Accept'))] },
]
