/** What no report may show is not shown, in any spelling; what it needs stays. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redacted } from '../../../src/report/redaction/redact.ts'
import { LATIN_LETTER } from '../../../src/report/redaction/spellings.ts'
import { ACCESS_KEY_ID, SECRET, SIGNATURE, TOKEN } from '../hand-made.ts'

test('session tokens in header, canonical, query and JSON form', () => {
  for (const text of [
    `X-Amz-Security-Token: ${TOKEN}`,
    `x-amz-security-token:${TOKEN}\nhost:example.com`,
    `x-amz-s3session-token: ${TOKEN}`,
    `https://h/?X-Amz-S3session-Token=${encodeURIComponent(TOKEN)}`,
    `https://h/?X-Amz-Security-Token=${encodeURIComponent(TOKEN)}&X-Amz-Date=20150830T123600Z`,
    `?x=X-Amz-Security-Token%3D${encodeURIComponent(TOKEN)}`,
    `{"X-Amz-Security-Token":"${TOKEN}"}`,
    `'X-Amz-Security-Token': '${TOKEN}'`,
    `('x-amz-security-token', '${TOKEN}')`,
    `aws_session_token = ${TOKEN}`,
    `<SessionToken>${TOKEN}</SessionToken>`,
    `the token ${TOKEN} was sent`,
  ]) {
    const clean = redacted(text)
    assert.ok(!clean.includes('EXAMPLETOKEN'), clean)
    assert.ok(clean.includes('[session token]'), clean)
    assert.equal(redacted(clean), clean)
  }
  assert.equal(redacted(`x-amz-security-token:${TOKEN}\nhost:example.com`), 'x-amz-security-token:[session token]\nhost:example.com')
  assert.match(redacted(`X-Amz-Security-Token=${encodeURIComponent(TOKEN)}&X-Amz-Date=1`), /&X-Amz-Date=1$/)
})

test('signatures go, hashes and lists of signed headers stay', () => {
  assert.equal(
    redacted(`SignedHeaders=host;x-amz-security-token, Signature=${SIGNATURE}`),
    'SignedHeaders=host;x-amz-security-token, Signature=[signature]',
  )
  assert.equal(redacted(`X-Amz-Signature=${SIGNATURE}&a=b`), 'X-Amz-Signature=[signature]&a=b')
  assert.equal(redacted(`<SignatureProvided>${SIGNATURE}</SignatureProvided>`), '<SignatureProvided>[signature]</SignatureProvided>')
  assert.equal(redacted(`SignatureProvided: ${SIGNATURE.toUpperCase()}`), 'SignatureProvided: [signature]')
  assert.equal(redacted('Signature=SWkgVGhpcyBpcyBhIGJhc2U2NCBzaWduYXR1cmUgMTI='), 'Signature=[signature]')
  assert.equal(redacted(`x-amz-content-sha256:${SIGNATURE}`), `x-amz-content-sha256:${SIGNATURE}`)
})

test('access key IDs keep four characters at each end', () => {
  assert.equal(redacted(ACCESS_KEY_ID), 'AKIA************MPLE')
  assert.equal(
    redacted(`X-Amz-Credential=${ACCESS_KEY_ID}%2F20150830%2Fus-east-1`),
    'X-Amz-Credential=AKIA************MPLE%2F20150830%2Fus-east-1',
  )
  assert.equal(redacted('Credential=002d5b4c1a9e8f70000000001/20150830/x'), 'Credential=002d*****************0001/20150830/x')
  assert.equal(redacted('Credential=minio/20150830/us-east-1'), 'Credential=minio/20150830/us-east-1')
})

test('given secrets go in every spelling, short ones stay', () => {
  const text = `${SECRET} ${encodeURIComponent(SECRET)} ${encodeURIComponent(SECRET).toLowerCase()} "${SECRET}\\n"`
  assert.equal(redacted(`${SECRET} ${encodeURIComponent(SECRET)}`, [`${SECRET}\n`]), '[secret] [secret]')
  assert.ok(!redacted(text, [SECRET]).includes('wJalr'))
  assert.equal(redacted(`x-amz-security-token:${TOKEN}`, [TOKEN]), 'x-amz-security-token:[secret]')
  assert.equal(redacted('a test', ['test']), 'a test')
})

const encoded = encodeURIComponent
const each = (text: string, write: (code: number) => string): string => Array.from(text, (one) => write(one.charCodeAt(0))).join('')
const digits = (code: number): string => code.toString(16).padStart(2, '0')
const percent = (text: string): string => each(text, (code) => `%${digits(code)}`)
const unicode = (text: string): string => each(text, (code) => `\\u00${digits(code)}`)
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const hex = (text: string, between = ''): string => each(text, (code) => digits(code) + between).slice(0, -between.length || undefined)

const bits = (text: string): string[] => Array.from(Buffer.from(text), (byte) => byte.toString(2).padStart(8, '0'))
const base32 = (text: string): string =>
  (
    bits(text)
      .join('')
      .match(/.{1,5}/g) ?? []
  )
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
/** How a secret can stand somewhere: one spelling within the other. */
const SPELLINGS: Readonly<Record<string, (secret: string) => string>> = {
  'every character percent-encoded': percent,
  'and then again': (s) => percent(percent(s)),
  'and then as a value, three times': (s) => encoded(encoded(encoded(percent(s)))),
  'escapes with capitals and without': (s) => percent(s).replace(/%../g, (one, at: number) => (at % 2 === 0 ? one.toUpperCase() : one)),
  'escapes of JSON': unicode,
  'escapes of JSON, percent-encoded': (s) => encoded(unicode(s)),
  'JSON within JSON, percent-encoded': (s) => encoded(JSON.stringify(JSON.stringify({ s: s.replaceAll('/', '\\/') }))),
  'slashes escaped, percent-encoded': (s) => encoded(encoded(s.replaceAll('/', '\\/'))),
  'entities, percent-encoded': (s) => encoded(each(s, (code) => `&#${code};`)),
  'bytes of a string': (s) => each(s, (code) => `\\x${digits(code)}`),
  'octal digits': (s) => each(s, (code) => `\\${code.toString(8).padStart(3, '0')}`),
  'hex, colons between': (s) => hex(s, ':'),
  'hex, blanks between, in a query': (s) => hex(s, '%20'),
  'hex, plus signs between': (s) => hex(s, '+').toUpperCase(),
  'hex with 0x': (s) => hex(s, ', 0x'),
  'hex of an encoded value': (s) => hex(encoded(s), ' '),
  'hex of base64': (s) => hex(base64(s)),
  'decimal numbers': (s) => each(s, (code) => `${code}, `),
  'numbers of a Go slice': (s) => `[${each(s, (code) => `${code} `).trim()}]`,
  'base64 of JSON': (s) => base64(JSON.stringify({ key: s.replaceAll('/', '\\/') })),
  'base64 of base64': (s) => base64(base64(`id:${s}`)),
  'base64 of UTF-16': (s) => Buffer.from(s, 'utf16le').toString('base64'),
  'base64 of UTF-16, as a word of a path': (s) => `/b/k/${Buffer.from(`x=${s}`, 'utf16le').toString('base64')}`,
  'the letters of URLs in base64': (s) => Buffer.from(`a:${s}`).toString('base64url'),
  'base64 amid other letters': (s) => `x${base64(`ab${s}`)}`,
  base32,
  'base32, other letters before it': (s) => base32(`ab:${s}`).slice(5).toLowerCase(),
  'binary digits': (s) => bits(s).join(' '),
  'a tag within': (s) => `${s.slice(0, 10)}<mark class="a">${s.slice(10)}</mark>`,
  'colours within': (s) => `${s.slice(0, 10)}\u001b[1m${s.slice(10)}\u001b[0m`,
  'quoted-printable': (s) => each(s, (code) => `=${digits(code).toUpperCase()}`),
  'capitals mixed': (s) => s.replace(/./g, (one, at: number) => (at % 2 === 0 ? one.toUpperCase() : one.toLowerCase())),
  'in two lines of a letter': (s) => `${s.slice(0, 9)}\r\n> ${s.slice(9)}`,
  'in two strings': (s) => `"${s.slice(0, 9)}" + "${s.slice(9)}"`,
  'without its slashes': (s) => s.replaceAll('/', ''),
  'other signs in their place': (s) => s.replaceAll('/', '_').replaceAll('+', '-'),
}

