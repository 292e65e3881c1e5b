/** What is built like Version 4, in its own words; and what is no signature of the request at all. Signed here by node:crypto. */
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { diagnoseEvidence, SecretAccessKey } from '../../src/index.ts'

const SECRET = 'example-hmac-secret-of-a-store-00000001'
const KNOWN = { secrets: [{ label: 's', secretAccessKey: new SecretAccessKey(SECRET) }] }
const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const MESSAGE = 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'

interface Words {
  readonly algorithm: string
  readonly prefix: string
  readonly scope: string
  readonly date: string
}
const WORDS: Readonly<Record<string, Words>> = {
  GOOG4: { algorithm: 'GOOG4-HMAC-SHA256', prefix: 'GOOG4', scope: '20260305/auto/storage/goog4_request', date: 'x-goog-date' },
  OSS4: { algorithm: 'OSS4-HMAC-SHA256', prefix: 'aliyun_v4', scope: '20260305/cn-shanghai/oss/aliyun_v4_request', date: 'x-oss-date' },
}

function canonical({ date }: Words, path: string, method = 'PUT'): string {
  return `${method}\n${path}\n\nhost:box.store.example\n${date}:20260305T101112Z\n\nhost;${date}\nUNSIGNED-PAYLOAD`
}

function toSign({ algorithm, scope }: Words, request: string): string {
  return `${algorithm}\n20260305T101112Z\n${scope}\n${hash(request)}`
}

function signature({ prefix, scope }: Words, text: string): string {
  let key: Buffer = Buffer.from(prefix + SECRET)
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest()
  return createHmac('sha256', key).update(text).digest('hex')
}

function answer(words: Words, service: string, signed: string): string {
  const given = signature(words, toSign(words, signed))
  return `<Error><Code>SignatureDoesNotMatch</Code><Message>${MESSAGE}</Message><StringToSign>${toSign(words, service)}</StringToSign><SignatureProvided>${given}</SignatureProvided><CanonicalRequest>${service}</CanonicalRequest></Error>`
}

function first(text: string, known: Parameters<typeof diagnoseEvidence>[1] = {}): string {
  const [finding] = diagnoseEvidence([{ name: 'a.txt', text }], known).findings
  return finding === undefined ? 'none' : `${finding.causes} ${finding.proof.level}`
}

for (const [name, words] of Object.entries(WORDS)) {
  test(`${name}: with the secret, its own word before it and its own terminator prove what changed`, () => {
    assert.match(first(answer(words, canonical(words, '/a%2520b'), canonical(words, '/a%20b')), KNOWN), /^path-\S+ signature$/)
    assert.equal(first(answer(words, canonical(words, '/a', 'POST'), canonical(words, '/a')), KNOWN), 'method-changed signature')
  })
  test(`${name}: AWS's words in its place are named`, () => {
    const { algorithm, scope, date } = words
    const sent = (given: string): string =>
      `GET /a HTTP/1.1\nHost: box.store.example\n${date}: 20260305T101112Z\nAuthorization: ${algorithm} Credential=STOREEXAMPLEKEY01/${given}, SignedHeaders=host;${date}, Signature=${hash('a')}\n\nHTTP/1.1 403 Forbidden\n\n`
    assert.match(first(sent(scope.replace(/[^/]+$/, 'aws4_request'))), /^scope-terminator-mismatch/)
    assert.doesNotMatch(first(sent(scope)), /^scope-terminator-mismatch/)
  })
}

test('an RSA signature is recognised: no secret can be tested', () => {
  const url = `https://storage.googleapis.com/box/a?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=store%40example.iam.gserviceaccount.com%2F20260305%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date=20260305T101112Z&X-Goog-Expires=900&X-Goog-SignedHeaders=host&X-Goog-Signature=${hash('a').repeat(8)}`
  const { notes, findings } = diagnoseEvidence([{ name: 'a.txt', text: `${url}\n` }])
  assert.ok(notes.some((note) => /RSA key/.test(note)))
  assert.ok(findings.every(({ causes }) => !causes.includes('signature-encoding-changed')))
})

test("CloudFront's signed URL is told apart from one of S3", () => {
  const url =
    'https://d111111abcdef8.cloudfront.net/a?Policy=eyJTdGF0ZW1lbnQiOltdfQ__&Signature=nitfHRCrtziwO2HwPfWw~yYDhUF5EwRunQA-j19DzZrvDh6hQ73l&Key-Pair-Id=K2JCJMDEHXQW5F'
  const { notes, findings } = diagnoseEvidence([
    { name: 'a.txt', text: `GET ${url} HTTP/1.1\nHost: d111111abcdef8.cloudfront.net\n\nHTTP/1.1 403 Forbidden\n\n` },
  ])
  assert.ok(notes.some((note) => /signed for CloudFront/.test(note)))
  assert.ok(findings.every(({ causes }) => !causes.includes('algorithm-version-refused')))
})

test('a bearer token where a service of AWS takes signatures only', () => {
  const request = (host: string): string =>
    `GET /a HTTP/1.1\nHost: ${host}\nAuthorization: Bearer abcdefghij0123456789\n\nHTTP/1.1 403 Forbidden\n\n{"message":"Missing Authentication Token"}\n`
  assert.match(first(request('sqs.us-east-1.amazonaws.com')), /^algorithm-version-refused/)
  assert.doesNotMatch(first(request('bedrock-runtime.us-east-1.amazonaws.com')), /^algorithm-version-refused/)
  assert.doesNotMatch(first(request('api.lan.example')), /^algorithm-version-refused/)
})
