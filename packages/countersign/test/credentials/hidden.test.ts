/** Which values are hidden, in which notation, and what stays. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { announcedBy } from '../../src/credentials/credential-names.ts'
import { withoutCredentials } from '../../src/credentials/hidden.ts'
import { isKeyId } from '../../src/credentials/key-ids.ts'
import { withoutUnnamed } from '../../src/credentials/unnamed.ts'

const S = 'Zk3vQ9xT2mLp8RwA'
const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const UUID = '123e4567-e89b-12d3-a456-426614174000'

const HIDDEN: readonly string[] = [
  `PROXY_PASS=${S}`,
  `proxy_pass = ${S}`,
  `proxy_pass http://user:${S}@store:9000;`,
  `> Cookie: sid=${S}; b=2`,
  `2025-01-01T00:00:00Z cookie: a="b"; sid=${S}`,
  `{"name":"cookie","value":"sid=${S}"}`,
  `{"value":"sid=${S}","name":"Set-Cookie"}`,
  `"cookies": [\n {\n "name": "sid",\n "value": "${S}"\n }\n]`,
  `"X-Api-Key": ["${S}"]`,
  `map[X-Api-Key:[${S}] Host:[x]]`,
  `http.Header{"X-Api-Key":[]string{"${S}"}}`,
  `{Cookie=[a=${S}], Host=[x]}`,
  `{'X-Api-Key': b'${S}', 'a': 1}`,
  `("x-api-key", "${S}")`,
  `"x-api-key"=>["${S}"]`,
  `{\\"X-Api-Key\\":\\"${S}\\"}`,
  `&quot;X-Api-Key&quot;:&quot;${S}&quot;`,
  `GET\\n/\\n\\nx-api-key:${S}\\nhost:x`,
  `the password is ${S}`,
  `R2 secret access key ${S}`,
  `password: correcthorse-${S}`,
  `{"password":"${S}"}`,
  `- name: DB_PASSWORD\n  value: ${S}`,
  `--token ${S} --x`,
  `$env:API_TOKEN = "${S}"`,
  `<Password>${S}</Password>`,
  `<name>fs.s3a.secret.key</name>\n<value>${S}</value>`,
  `?a=1&access_token=${S}&b=2`,
  `authorization header: 'Bearer ${S}'.`,
  `Authorization: AWS4-HMAC-SHA256 ${S}`,
  `Authorization: ${S}`,
  `https://user:${S}@host:8080/a`,
  `curl --user 'AKIAIOSFODNN7EXAMPLE:${S}' x`,
  `DefaultEndpointsProtocol=https;AccountKey=${S};EndpointSuffix=x`,
  `the access key ID ${S} is not known`,
  `Credential=${S}/20250101/us-east-1/s3/aws4_request`,
  `X-Amz-Credential=${S}%2F20250101%2Fus-east-1`,
  `Credential=a/b/${S}/20250101/us-east-1`,
  `AWS ${S}:frJIUN8DYpKDtOLCwo//yllqDzg=`,
  `AWSAccessKeyId=abcdefgh/Ab${S}/C`,
  `AWSAccessKeyId=ABCDEFGH12345678%2F${S}&Expires=1`,
  `GET /callback?code=4/0AX4${S}&state=1`,
  `redirect_uri=https%3A%2F%2Fa.example%2F%3Fcode%3D${S}`,
  `<a href="/cb?state=1&amp;code=${S}">`,
  `code_verifier=${S}&device_code=${S}`,
  `"x-auth:${S}" was signed`,
  `X-Registry-Auth: ${S}`,
  `x-mashape-key:${S}`,
  `X-Hub-Signature-256: sha256=${HASH.replace('e3', S)}`,
  `signed code=${S}, the service calculates with code=${S}`,
  `/cb?ticket=ST-1-${S}&session=${S}`,
  `"otp": "${S}"`,
  `{"passwords":["${S}"]}`,
  `{"secret":{"value":"${S}"}}`,
  `{"name":"Cookie","comment":"x","value":"sid=${S}"}`,
  `{"ParameterKey":"DbPassword","ParameterValue":"${S}"}`,
  `ParameterKey=DbPassword,ParameterValue=${S}`,
  `**Password:** ${S}`,
  `https://x-${S}@a.example/r.git`,
  `--https://bob:${S}@a.example/`,
  `https://hooks.slack.com/services/T0000/B0000/${S}`,
  `/bot123456789:AA${S}${S}/sendMessage`,
  `mc alias set local http://127.0.0.1:9000 minioadmin ${S}`,
  `echo AKIAIOSFODNN7EXAMPLE:${S} > passwd`,
  `Session('AKIAIOSFODNN7EXAMPLE', '${S}')`,
  `NewStaticV4("minioadmin", "${S}", "")`,
  `curl -s -b 'sid=${S}' https://a.example`,
  `sshpass -p ${S} ssh a`,
  `Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20150830/a/s3/aws4_request, SignedHeaders=host, Signature=${S}`,
  `https://b.s3.amazonaws.com/k?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1&Signature=${S}`,
  `let apiKey: String = "${S}"`,
  `<ArgumentName>Authorization</ArgumentName><ArgumentValue>${S}</ArgumentValue>`,
]

/** As the name of a parameter, with no "=" that base64 would be filled up with, or percent-encoded. */
const FORMED: readonly string[] = ['Kq7/vRz2+TnWc5XyLd0Hs8mBfUeJ3gAa9/QoGtRw', 'BLq7vRz2TnWc5XyLd0Hs8mBfUeJ3gAa9QoGtRwK4hZ1p']