for (const [spelling, write] of Object.entries(SPELLINGS))
  test(`a given secret goes: ${spelling}`, () => {
    for (const around of ['', 'x-note: ', '{"a":"', '/b/k?q=']) {
      const clean = redacted(`${around}${write(SECRET)}" end`, [SECRET])
      assert.match(clean, /\[secret\]/)
      const [before, after] = clean.split('[secret]') as [string, string]
      assert.ok(before.length <= around.length + 40 && after.length <= 24, clean)
      assert.equal(redacted(clean, [SECRET]), clean)
    }
  })

test('of a dump neither column shows a given secret', () => {
  const bytes = Buffer.from(`key=${SECRET}\n`)
  for (const [written, between] of [
    [(part: Buffer) => part.toString('hex').replace(/....(?=.)/g, '$& '), ': '],
    [(part: Buffer) => part.toString('hex').replace(/..(?=.)/g, '$& '), '  '],
  ] as const) {
    const rows = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, i) => bytes.subarray(16 * i, 16 * i + 16))
    const text = rows
      .map(
        (row, i) => `${(16 * i).toString(16).padStart(8, '0')}${between}${written(row).padEnd(48)}  |${row.toString().replace('\n', '.')}|`,
      )
      .join('\n')
    const clean = redacted(text, [SECRET])
    for (const row of rows) for (const part of [row.toString().trim(), written(row)]) assert.ok(!clean.includes(part), clean)
    assert.equal(clean.split('\n').length, rows.length)
  }
})

