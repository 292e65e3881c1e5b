/** The formats: their shape, their gate, and that evidence cannot steer a terminal or a page. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderJson } from '../../src/report/json.ts'
import { markdownText, renderMarkdown } from '../../src/report/markdown.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { ACCESS_KEY_ID, FINDING, leaky, PROVEN, SECRET, SIGNATURE, TOKEN } from './hand-made.ts'

test('a refusal that names no code has a headline all the same', () => {
  const report = renderTerminal(
    { ...PROVEN, error: { code: '', check: undefined, message: 'Forbidden' } },
    { colour: false, verbose: true },
  )
  assert.match(report, /^refused: the answer names no error code$/m)
})

test('terminal: a dozen lines', () => {
  const { next, ...done } = PROVEN
  assert.equal(
    renderTerminal({ ...done, next: undefined }, { colour: false, columns: 80 }),
    `PROVEN  signed differently (path-encoded-twice): the path was percent-encoded a
  second time before signing
  --> curl.txt
    you signed        /photos/a%2520b.jpg
                                ^^
    service received  /photos/a%20b.jpg
  Proof  with this path, the signature calculated is the one provided
  Fix    sign with the S3 rules (curl)
           sign --rules s3
           send
  Don't  change IAM policies

LIKELY  wrong key (secret-mismatch): the secret belongs to another key
         The path holds percent-escapes.
  Or     secret-truncated: same effect
  Note   two requests in one log; the first is diagnosed
  -v     why, 2 causes ruled out
`,
  )
  assert.equal(next?.what, 'the body')
})

test('terminal: everything', () => {
  assert.equal(
    renderTerminal(
      { ...PROVEN, facts: [{ name: 'scope', value: '20150830/us-east-1/s3/aws4_request', said: 'you signed' }] },
      { colour: false, columns: 110, verbose: true },
    ),
    `refused: SignatureDoesNotMatch (check 16 of 16, signature; the checks before it passed)
  scope            20150830/us-east-1/s3/aws4_request   (you signed)

PROVEN  signed differently (path-encoded-twice): the path was percent-encoded a second time before signing
  canonical request, line 2 (canonical URI)   from curl.txt, bytes 31-48
    service received  /photos/a%20b.jpg
    you signed        /photos/a%2520b.jpg
                                ^^
                      the "%" of "%20" was encoded again
  Why    S3 takes the path as it is sent; the signer encoded it once more
  Proof  by signature: with this path, the signature calculated is the one provided
  Seen   The path holds percent-escapes.
  Fix    sign with the S3 rules (as it is, curl)
           sign --rules s3
           send
  Don't  change IAM policies: permissions are looked at only after the signature
  Verify sign a path of plain letters: it passes
  More   countersign explain path-encoded-twice

LIKELY  wrong key (secret-mismatch): the secret belongs to another key
  Or     secret-truncated: same effect
  Proof  none: this fits the evidence; nothing was matched
  Seen   The path holds percent-escapes.
  Fix    sign with the S3 rules (as it is, curl)
           sign --rules s3
           send
  More   countersign explain secret-mismatch

2 other causes ruled out: 1 by test, 1 because the service had passed their check. 1 not tested: the body was
not captured.

To be sure, add one of:
  - the body: whether the payload hash is right
           curl --trace-ascii -

Note: two requests in one log; the first is diagnosed
`,
  )
})

test('terminal: the other outcomes, and the check in words', () => {
  const bare = { ...PROVEN, findings: [], ruledOut: [], wanted: [], notes: [] } as const
  assert.match(
    renderTerminal({ ...bare, outcome: 'accepted', error: undefined }, { colour: false }),
    /^ACCEPTED {2}the signature was right/,
  )
  assert.match(renderTerminal({ ...bare, outcome: 'unexplained' }, { colour: false }), /^UNEXPLAINED {2}SignatureDoesNotMatch/)
  assert.match(renderTerminal({ ...bare, outcome: 'unexplained' }, { colour: false }), /^ {2}Next {3}the body: whether/m)
  const early = { code: 'RequestTimeTooSkewed', check: '3 of 17 (clock)', message: '' }
  assert.match(
    renderTerminal({ ...bare, error: early }, { colour: false, verbose: true }),
    /^refused: RequestTimeTooSkewed \(check 3 of 17, clock; the checks before it passed\)/,
  )
})

test('terminal: colour adds escapes and changes no word', () => {
  for (const verbose of [false, true]) {
    const colour = renderTerminal(PROVEN, { colour: true, verbose, addressOf: (name) => `file:///home/${name}` })
    assert.ok(colour.includes('\u001b[1;31mPROVEN'))
    if (!verbose) assert.ok(colour.includes('\u001b]8;;file:///home/curl.txt\u001b\\curl.txt\u001b]8;;\u001b\\'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour and links are what is taken out
    assert.equal(colour.replace(/\u001b\[[0-9;]*m|\u001b\]8;;[^\u001b]*\u001b\\/g, ''), renderTerminal(PROVEN, { colour: false, verbose }))
  }
})

test('json: keys, order and readable text', () => {
  const report = JSON.parse(renderJson({ ...PROVEN, findings: [{ ...FINDING, what: 'the key is caf\u00c3\u00a9' }] }))
  assert.deepEqual(Object.keys(report), ['schemaVersion', 'outcome', 'requests', 'findings', 'ruledOut', 'notTested', 'next', 'notes'])
  assert.deepEqual(report.requests, [
    {
      id: 'r1',
      requestId: null,
      when: '2015-08-30T12:36:00Z',
      method: 'GET',
      target: '/photos/a%20b.jpg',
      host: 'examplebucket.s3.us-east-1.amazonaws.com',
      outcome: 'refused',
      overcome: false,
      searched: true,
      error: { code: 'SignatureDoesNotMatch', check: { id: 'signature', number: 16, of: 16 } },
      findings: [0, 1],
    },
  ])
  assert.deepEqual(Object.keys(report.findings[0]), [
    'causes',
    'class',
    'proof',
    'summary',
    'what',
    'why',
    'labels',
    'fixes',
    'wrongFixes',
    'check',
    'grounds',
    'alternatives',
  ])
  assert.equal(report.findings[0].what, 'the key is café')
})

test('json: version 1 is still there, for one release', () => {
  const report = JSON.parse(renderJson(PROVEN, { version: 1 }))
  assert.deepEqual(Object.keys(report), ['schemaVersion', 'outcome', 'error', 'findings', 'ruledOut', 'wanted', 'notes'])
  assert.deepEqual(report.error, { code: 'SignatureDoesNotMatch', check: '16 of 16 (signature)' })
  assert.equal(JSON.parse(renderJson({ ...PROVEN, outcome: 'accepted' }, { version: 1 })).outcome, 'valid')
  assert.equal('error' in JSON.parse(renderJson({ ...PROVEN, error: undefined }, { version: 1 })), false)
})

test('every format keeps silent', () => {
  const secrets = [SECRET, TOKEN]
  const forbidden = [
    SECRET,
    encodeURIComponent(SECRET),
    SIGNATURE,
    SIGNATURE.toUpperCase(),
    TOKEN,
    encodeURIComponent(TOKEN),
    'EXAMPLETOKEN',
    ACCESS_KEY_ID,
  ]
  const reports = {
    terminal: renderTerminal(leaky(), { colour: false, secrets, columns: 60 }),
    colour: renderTerminal(leaky(), { colour: true, secrets }),
    json: renderJson(leaky(), { secrets }),
    markdown: renderMarkdown(leaky(), { secrets }),
  }
  for (const [format, report] of Object.entries(reports)) {
    for (const text of forbidden) assert.ok(!report.includes(text), `${format} shows ${text}`)
    assert.ok(report.includes('AKIA'), `${format} tells which key`)
  }
  JSON.parse(reports.json)
})

test('tokens and signatures are held back even where no secret is given', () => {
  for (const report of [renderTerminal(leaky(), { colour: false }), renderJson(leaky()), renderMarkdown(leaky())]) {
    for (const text of [SIGNATURE, TOKEN, 'EXAMPLETOKEN', ACCESS_KEY_ID]) assert.ok(!report.includes(text), text)
  }
})

test('evidence cannot steer the terminal', () => {
  const hostile = 'a\u001b]0;title\u0007\u009b2J\u202eb\r\nc'
  const finding = { ...FINDING, what: hostile, why: hostile, labels: [{ ...FINDING.labels[0]!, signed: hostile, note: hostile }] }
  const report = renderTerminal({ ...PROVEN, findings: [finding], notes: [hostile] }, { colour: false })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  assert.doesNotMatch(report, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  assert.doesNotMatch(renderJson({ ...PROVEN, findings: [finding] }), /[\u007f-\u009f\u202e]/)
})

test('markdown: nothing in the evidence becomes markup, a mention or a reference', () => {
  const hostile = 'see @someone and #12 <img src=x> [a](b) `x` **y** ```\n# head'
  const label = { ...FINDING.labels[0]!, signed: 'a```b````c', calculated: 'a```b' }
  const report = renderMarkdown({ ...PROVEN, findings: [{ ...FINDING, what: hostile, labels: [label] }], notes: [hostile] })
  const outside = report.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
  assert.doesNotMatch(outside, /@someone|#12|(?<!\\)<img|(?<!\\)\[a|(?<!\\)\*y|(?<!\\)`x/)
  assert.match(report, /`````text\nservice received {2}a```b\n/)
  assert.match(report, /^## Proven: signed differently, the path was percent-encoded once more/)
  assert.match(report, /### Proven: `path-encoded-twice`/)
})

test('markdown: as much is escaped as would be markup where it stands, and no more', () => {
  for (const [text, written] of [
    ['replace <...>, a | b, {x}, a > b, 5 * 3, ~, snake_case_name', 'replace <...>, a | b, {x}, a > b, 5 * 3, ~, snake_case_name'],
    ['the "%" of "%20"; a&b=c; C:\\dir', 'the "%" of "%20"; a&b=c; C:\\dir'],
    ['<b>, </b>, <!-- x -->, &lt; &#x3c;', '\\<b>, \\</b>, \\<!-- x -->, \\&lt; \\&#x3c;'],
    ['*a* __init__ `c` ~~d~~ [e](f)', '\\*a\\* \\_\\_init\\_\\_ \\`c\\` \\~\\~d\\~\\~ \\[e](f)'],
    ['\\<b> \\[x] end\\', '\\\\\\<b> \\\\\\[x] end\\\\'],
    ['> quote', '\\> quote'],
    ['1. list', '1\\. list'],
    ['# head', '\\# head'],
  ] as const)
    assert.equal(markdownText(text), written)
})
