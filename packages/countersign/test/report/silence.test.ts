/**
 * Silence: no report of any format, at any level, shows a secret, a session token or a signature, in any spelling. Tried on
 * every golden case, and on evidence that leaks on purpose.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { EvidenceSource } from '../../src/case/reader.ts'
import type { Diagnosis } from '../../src/diagnosis/finding.ts'
import { diagnoseEvidence, SecretAccessKey } from '../../src/index.ts'
import {
  REDACT_LEVELS,
  renderGithub,
  renderHtml,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderSarif,
  renderTerminal,
} from '../../src/report/index.ts'
import type { ReportOptions } from '../../src/report/redaction/clean-diagnosis.ts'
import { EXAMPLE_SECRET, golden, goldenReport } from '../support/golden.ts'
import { ACCESS_KEY_ID, leaky, SECRET, SIGNATURE, TOKEN } from './hand-made.ts'
import { annotationsOf, assertClosed, assertSarif, type Schema, schemaProblems, xmlElements } from './shapes.ts'

const SCHEMA: Schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../docs/manual/diagnosis.schema.json'), 'utf8'))
const FORMATS: Readonly<Record<string, (diagnosis: Diagnosis, options: ReportOptions) => string>> = {
  terminal: (diagnosis, options) => renderTerminal(diagnosis, { ...options, colour: false, verbose: true, diff: true, columns: 80 }),
  brief: (diagnosis, options) => renderTerminal(diagnosis, { ...options, colour: false, columns: 80 }),
  wide: (diagnosis, options) => renderTerminal(diagnosis, { ...options, colour: true, verbose: true, diff: true, columns: 160 }),
  json: renderJson,
  markdown: renderMarkdown,
  html: renderHtml,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
}

/** Every report there is of a diagnosis, with how it was made. */
function* reports(diagnosis: Diagnosis, options: ReportOptions): Generator<readonly [how: string, report: string]> {
  for (const redact of REDACT_LEVELS)
    for (const [format, render] of Object.entries(FORMATS)) yield [`${format} at ${redact}`, render(diagnosis, { ...options, redact })]
}

/** The spellings a value can leak in; parts of it count too, as folding and cutting would leave them. */
function spellings(value: string): string[] {
  const bytes = Buffer.from(value, 'latin1')
  const whole = [
    value,
    encodeURIComponent(value),
    encodeURIComponent(encodeURIComponent(value)),
    encodeURIComponent(value).toLowerCase(),
    value.toUpperCase(),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    bytes.toString('hex').replace(/..(?=.)/g, '$& '),
    ...[0, 1, 2].map((shift) => {
      const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
      return text.slice(shift === 0 ? 0 : 4, -4)
    }),
  ]
  const parts: string[] = []
  for (let at = 0; at + 20 <= value.length; at += 10) parts.push(value.slice(at, at + 20))
  return [...whole, ...parts]
}

