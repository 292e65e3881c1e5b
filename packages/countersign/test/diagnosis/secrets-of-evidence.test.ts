/** Secrets that nobody gave: of the evidence, and of servers' public pairs. They open or say nothing, and are shown nowhere. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { S3_PROFILE, SecretAccessKey, sign } from '../../src/sigv4/index.ts'

const MISMATCH =
  '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>'

/** A PUT signed for one path and sent to another. */
function refused(accessKeyId: string, secret: string): string {
  const { headers } = sign(
    { method: 'PUT', target: '/inbox/a%20b.bin', headers: [['Host', 'storage.lan:9000']], body: new Uint8Array() },
    { accessKeyId, secretAccessKey: new SecretAccessKey(secret) },
    { region: 'us-east-1', service: 's3', profile: S3_PROFILE, now: Date.UTC(2026, 2, 5, 10, 11, 12) },
  )
  const lines = headers.map(([name, value]) => `${name}: ${value}\n`).join('')
  return `PUT /inbox/a%2520b.bin HTTP/1.1\n${lines}\nHTTP/1.1 403 Forbidden\n\n${MISMATCH}\n`
}

function diagnosed(texts: readonly string[]) {
  return diagnoseEvidence(texts.map((text, i) => ({ name: `${i}.txt`, text })))
}

const SECRET = 'example-secret-of-our-own-0001'

test('the pair that a server is delivered with opens the signature where its ID stands', () => {
  const { findings, notes } = diagnosed([refused('minioadmin', 'minioadmin')])
  assert.equal(findings[0]!.proof.level, 'signature')
  assert.equal(findings[0]!.class, 'path.encoding')
  assert.ok(notes.some((note) => /that MinIO is delivered with/.test(note)))
})

test('beside another ID, or with another secret of that ID, it opens nothing', () => {
  for (const text of [refused('somebody', 'minioadmin'), refused('minioadmin', SECRET)])
    assert.ok(diagnosed([text]).findings.every(({ proof }) => proof.level !== 'signature'))
})

test('a secret that stands in settings or code opens it, and is not shown', () => {
  for (const text of [
    `MINIO_ROOT_PASSWORD=${SECRET}\n`,
    `const secretKey = "${SECRET}"\n`,
    `hmac(algorithm: .SHA256, key: "${SECRET}")\n`,
  ]) {
    const found = diagnosed([refused('store', SECRET), text])
    assert.equal(found.findings[0]?.proof.level, 'signature', text)
    assert.ok(found.notes.some((note) => /stands in 1\.txt/.test(note)))
    assert.ok(found.credentials?.includes(SECRET))
    assert.ok(!JSON.stringify(found.findings).includes(SECRET))
  }
})

test('a text that opens nothing changes no answer', () => {
  const without = diagnosed([refused('store', SECRET)])
  const beside = diagnosed([refused('store', SECRET), 'secretKey = "another-secret-0000002"\n'])
  assert.deepEqual(beside.findings, without.findings)
})

test('the secret of a call in code, and what it prints in another form than Version 2 is sent', () => {
  const text = 'GET\nshop.example.com\n/onca/xml\nAWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Operation=Lookup&Version=2013-08-01'
  const hex = createHmac('sha256', 'pocket-secret-77').update(text).digest('hex')
  const code = `let digest = text.hmac(algorithm: .SHA256, key: "pocket-secret-77")\nprint(digest) // ${hex}\nprint(signature) // ${Buffer.from(hex).toString('base64')}\n`
  const { findings } = diagnosed([text, code])
  assert.equal(`${findings[0]?.causes} ${findings[0]?.proof.level}`, 'signature-encoding-changed signature')
})
