import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { SERVER_DEFECTS, triggers } from '../../src/causes/kit/server-defects.ts'
import { serverKnownDefect } from '../../src/causes/server-known-defect.ts'
import { diagnoseEvidence } from '../../src/index.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { caseOf } from '../support/case.ts'
import { EXAMPLE_SECRET } from '../support/golden.ts'
import { errorXml, requestText } from '../support/golden-evidence.ts'
import { assertWhole, MISMATCH, refusal, response } from '../support/head-contract.ts'
import { type StandardRequest, standardInputs } from '../support/standard-inputs.ts'

const known = { secrets: [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }] }
const GCS = { host: 'storage.googleapis.com', target: '/b/k' }

/** A correct request that gives each trigger occasion. */
const OCCASIONS: Readonly<Record<string, StandardRequest>> = {
  'accept-encoding-signed': { headers: [['Accept-Encoding', 'identity']] },
  'double-slash': { target: '/b//k' },
  'repeated-parameter': { target: '/?a=1&a=2' },
  'amz-header-without-hyphen': { headers: [['X-Amzn-Id', '1']] },
}

test('every trigger sees its occasion, and a plain request is none', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/causes/server-known-defect.md'), 'utf8')
  const plain = standardInputs({ target: '/k?a=1' })
  for (const { trigger, source, host, header, does } of SERVER_DEFECTS) {
    assert.equal(triggers(plain, trigger), false, trigger)
    const trailer = { ...plain, payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }
    assert.equal(triggers(trigger === 'unsigned-trailer' ? trailer : standardInputs(OCCASIONS[trigger]!), trigger), true, trigger)
    assert.ok(page.includes(`| ${does} | ${trigger} | <${source}> |`), does)
    assert.match(source, /^https:\/\//)
    assert.ok(host !== undefined || header !== undefined)
  }
})

test("what the server's own text shows is undone, and its known defect is the first fix of the finding", () => {
  const signer = standardInputs({ ...GCS, headers: [['Accept-Encoding', 'identity']] })
  const verifier = standardInputs({ ...GCS, headers: [['Accept-Encoding', 'identity,gzip(gfe)']] })
  const broken = { signer, verifier }
  const [first] = diagnoseEvidence(
    [
      { name: 'error.xml', text: errorXml(broken) },
      { name: 'request.http', text: requestText({ signer, verifier: signer }) },
    ],
    known,
  ).findings
  assert.equal(first?.proof.level, 'signature')
  assert.ok([...first.causes, ...first.alternatives].includes('server-known-defect'))
  assert.match(first.fixes[0]!.title, /leave accept-encoding out of the signed headers.*aws-sdk-go-v2\/issues\/1816/)
})

test('a request that is right, refused by a server with a known defect for it: the defect adds what mends it', () => {
  const correct = standardInputs({ host: 'gateway.example.net:7070', target: '/bucket//k' })
  const text = `${requestText({ signer: correct, verifier: correct })}\nHTTP/1.1 403 Forbidden\r\nServer: VERSITYGW\r\nContent-Type: application/xml\r\n\r\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><RequestId>x</RequestId></Error>\n`
  const [first] = diagnoseEvidence([{ name: 'exchange.http', text }], known).findings
  assert.deepEqual([first?.causes, first?.proof.level, first?.class], [['server-canonicalizes-wrongly'], 'signature', 'server.bug'])
  assert.deepEqual(first?.alternatives, ['server-known-defect'])
  assert.match(first.fixes[0]!.title, /without a leading slash.*versitygw\/issues\/2274/)
})

test('without occasion, without a refusal of the signature, or from another server nothing is suspected', () => {
  const mismatch = refusal('SignatureDoesNotMatch', MISMATCH)
  const gcs = standardInputs({ ...GCS, headers: [['Accept-Encoding', 'identity']] })
  const found = [...serverKnownDefect.suspect(caseOf({ verifier: gcs, refusal: mismatch }))]
  assert.equal(found.length, 1)
  assertWhole(serverKnownDefect, found[0]?.params, caseOf({ verifier: gcs }))
  assert.deepEqual([...serverKnownDefect.suspect(caseOf({ verifier: gcs }))], [])
  assert.deepEqual([...serverKnownDefect.suspect(caseOf({ verifier: standardInputs(GCS), refusal: mismatch }))], [])
  const aws = standardInputs({ headers: [['Accept-Encoding', 'identity']] })
  const answered = caseOf({ verifier: aws, refusal: mismatch, observations: [response(403, { Server: 'AmazonS3' })] })
  assert.deepEqual([...serverKnownDefect.suspect(answered)], [])
  assert.deepEqual([...serverKnownDefect.suspect(caseOf({}))], [])
  assert.equal(serverKnownDefect.undo(aws, { defect: SERVER_DEFECTS[0] }), aws)
})
