/** Lines beside a place of the evidence: what goes of them though no notation is known, and what stays. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excerpt } from '../../src/report/excerpt.ts'

const MARKED = 'AWS4-HMAC-SHA256'
const SHOWN = ['20150830T123600Z', 'end']

/** What is shown of the lines above and below a marked one. */
function shown(above: readonly string[], below: readonly string[] = SHOWN): string {
  const head = `GET\n/photos/a%2520b.jpg\n\n${above.map((line) => `${line}\n`).join('')}`
  const text = `${head}${MARKED}\n${below.join('\n')}\n`
  return excerpt({ name: 'f', text }, { source: 'f', start: head.length, end: head.length + MARKED.length }, (one) => one)
    .map(({ before, marked, after }) => before + marked + after)
    .join('\n')
}

/** A password of letters, digits and marks, one of letters and one of digits: only the first is known by its looks. */
const PASSWORDS = ['Vault7!keeper', 'zwieback', '5550123987']

const ANNOUNCED: readonly ((password: string) => string | readonly string[])[] = [
  (p) => `DEBUG Config { user: "app", token: Some("${p}"), port: 3 }`,
  (p) => `[debug] {:password, "${p}"}`,
  (p) => `["password"]=> string(12) "${p}"`,
  (p) => `kinit password for bob@EX: ${p}`,
  (p) => `redis AUTH default ${p}`,
  (p) => `a001 LOGIN bob ${p}`,
  (p) => `> PASS ${p}`,
  (p) => `requirepass ${p}`,
  (p) => `masterauth ${p}`,
  (p) => `enable secret 0 ${p}`,
  (p) => `snmp-server community ${p} RO`,
  (p) => `PresharedKey = ${p}`,
  (p) => `  ~ password = "old" -> "${p}"`,
  (p) => `INSERT INTO users (id, api_key, name) VALUES (3, '${p}', 'bob');`,
  (p) => `aws ssm put-parameter --name /db/password --type SecureString --value ${p}`,
  (p) => `heroku config:set SECRET_KEY_BASE=${p} -a app`,
  (p) => `auth = HTTPBasicAuth('bob', '${p}')`,
  (p) => `Dim password As String = "${p}"`,
  (p) => `api_key <- "${p}"`,
  (p) => `user, password = "bob", "${p}"`,
  (p) => `if password == "${p}":`,
  (p) => `std::string token{"${p}"};`,
  (p) => `API_KEY ?= ${p}`,
  (p) => `<property name="hibernate.connection.password">${p}</property>`,
  (p) => `<add value="${p}" key="ApiKey" />`,
  (p) => `<b>Password:</b> ${p}`,
  (p) => `echo "bob:${p}" | chpasswd`,
  (p) => `define('AUTH_KEY',         '${p}');`,
  (p) => `AKIAIOSFODNN7EXAMPLE:${p}`,
  (p) => `curl -E cert.pem:${p.replace(/^[a-z]+$/, 'zwieb4ck')} https://example.com/`,
  (p) => ['variable "db_password" {', '  type = string', `  default = "${p}"`],
  (p) => ['password = (', `    "${p}"`],
  (p) => ['  user_secret = <<EOF', p],
  (p) => ['tokens:', '- another', `- ${p}`],
  (p) => ['? password', `: ${p}`],
  (p) => ['<key>apiToken</key>', `<string>${p}</string>`],
  (p) => ['    X-API-Key:', `      example: ${p}`],
  (p) => [' id | name | api_token ', '----+------+-----------', `  1 | bob  | ${p}`],
  (p) => ['user;secret;x', `bob;${p};y`],
]

test('all behind the word for a credential goes, in any notation', () => {
  for (const line of ANNOUNCED)
    for (const password of PASSWORDS) {
      const lines = [line(password)].flat()
      const written = lines.join('\n').includes(password) ? password : 'zwieb4ck'
      assert.ok(!shown(lines).includes(written), `${lines.join('\n')}\n->\n${shown(lines)}`)
      if (lines.length === 1) assert.ok(!shown(['x'], [...lines, 'end']).includes(written), `below: ${lines[0]}`)
    }
})

test('a word of letters, digits and marks goes, though nothing announces it', () => {
  for (const password of ['Vault7!keeper', 'p4$$wOrd', 'Winter2031!', 'Passw0rd@123', 'k9%816_aj2k'])
    for (const line of [
      `smtp.login("bob@example.com", "${password}")`,
      `new PDO('mysql:host=db', 'root', '${password}');`,
      `jwt.sign(payload, '${password}')`,
      `createUser bob SHA ${password} AES`,
      `WiFi.begin("ssid", "${password}");`,
      `we changed it from hunter2 to ${password} yesterday`,
      `[smtp.example.com]:587 bob:${password}`,
    ])
      assert.ok(!shown([line]).includes(password), shown([line]))
})

test('what orients a reader stays', () => {
  for (const line of [
    '2015-08-30 12:36:00,123 - MainThread - botocore.auth - DEBUG - StringToSign:',
    'host;x-amz-content-sha256;x-amz-date;x-amz-security-token',
    'host:examplebucket.s3.us-east-1.amazonaws.com',
    'User-Agent: aws-cli/2.15.30 Python/3.11.8 Linux/5.10 exe/x86_64.ubuntu.22 md/Botocore#1.34',
    'GET /photos/a%20b.jpg?versionId=3&prefix=x HTTP/1.1',
    'the security token included in the request is invalid',
    'aws_secret_access_key = <secret>',
    `password: \${DB_PASSWORD}`,
    'proxy_pass http://127.0.0.1:9000;',
    'mail to carol7@example.com about lodash@4.17.21 and file.c#L12',
    '20150830/us-east-1/s3/aws4_request',
    'x-amz-date:20150830T123600Z',
    'Range: bytes=0-1023',
    'a%20b%2Fc3.txt',
    'arn:aws:s3:::bucket7/*',
    'list-type=2&continuation-token=abc&max-keys=5',
  ])
    assert.ok(shown([line]).startsWith(`${line}\n`), `${line}\n->\n${shown([line])}`)
})
