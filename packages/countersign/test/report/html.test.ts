/** The HTML page: nothing is fetched, nothing runs, nothing in the evidence becomes markup. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Observation } from '../../src/case/observation.ts'
import { comparedLines } from '../../src/diagnosis/comparison.ts'
import { renderHtml } from '../../src/report/html.ts'
import { PRODUCT } from '../../src/report/product.ts'
import { FINDING, PROVEN } from './hand-made.ts'
import { assertClosed } from './shapes.ts'

test('one page with all the parts', () => {
  const html = renderHtml(PROVEN)
  for (const part of [
    '<title>proven: signed differently, the path was percent-encoded once more than the service does before signing</title>',
    '/photos/a%2<mark>52</mark>0b.jpg',
    '<strong>signature</strong>: with this path',
    '<pre tabindex="0">sign --rules s3\nsend</pre>',
    '<strong>Change IAM policies:</strong>',
    'The bytes are the same for: <code>secret-truncated</code>',
    'Ruled out: 2 causes; not tested: 1',
    'curl --trace-ascii -',
    'Two requests in one log; the first is diagnosed',
  ])
    assert.ok(html.includes(part), part)
})

test('nothing is fetched and nothing runs', () => {
  const html = renderHtml(PROVEN)
  assert.match(html, /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'/)
  assert.doesNotMatch(html, /<script|<link|<img|<iframe|\ssrc=|\shref=|@import|url\(|\son[a-z]+=/i)
})

test('every element is closed, and no value is markup', () => {
  const hostile = '</td></table><script>alert(1)</script><img src=x onerror=y> "\' ` <b> &amp; \u202e\u0000'
  const label = {
    ...FINDING.labels[0]!,
    calculated: hostile,
    signed: `${hostile}x\nb`,
    note: hostile,
    from: { source: hostile, start: 0, end: 5 },
  }
  const finding = {
    ...FINDING,
    what: hostile,
    why: hostile,
    check: hostile,
    summary: hostile,
    grounds: [hostile],
    labels: [label],
    fixes: [{ title: hostile, applicability: 'maybe', command: hostile }],
    wrongFixes: [{ title: hostile, why: hostile }],
  } as const
  const html = renderHtml(
    {
      ...PROVEN,
      error: { code: hostile, check: hostile, message: hostile },
      findings: [finding, finding],
      ruledOut: [{ cause: hostile, how: 'tested', why: hostile }],
      wanted: [{ what: hostile, decides: hostile, command: hostile }],
      notes: [hostile],
      comparison: {
        signer: { origin: 'quoted', from: label.from },
        verifier: { origin: 'rebuilt' },
        lines: comparedLines(`${hostile}\na`, `${hostile}b`),
      },
    },
    { evidence: [{ name: hostile, text: `${hostile}\n${hostile}` }] },
  )
  assert.doesNotMatch(html, /<script|<img|<b>|onerror=y>|\u202e/)
  assert.ok(!html.includes('\u0000'))
  assertClosed(html)
})

test("the user's own bytes stand beside the label", () => {
  const text = `line one\n${'x'.repeat(21)}/photos/a%2520b.jpg tail\nline three`
  const html = renderHtml(PROVEN, { evidence: [{ name: 'curl.txt', text }] })
  assert.ok(html.includes('In your file: curl.txt, line 2, bytes 31-48'))
  assert.ok(html.includes(`<mark>${text.slice(30, 48)}</mark>`))
  assert.doesNotMatch(renderHtml(PROVEN), /In your file/)
})

test('of a whole canonical request, the one line that differs is marked', () => {
  const text = 'log\nGET\n/photos/a%2520b.jpg\n\nhost:x\n\nhost\nUNSIGNED-PAYLOAD\nend'
  const shown = (signed: string): readonly string[] => {
    const label = { ...FINDING.labels[0]!, calculated: '/b', signed, from: { source: 'a.log', start: 4, end: text.length - 4 } }
    const html = renderHtml({ ...PROVEN, findings: [{ ...FINDING, labels: [label] }] }, { evidence: [{ name: 'a.log', text }] })
    const table = /<details class="excerpt" open>[\s\S]*?<\/details>/.exec(html)![0]
    return [...table.matchAll(/<tr(.*?)><th scope="row">(\d+)<\/th><td>(.*?)<\/td>/g)].map(
      ([, here, line, cell]) => `${line}${here === '' ? '' : '!'} ${cell}`,
    )
  }
  assert.deepEqual(shown('/photos/a%2520b.jpg'), ['2 GET', '3! <mark>/photos/a%2520b.jpg</mark>', '4 '])
  // No line shows the value as it is: none is marked, since a wrong mark is worse.
  const unmarked = shown('/photos/other.jpg')
  assert.ok(unmarked.length > 3 && unmarked.every((line) => !/!|<mark>/.test(line)), unmarked.join('\n'))
})

test('descriptions in place of values are not compared', () => {
  const label = { ...FINDING.labels[0]!, calculated: '<the token of this key>', signed: '<a token of another key>' }
  const table = (calculated: string): string =>
    /<table class="frame">[\s\S]*?<\/table>/.exec(
      renderHtml({ ...PROVEN, findings: [{ ...FINDING, labels: [{ ...label, calculated }] }] }),
    )![0]
  assert.doesNotMatch(table(label.calculated), /<mark>/)
  assert.match(table('host:a'), /<mark>/)
})

test('the cause is the title; what was read, which version and when stand at the end', () => {
  const evidence = [
    { name: 'b.log', text: 'x' },
    { name: 'a&b.txt', text: 'x' },
    { name: 'c', text: 'x' },
  ]
  const location = { source: 'b.log', start: 0, end: 1 }
  const observations: readonly Observation[] = [
    { kind: 'unreadable', reason: 'is empty', location: { ...location, source: 'a&b.txt' }, fidelity: 'exact' },
    { kind: 'signature', signature: 'x', side: 'signer', location, fidelity: 'exact' } as unknown as Observation,
    { kind: 'request', side: 'wire', location, fidelity: 'exact' } as unknown as Observation,
    { kind: 'stated', location: { ...location, source: 'c' }, fidelity: 'exact' } as unknown as Observation,
  ]
  const html = renderHtml(PROVEN, { evidence, observations, now: Date.UTC(2026, 10, 30, 7, 5) })
  for (const part of [
    '<h1>Signed differently: the path was percent-encoded once more than the service does before signing</h1>',
    '<h2>What was read</h2><ul><li><code>b.log</code>: request, signature</li><li><code>a&#38;b.txt</code>: nothing in it was recognised</li><li><code>c</code>: words</li></ul>',
    `Made by Countersign ${PRODUCT.version}, 2026-11-30 07:05 UTC.`,
  ])
    assert.ok(html.includes(part), part)
  assert.ok(renderHtml(PROVEN).includes(`Made by Countersign ${PRODUCT.version}. `))
  assert.equal(renderHtml(PROVEN, { evidence, observations, now: 0 }), renderHtml(PROVEN, { evidence, observations, now: 0 }))
})

test('of what was accepted in the end, the refusals before it are not the title', () => {
  const html = renderHtml({ ...PROVEN, outcome: 'accepted', error: undefined })
  assert.match(html, /<h1>The signature was right/)
  assert.match(html, /<h2>Refused first, then repaired by the client<\/h2>/)
  assert.doesNotMatch(html, /class="card first/)
})

test('nothing but the names of rows keeps a line from folding, and on paper everything is open', () => {
  const style = /<style>([\s\S]*?)<\/style>/.exec(renderHtml(PROVEN))![1]!
  assert.deepEqual(
    style.match(/^.*nowrap.*$/gm)?.map((rule) => rule.split('{')[0]),
    ['th'],
  )
  assert.match(style, /@media \(max-width:44rem\)\{[\s\S]*\.frame th,\.frame td\{display:block/)
  assert.match(style, /@media print\{[\s\S]*details:not\(\.ruled\)::details-content\{content-visibility:visible/)
})
