/** Keys of the signer's chain that a program printed: with one the signature is tested, and two show how the one was made of the other. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { REDACT_LEVELS, renderHtml, renderJson, renderTerminal } from '../../src/report/index.ts'
import { S3_PROFILE, SecretAccessKey, sign } from '../../src/sigv4/index.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const MISMATCH =
  '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>'
const SCOPE = ['20260205', 'us-east-1', 's3', 'aws4_request']
const NAMES = ['kDate', 'kRegion', 'kService', 'kSigning']

/** A PUT signed for one path and sent to another. */
function refused(): string {
  const { headers } = sign(
    { method: 'PUT', target: '/inbox/a%20b.bin', headers: [['Host', 'storage.example.net']], body: new Uint8Array() },
    { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey(SECRET) },
    { region: 'us-east-1', service: 's3', profile: S3_PROFILE, now: Date.UTC(2026, 1, 5, 10, 11, 12) },
  )
  const lines = headers.map(([name, value]) => `${name}: ${value}\n`).join('')
  return `PUT /inbox/a%2520b.bin HTTP/1.1\n${lines}\nHTTP/1.1 403 Forbidden\n\n${MISMATCH}\n`
}

type Step = (key: Buffer, message: string) => Buffer
const RIGHT: Step = (key, message) => createHmac('sha256', key).update(message).digest()

/** The four keys that a way of taking each step gives. */
function chain(step: Step): Buffer[] {
  const keys: Buffer[] = []
  for (const part of SCOPE) keys.push(step(keys.at(-1) ?? Buffer.from(`AWS4${SECRET}`), part))
  return keys
}

function diagnosed(printed: string) {
  const evidence = [refused(), printed].map((text, i) => ({ name: `${i}.txt`, text }))
  return { evidence, found: diagnoseEvidence(evidence) }
}

/** Bytes as Python writes them. */
function python(bytes: Buffer): string {
  const signs = [...bytes].map((one) =>
    one >= 32 && one < 127 && one !== 39 && one !== 92 ? String.fromCharCode(one) : `\\x${one.toString(16).padStart(2, '0')}`,
  )
  return `b'${signs.join('')}'`
}

const WAYS: readonly ((key: Buffer) => string)[] = [
  (key) => key.toString('hex'),
  (key) => key.toString('hex').toUpperCase(),
  (key) => `"${key.toString('base64')}"`,
  python,
  (key) => `<Buffer ${key.toString('hex').replace(/..(?=.)/g, '$& ')}>`,
]

test('each key of the chain, in each notation, opens the signature and is shown in no report', () => {
  chain(RIGHT).forEach((key, i) => {
    const print = WAYS[i]!(key)
    for (const line of [`${NAMES[i]}: ${print}\n`, `DEBUG ${NAMES[i]!.slice(1).toLowerCase()}_key = ${WAYS[4]!(key)}\n`]) {
      const { found, evidence } = diagnosed(line)
      assert.equal(`${found.findings[0]?.class} ${found.findings[0]?.proof.level}`, 'path.encoding signature', line.slice(0, 8))
      const spelled = [...WAYS.map((way) => way(key).replaceAll('"', '')), SECRET]
      for (const redact of REDACT_LEVELS)
        for (const text of [
          renderTerminal(found, { evidence, redact, verbose: true, colour: false, columns: 200 }),
          renderHtml(found, { evidence, redact }),
          renderJson(found, { evidence, redact }),
        ])
          assert.ok(!spelled.some((one) => text.includes(one) || text.includes(one.slice(9, 40))), `${NAMES[i]} at ${redact}`)
    }
  })
})

test('a key of another secret, or of nothing, changes no answer', () => {
  const without = diagnosed('').found.findings
  assert.ok(without.every(({ proof }) => proof.level !== 'signature'))
  assert.deepEqual(diagnosed(`kSigning: ${'5a'.repeat(32)}\n`).found.findings, without)
})

const BROKEN: readonly (readonly [string, Step])[] = [
  ['signing-key-from-hex-text', (key, message) => RIGHT(key.length === 32 ? Buffer.from(key.toString('hex')) : key, message)],
  ['signing-key-from-base64-text', (key, message) => RIGHT(key.length === 32 ? Buffer.from(key.toString('base64')) : key, message)],
  ['signing-key-arguments-swapped', (key, message) => RIGHT(Buffer.from(message), key as unknown as string)],
]

for (const [cause, step] of BROKEN)
  test(`two keys that do not follow from each other name the step: ${cause}`, () => {
    const printed = chain(step)
      .map((key, i) => `${NAMES[i]} = ${key.toString('hex')}\n`)
      .join('')
    const { found } = diagnosed(printed)
    assert.equal(`${found.findings[0]?.causes} ${found.findings[0]?.proof.level}`, `${cause} recomputed`)
    assert.equal(found.findings[0]?.proof.from?.source, '1.txt')
  })

test('keys of which nothing makes the one of the other prove nothing', () => {
  const { found } = diagnosed(`kDate: ${'5a'.repeat(32)}\nkRegion: ${'a5'.repeat(32)}\n`)
  assert.ok(found.findings.every(({ proof }) => proof.level !== 'recomputed' && proof.level !== 'signature'))
})

test('that the key of the signer opens its own text says nothing of the service', () => {
  const [, , , key] = chain(RIGHT)
  const right = refused().replace('a%2520b', 'a%20b')
  const found = diagnoseEvidence([
    { name: '0.txt', text: right },
    { name: '1.txt', text: `kSigning: ${key!.toString('hex')}\n` },
  ])
  assert.notEqual(found.outcome, 'valid')
  assert.ok(found.findings.every(({ proof }) => proof.level !== 'signature'))
})