test('what begins like the mark of bytes in Python is hidden from its first letter on', () => {
  for (const [text, value] of [
    [`Signature=b${HASH.slice(1)}`, `b${HASH.slice(1)}`],
    [`password=b${S}`, `b${S}`],
    [`password: u${S}`, `u${S}`],
  ] as const)
    assert.equal(
      withoutCredentials(text, (_, taken) => `<${taken}>`),
      text.replace(value, `<${value}>`),
    )
})

test('what is a secret by its form is one as a name, too', () => {
  for (const secret of FORMED)
    for (const written of [secret, encodeURIComponent(secret)])
      for (const text of [
        `GET /b/k?${written}=1`,
        `/b?${written}=&a=1`,
        `signed ${written}=1, calculated ${written}=`,
        `x-amz-meta-a:${written}`,
      ])
        assert.ok(!withoutCredentials(text).includes(written), withoutCredentials(text))
  for (const text of ['digest: 2jmj7l5rSw0yVb/vlWAYkK/YBwk=', `ETag ${'Ab1+'.repeat(10)}Ab==`]) assert.equal(withoutCredentials(text), text)
})

test('what is announced is hidden in every notation, once and for all', () => {
  for (const text of HIDDEN) {
    const clean = withoutCredentials(text)
    assert.ok(!clean.includes(S), clean)
    assert.equal(withoutCredentials(clean), clean)
    assert.equal(clean.split('\n').length, text.split('\n').length)
  }
})

const STAYS: readonly string[] = [
  'proxy_pass http://store:9000;',
  'proxy_pass https://$bucket.store.example/;',
  'SignedHeaders=host;cookie;x-amz-content-sha256;x-amz-date;x-amz-security-token',
  `GET\n/\n\nhost:x\nx-amz-content-sha256:${HASH}\n\nhost;x-amz-content-sha256\n${HASH}`,
  `AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/s3/aws4_request\n${HASH}`,
  `Authorization: AWS4-HMAC-SHA256 Credential=<access key ID>/<date>, SignedHeaders=<names>, Signature=<64 hex digits>`,
  'the header begins with "AWS4-HMAC-SHA256 Credential="; where it does, this is not the cause',
  'AWS_SECRET_ACCESS_KEY=<secret access key>',
  'fs.s3a.access.key=<access key ID>, fs.s3a.secret.key=<secret access key>',
  'export AWS_SECRET_ACCESS_KEY="$(cat file)"',
  '-H "x-amz-security-token: $AWS_SESSION_TOKEN"',
  "aws_secret_access_key=os.environ['AWS_SECRET_ACCESS_KEY']",
  'the secret access key stood where the access key ID belongs',
  'the session token: the service does not know it',
  `?list-type=2&continuation-token=${S}&prefix=a`,
  `x-amz-server-side-encryption-customer-key-md5:${S}==`,
  `/photos/${UUID}.jpg`,
  'https://host:8080/a@b and http://127.0.0.1:9000/',
  `ETag: "${HASH.slice(0, 32)}"`,
  'design=1&passed=2&tokens=3',
  '?code=AccessDenied&error_code=12',
  `{"code":"${S}","statusCode":403} <Code>${S}</Code> code: ${S}`,
  'Credential=AKIAIOSFODNN7EXAMPLE/2015-08-30/us-east-1/s3/aws4_request, X',
  'AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE/<date>/s3',
  'Credential=AKIAIOSFODNN7EXAMPLE/20150830/us-east-1 and Credential=minio/20150830/us-east-1',
  'regions = {\'AKIAIOSFODNN7EXAMPLE\', \'us-east-1\', "AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"}',
  'status code=403, session=open, x-cache-key: photos, Sec-WebSocket-Version: 13',
  'signature=HMAC-SHA256, "signature": "s3v4-query", signature: sha256-based, Signature=none',
  'requires auth: true; the author=Jane; https://jane@a.example/, git+ssh://git@host/r.git',
  `{"secret":{"name":"n"},"value":"${S}"}`,
]

