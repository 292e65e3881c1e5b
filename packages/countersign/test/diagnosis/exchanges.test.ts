/** Several requests in one paste: each is judged alone, nothing is proven across two, and what was accepted is accepted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { EXAMPLE_SECRET } from '../support/golden.ts'
import { curlLog, errorBody, HOST, rewritesHost, type Sending, sentOf, sessionLog, signatureOf } from '../support/sessions.ts'

const KNOWN = { secrets: [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }] }
const file = (text: string, name = 'a.log') => ({ name, text })
const outcomes = (text: string, known = {}) => {
  const { outcome, requests, findings } = diagnoseEvidence([file(text)], known)
  return [
    outcome,
    ...requests.map((one) =>
      `${one.outcome}${one.overcome ? ' overcome' : ''} ${one.findings.map((i) => findings[i]!.causes.join('+')).join()}`.trim(),
    ),
  ]
}

test('a log in which all was accepted is accepted, whatever the service answered next', () => {
  const notFound = { status: 404, body: '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>' }
  assert.deepEqual(outcomes(sessionLog([{ target: '/b/one' }, { target: '/b/dir//two' }, { target: '/b/gone', answer: notFound }])), [
    'accepted',
    'accepted',
    'accepted',
    'accepted',
  ])
})

test('permission denied is accepted where a principal is named or the key passed beside it, else unknown', () => {
  const denied = (message: string) => ({ status: 403, body: `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>` })
  const named = denied('User: arn:aws:iam::123456789012:user/a is not authorized to perform: s3:GetObject')
  assert.deepEqual(outcomes(curlLog({ target: '/b/k', answer: named })), ['accepted', 'accepted'])
  assert.equal(outcomes(curlLog({ target: '/b/k', answer: denied('Access Denied') }))[1], 'unknown')
  assert.deepEqual(outcomes(sessionLog([{ target: '/b/j' }, { target: '/b/k', answer: denied('Access Denied') }])), [
    'accepted',
    'accepted',
    'accepted',
  ])
})

test('refusals among accepted requests: each its cause, the last one first', () => {
  const session: Sending[] = [
    { target: '/b/one' },
    { target: '/b/two', hop: rewritesHost },
    { target: '/b/three', at: 1 },
    { target: '/b/four', at: 2, secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEZ' },
  ]
  const [outcome, ...each] = outcomes(sessionLog(session))
  assert.equal(outcome, 'likely')
  assert.deepEqual(each, ['accepted', 'refused host-rewritten', 'accepted', 'refused secret-mismatch'])
  const { findings, requests } = diagnoseEvidence([file(sessionLog(session))])
  assert.deepEqual(requests[3]?.findings, [0])
  assert.equal(findings[1]?.proof.level, 'text')
})

test('two refusals of one second: the signature of one is never held against the text of the other', () => {
  const session: Sending[] = [
    { target: '/b/one', hop: rewritesHost },
    { target: '/b/two', hop: rewritesHost },
  ]
  for (const sendings of [session, [...session].reverse()])
    for (const known of [{}, KNOWN]) {
      const { findings } = diagnoseEvidence([file(sessionLog(sendings))], known)
      assert.deepEqual(
        findings.map(({ causes }) => causes),
        [['host-rewritten']],
      )
    }
})

test('strangers: two requests of one second, given as two sides, files or one file, prove nothing', () => {
  const [one, other] = [sentOf({ target: '/b/one' }), sentOf({ target: '/b/two?x=1' })]
  const text = (request: typeof one): string =>
    `${request.method} ${request.target} HTTP/1.1\r\n${request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  const body = errorBody(rewritesHost(other), signatureOf(other))
  for (const sources of [
    [
      { ...file(text(one), 'one'), side: 'signer' as const },
      { ...file(text(other), 'two'), side: 'verifier' as const },
    ],
    [
      { ...file(text(one), 'one'), side: 'signer' as const },
      { ...file(body, 'two'), side: 'verifier' as const },
    ],
    [file(text(one), 'one'), file(text(other), 'two')],
    [file(text(one), 'one'), file(body, 'two')],
    [file(body, 'one'), file(text(one), 'two')],
    [file(`${text(one)}\n${text(other)}`)],
    [file(`${text(one)}\n${body}`)],
  ])
    assert.deepEqual(
      diagnoseEvidence(sources).findings.filter(({ proof }) => proof.level !== 'none'),
      [],
      sources.map(({ name }) => name).join(),
    )
})

test('a text without a signature and a request that differs from it in more than one way may be two requests', () => {
  const quoted = (sending: Sending) =>
    file(/<CanonicalRequest>([^<]*)/.exec(errorBody(sentOf(sending), ''))![1]!.replaceAll('&amp;', '&'), 'text')
  const asked = (sending: Sending) => {
    const { method, target, headers } = sentOf(sending)
    return file(`${method} ${target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`, 'request')
  }
  const proofs = (text: Sending, request: Sending) =>
    diagnoseEvidence([quoted(text), asked(request)]).findings.filter(({ proof }) => proof.level !== 'none')
  const listed = { target: '/acme/?list-type=2&prefix=a' }
  const typed = { method: 'PUT', target: '/acme/a', headers: [['x-amz-meta-note', 'b'] as const] }
  assert.deepEqual(proofs(listed, { target: '/' }), [], 'path and query')
  assert.deepEqual(proofs({ ...typed, method: 'HEAD', headers: [] }, typed), [], 'method and headers')
  assert.equal(proofs({ target: '/v1/acme/a?x=1' }, { target: '/acme/a?x=1' })[0]?.causes.join(), 'path-prefix-stripped')
})

test('two errors in a log with two request IDs are two requests, though they say the same', () => {
  const line = (id: string) =>
    `get: operation error S3: GetObject, https response error StatusCode: 403, RequestID: ${id}, HostID: c2lsdmVy, api error SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.\n`
  assert.equal(diagnoseEvidence([file(line('7BVQ4NQAJVGQ5MZA') + line('7BVQ4NQAJVGQ5MZB'))]).requests.length, 2)
})

test('a client that paints its Authorization over: what it sent is held against what the service quotes', () => {
  const painted = (sending: Sending) => curlLog(sending).replace(/Authorization: .*/, 'Authorization: XXXX')
  assert.equal(outcomes(painted({ target: '/b/two', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEZ' }))[1], 'refused secret-mismatch')
  assert.equal(outcomes(painted({ target: '/b/two', hop: rewritesHost }))[1], 'refused host-rewritten')
})

test('of two captures beside the text of the service, the one that differs from it shows what was sent, in either order of names', () => {
  const sending = { target: '/b/two', hop: rewritesHost }
  const { method, target, headers } = rewritesHost(sentOf(sending))
  const received = `${method} ${target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  for (const [one, other] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    const { findings } = diagnoseEvidence([file(curlLog(sending), one), file(received, other)])
    assert.deepEqual(findings[0]?.causes, ['host-rewritten'], one)
  }
})

test('a header that only the refused request has, and signs, is not called unsigned', () => {
  const answer = {
    status: 403,
    body: '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>',
  }
  const note = { method: 'PUT', target: '/b/two', headers: [['X-Amz-Meta-Batch_no', '7'] as const], answer }
  const [, , refused] = outcomes(sessionLog([{ method: 'PUT', target: '/b/one' }, note]))
  assert.match(refused!, /header-removed-in-transit/)
})

test('a code that a service may give before it looks at the signature accepts nothing', () => {
  const body = '<Error><Code>InvalidBucketName</Code><Message>The specified bucket is not valid.</Message></Error>'
  assert.equal(outcomes(curlLog({ target: '/b_/k', answer: { status: 400, body } }))[1], 'unknown')
})

test('answers that come after both requests: each goes to one', () => {
  const [one, two] = [{ target: '/b/one' }, { target: '/b/two', answer: { status: 204 } }].map((sending) =>
    curlLog(sending).split('< HTTP/1.1'),
  )
  assert.deepEqual(outcomes(`${one![0]}${two![0]}< HTTP/1.1${one![1]}< HTTP/1.1${two![1]}`), ['accepted', 'accepted', 'accepted'])
})

test('two logs, in any order, one file or two: what is proven is true of one of them', () => {
  const a = sessionLog([{ target: '/b/a1' }, { target: '/b/a2', hop: rewritesHost }])
  const stripped = (request: ReturnType<typeof sentOf>) => ({ ...request, target: request.target.replace('/v1', '') })
  const b = sessionLog([
    { target: '/v1/b/b1', hop: stripped },
    { target: '/b/b2', at: 1 },
  ])
  const answers = [[file(a, 'a'), file(b, 'b')], [file(b, 'b'), file(a, 'a')], [file(a + b)], [file(b + a)]].map((sources) =>
    diagnoseEvidence(sources)
      .findings.map(({ causes, proof }) => `${causes.join()} ${proof.level}`)
      .sort(),
  )
  for (const answer of answers) assert.deepEqual(answer, ['host-rewritten text', 'path-prefix-stripped text'])
})

test('client log and server answer in two files are one exchange, in any order', () => {
  const sent = sentOf({ target: '/b/k' })
  const client = curlLog({ target: '/b/k', answer: { status: 403 } })
  const server = errorBody(rewritesHost(sent), signatureOf(sent))
  for (const sources of [
    [file(client, 'client'), file(server, 'server')],
    [file(server, 'server'), file(client, 'client')],
  ]) {
    const { requests, findings } = diagnoseEvidence(sources)
    assert.equal(requests.length, 1)
    assert.deepEqual([findings[0]?.causes, findings[0]?.proof.level], [['host-rewritten'], 'text'])
  }
})

test('an error of one attempt with an accepted request of another is no comparison', () => {
  const refused = sentOf({ target: '/b/k', at: 0, secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEZ' })
  const { outcome, findings, requests } = diagnoseEvidence([
    file(errorBody(refused, signatureOf(refused)), 'error.xml'),
    file(curlLog({ target: '/b/k', at: 300 }), 'later.log'),
  ])
  assert.deepEqual(
    requests.map((one) => one.outcome),
    ['refused', 'accepted'],
  )
  assert.ok(findings.every(({ proof }) => proof.level === 'none'))
  assert.notEqual(outcome, 'proven')
})

test('a refusal that the client repaired is overcome, and its finding is kept with it', () => {
  const wrongRegion = {
    status: 400,
    body: "<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'</Message><Region>eu-west-1</Region></Error>",
  }
  const first: Sending = { target: '/b/k', region: 'us-east-1', answer: wrongRegion }
  assert.deepEqual(outcomes(sessionLog([first, { target: '/b/k', at: 1 }])), ['accepted', 'refused overcome region-mismatch', 'accepted'])
  const after = sessionLog([first, { target: '/b/k', at: 1, hop: rewritesHost }])
  assert.deepEqual(outcomes(after), ['proven', 'refused overcome region-mismatch', 'refused host-rewritten'])
})

test('a capture at the client, right as sent and refused, blames neither the service nor the key', () => {
  for (const answer of [
    { status: 403 },
    {
      status: 403,
      body: '<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.</Message></Error></ErrorResponse>',
    },
  ]) {
    const { outcome, findings, notes } = diagnoseEvidence([file(curlLog({ method: 'HEAD', target: '/b/k', answer }))], KNOWN)
    assert.deepEqual([outcome, findings], ['unexplained', []])
    assert.match(notes.join(), /right as it was sent/)
  }
})

test('a right request with a bare refusal draws no suspicion, odd as its path may be', () => {
  for (const target of ['/b/a%20b', '/b/a//b', "/b/it's", '/b/a+b', '/b/%C3%BC?x=%20&acl'])
    assert.deepEqual(diagnoseEvidence([file(curlLog({ target, answer: { status: 403 } }))]).findings, [], target)
})

test('an answer whose two texts contradict each other was edited and proves nothing', () => {
  const sent = sentOf({ target: '/b/k' })
  const edited = errorBody(sent, signatureOf(sent)).replace('/b/k', '/my-bucket/k')
  for (const known of [{}, KNOWN]) {
    const { findings, notes } = diagnoseEvidence([file(curlLog({ target: '/b/k', answer: { status: 403, body: edited } }))], known)
    assert.ok(findings.every(({ proof }) => proof.level === 'none'))
    assert.match(notes.join(), /edited before it was posted/)
  }
})

test("EC2's AuthFailure states no key: it comes for a wrong signature as well", () => {
  const body =
    '<Response><Errors><Error><Code>AuthFailure</Code><Message>AWS was not able to validate the provided access credentials</Message></Error></Errors></Response>'
  const { findings } = diagnoseEvidence([file(curlLog({ target: '/?Action=DescribeInstances', answer: { status: 401, body } }))])
  assert.ok(findings.every(({ proof }) => proof.level === 'none'))
})

test('a bare refusal takes the cause that the explained ones of its log share', () => {
  const session: Sending[] = [
    { target: '/b/1', hop: rewritesHost },
    { target: '/b/2', hop: rewritesHost, at: 1 },
    { method: 'HEAD', target: '/b/3', at: 2, answer: { status: 403 } },
  ]
  const { requests, findings } = diagnoseEvidence([file(sessionLog(session))])
  const inherited = findings[requests[2]!.findings[0]!]!
  assert.deepEqual([inherited.causes, inherited.proof.level], [['host-rewritten'], 'none'])
  // What is asked about is the last refusal that says something.
  assert.equal(findings[0]?.proof.level, 'text')
})

test('the same request sent twice with one signature: each sending has its own answer', () => {
  const refused = { status: 403, body: errorBody(rewritesHost(sentOf({ target: '/b/k' })), signatureOf(sentOf({ target: '/b/k' }))) }
  assert.deepEqual(outcomes(sessionLog([{ target: '/b/k' }, { target: '/b/k', answer: refused }])), [
    'proven',
    'accepted',
    'refused host-rewritten',
  ])
})

test('several requests without an answer: nothing was refused as far as the log shows', () => {
  const bare = (target: string): string => curlLog({ target }).replace(/^<.*\n/gm, '')
  const { outcome, findings, next, requests } = diagnoseEvidence([file(bare('/b/a%20b') + bare('/b/two'))])
  assert.deepEqual([outcome, findings, requests.length], ['unexplained', [], 2])
  assert.match(next?.what ?? '', /error response/)
  assert.equal(diagnoseEvidence([file(bare('/b/a%20b') + bare('/b/two'))], KNOWN).outcome, 'accepted')
})

test('nothing is read of a greeting', () => {
  assert.equal(diagnoseEvidence([file('hello world')]).outcome, 'nothing-read')
})

test('messages that hold placeholders were said of no request', () => {
  const text =
    "Credential should be scoped to a valid region, not 'region-code'.\nSignature not yet current: date is still later than date\n"
  assert.ok(diagnoseEvidence([file(text)]).findings.every(({ proof }) => proof.level === 'none'))
})

test('a default pair whose ID is its secret is not swapped', () => {
  const known = { secrets: [{ label: 's', secretAccessKey: new SecretAccessKey('minioadmin'), accessKeyId: 'minioadmin' }] }
  const text = curlLog({ target: '/b/k', answer: { status: 403 } }).replaceAll('AKIAIOSFODNN7EXAMPLE', 'minioadmin')
  assert.ok(!diagnoseEvidence([file(text)], known).findings.some(({ causes }) => causes.includes('access-key-and-secret-swapped')))
})

test("MinIO's text for unsigned headers states no cause where a signed header may be missing", () => {
  const sent = sentOf({ method: 'PUT', target: '/b/k', headers: [['content-md5', 'x']] })
  const lines = sent.headers.filter(([name]) => name !== 'content-md5').map(([name, value]) => `${name}: ${value}\r\n`)
  const text = `PUT /b/k HTTP/1.1\r\n${lines.join('')}\r\nHTTP/1.1 400 Bad Request\r\nServer: MinIO\r\n\r\n<Error><Code>AccessDenied</Code><Message>There were headers present in the request which were not signed</Message></Error>\n`
  assert.ok(diagnoseEvidence([file(text)]).findings.every(({ proof }) => proof.level === 'none'))
  assert.ok(text.includes(HOST))
})

test('the log of many requests is judged whole, a sample of the refusals is searched, and the report says so', () => {
  const many = Array.from({ length: 300 }, (_, i): Sending => ({ target: `/b/${i}`, at: i, ...(i % 2 === 0 ? { hop: rewritesHost } : {}) }))
  const { requests, notes, findings } = diagnoseEvidence([file(sessionLog(many))], {}, { maxTrials: 3000 })
  assert.equal(requests.filter(({ outcome }) => outcome === 'refused').length, 150)
  assert.equal(requests.filter(({ outcome }) => outcome === 'accepted').length, 150)
  assert.equal(findings.length, 1)
  assert.equal(requests.filter(({ searched }) => searched).length, 24)
  assert.equal(requests.at(-2)?.searched, true)
  assert.match(notes.join(), /150 of 300 requests were refused or are open; 24 of those were searched/)
})

test('a signature of Version 4A that a service repeats is longer by right, one of Version 4 is not', () => {
  const digits = '3045022100' + 'ab'.repeat(65)
  const error = (algorithm: string): string =>
    `<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><StringToSign>${algorithm}\n20260303T080000Z\n20260303/s3/aws4_request\n${'0a'.repeat(32)}</StringToSign><SignatureProvided>${digits}</SignatureProvided></Error>`
  const named = (text: string) => diagnoseEvidence([file(text)]).findings.map(({ causes }) => causes.join())
  assert.deepEqual(named(error('AWS4-ECDSA-P256-SHA256')), [])
  assert.deepEqual(named(error('AWS4-HMAC-SHA256')), ['signature-encoding-changed'])
})

test('an error of one attempt with the log of another: these are two requests, and which log is missing', () => {
  const refused = sentOf({ target: '/b/k' })
  const body = errorBody(refused, signatureOf(refused)).replace('</Error>', '<RequestId>4F00AA11BB22CC33</RequestId></Error>')
  const botocore =
    "2026-03-03 08:05:00,101 - MainThread - botocore.endpoint - DEBUG - Sending http request: <AWSPreparedRequest stream_output=False, method=GET, url=http://store.example.net/b/k, headers={'User-Agent': b'Boto3/1.34.2', 'X-Amz-Date': b'20260303T080500Z', 'X-Amz-Content-SHA256': b'UNSIGNED-PAYLOAD', 'Authorization': b'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260303/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=" +
    `${'5c'.repeat(32)}'}>\n`
  for (const [log, time, command] of [
    [curlLog({ target: '/b/k', at: 300 }), '08:05:00', /--debug|curl/],
    [curlLog({ target: '/b/other', at: 300, answer: { status: 403 } }), '08:05:00', /--debug|curl/],
    [curlLog({ target: '/b/k', at: 300 }).replace(/^<.*\n/gm, ''), '08:05:00', /--debug|curl/],
    [botocore, '08:05:00', /set_stream_logger/],
  ] as const)
    for (const sources of [
      [file(body, 'error.xml'), file(log, 'later.log')],
      [file(log, 'later.log'), file(body, 'error.xml')],
    ]) {
      const { notes, next, findings } = diagnoseEvidence(sources)
      assert.match(
        notes.join(),
        /These are two requests: give the log of this one, the request of 2026-03-03 08:00:00 UTC, GET \/b\/k, request ID 4F00AA11BB22CC33, which was refused/,
      )
      assert.match(notes.join(), new RegExp(`another, the request of 2026-03-03 ${time} UTC`))
      assert.match(next?.what ?? '', /the log of this one, the request of 2026-03-03 08:00:00 UTC/)
      assert.match(next?.command ?? '', command)
      assert.ok(findings.every(({ proof }) => proof.level === 'none'))
    }
})

test('an answer and a log that a key joins are one request: nothing is asked for twice', () => {
  const sent = sentOf({ target: '/b/k' })
  const { notes } = diagnoseEvidence([
    file(curlLog({ target: '/b/k', answer: { status: 403 } }), 'client'),
    file(errorBody(sent, signatureOf(sent)), 'server'),
  ])
  assert.doesNotMatch(notes.join(), /two requests/)
})
