/** The HTML page: nothing is fetched, nothing runs, nothing in the evidence becomes markup. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparedLines } from '../../src/diagnosis/comparison.ts'
import { renderHtml } from '../../src/report/html.ts'
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
    'Cannot be told apart by these bytes from: <code>secret-truncated</code>',
    'Ruled out: 2 causes; not testable: 1',
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
  assert.ok(html.includes('In your own bytes: curl.txt, line 2, bytes 31-48'))
  assert.ok(html.includes(`<mark>${text.slice(30, 48)}</mark>`))
  assert.doesNotMatch(renderHtml(PROVEN), /In your own bytes/)
})