/** Folding, markup and escapes taken out: a value that was torn apart is put together again. */
function joined(report: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour is what is taken out
  return report.replace(/\u001b\[[0-9;]*m|<\/?mark>|[\s\\╌^\u2060]+/g, '')
}

function assertSilent(how: string, report: string, forbidden: readonly string[]): void {
  // The example secret of AWS's own pages, which differs from ours in one character; a cause tells to try it.
  const texts = [report, joined(report)].map((text) => text.replaceAll('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', ''))
  for (const value of forbidden)
    for (const spelling of spellings(value)) for (const text of texts) assert.ok(!text.includes(spelling), `${how} shows ${spelling}`)
}

test('every golden case, in every format at every level', () => {
  for (const one of golden(join(import.meta.dirname, '../cases'))) {
    const { diagnosis } = goldenReport(one)
    const evidence = readdirSync(one.dir)
      .filter((file) => file !== 'case.json' && file !== 'expected.txt')
      .map((name): EvidenceSource => ({ name, text: readFileSync(join(one.dir, name), 'latin1') }))
    const all = evidence.map(({ text }) => text).join('\n')
    const signatures = [...all.matchAll(/Signature(?:Provided)?[=>"': ]{1,4}([0-9a-f]{64})/g)].map((found) => found[1]!)
    const tokens = [...all.matchAll(/x-amz-security-token["']?[:=] ?([A-Za-z0-9+/=]{24,})/gi)].map((found) => found[1]!)
    for (const [how, report] of reports(diagnosis, { evidence })) {
      assertSilent(
        `${one.name}: ${how}`,
        report,
        [EXAMPLE_SECRET, ...signatures, ...tokens].filter((value) => !report.includes(`kSigning of ${value}`)),
      )
      if (how.startsWith('sarif')) assertSarif(report)
      if (how.startsWith('html')) assertClosed(report)
      if (how.startsWith('junit')) xmlElements(report)
      if (how.startsWith('github')) annotationsOf(report)
      if (how.startsWith('json')) assert.deepEqual(schemaProblems(SCHEMA, JSON.parse(report)), [], one.name)
      if (!how.endsWith('keys')) assert.ok(!report.includes(ACCESS_KEY_ID), `${one.name}: ${how}`)
    }
  }
})

test('a diagnosis that leaks in every place, in every spelling', () => {
  const calculated = 'b'.repeat(31) + SIGNATURE.slice(31)
  const given = leaky()
  const leak = [
    ...[SECRET, TOKEN].flatMap((value) => [
      ...spellings(value).slice(0, 9),
      ...['', 'a', 'ab'].map((lead) => Buffer.from(lead + value).toString('base64')),
    ]),
    Buffer.from(`${ACCESS_KEY_ID}:${SECRET}`).toString('base64'),
    `Signature=${calculated} and by itself ${SIGNATURE} ${calculated.toUpperCase()}`,
  ].join('\n')
  const [finding] = given.findings
  const label = { ...finding!.labels[0]!, calculated: leak, signed: `${leak}\n${TOKEN}` }
  const diagnosis: Diagnosis = {
    ...given,
    findings: [{ ...finding!, what: leak, labels: [label, ...finding!.labels] }],
    unspoken: [TOKEN, SIGNATURE, calculated],
    comparison: {
      signer: { origin: 'quoted' },
      verifier: { origin: 'quoted' },
      lines: [
        { part: 'canonical-headers', same: false, signer: `x-amz-security-token:${TOKEN}`, verifier: `x-amz-security-token:${TOKEN}=` },
        { part: 'canonical-query-string', same: false, signer: `X-Amz-Signature=${SIGNATURE}`, verifier: `X-Amz-Signature=${calculated}` },
        { part: 'canonical-headers', same: false, signer: `authorization:x ${SIGNATURE}`, verifier: `x-other:${SECRET}` },
      ],
    },
  }
  for (const [how, report] of reports(diagnosis, { secrets: [SECRET] })) {
    assertSilent(how, report, [SECRET, TOKEN, SIGNATURE, calculated])
    if (how.startsWith('json') || how.startsWith('sarif')) JSON.parse(report)
  }
})

test('evidence that holds other ways of signing in', () => {
  const text = `GET /a HTTP/1.1
Host: example.com
Cookie: session=0123456789abcdef0123456789abcdef
X-Api-Key: da2-0123456789abcdefghijklmnop
X-Amz-Date: 20150830T123600Z
Authorization: AWS4-HMAC-SHA256 Credential=${ACCESS_KEY_ID}/20150830/us-east-1/s3/aws4_request, SignedHeaders=cookie;host;x-amz-date;x-api-key, Signature=${SIGNATURE}

`
  const evidence = [{ name: 'request.http', text }]
  const diagnosis = diagnoseEvidence(evidence, { secrets: [{ label: 'x', secretAccessKey: new SecretAccessKey(`${SECRET}x`) }] })
  const lines = ['cookie:session=0123456789abcdef0123456789abcdef', 'x-api-key:da2-0123456789abcdefghijklmnop']
  const label = {
    part: 'canonical-headers',
    calculated: lines.join('\n'),
    signed: '',
    note: 'n',
    from: { source: 'request.http', start: 40, end: 90 },
  } as const
  for (const [how, report] of reports({ ...leaky(), ...diagnosis, findings: [{ ...leaky().findings[0]!, labels: [label] }] }, { evidence }))
    assertSilent(how, report, ['0123456789abcdef0123456789abcdef', 'da2-0123456789abcdefghijklmnop', SIGNATURE])
})
