// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/** Code that asks an SDK, a proxy or a browser to presign or send: what it asks for that a signature does not survive. */

import { twins } from '../rule.js'
import { type CodeRule, codeRules } from './code-rule.js'
import { anyCase, exactly, words } from './pattern.js'
import { QUOTE } from './vocabulary.js'

const PRESIGNS = String.raw`(?:presigned_?url|getSignedUrl|PutObjectCommand|generate_presigned_url)\w{0,10}\([^)]{0,200}`
/** What sets a header of a request that a proxy passes on. */
const PROXY_SETS = words(
  'proxyReq.setHeader(, proxyReq.removeHeader(, flow.request.headers[, request.headers.delete(',
  'request.headers.set(, req.headers.delete(, req.headers.set(, delete req.headers[, delete request.headers[',
)
const GO_PROXY_SETS = String.raw`\b(?:r|req|request|outreq|outReq|pr\.Out)\.Header\.(?:Set|Add|Del)\(`
/** API calls that are not signed for under the name by which people know their service. */
const OTHER_NAMES: readonly (readonly [match: RegExp, message: string, needs?: RegExp])[] = [
  [/\bApiGatewayManagementApi(?:Client)?\(/, 'Calls of the API Gateway management API are signed for the service execute-api.'],
  [
    /\bAWSService\.iot\b|service(?:_?name)?["']?\s{0,3}[:=]\s{0,3}["']iot["']/i,
    'The MQTT gateway of AWS IoT is signed for with the service name iotdevicegateway, not iot.',
    /wss|mqtt/i,
  ],
]

export const SENDING_RULES: readonly CodeRule[] = codeRules([
  {
    id: 'proxy-changes-header',
    about: 'header-changed-in-transit',
    strength: 'strong',
    message: 'The proxy sets or removes the header {1}. A signature that covers it no longer fits.',
    value: 'header',
    ...twins(
      'package main\nfunc f() {\n\treq.Header.«Del("Accept-Encoding" → Set("X-Amz-Date", now»)\n}',
      "proxy.on('proxyReq', (proxyReq) => {\n  «proxyReq.removeHeader('Range' → log(proxyReq»)\n})",
    ),
    idioms: [
      {
        match: exactly`${GO_PROXY_SETS}\s{0,3}"((?![xX]-[aA]mz|Authorization|Content-Type|Host)[A-Za-z-]{1,40})"`,
        unless: /hmac\.New|signer?\.(?:Sign|Presign)/,
      },
      { match: exactly`${PROXY_SETS}\s{0,3}["']([A-Za-z-]{1,40})["']`, unless: /\.sign\(/ },
    ],
  },
  {
    id: 'proxy-sets-host',
    about: 'host-rewritten',
    strength: 'strong',
    message: 'The proxy sets its own Host, and Host is always signed.',
    unless: /hmac\.New|\.sign\(/i,
    ...twins('const options = {\n  changeOrigin: «true → false»,\n}\nuse(options)'),
    idioms: [/changeOrigin\s{0,3}:\s{0,3}true|NewSingleHostReverseProxy|\b(?:r|req|request)\.Host\s{0,3}=[^=]/],
  },
  {
    id: 'signed-request-retried',
    about: 'request-retried-stale',
    strength: 'strong',
    message: 'A retry sends an already signed request again, or signs it once more.',
    needs: /aws_sigv4|aws4|sigv4/i,
    ...twins('conn = Faraday.new do |f|\n  f.request :«retry, retry: :all\n  f.request : → »aws_sigv4\nend'),
    idioms: [/\bretry\s{0,3}:\s{0,3}:|max_retries\s{0,3}:|axios-?retry\(|RetryPolicy|retryAdapter/i],
  },
  {
    id: 'acl-presigned',
    about: 'header-not-signed',
    strength: 'fair',
    message: 'The presigned URL carries an acl. As a header, x-amz-acl needs to be among the signed headers.',
    ...twins("url = s3.generate_presigned_url('put_object', Params={'«ACL': 'private' → Key': k»})"),
    idioms: [anyCase`${PRESIGNS}\bacl\b`],
  },
  {
    id: 'type-at-presigned-url',
    about: 'header.changed',
    strength: 'weak',
    says: { header: 'content-type', sender: 'client' },
    message:
      'A presigned URL and a Content-Type stand together. The upload has to send exactly the type that was signed, and none where none was.',
    ...twins(
      "url = s3.generate_presigned_url('put_object', Params={'«ContentType': 'a/b' → Key': k»})",
      "await fetch(presignedUrl, { method: 'PUT', «headers: { 'Content-Type': file.type },  → »body: file })",
    ),
    idioms: [
      anyCase`${PRESIGNS}\bContent-?Type\b`,
      { match: anyCase`${QUOTE}Content-Type${QUOTE}\s{0,3}[,:\]]|\bcontentType\s{0,3}:`, needs: /presign|signed_?url/i },
    ],
  },
  {
    id: 'form-to-presigned-url',
    about: 'header-changed-in-transit',
    strength: 'strong',
    message: 'The file is sent as a multipart form: its Content-Type is not the one that was signed, and its bytes are not the file.',
    needs: /["'`]PUT["'`]|\.put\(|\bPutAsync\(/i,
    unless: /Policy|presigned_?post|createPresignedPost/i,
    ...twins("const form = new «FormData → Blob»()\nawait fetch(url, { method: 'PUT', body: form })"),
    idioms: [/new FormData\(|multipart\/form-data|MultipartFormDataContent|\bfiles\s{0,3}=\s{0,3}\{/],
  },
  {
    id: 'compressing-client',
    about: 'payload-replaced',
    strength: 'fair',
    message: 'The client compresses the body. The payload hash has to be that of the compressed bytes.',
    ...twins('var options = new Options();\noptions.EnableHttpCompression(«true → false»);'),
    idioms: [/\w{0,20}compress(?:ion|ed)?["']?\s{0,3}(?:[:=]|=>|\()\s{0,3}true\b|\b(?:gzip|use_?gzip)["']?\s{0,3}[:=]\s{0,3}true\b/i],
  },
  {
    id: 'session-token-not-passed',
    about: 'session-token-missing',
    strength: 'strong',
    message: 'The credentials are temporary, and no session token is passed on with them.',
    unless: /session_?token["'\s:=)\]]*[,})]|\bsession_?token\b(?!\()|security-?token/i,
    ...twins(
      "c = sts.assume_role(RoleArn=arn)['Credentials']\nauth = sign(c['AccessKeyId'], c['SecretAccessKey']« → , c['SessionToken']»)",
      'export AWS_ACCESS_KEY_ID=$(jq -r .Credentials.AccessKeyId c.json)\nexport A=$(jq -r .Credentials.«SecretAccessKey → SessionToken» c.json)',
      "key = '«ASIAIOSFODNN7EXAMPLE → AKIAIOSFODNN7EXAMPLE»'\nsign(key)",
    ),
    idioms: [
      /assume_?role\w{0,20}\(|AssumeRole(?:Command|Request)?\(|get_?session_?token\(|getFederationToken|\bassume-role\b|\.Credentials\.AccessKeyId|["'`]ASIA[A-Z0-9*]{4,}/i,
    ],
  },
  {
    id: 'iot-token-signed',
    about: 'query-changed-in-transit',
    strength: 'fair',
    message:
      'AWS IoT takes X-Amz-Security-Token behind the signature. A presigner that signs it with the rest makes a signature that does not hold.',
    needs: /presign|wss:|X-Amz-Signature/i,
    ...twins("const url = presign('GET', host, '/«mqtt', 'iotdevicegateway → ', 'execute-api»', { sessionToken })"),
    idioms: [/iotdevicegateway|\.iot\.[a-z0-9-]{5,20}\.amazonaws\.com/],
  },
  {
    id: 'api-signing-name',
    about: 'service-mismatch',
    strength: 'fair',
    message: 'This service is signed for under another name.',
    ...twins(
      'const c = new «ApiGatewayManagementApiClient → ApiGatewayClient»({ endpoint })',
      "final scope = Scope(region: 'eu-west-1', service: '«iot → iotdevicegateway»');\nconnect('wss://broker/mqtt');",
    ),
    idioms: OTHER_NAMES.map(([match, message, needs]) => ({ match, message, ...(needs !== undefined && { needs }) })),
  },
])
