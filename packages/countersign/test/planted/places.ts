/** Places in which a secret can stand in evidence, each beside a refused request, so that a report has something to show. */
import type { EvidenceSource } from '../../src/case/reader.ts'
import { debugLog, errorXml, requestText } from '../support/golden-evidence.ts'
import { inject } from '../support/inject/path-encoded-twice.ts'
import { standardInputs } from '../support/standard-inputs.ts'

export interface Place {
  readonly id: string
  readonly evidence: (secret: string) => readonly EvidenceSource[]
  /** Why a secret may be seen here that no form gives away. Absent: no kind of secret may be seen. */
  readonly open?: string
  /** The same for single kinds. */
  readonly openFor?: Readonly<Record<string, string>>
  /** The only kinds that can stand here. */
  readonly kinds?: readonly string[]
}

const broken = inject(standardInputs({ method: 'GET', target: '/quarterly%20figures/a%20b.txt', headers: [['X-Amz-Meta-A', '1']] }), 0)!
const ERROR = errorXml(broken)
const REQUEST = requestText(broken)
const LOG = debugLog(broken)
const SCOPE = '20150830/us-east-1/s3/aws4_request'
const HEX = 'fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024'
const MISMATCH =
  '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>'
const V4 = (credential: string, signed = 'host;x-amz-date', signature = HEX): string =>
  `AWS4-HMAC-SHA256 Credential=${credential}/${SCOPE}, SignedHeaders=${signed}, Signature=${signature}`
const GOOD = V4('AKIAIOSFODNN7EXAMPLE')
const encoded = encodeURIComponent

const source = (name: string, text: string): EvidenceSource => ({ name, text })
const one = (id: string, text: (secret: string) => string, open?: string): Place => ({
  id,
  evidence: (secret) => [source('evidence.txt', text(secret))],
  ...(open === undefined ? {} : { open }),
})
/** A request with these header lines, and the refusal. */
const request = (
  id: string,
  headers: (secret: string) => readonly string[],
  target: (secret: string) => string = () => '/b/k',
  open?: string,
): Place =>
  one(
    id,
    (secret) =>
      `GET ${target(secret)} HTTP/1.1\nHost: example.s3.amazonaws.com\nX-Amz-Date: 20150830T123600Z\n${headers(secret).join('\n')}\n\n\n${MISMATCH}\n`,
    open,
  )
/** A line right before and after the request that is diagnosed, where excerpts reach it. */
const beside = (id: string, line: (secret: string) => string, open?: string): Place => ({
  id,
  evidence: (secret) => [
    source('error.xml', ERROR),
    source('notes.txt', `${line(secret)}\n${REQUEST.trimEnd()}\n${line(secret)}\n`),
    source('debug.log', `${line(secret)}\n${LOG}${line(secret)}\n`),
  ],
  ...(open === undefined ? {} : { open }),
})
/** Alone in a file. */
const file = (id: string, name: string, text: (secret: string) => string): Place => ({
  id,
  evidence: (secret) => [source('error.xml', ERROR), source('request.http', REQUEST), source(name, text(secret))],
})

const OWN_NAME = 'a name of somebody’s own; use strict'

