/** Evidence of any length, and a report that a person can read: names, texts and comparisons have a limit, and say what is left out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence, SecretAccessKey } from '../../src/index.ts'
import { renderHtml } from '../../src/report/html.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { shortenedTogether } from '../../src/report/redaction/shortened.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { EXAMPLE_SECRET } from '../support/golden.ts'
import { requestText } from '../support/golden-evidence.ts'
import { standardInputs } from '../support/standard-inputs.ts'
import { FINDING, PROVEN } from './hand-made.ts'

const secrets = [{ label: 'secret', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }]
const LONGEST_REPORT = 40_000

const PROVIDED = '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7'
const REQUEST = [
  'GET /b/ HTTP/1.1',
  'Host: photos.s3.amazonaws.com',
  'X-Amz-Date: 20150830T123600Z',
  `Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${PROVIDED}`,
  'X-Amz-Content-Sha256: UNSIGNED-PAYLOAD',
  '\r\n',
].join('\r\n')

/** An error body that quotes a canonical request with these lines before its headers, and the request beside it. */
function quoted(lines: string) {
  const canonical = `GET\n/b/\n\n${lines}host:photos.s3.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD`
  const stringToSign = `AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/s3/aws4_request\n${'ab'.repeat(32)}`
  const xml = `<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided.</Message><StringToSign>${stringToSign}</StringToSign><SignatureProvided>${PROVIDED}</SignatureProvided><CanonicalRequest>${canonical}</CanonicalRequest></Error>`
  return [
    { name: 'error.xml', text: xml },
    { name: 'request.http', text: REQUEST },
  ]
}

const LINES: Readonly<Record<string, string>> = {
  'as many empty lines as fit': '\n'.repeat(117_760),
  'a thousand empty lines': '\n'.repeat(1000),
  'a thousand names': Array.from({ length: 1000 }, (_, i) => `x-amz-${i}:v\n`).join(''),
  'one name over and over': 'a:b\n'.repeat(60_000),
  'a value of 100 KB': `a:${'b'.repeat(100_000)}\n`,
}

for (const [what, lines] of Object.entries(LINES))
  test(`a quoted canonical request with ${what} is reported in a few pages`, () => {
    const sources = quoted(lines)
    const diagnosis = diagnoseEvidence(sources, { secrets }, { maxTrials: 1000 })
    for (const report of [
      renderJson(diagnosis),
      renderMarkdown(diagnosis),
      renderHtml(diagnosis, { evidence: sources }),
      renderTerminal(diagnosis, { colour: false, diff: true }),
    ])
      assert.ok(report.length < LONGEST_REPORT, `${report.length} characters`)
  })

test('three thousand headers that were not signed: the first are named, and how many more', () => {
  const headers = Array.from({ length: 3000 }, (_, i): [string, string] => [`X-Amz-${i}`, 'v'])
  const inputs = standardInputs({ headers, unsigned: headers.map(([name]) => name) })
  const text = requestText({ signer: inputs, verifier: inputs })
  const report = renderJson(diagnoseEvidence([{ name: 'request.http', text }], { secrets }, { maxTrials: 1000 }))
  assert.match(report, /x-amz-9 and 2990 more was in the request|x-amz-9 and 2990 more were in the request/)
  assert.ok(report.length < LONGEST_REPORT, `${report.length} characters`)
})

test('texts beyond measure are not compared line by line, and a note says so', () => {
  const names = Array.from({ length: 1500 }, (_, i): [string, string] => [`X-Amz-Meta-${i}`, 'v'])
  const verifier = standardInputs({ target: '/a%20b', headers: names })
  const signer = { ...verifier, verbatim: { 'canonical-uri': '/a%2520b' } }
  const diagnosis = diagnoseEvidence([{ name: 'request.http', text: requestText({ signer, verifier }) }], { secrets }, { maxTrials: 1000 })
  assert.equal(diagnosis.outcome, 'proven')
  assert.equal(diagnosis.comparison, undefined)
  assert.match(diagnosis.notes.join(), /more than 1,000 lines is not compared/)
})

test('of long texts the stretch is shown in which they differ', () => {
  const [calculated, signed] = shortenedTogether([`${'a'.repeat(50_000)}HERE${'b'.repeat(50_000)}`, `${'a'.repeat(50_000)}THERE`])
  assert.match(calculated!, /^… \(49,\d{3} characters left out\) …a+HEREb+… \(48,\d{3} characters left out\) …$/)
  assert.match(signed!, /^… \(\d\d,\d{3} characters left out\) …a+THERE$/)
  const label = { ...FINDING.labels[0]!, calculated: `${'/x'.repeat(9000)}a`, signed: `${'/x'.repeat(9000)}b` }
  const report = JSON.parse(renderJson({ ...PROVEN, findings: [{ ...FINDING, labels: [label] }] }))
  assert.match(report.findings[0].labels[0].calculated, /left out\) ….{100,2000}\/xa$/)
})

test('a secret at the place where a text is cut is taken out all the same', () => {
  for (let before = 1560; before < 1640; before += 7) {
    const why = `${'y'.repeat(before)} ${EXAMPLE_SECRET} ${'z'.repeat(3000)}`
    const report = renderJson({ ...PROVEN, findings: [{ ...FINDING, why }] }, { secrets: [EXAMPLE_SECRET] })
    for (let at = 0; at + 8 <= EXAMPLE_SECRET.length; at += 8) assert.ok(!report.includes(EXAMPLE_SECRET.slice(at, at + 8)))
  }
})
