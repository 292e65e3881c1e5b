/** Plain passwords in lines beside what a report shows: no notation delimits them, so more of the line goes than they are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redacted, withoutCredentialsInLines } from '../../src/report/redaction/redact.ts'
import { readableText, utf8ByteString } from '../../src/sigv4/index.ts'

const shown = (text: string): string => withoutCredentialsInLines(redacted(text))
const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A line of each kind, by what it is written in. */
const LINES: Readonly<Record<string, (secret: string) => string>> = {
  'a table, tabs': (s) => `Cookie\tsid=${s}`,
  'a table of Markdown': (s) => `| \`X-Api-Key\` | \`${s}\` |`,
  'a row with commas': (s) => `Cookie,sid=${s}`,
  'cells of HTML': (s) => `<tr><td>X-Api-Key</td><td>${s}</td></tr>`,
  'a property list': (s) => `<key>password</key><string>${s}</string>`,
  'the column of a table': (s) => `User name,Password,Secret access key,Link\nbob,,${s},https://a.example`,
  'another column of it': (s) => `User name,Password,Secret access key,Link\nbob,${s},,https://a.example`,
  'columns with blanks between': (s) => `AccessKeyId     SecretAccessKey\nAKIAIOSFODNN7EXAMPLE ${s}`,
  'SQL, identified': (s) => `CREATE USER u IDENTIFIED BY '${s}'`,
  'prose, dash': (s) => `Password - ${s}`,
  'prose, bold': (s) => `**Password:** ${s}`,
  'prose, is and a colon': (s) => `my secret key is: ${s}, and it works`,
  'prose, another language': (s) => `Passwort: ${s}`,
  'prose, letters of another language': (s) => `\u043f\u0430\u0440\u043e\u043b\u044c: ${s}`,
  'prose, a pair': (s) => `log in with admin / ${s}`,
  'prose, in quotes': (s) => `the secret access key "${s}" does not work`,
  'prose, the next line': (s) => `Secret access key:\n${s}`,
  'a full-width colon': (s) => `password\uff1a${s}`,
  'a blank that does not break': (s) => `password:\u00a0${s}`,
  'a mark of no width in the name': (s) => `pass\u200bword=${s}`,
  '.pgpass': (s) => `db.example:5432:app:bob:${s}`,
  '.netrc': (s) => `machine a.example login bob password ${s}`,
  HTTPie: (s) => `http -a bob:${s} https://a.example`,
  'curl, attached': (s) => `curl -uadmin:${s} https://a.example`,
  'curl in a shell in a shell': (s) => `sh -c "curl -u admin:${s} https://a.example"`,
  'docker login': (s) => `docker login -u bob -p ${s} registry.example`,
  mysql: (s) => `mysql -uroot -p${s} db`,
  'redis-cli': (s) => `redis-cli -h a.example -a ${s} ping`,
  'gh secret': (s) => `gh secret set TOKEN_OF_CI --body ${s}`,
  'a user added': (s) => `mc admin user add local bob ${s}`,
  'basic authentication of a proxy': (s) => `basicauth bob ${s}`,
  'a directive': (s) => `proxy_set_header X-Api-Key ${s};`,
  'a constant of C': (s) => `#define API_KEY "${s}"`,
  Digest: (s) => `Authorization: Digest username="u", realm="r", response="${s}", uri="/"`,
  'XML with a prefix': (s) => `<ns:Password xmlns:ns="x">${s}</ns:Password>`,
  'XML with an attribute': (s) => `<wsse:Password Type="#PasswordText">${s}</wsse:Password>`,
  'escaped XML': (s) => `&lt;password&gt;${s}&lt;/password&gt;`,
  'JSON escaped twice': (s) => `"{\\\\\\"api_key\\\\\\":\\\\\\"${s}\\\\\\"}"`,
  'escapes in a name of JSON': (s) => `{"pass\\u0077ord":"${s}"}`,
  'a list of JSON': (s) => `{"tokens":["abc","${s}"]}`,
  'colours, colon': (s) => `\u001b[32mX-Api-Key\u001b[0m: ${s}`,
  'colours, equals': (s) => `\u001b[32mapi_key\u001b[0m=\u001b[36m${s}\u001b[0m`,
  'colours that lost their escape': (s) => `[32mX-Api-Key[0m: ${s}`,
  'a percent-encoded name': (s) => `api%5Fkey=${encodeURIComponent(s)}`,
  'percent-encoded JSON': (s) => encodeURIComponent(`{"password":"${s}"}`),
  Swift: (s) => `let apiKey: String = "${s}"`,
  Kotlin: (s) => `val password: String? = "${s}"`,
  Rust: (s) => `const API_KEY: &'static str = "${s}";`,
  'TOML, three quotes': (s) => `secret_key = """${s}"""`,
  'a fallback': (s) => `const key = process.env.API_KEY || "${s}"`,
  'another fallback': (s) => `const key = process.env.API_KEY ?? '${s}'`,
  'a setter': (s) => `client.setPassword("${s}")`,
  'a token before a host': (s) => `git clone https://${s}@git.example/x.git`,
  'a hook': (s) => `https://hooks.slack.com/services/T00000000/B00000000/${s}`,
  'a bot': (s) => `https://api.telegram.org/bot123456789:AA${s}/sendMessage`,
  kubeconfig: (s) => `    client-key-data: ${base64(s)}`,
  'the answer of a login to SMTP': (s) => `334 UGFzc3dvcmQ6\n${base64(s)}`,
  'a part of a form': (s) => `Content-Disposition: form-data; name="password"\n\n${s}`,
  'a block of YAML': (s) => `  password: |\n    ${s}`,
  'a header that goes on': (s) => `Cookie: a=b;\n sid=${s}`,
}
const SECRETS = ['gqoqfqnp56WE', 'tr0ub4dor', 'uhhht3xyiCsiq89']