test('names, structure, hashes, placeholders, variables and sentences stay', () => {
  for (const text of STAYS) assert.equal(withoutCredentials(text), text)
})

test('names in any spelling', () => {
  for (const name of [
    'X-Api-Key',
    'x_api_key',
    'xApiKey',
    'MY_APP_API_KEY',
    'client_secret',
    'DB_PASSWORD',
    'Private-Token',
    'id_token',
    'sig',
  ])
    assert.equal(announcedBy(name), 'credential', name)
  for (const name of [
    'continuation-token',
    'NextToken',
    'design',
    'passed',
    'x-amz-date',
    'KeyId',
    'x-amz-server-side-encryption-customer-key-md5',
    'SignedHeaders',
  ])
    assert.equal(announcedBy(name), undefined, name)
})

test('IDs of vendors and plain names are IDs, what may be a secret is not', () => {
  for (const id of [
    'AKIAIOSFODNN7EXAMPLE',
    'DO00ABCDEFGHJKLMNP23',
    'GK0123456789abcdef01234567',
    '002d5b4c1a9e8f70000000001',
    'minio',
    'minioadmin',
    'AKIDEXAMPLE',
  ])
    assert.ok(isKeyId(id), id)
  for (const id of [HASH, HASH.slice(0, 32), HASH.slice(0, 32).toUpperCase(), UUID, S, 'minio-S3cret-1', 'hunter2'])
    assert.ok(!isKeyId(id), id)
})

test('what nobody named goes out of an excerpt, hashes and identifiers stay', () => {
  for (const value of [HASH, HASH.slice(0, 32), UUID, `${S}${S}`]) {
    assert.equal(withoutUnnamed(`by the way ${value}`), 'by the way [long value]')
    assert.equal(withoutUnnamed(`x-amz-request-id: ${value} /b/${value}`), `x-amz-request-id: ${value} /b/${value}`)
  }
  for (const text of [
    ...STAYS.slice(0, 3),
    `x-amz-content-sha256:${HASH}`,
    `sha256=${HASH}`,
    `host\\n${HASH}`,
    'GET /quarterly/2015/08/30/Report7/a1.txt HTTP/1.1',
  ])
    assert.equal(withoutUnnamed(text), text)
})

test('four times the text takes about four times the time', () => {
  const units = [
    'cookie',
    '"cookie"',
    'eyJ',
    'token: ',
    'a=',
    '"value":"',
    '-----BEGIN PRIVATE KEY-----',
    'x://a:',
    'Credential=',
    'Authorization: ',
    'password ',
    '<token>',
    'a/',
    '%2f',
    '\\"',
    'Aa1',
    '"name":"',
    'cookie:[{',
    ' -u a',
  ]
  const time = (text: string): number => {
    // Processor time, so that a busy machine is no fault.
    const begun = process.cpuUsage()
    withoutUnnamed(withoutCredentials(text))
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000
  }
  for (const unit of units) {
    const text = (length: number): string => unit.repeat(Math.ceil(length / unit.length))
    time(text(4096))
    const [once, more] = [65_536, 262_144].map((length) => Math.min(...Array.from({ length: 4 }, () => time(text(length)))))
    // Below some milliseconds the compiler's own work is all that is measured.
    assert.ok(
      more! < 10 * Math.max(once!, 12),
      `${JSON.stringify(unit)}: four times the text, ${(more! / once!).toFixed(1)} times the time`,
    )
  }
})
