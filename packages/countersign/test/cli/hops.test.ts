/** `countersign hops` as its user sees it: files in, what changed between them out. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { recordingLine } from '../../src/evidence/index.ts'
import { sha256 } from '../../src/sha256/pure.ts'
import type { HttpRequest } from '../../src/sigv4/http-request.ts'
import { bytesOf, hexOf, payloadHashOf } from '../../src/sigv4/index.ts'
import { NOW, plain, presigned, signed, wireBytes } from '../support/signed.ts'
import { run, SECRET } from './fake-io.ts'

const HOST = 'files.example.com:9000'
const request = signed(plain('GET', '/photos//a%20b.txt?list=1', '', [['X-Amz-Meta-A', 'one']], HOST), 's3')
const bytes = (one: HttpRequest): string => wireBytes(one).toString('latin1')
const changed = (changes: Partial<HttpRequest>, headers: Readonly<Record<string, string | undefined>> = {}): HttpRequest => ({
  ...request,
  ...changes,
  headers: request.headers.flatMap(([name, value]) => {
    const lower = name.toLowerCase()
    if (!(lower in headers)) return [[name, value] as const]
    return headers[lower] === undefined ? [] : [[name, headers[lower]] as const]
  }),
})
const line = (sent: HttpRequest, received?: HttpRequest): string =>
  recordingLine({ hop: 'edge', at: NOW, sent, ...(received === undefined ? {} : { received }) }, 'redacted', sha256)

interface Found {
  readonly outcome: string
  readonly matchedBy: Readonly<Record<string, number>>
  readonly points: readonly { readonly name: string; readonly requests: number; readonly unmatched: number }[]
  readonly requests: readonly {
    readonly matchedBy: string
    readonly places: readonly { readonly signature: string }[]
    readonly steps: readonly { readonly signedAgain: boolean; readonly changes: readonly Record<string, unknown>[] }[]
  }[]
  readonly findings: readonly {
    readonly causes: readonly string[]
    readonly proof: { readonly level: string }
    readonly from: { readonly point: string; readonly seen: string | null }
    readonly to: { readonly point: string; readonly seen: string | null }
    readonly hop: string | null
    readonly requests: readonly string[]
    readonly changes: readonly Record<string, unknown>[]
    readonly lines: readonly { readonly file: string; readonly line: number }[]
    readonly fixes: readonly { readonly command?: string }[]
    readonly edit: { readonly line: number; readonly before: string; readonly after: string } | null
  }[]
}

async function found(t: TestContext, args: readonly string[], files: Readonly<Record<string, string>>) {
  const { code, stdout, stderr } = await run(t, ['hops', '--format', 'json', ...args], { files: { ...files, 'secret.txt': SECRET } })
  assert.notEqual(stdout, '', stderr)
  return { code, ...(JSON.parse(stdout) as Found) }
}
const causes = ({ findings }: Found): readonly string[] => findings.map(({ causes: [cause], proof }) => `${cause} ${proof.level}`)

test('each signed change is a finding of its own, proven with the secret by the signature and without it by the text', async (t) => {
  const files = {
    'a.http': bytes(request),
    'b.http': bytes(changed({ target: '/photos/a%20b.txt?list=1' }, { host: 'store', 'x-amz-meta-a': undefined })),
  }
  const without = await found(t, ['client=a.http', 'store=b.http'], files)
  assert.equal(without.code, 1)
  assert.deepEqual(causes(without), ['path-normalized text', 'host-rewritten text', 'header-removed-in-transit text'])
  const withSecret = await found(t, ['client=a.http', 'store=b.http', '--secret-file', 'secret.txt'], files)
  assert.deepEqual(causes(withSecret), ['path-normalized signature', 'host-rewritten signature', 'header-removed-in-transit signature'])
  assert.deepEqual(
    withSecret.requests[0]!.places.map(({ signature }) => signature),
    ['right', 'wrong'],
  )
  assert.deepEqual(withSecret.findings[1]!.changes, [
    { part: 'host', how: 'changed', name: 'host', signed: true, before: HOST, after: 'store' },
  ])
})

test('what is not signed may change', async (t) => {
  const later = {
    ...request,
    headers: [...request.headers.map(([name, value]) => [name.toLowerCase(), value] as const), ['via', '1.1 edge'] as const],
  }
  const { code, outcome, requests } = await found(t, ['a.http', 'b.http'], { 'a.http': bytes(request), 'b.http': bytes(later) })
  assert.deepEqual([code, outcome], [0, 'unchanged'])
  assert.deepEqual(
    requests[0]!.steps[0]!.changes.map(({ part, signed: covered }) => [part, covered]),
    [
      ['header', false],
      ['header-case', false],
    ],
  )
})

test('recordings keep the SHA-256 of the signature: it ties them, and with the secret it proves', async (t) => {
  const files = { 'a.jsonl': line(request), 'b.jsonl': line(changed({}, { host: 'store' })) }
  const one = await found(t, ['a.jsonl', 'b.jsonl', '--secret-file', 'secret.txt'], files)
  assert.deepEqual(causes(one), ['host-rewritten signature'])
  assert.equal(one.matchedBy['signature'], 1)
  // The same as it was sent.
  const other = await found(t, ['a.http', 'b.jsonl'], { ...files, 'a.http': bytes(request) })
  assert.deepEqual(causes(other), ['host-rewritten text'])
})

test('a hop that shows both its sides is two points, and is the one that changed it', async (t) => {
  const { findings } = await found(t, ['edge=a.jsonl'], { 'a.jsonl': line(changed({}, { host: 'store' }), request) })
  const [only] = findings
  assert.deepEqual([only!.from.seen, only!.to.seen, only!.hop], ['received', 'sent', 'edge'])
})

test('three points: the change lies between the two that it lies between', async (t) => {
  const files = { 'a.http': bytes(request), 'b.http': bytes(request), 'c.http': bytes(changed({ target: '/photos/a%20b.txt?list=1' })) }
  const { findings } = await found(t, ['client=a.http', 'edge=b.http', 'store=c.http'], files)
  assert.deepEqual(
    findings.map(({ from, to }) => [from.point, to.point]),
    [['edge', 'store']],
  )
})

test('an access log shows the path: what it does not show is compared with the point before', async (t) => {
  const log = '10.0.0.7 - - [03/Mar/2026:08:15:31 +0000] "GET /photos/a%20b.txt?list=1 HTTP/1.1" 403 287 "-" "curl/8"\n'
  const files = {
    'a.http': bytes(request),
    'edge.log': log,
    'c.http': bytes(changed({ target: '/photos/a%20b.txt?list=1' }, { host: 'store' })),
  }
  const { findings, requests } = await found(t, ['client=a.http', 'edge=edge.log', 'store=c.http'], files)
  assert.deepEqual(
    findings.map(({ causes: [cause], from, to, proof }) => [cause, from.point, to.point, proof.level]),
    [
      ['path-normalized', 'client', 'edge', 'none'],
      ['host-rewritten', 'client', 'store', 'none'],
    ],
  )
  assert.equal(requests[0]!.matchedBy, 'order')
})

test('the answer of a service that quotes its canonical request is the last point', async (t) => {
  const canonical = [
    'GET',
    '/photos//a%20b.txt',
    'list=1',
    'host:store',
    `x-amz-content-sha256:${payloadHashOf(bytesOf(''))}`,
    'x-amz-date:20260303T081531Z',
  ]
  const text = [...canonical, 'x-amz-meta-a:one', '', 'host;x-amz-content-sha256;x-amz-date;x-amz-meta-a', payloadHashOf(bytesOf(''))].join(
    '\n',
  )
  const signature = /Signature=([0-9a-f]{64})/.exec(bytes(request))![1]!
  const toSign = `AWS4-HMAC-SHA256\n20260303T081531Z\n20260303/eu-west-1/s3/aws4_request\n${hexOf(sha256(bytesOf(text)))}`
  const error = `<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId><StringToSign>${toSign}</StringToSign><SignatureProvided>${signature}</SignatureProvided><CanonicalRequest>${text}</CanonicalRequest></Error>`
  const one = await found(t, ['client=a.http', 'answer=error.xml'], { 'a.http': bytes(request), 'error.xml': error })
  assert.deepEqual(causes(one), ['host-rewritten text'])
  assert.equal(one.findings[0]!.to.seen, 'calculated')
})

test('a configuration names the line and its correction; of another hop it names none', async (t) => {
  const nginx = 'server {\n  listen 80;\n  location / {\n    proxy_pass http://store;\n  }\n}\n'
  const files = { 'a.http': bytes(request), 'b.http': bytes(changed({}, { host: 'store' })), 'nginx.conf': nginx }
  const one = await found(t, ['client=a.http', 'store=b.http', '--config', 'nginx=nginx.conf'], files)
  const [finding] = one.findings
  assert.equal(finding!.hop, 'nginx')
  assert.deepEqual(
    finding!.lines.map(({ file, line: number }) => [file, number]),
    [['nginx.conf', 4]],
  )
  assert.match(finding!.edit!.after, /proxy_set_header Host \$http_host;/)
  const behind = await found(t, ['client=a.http', 'store=b.http', '--config', 'store=nginx.conf'], files)
  assert.deepEqual(
    behind.findings.map(({ hop, lines }) => [hop, lines]),
    [[null, []]],
  )
  const { stdout, code } = await run(t, ['hops', 'client=a.http', 'store=b.http', '--config', 'nginx=nginx.conf'], { files })
  assert.equal(code, 1)
  assert.match(
    stdout,
    /^PROVEN {2}the Host header changed after signing \(host-rewritten\), by nginx, in 1 request\n {2}--> nginx\.conf:4\n/,
  )
  assert.match(stdout, /\+ proxy_set_header Host \$http_host;/)
  assert.ok(stdout.split('\n').length <= 15, stdout)
})

test('a body that changed is a finding where its hash is signed, and none where it is not', async (t) => {
  const put = signed(plain('PUT', '/b/k', 'hello', [], HOST), 's3')
  const files = { 'a.jsonl': line(put), 'b.jsonl': line({ ...put, body: bytesOf('other') }) }
  assert.deepEqual(causes(await found(t, ['a.jsonl', 'b.jsonl'], files)), ['payload-replaced text'])
  const url = presigned(plain('PUT', '/b/k', 'hello', [], HOST))
  const open = { 'a.jsonl': line(url), 'b.jsonl': line({ ...url, body: bytesOf('other') }) }
  assert.equal((await found(t, ['a.jsonl', 'b.jsonl'], open)).outcome, 'unchanged')
})

test('what lost its signature is found again, and the loss is the finding', async (t) => {
  const one = await found(t, ['a.http', 'b.http'], { 'a.http': bytes(request), 'b.http': bytes(changed({}, { authorization: undefined })) })
  assert.deepEqual(causes(one), ['header-removed-in-transit text'])
  assert.equal(one.matchedBy['dateAndPath'], 1)
})

test('a hop can only do what hops do: a parameter that it adds is not one that the signer left out', async (t) => {
  const bare = signed(plain('GET', '/b/k', '', [], HOST), 's3')
  const one = await found(t, ['a.http', 'b.http'], { 'a.http': bytes(bare), 'b.http': bytes({ ...bare, target: '/b/k?via=edge' }) })
  assert.deepEqual(causes(one), ['query-parameter-added text'])
})

test('a presigned URL that lost its query lost its signature', async (t) => {
  const url = presigned(plain('GET', '/b/k', '', [], HOST))
  const one = await found(t, ['a.http', 'b.http', '--secret-file', 'secret.txt'], {
    'a.http': bytes(url),
    'b.http': bytes({ ...url, target: '/b/k' }),
  })
  assert.deepEqual(
    one.findings.map(({ causes: [cause] }) => cause),
    ['query-parameter-dropped'],
  )
})

test('a signed header that is gone is signed, though no canonical request can be made without it', async (t) => {
  const cookie = signed(plain('GET', '/photos/a.txt', '', [['Cookie', 'session=abc']], HOST), 's3')
  const without = (one: HttpRequest, gone: string) => ({ ...one, headers: one.headers.filter(([name]) => name.toLowerCase() !== gone) })
  for (const [one, gone] of [
    [request, 'x-amz-date'],
    [cookie, 'cookie'],
  ] as const) {
    const files = { 'a.jsonl': line(one), 'b.jsonl': line(without(one, gone)) }
    assert.deepEqual(causes(await found(t, ['client=a.jsonl', 'store=b.jsonl'], files)), ['header-removed-in-transit text'])
  }
  const chunked = signed(plain('POST', '/things', '', [['Transfer-Encoding', 'chunked']], HOST), 'execute-api', { unsignedHeaders: [] })
  const framed = {
    ...without(chunked, 'transfer-encoding'),
    headers: [...without(chunked, 'transfer-encoding').headers, ['Content-Length', '5'] as const],
  }
  const framing = { 'a.jsonl': line(chunked), 'b.jsonl': line(framed) }
  assert.deepEqual(causes(await found(t, ['client=a.jsonl', 'store=b.jsonl'], framing)), ['header-removed-in-transit text'])
  const empty = signed(plain('GET', '/photos/a.txt', '', [['X-Amz-Meta-A', '']], HOST), 's3')
  assert.equal(
    (await found(t, ['client=a.jsonl', 'store=b.jsonl'], { 'a.jsonl': line(empty), 'b.jsonl': line(without(empty, 'x-amz-meta-a')) })).code,
    0,
  )
})

test('a hop with several files of configuration is one hop', async (t) => {
  const files = {
    'a.http': bytes(request),
    'b.http': bytes(changed({ target: '/photos/a%20b.txt?list=1' })),
    'static.yaml': 'entryPoints:\n  web:\n    address: ":80"\n',
    'dynamic.yaml': 'http:\n  routers:\n    s3:\n      rule: PathPrefix(`/`)\n',
  }
  const one = await found(t, ['client=a.http', 'store=b.http', '--config', 'edge=static.yaml', '--config', 'edge=dynamic.yaml'], files)
  assert.equal(one.findings[0]!.hop, 'edge')
  const two = await found(t, ['client=a.http', 'store=b.http', '--config', 'edge=static.yaml', '--config', 'inner=dynamic.yaml'], files)
  assert.equal(two.findings[0]!.hop, null)
})

test('the line for one header is no line for another', async (t) => {
  const two = signed(
    plain(
      'GET',
      '/b/k',
      '',
      [
        ['X-Amz-Meta-A', 'one'],
        ['X-Amz-Meta-B_C', 'two'],
      ],
      HOST,
    ),
    's3',
  )
  const nginx =
    'server {\n  location / {\n    proxy_set_header X-Amz-Meta-A "";\n    proxy_set_header Host $http_host;\n    proxy_pass http://store;\n  }\n}\n'
  const b = { ...two, headers: two.headers.filter(([name]) => !/^x-amz-meta/i.test(name)) }
  const files = { 'a.http': bytes(two), 'b.http': bytes(b), 'nginx.conf': nginx }
  const { findings } = await found(t, ['a.http', 'b.http', '--config', 'nginx=nginx.conf'], files)
  assert.deepEqual(
    findings.map(({ changes: [change], lines, edit, fixes }) => [
      change!['name'],
      lines.map(({ line: at }) => at),
      edit?.line ?? fixes[0]?.command,
    ]),
    [
      ['x-amz-meta-a', [3], 3],
      ['x-amz-meta-b_c', [], 'underscores_in_headers on;'],
    ],
  )
})

test('two requests are not compared: each is counted', async (t) => {
  const other = signed(plain('GET', '/photos/other.txt', '', [], HOST), 's3', { now: NOW + 60_000 })
  const one = await found(t, ['a.http', 'b.http'], { 'a.http': bytes(request), 'b.http': bytes(other) })
  assert.deepEqual([one.code, one.outcome], [3, 'nothing-compared'])
  assert.deepEqual(one.points, [
    { name: 'a', requests: 1, unmatched: 1 },
    { name: 'b', requests: 1, unmatched: 1 },
  ])
})

test('usage: no argument, no file, a configuration without a name, a limit that is no number', async (t) => {
  const files = { 'a.http': bytes(request) }
  for (const args of [
    [],
    ['missing.http'],
    ['a.http', '--config', 'nginx.conf'],
    ['a.http', '--max-seconds', 'soon'],
    ['a.http', '--format', 'xml'],
  ])
    assert.equal((await run(t, ['hops', ...args], { files })).code, 2, args.join(' '))
})