for (const [kind, write] of Object.entries(LINES))
  test(`planted in a line: ${kind}`, () => {
    for (const secret of SECRETS) {
      const text = `before it\n${write(secret)}\nafter it`
      const clean = shown(text)
      for (const part of [secret, base64(secret).slice(0, 10)]) assert.ok(!clean.includes(part), clean)
      assert.equal(clean.split('\n').length, text.split('\n').length)
      assert.ok(clean.startsWith('before it\n') && clean.endsWith('\nafter it'), clean)
      assert.equal(shown(clean), clean)
    }
  })

const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const STAYS: readonly string[] = [
  `GET\n/a%2520b\nx=%41\nhost:x\nx-amz-date:20150830T123600Z\nx-amz-security-token:\n\nhost;x-amz-date;x-amz-security-token\n${HASH}`,
  `AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/s3/aws4_request\n${HASH}`,
  `Authorization: AWS4-HMAC-SHA256 Credential=minio/20150830/us-east-1/s3/aws4_request, SignedHeaders=host;cookie, Signature=...`,
  'http.request.header.authorization=["AWS4-HMAC-SHA256 Credential=minio/20150830/us-east-1/s3/aws4_request"]',
  '<Code>ExpiredToken</Code><Message>The provided token has expired.</Message><RequestId>4442587FB7D0A2F9</RequestId>',
  '<HeadersNotSigned>x-amz-security-token</HeadersNotSigned><RequestId>4442587FB7D0A2F9</RequestId>',
  'headers signed: host, x-api-key, x-amz-date',
  'the secret access key - the one of the console - is the right one',
  "aws_secret_access_key=os.environ['AWS_SECRET_ACCESS_KEY']",
  'sign(id, secret, "eu-west-1", "s3")',
  "{ secret: process.env.SECRET, protocol: 'https', region: process.env.REGION }",
  'docker run -p 8080:80 x && curl -v https://a.example:8080/b',
  'vault login -method=aws role=app',
  'AWS_SECRET_ACCESS_KEY=xxx AWS_REGION=eu-west-1 aws s3 ls',
  '| Secret | Region |\n|---|---|\n| the one of the console | eu-west-1 |',
  'https://git@a.example/x.git main.c:12:5:error',
]

test('beside names of credentials, what a report needs stays', () => {
  for (const text of STAYS) assert.equal(shown(text), text)
})

test('bytes that were not decoded yet are read alike', () => {
  const text = 'password\uff1agqoqfqnp56WE'
  assert.equal(shown(readableText(utf8ByteString(text))), 'password\uff1a[credentials]')
})
