import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CONTENT_TYPES, TYPES_OF_EXTENSION } from '../../src/catalog/index.ts'
import { headerChangedInTransit } from '../../src/causes/header-changed-in-transit.ts'
import { diagnoseEvidence } from '../../src/index.ts'
import type { SigningInputs } from '../../src/sigv4/signing-inputs.ts'
import { caseOf } from '../support/case.ts'
import { KEY_ID, plain, presigned, SECRET } from '../support/signed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const KNOWN = { secrets: [{ label: 'secret.txt', secretAccessKey: SECRET, accessKeyId: KEY_ID }] }
const HOST = 'holiday.s3.eu-west-1.amazonaws.com'
const REFUSED =
  '<?xml version="1.0"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>'

/** A presigned upload: the URL is made for one type, the file is sent with another, or with none. */
function upload(target: string, signedAs: string, sentAs: string | undefined, more = '', known: object = KNOWN) {
  const typed = (type: string | undefined) => plain('PUT', target, 'body', type === undefined ? [] : [['Content-Type', type]], HOST)
  const url = presigned(typed(signedAs)).target
  const sent = { ...typed(sentAs), target: url }
  const head = `PUT ${url} HTTP/1.1\r\n${sent.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\nbody`
  const texts = [head, REFUSED, ...(more === '' ? [] : [more])]
  return diagnoseEvidence(
    texts.map((text, i) => ({ name: `e${i}`, text })),
    known,
  )
}

const first = ({ findings }: ReturnType<typeof upload>) => findings[0]

test('a type signed by the extension and sent otherwise is proven, and the repair names it', () => {
  const found = first(upload('/2024/beach.heic', 'image/heic', 'application/octet-stream'))
  assert.deepEqual(found?.causes, ['header-changed-in-transit'])
  assert.equal(found?.proof.level, 'signature')
  assert.match(found?.fixes[0]?.title ?? '', /was signed.*"image\/heic"/)
  assert.ok(found?.fixes.some(({ title }) => title.includes('sign the Content-Type that the client sends: "application/octet-stream"')))
})

test('the other way round: signed as bytes, sent as what the browser takes from the file', () => {
  const found = first(upload('/2024/beach.heic', 'application/octet-stream', 'image/heic'))
  assert.equal(found?.proof.level, 'signature')
  assert.match(found?.fixes[0]?.title ?? '', /"application\/octet-stream"/)
})

test('a type that was signed and not sent is proven', () => {
  const found = first(upload('/film', 'video/x-matroska', undefined))
  assert.deepEqual(found?.causes, ['header-removed-in-transit'])
  assert.equal(found?.proof.level, 'signature')
  assert.match(found?.fixes[0]?.title ?? '', /"video\/x-matroska"/)
})

test('a common type that nothing points to is proven', () => {
  assert.equal(first(upload('/k', 'text/calendar', 'text/css'))?.proof.level, 'signature')
})

test('a rare type is proven where the code or a sentence has it, and only there', () => {
  const rare = 'application/x-own-ledger'
  assert.notEqual(first(upload('/k', rare, 'text/css'))?.proof.level, 'signature')
  for (const more of [
    `const params = { Key: name, ContentType: '${rare}' }\n`,
    `We presign with a Content-Type of ${rare}.\n`,
    `Content-Type: ${rare}\n`,
  ])
    assert.equal(first(upload('/k', rare, 'text/css', more))?.proof.level, 'signature', more)
})

test('without the secret nothing is proven, and no guess stands in a repair', () => {
  for (const sent of ['application/octet-stream', undefined]) {
    const { findings } = upload('/2024/beach.heic', 'image/heic', sent, '', {})
    assert.ok(findings.every(({ proof }) => proof.level === 'none'))
    assert.doesNotMatch(JSON.stringify(findings.map(({ fixes }) => fixes)), /image\/hei[cf]/)
  }
})

test('the table costs at most 120 trials, none of them in pairs, and none where the type is not signed', () => {
  const headers = [['Content-Type', 'text/css']] as const
  const tried = (verifier: SigningInputs, provided?: string) => [...headerChangedInTransit.suspect({ ...caseOf({ verifier }), provided })]
  const signed = standardInputs({ headers })
  const more = tried(signed, 'f'.repeat(64))
  const added = more.length - tried(signed).length
  assert.ok(added > 90 && added <= 120, String(added))
  assert.equal(more.filter(({ alone }) => alone === true).length, added)
  const unsigned = standardInputs({ headers, unsigned: ['Content-Type'] })
  assert.equal(tried(unsigned, 'f'.repeat(64)).length, tried(unsigned).length)
})

test('the table has each type once, and the commonest of an extension first', () => {
  assert.equal(new Set(CONTENT_TYPES).size, CONTENT_TYPES.length)
  assert.deepEqual(TYPES_OF_EXTENSION.get('jpg')?.slice(0, 2), ['image/jpeg', 'image/jpg'])
  assert.equal(TYPES_OF_EXTENSION.get(''), undefined)
})
