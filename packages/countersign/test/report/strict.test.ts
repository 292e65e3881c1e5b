/** `--redact strict`: names of people's own things are placeholders, the evidence stays evidence. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence, SecretAccessKey } from '../../src/index.ts'
import { renderGithub, renderHtml, renderJson, renderJunit, renderMarkdown, renderSarif, renderTerminal } from '../../src/report/index.ts'
import { Placeholders } from '../../src/report/redaction/placeholders.ts'
import { EXAMPLE_SECRET } from '../support/golden.ts'
import { debugLog, errorXml, requestText } from '../support/golden-evidence.ts'
import { providedSignature } from '../support/inject/injection.ts'
import { inject } from '../support/inject/path-encoded-twice.ts'
import { standardInputs } from '../support/standard-inputs.ts'
import { ACCESS_KEY_ID } from './hand-made.ts'

const broken = inject(
  standardInputs({
    method: 'PUT',
    target: '/quarterly%20figures/acme-merger.xlsx?owner=jane.doe%40acme.example&partNumber=12',
    host: 'acme-finance.s3.us-east-1.amazonaws.com',
    headers: [
      ['X-Amz-Meta-Project', 'bluebird rollout'],
      ['X-Forwarded-For', '203.0.113.77'],
      ['Referer', 'https://intranet.acme.example/quarterly'],
    ],
  }),
  0,
)!
const OWN = [
  'quarterly',
  'figures',
  'merger',
  'xlsx',
  'jane',
  'acme',
  'bluebird',
  'rollout',
  '203.0.113.77',
  'intranet',
  'hank',
  '4442587FB7D0A2F9',
  ACCESS_KEY_ID,
]

test('no name of the evidence stands in any format, with or without the secret', () => {
  const evidence = [
    { name: '/home/hank/error.xml', text: errorXml(broken) },
    { name: '/home/hank/debug.log', text: debugLog(broken) },
    { name: '/home/hank/request.http', text: requestText(broken) },
  ]
  for (const secrets of [[], [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }]]) {
    const diagnosis = diagnoseEvidence(evidence, { secrets })
    assert.deepEqual(diagnosis.findings[0]?.causes, ['path-encoded-twice'])
    const options = { redact: 'strict', evidence } as const
    for (const [format, report] of Object.entries({
      terminal: renderTerminal(diagnosis, { ...options, colour: false, diff: true }),
      json: renderJson(diagnosis, options),
      markdown: renderMarkdown(diagnosis, options),
      html: renderHtml(diagnosis, options),
      sarif: renderSarif(diagnosis, options),
      junit: renderJunit(diagnosis, options),
      github: renderGithub(diagnosis, options),
    })) {
      for (const name of OWN) assert.ok(!report.toLowerCase().includes(name.toLowerCase()), `${format} shows ${name}: ${report}`)
      assert.ok(!report.includes(providedSignature(broken)))
      assert.match(report, /path-encoded-twice/)
    }
  }
})

test('what was encoded twice is still seen', () => {
  const text = renderTerminal(
    diagnoseEvidence([
      { name: 'a', text: errorXml(broken) },
      { name: 'b', text: debugLog(broken) },
    ]),
    {
      redact: 'strict',
      colour: false,
    },
  )
  assert.match(
    text,
    /you signed {8}\/<name-(\d+)>%2520<name-(\d+)>\/<name-(\d+)>\.<name-(\d+)>\n +\^\^\n +service received {2}\/<name-\1>%20<name-\2>\/<name-\3>\.<name-\4>\n/,
  )
})

test("the same name is the same placeholder, and what is nobody's stays", () => {
  const names = new Placeholders([
    { kind: 'host', text: 'files.acme.example:8443' },
    { kind: 'word', text: 'merger' },
    { kind: 'word', text: 'path' },
    { kind: 'value', text: 'bluebird' },
  ])
  assert.equal(
    names.sentence('the merger of /merger/a and "bluebird"; merger'),
    'the <name-1> of /<name-1>/<name-2> and "<value-1>"; <name-1>',
  )
  assert.equal(names.sentence('the path was signed, see /etc/nginx/nginx.conf'), 'the path was signed, see /etc/nginx/nginx.conf')
  assert.equal(names.sentence('x%40merger.com%2520merger'), 'x%40<name-1>.com%2520<name-1>')
  assert.equal(names.sentence('host:files.acme.example:8443'), 'host:<host-1>')
  assert.equal(
    names.sentence('bucket.s3.eu-west-1.amazonaws.com and iam.amazonaws.com'),
    '<name-3>.s3.eu-west-1.amazonaws.com and iam.amazonaws.com',
  )
  assert.equal(
    names.sentence('s3.dualstack.us-west-2.amazonaws.com, s3.amazonaws.com'),
    's3.dualstack.us-west-2.amazonaws.com, s3.amazonaws.com',
  )
  assert.equal(names.sentence('a1b2c3.execute-api.us-east-1.amazonaws.com'), '<name-4>.execute-api.us-east-1.amazonaws.com')
  assert.equal(
    names.sentence('arn:aws:iam::123456789012:user/Bob at 20150830T123600Z'),
    'arn:aws:iam::<account-1>:<name-5>/<name-6> at 20150830T123600Z',
  )
  assert.equal(names.sentence('10.1.2.3, 127.0.0.1, 2001:db8:0:0:0:0:0:1, 12:36:00, 1.2.3'), '<ip-1>, 127.0.0.1, <ip-2>, 12:36:00, 1.2.3')
  assert.equal(names.sentence(`${ACCESS_KEY_ID} AKIA************MPLE bob@acme.example`), '<AKIA-key-1> <AKIA-key-2> <mail-1>')
  assert.equal(
    names.query('list-type=2&prefix=merger%2Fx&X-Amz-Date=20150830T123600Z&uploads='),
    'list-type=2&prefix=<name-1>%2F<name-7>&X-Amz-Date=20150830T123600Z&uploads=',
  )
  assert.equal(names.target(names.target('/merger/a.b')), names.target('/merger/a.b'))
})

test('a given secret in digits with blanks between goes before numbers are kept', () => {
  const given = 'nT4wXb9ZkPq2Lr7V/d8YcU3sHf5Gm+J6aEo1iQvRx'
  const digits = (Buffer.from(given).toString('hex').match(/../g) ?? []).join('%20')
  const inputs = inject(standardInputs({ method: 'GET', target: `/b/${digits}/a%20b?q=${digits}` }), 0)!
  const evidence = [
    { name: 'error.xml', text: errorXml(inputs) },
    { name: 'debug.log', text: debugLog(inputs) },
  ]
  const diagnosis = diagnoseEvidence(evidence)
  const options = { redact: 'strict', evidence, secrets: [given] } as const
  for (const report of [
    renderJson(diagnosis, options),
    renderHtml(diagnosis, options),
    renderTerminal(diagnosis, { ...options, colour: false, columns: 400, diff: true, verbose: true }),
  ]) {
    assert.match(report, /\[secret\]/)
    assert.doesNotMatch(report, /\b\d\d(?:%20| )\d\d(?:%20| )/)
  }
})