export const PLACES: readonly Place[] = [
  one(
    'message: piece and header',
    (s) => `{"message":"'${s}' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer ${s}'."}`,
  ),
  one(
    'message: Authorization=',
    (s) =>
      `{"message":"Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization=${s}"}`,
  ),
  one('message: key unknown', (s) => `{"__type":"InvalidClientTokenId","message":"No such key: ${s}"}\n${V4(s)}`),
  one(
    'XML: AWSAccessKeyId',
    (s) =>
      `<Error><Code>InvalidAccessKeyId</Code><Message>The AWS Access Key Id you provided does not exist in our records.</Message><AWSAccessKeyId>${s}</AWSAccessKeyId></Error>`,
  ),
  one(
    'XML: Token-0',
    (s) => `<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message><Token-0>${s}</Token-0></Error>`,
  ),
  one('XML: SignatureProvided', (s) => ERROR.replace(/<SignatureProvided>[^<]*/, `<SignatureProvided>${s}`)),
  one(
    'JSON: member token',
    (s) =>
      `{"Code":"SignatureDoesNotMatch","Message":"The request signature we calculated does not match the signature you provided.","token":"${s}"}`,
  ),
  request('Authorization: bare', (s) => [`Authorization: ${s}`]),
  request('Authorization: Bearer', (s) => [`Authorization: Bearer ${s}`]),
  request('Authorization: other scheme', (s) => [`Authorization: Custom ${s}`]),
  request('Authorization: algorithm and value', (s) => [`Authorization: AWS4-HMAC-SHA256 ${s}`]),
  request('Authorization: Credential', (s) => [`Authorization: ${V4(s)}`]),
  request('Authorization: Credential without date', (s) => [
    `Authorization: AWS4-HMAC-SHA256 Credential=${s}, SignedHeaders=host, Signature=${HEX}`,
  ]),
  {
    ...request('Authorization: SignedHeaders', (s) => [`Authorization: ${V4('AKIAIOSFODNN7EXAMPLE', `host;${s}`)}`]),
    openFor: { 'MinIO, chosen by a person': 'it has the form of a name of a header' },
  },
  request('Authorization: service', (s) => [`Authorization: ${GOOD.replace('/s3/', `/${s}/`)}`]),
  request('Authorization: end of the scope', (s) => [`Authorization: ${GOOD.replace('aws4_request', s)}`]),
  request('Authorization: Signature', (s) => [`Authorization: ${V4('AKIAIOSFODNN7EXAMPLE', 'host', s)}`]),
  request('Authorization: a piece more', (s) => [`Authorization: ${GOOD}, ${s}`]),
  request('Authorization: Version 2, ID', (s) => [`Authorization: AWS ${s}:frJIUN8DYpKDtOLCwo//yllqDzg=`]),
  request('Authorization: Version 2, signature', (s) => [`Authorization: AWS AKIAIOSFODNN7EXAMPLE:${s}`]),
  request('Proxy-Authorization', (s) => [`Proxy-Authorization: Basic ${s}`, `Authorization: ${GOOD}`]),
  request('X-Amz-Security-Token', (s) => [`X-Amz-Security-Token: ${s}`, `Authorization: ${GOOD}`]),
  request('X-Api-Key', (s) => [`X-Api-Key: ${s}`, `Authorization: ${V4('AKIAIOSFODNN7EXAMPLE', 'host;x-amz-date;x-api-key')}`]),
  request('X-Auth-Key', (s) => [`X-Auth-Key: ${s}`, `Authorization: ${GOOD}`]),
  request('X-Secret', (s) => [`X-Secret: ${s}`, `Authorization: ${GOOD}`]),
  request('Private-Token', (s) => [`Private-Token: ${s}`, `Authorization: ${GOOD}`]),
  request('X-Auth-Token and X-Vault-Token', (s) => [`X-Auth-Token: ${s}`, `X-Vault-Token: ${s}`, `Authorization: ${GOOD}`]),
  request('SSE-C key', (s) => [`x-amz-server-side-encryption-customer-key: ${s}`, `Authorization: ${GOOD}`]),
  request('Cookie', (s) => [`Cookie: theme=dark; sid=${s}; lang=en`, `Authorization: ${GOOD}`]),
  request(
    'presigned: X-Amz-Credential',
    () => [],
    (s) =>
      `/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encoded(`${s}/${SCOPE}`)}&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=${HEX}`,
  ),
  request(
    'presigned: X-Amz-Security-Token',
    () => [],
    (s) =>
      `/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encoded(`AKIAIOSFODNN7EXAMPLE/${SCOPE}`)}&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Security-Token=${encoded(s)}&X-Amz-Signature=${HEX}`,
  ),
  request(
    'presigned: X-Amz-Signature',
    () => [],
    (s) =>
      `/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encoded(`AKIAIOSFODNN7EXAMPLE/${SCOPE}`)}&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=${encoded(s)}`,
  ),
  request(
    'query: AWSAccessKeyId',
    () => [],
    (s) => `/b/k?AWSAccessKeyId=${encoded(s)}&Expires=1440938160&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D`,
  ),
  request(
    'query: token',
    (s) => [`Authorization: ${GOOD}`, `Referer: https://example.com/?access_token=${encoded(s)}`],
    (s) => `/b/k?token=${encoded(s)}&id=1`,
  ),
  request(
    'query: token[] and code of OAuth',
    (s) => [`Authorization: ${GOOD}`, `Referer: https://example.com/?code=${encoded(s)}&state=1`],
    (s) => `/b/k?token[]=${encoded(s)}&code=${encoded(s)}`,
  ),
  request('query: sig of a shared access signature', (s) => [
    `Authorization: ${GOOD}`,
    `x-copy: https://a.example/c?sv=2020&sig=${encoded(s)}&se=2021`,
  ]),
  one(
    'curl -v',
    (s) =>
      `$ curl -v https://example.s3.amazonaws.com/b/k\n> GET /b/k HTTP/1.1\n> Host: example.s3.amazonaws.com\n> Cookie: sid=${s}\n> Authorization: ${GOOD}\n> X-Amz-Date: 20150830T123600Z\n>\n< HTTP/1.1 403 Forbidden\n< Set-Cookie: sid=${s}; Path=/; HttpOnly\n<\n${MISMATCH}\n`,
  ),
  one('HAR', (s) =>
    JSON.stringify(
      {
        log: {
          version: '1.2',
          creator: { name: 'x', version: '1' },
          entries: [
            {
              startedDateTime: '2015-08-30T12:36:00Z',
              request: {
                method: 'GET',
                url: 'https://example.s3.amazonaws.com/b/k',
                httpVersion: 'HTTP/1.1',
                headers: [
                  { name: 'cookie', value: `sid=${s}` },
                  { name: 'authorization', value: GOOD },
                  { name: 'x-amz-date', value: '20150830T123600Z' },
                ],
                cookies: [{ name: 'sid', value: s }],
                queryString: [],
              },
              response: {
                status: 403,
                statusText: 'Forbidden',
                headers: [{ value: `sid=${s}`, name: 'set-cookie' }],
                cookies: [],
                content: { size: 1, mimeType: 'application/xml', text: MISMATCH },
              },
            },
          ],
        },
      },
      undefined,
      1,
    ),
  ),
  one(
    'curl command',
    (s) =>
      `curl -X GET 'https://example.s3.amazonaws.com/b/k' -H 'X-Auth-Token: ${s}' -H 'Authorization: ${GOOD}' -H 'X-Amz-Date: 20150830T123600Z' --cookie 'sid=${s}'\n${MISMATCH}`,
  ),
  one(
    'curl --aws-sigv4 --user',
    (s) => `curl --aws-sigv4 aws:amz:us-east-1:s3 --user 'AKIAIOSFODNN7EXAMPLE:${s}' https://example.s3.amazonaws.com/b/k\n${MISMATCH}`,
  ),
  beside('a table of Markdown', (s) => `| \`X-Api-Key\` | \`${s}\` |`),
  beside('Python log', (s) => `DEBUG send: {'Host': 'x', 'X-Api-Key': b'${s}', 'cookie': 'sid=${s}'}`),
  beside('Go log', (s) => `http.Header{"Host":[]string{"x"}, "X-Api-Key":[]string{"${s}"}} map[Cookie:[sid=${s}] Accept:[*/*]]`),
  beside('Java log', (s) => `Headers: {Host=[x], X-Api-Key=[${s}]} http-outgoing-0 >> "Cookie: sid=${s}[\\r][\\n]"`),
  beside(
    'JavaScript log',
    (s) =>
      `{ headers: { host: 'x', 'x-api-key': '${s}', cookie: 'sid=${s}' }, credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: '${s}' } }`,
  ),
  beside('Ruby log', (s) => `{"x-api-key"=>["${s}"], "cookie"=>["sid=${s}"], :password=>"${s}"}`),
  beside('Rust log', (s) => `headers: {"x-api-key": "${s}", "cookie": "sid=${s}"} ("x-auth-token", "${s}")`),
  beside('JSON in a JSON log', (s) => JSON.stringify({ msg: JSON.stringify({ headers: { 'X-Api-Key': s, Cookie: `sid=${s}` } }) })),
  beside('prose: password', (s) => `By the way, the password is ${s} and the secret access key: ${s}`),
  beside('prose: a line', (s) => s),
  beside('prose: named by a word', (s) => `R2 secret ${s}`),
  beside('a time stamp before a cookie', (s) => `2015-08-30T12:36:00Z cookie: sid=${s}`),
  beside(
    'nginx configuration',
    (s) => `proxy_set_header X-Api-Key ${s}; proxy_set_header Authorization "Bearer ${s}"; proxy_set_header Cookie "sid=${s}";`,
  ),
  beside('connection string', (s) => `redis://default:${encoded(s)}@cache.example.com:6379/0`),
  beside('options of a command', (s) => `tool --access-key AKIAIOSFODNN7EXAMPLE --secret-key ${s} --password=${s} --token "${s}"`),
  beside('form body', (s) => `grant_type=password&username=jane&password=${encoded(s)}&client_secret=${encoded(s)}`),
  beside('name and value in two lines', (s) => `- name: DB_PASSWORD\n  value: ${s}\n{"key": "x-api-key",\n "value": "${s}"}`),
  beside('Hadoop XML', (s) => `<property><name>fs.s3a.secret.key</name><value>${s}</value></property>`),
  file('env', '.env', (s) => `AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nexport AWS_SECRET_ACCESS_KEY=${s}\nAPI_TOKEN="${s}"\n`),
  file(
    'INI',
    'credentials',
    (s) => `[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${s} \naws_session_token = "${s}"\n`,
  ),
  file('INI, swapped', 'credentials', (s) => `[default]\naws_access_key_id = ${s}\naws_secret_access_key = AKIAIOSFODNN7EXAMPLE\n`),
  file('JSON credentials', 'credentials.json', (s) =>
    JSON.stringify({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: s, SessionToken: s }),
  ),
  file(
    'YAML',
    'values.yaml',
    (s) => `s3:\n  accessKey: AKIAIOSFODNN7EXAMPLE\n  secretKey: "${s}"\nenv:\n  - name: AWS_SECRET_ACCESS_KEY\n    value: ${s}\n`,
  ),
  file('CSV', 'accessKeys.csv', (s) => `Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,${s}\n`),
  file(
    'code: Python',
    'app.py',
    (s) =>
      `import boto3\ns3 = boto3.client('s3', aws_access_key_id='AKIAIOSFODNN7EXAMPLE', aws_secret_access_key='${s} ')\ns3.put_object(Bucket='b', Key='k')\n`,
  ),
  file(
    'code: signer',
    'sign.js',
    (s) =>
      `const secretKey = '${s}';\nconst kDate = hmac('AWS4' + secretKey, date);\nconst kRegion = hmac(kDate, region);\nconst kService = hmac(kRegion, 's3');\nconst kSigning = hmac(kService, 'aws4_request');\n`,
  ),
  {
    ...file(
      'derived keys, printed',
      'debug.log',
      (s) => `kDate: ${s}\nDEBUG date_key (hex) = "${s}"\nconsole.log(kRegion) // kService -> ${s}\nsigning key: 0x${s} kSigning=${s}\n`,
    ),
    kinds: ['R2, 64 hex', 'SAS signature, base64 of 32 bytes'],
  },
  {
    id: 'canonical requests that differ',
    evidence: (s) => [
      source('error.xml', ERROR.replaceAll('x-amz-meta-a:1', `x-amz-meta-a:1\nx-api-key:${s}`)),
      source('debug.log', LOG.replaceAll('x-amz-meta-a:1', `x-amz-meta-a:1\nx-api-key:${s}0`)),
    ],
  },
  {
    id: 'name of a file',
    evidence: (s) => [source(`/home/jane/${s.replaceAll('/', 'x')}.xml`, ERROR), source('request.http', REQUEST)],
    open: 'files are named by hashes and UUIDs; use strict',
  },
  {
    ...request(
      'object key',
      () => [`Authorization: ${GOOD}`],
      (s) => `/b/${encoded(s)}`,
      'keys are hashes and UUIDs; use strict',
    ),
    openFor: { 'Azure account key': 'a "+" of a path is also tried as a space' },
  },
  request(
    'x-amz-meta-note',
    (s) => [`x-amz-meta-note: ${s}`, `Authorization: ${V4('AKIAIOSFODNN7EXAMPLE', 'host;x-amz-date;x-amz-meta-note')}`],
    undefined,
    OWN_NAME,
  ),
  request(
    'parameter of one’s own',
    () => [`Authorization: ${GOOD}`],
    (s) => `/b/k?note=${encoded(s)}`,
    OWN_NAME,
  ),
]
