import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientCode } from '../../../src/clues/code/client-code.ts'
import { read, readerLaws, seenOf } from '../../evidence/reader-laws.ts'

readerLaws(clientCode)

const hints = (text: string): string[] => seenOf(read(clientCode, text), 'clue').map(({ about }) => about)

/** A mistake, and the same code without it. */
const PAIRS: readonly (readonly [hint: string, wrong: string, right: string])[] = [
  [
    'header-changed-in-transit',
    "const form = new FormData()\nawait fetch(url, { method: 'PUT', body: form })\n",
    "await fetch(url, { method: 'PUT', body: file })\n",
  ],
  ['payload-replaced', 'var options = new Options();\noptions.EnableHttpCompression(true);\n', 'options.EnableHttpCompression(false);\n'],
  ['path-encoded-twice', 'var name = key.Replace("/", "%2F");\n', 'var name = key.Replace("\\\\", "/");\n'],
  [
    'path-encoded-twice',
    'await client.send(new GetObjectCommand({ Bucket: b, Key: encodeURIComponent(name) }))\n',
    'await client.send(new GetObjectCommand({ Bucket: b, Key: name }))\n',
  ],
  [
    'string-to-sign-malformed',
    'var signature = getSignatureKey(secret, day, region, service);\n',
    'byte[] key = getSignatureKey(secret, day, region, service);\nbyte[] signature = hmac(stringToSign, key);\n',
  ],
  [
    'headers-block-malformed',
    "text = '{}\\n{}\\n{}\\n{}{}\\n{}'.format(verb, uri, query, headers, names, digest)\n",
    "text = '{}\\n{}\\n{}\\n{}\\n{}\\n{}'.format(verb, uri, query, headers, names, digest)\n",
  ],
  [
    'signing-key-from-hex-text',
    `var key = "${'0a'.repeat(32)}";\nvar mac = Utilities.computeHmacSha256Signature(region, key);\n`,
    `var key = parseHex("${'0a'.repeat(32)}");\nvar mac = Utilities.computeHmacSha256Signature(region, key);\n`,
  ],
  [
    'service-mismatch',
    "final scope = AWSCredentialScope(region: 'eu-west-1', service: AWSService.iot);\nconnect('wss://broker/mqtt');\n",
    "final scope = AWSCredentialScope(region: 'eu-west-1', service: AWSService('iotdevicegateway'));\nconnect('wss://broker/mqtt');\n",
  ],
]

for (const [i, [hint, wrong, right]] of PAIRS.entries())
  test(`mark ${i + 1}: ${hint}`, () => {
    assert.ok(hints(wrong).includes(hint), wrong)
    assert.ok(!hints(right).includes(hint), right)
  })

test('an own signer without a known mistake is a small reason to compare its texts, and no more', () => {
  const text = "const canonicalQuery = sorted(params)\nconst signed_headers = 'host'\nconst mac = hmac(key, stringToSign) // aws4_request\n"
  const seen = seenOf(read(clientCode, text), 'clue')
  assert.deepEqual(seen.map(({ about }) => about).sort(), ['header.canonical', 'query.encoding'])
  assert.ok(seen.every(({ strength }) => strength === 'weak'))
})