test('of many values that begin alike each goes whole, and the longest', () => {
  const values = Array.from({ length: 300 }, (_, i) => `IQoJb3JpZ2luX2VjEPr${String(i).padStart(4, '0')}${'y'.repeat(i)}`)
  for (const value of values) assert.equal(redacted(`a ${value} b`, values), 'a [secret] b')
})

test('the lines of a text stay as many as they are, and what is no secret stays', () => {
  assert.equal(redacted(`a\n${SECRET.slice(0, 9)}\n${SECRET.slice(9)}\nb`, [SECRET]).split('\n').length, 4)
  for (const text of ['GET /a%2520b?x=%41 HTTP/1.1', '{"a":"\\u0041\\n"}', 'de ad be ef ca fe', 'bm90IGEgc2VjcmV0IGF0IGFsbA=='])
    assert.equal(redacted(text, [SECRET]), text)
})

test('signatures of key pairs go, whole and with their filling', () => {
  const der = `3045022100${'a1'.repeat(32)}0220${'b2'.repeat(32)}`
  assert.equal(redacted(`Signature=${der}`), 'Signature=[signature]')
  assert.equal(redacted(`X-Amz-Signature=${der}&x=1`), 'X-Amz-Signature=[signature]&x=1')
  assert.equal(redacted(`<SignatureProvided>${der}</SignatureProvided>`), '<SignatureProvided>[signature]</SignatureProvided>')
  assert.equal(redacted(`400;chunk-signature=${der}**`), '400;chunk-signature=[signature]**')
})

test('the letters of Latin-1 are those of Unicode', () => {
  for (let code = 0; code < 256; code++) {
    const sign = String.fromCharCode(code)
    assert.equal(LATIN_LETTER.test(sign), /[\p{L}\p{N}]/u.test(sign), code.toString(16))
  }
})
