/** A presigned URL beside the request that it became: the request counts, and no method that was guessed proves anything. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence, readEvidence } from '../../src/index.ts'
import { createVerifier, credentialsOf } from '../../src/verifier/index.ts'
import { KEY_ID, NOW, plain, presigned, SECRET } from '../support/signed.ts'

const HOST = 'service.example.com'

/** An upload that was presigned with one type and sent with another, as a browser's archive has it, and the error alone. */
async function upload() {
  const signed = presigned(plain('PUT', '/uploads/cat.png', '', [['Content-Type', 'image/jpeg']]))
  const sent = { ...signed, headers: [['Host', HOST] as const, ['Content-Type', 'image/png'] as const] }
  const verifier = createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW })
  const outcome = await verifier.judge(sent)
  assert.ok(!outcome.ok)
  const { answer } = outcome.refused
  const url = `https://${HOST}${sent.target}`
  const pairs = (headers: readonly (readonly [string, string])[]) => headers.map(([name, value]) => ({ name, value }))
  const request = { method: 'PUT', url, headers: pairs(sent.headers) }
  const response = { status: answer.status, headers: pairs(answer.headers), content: { mimeType: 'application/xml', text: answer.body } }
  return { url, error: answer.body, har: JSON.stringify({ log: { version: '1.2', entries: [{ request, response }] } }) }
}

test('an archive of a browser holds one request for each entry, with its own method', async () => {
  const { har } = await upload()
  const requests = readEvidence([{ name: 'upload.har', text: har }]).flatMap((one) => (one.kind === 'request' ? [one.request.method] : []))
  assert.deepEqual(requests, ['PUT'])
})

test('the Content-Type that changed is proven with the secret, and nothing is without it', async () => {
  const { har } = await upload()
  const sources = [{ name: 'upload.har', text: har }]
  const known = { secrets: [{ label: 'the secret', secretAccessKey: SECRET }] }
  const { outcome, findings } = diagnoseEvidence(sources, known)
  assert.equal(outcome, 'proven')
  assert.equal(findings[0]!.class, 'header.changed')
  assert.notEqual(diagnoseEvidence(sources).outcome, 'proven')
})

test('a bare URL beside the answer does not say for which method it was signed', async () => {
  const { url, error } = await upload()
  const { outcome, findings } = diagnoseEvidence([
    { name: 'url.txt', text: url },
    { name: 'error.xml', text: error },
  ])
  assert.notEqual(outcome, 'proven')
  assert.doesNotMatch(JSON.stringify(findings), /signed for \*\*\*/)
})
