/**
 * Evidence after what terminals, containers, pages, mail and programs do to it: what can be undone is undone, and where
 * bytes are lost nothing is shown as exact that the whole text does not say.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Observation } from '../../src/case/observation.ts'
import { READERS, readEvidence } from '../../src/intake/read-evidence.ts'

const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const SIGNATURE = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'
const CANONICAL = `GET\n/photos/a%20b.jpg\nversionId=1\nhost:examplebucket.s3.amazonaws.com\nx-amz-content-sha256:${HASH}\nx-amz-date:20240513T120000Z\n\nhost;x-amz-content-sha256;x-amz-date\n${HASH}`
const TO_SIGN = `AWS4-HMAC-SHA256\n20240513T120000Z\n20240513/eu-west-3/s3/aws4_request\n7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972`
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20240513/eu-west-3/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${SIGNATURE}`
const HEADERS = [
  'Host: examplebucket.s3.amazonaws.com',
  `x-amz-content-sha256: ${HASH}`,
  'X-Amz-Date: 20240513T120000Z',
  `Authorization: ${AUTHORIZATION}`,
  'User-Agent: own-tool/2.1',
]
const REQUEST = ['GET /photos/a%20b.jpg?versionId=1 HTTP/1.1', ...HEADERS]
const STAMP = '2024-05-13 12:00:00,101 - MainThread - botocore.auth - DEBUG - '

/** Texts that hold signer's texts or requests, over several lines. */
const TEXTS: Readonly<Record<string, string>> = {
  'a canonical request': `${CANONICAL}\n`,
  'a string to sign': `${TO_SIGN}\n`,
  'a request with its answer': `${REQUEST.join('\n')}\n\nHTTP/1.1 403 Forbidden\nDate: Mon, 13 May 2024 12:00:01 GMT\nServer: AmazonS3\n\n`,
  'a request with a body': `POST /q HTTP/1.1\nHost: sqs.eu-west-3.amazonaws.com\nX-Amz-Date: 20240513T120000Z\nContent-Type: application/x-www-form-urlencoded\nContent-Length: 17\n\nAction=ListQueues\n`,
  'a log of botocore': `${STAMP}Calculating signature using v4 auth.\n${STAMP}CanonicalRequest:\n${CANONICAL}\n${STAMP}StringToSign:\n${TO_SIGN}\n${STAMP}Signature:\n${SIGNATURE}\n`,
  'a log of the Go SDK': `SDK 2024/05/13 12:00:00 DEBUG Request Signature:\n---[ CANONICAL STRING  ]-----------------------------\n${CANONICAL}\n---[ STRING TO SIGN ]--------------------------------\n${TO_SIGN}\n-----------------------------------------------------\n`,
  'curl -v': `* Connected to examplebucket.s3.amazonaws.com (192.0.2.7) port 443\n${REQUEST.map((line) => `> ${line}\n`).join('')}> \n< HTTP/1.1 403 Forbidden\n< Server: AmazonS3\n< \n`,
  'the wire log of Java': `${REQUEST.map((line) => `2024-05-13 12:00:00,010 [main] DEBUG org.apache.http.headers - http-outgoing-0 >> ${line}\n`).join('')}2024-05-13 12:00:00,050 [main] DEBUG org.apache.http.headers - http-outgoing-0 << HTTP/1.1 403 Forbidden\n`,
  'a trace of curl': `== Info: Connected to 192.0.2.7\n=> Send header, 66 bytes (0x42)\n0000: GET /a.txt HTTP/1.1\n0015: Host: store:9000\n0027: User-Agent: curl/8.16.0\n0040: \n<= Recv header, 24 bytes (0x18)\n0000: HTTP/1.1 403 Forbidden\n`,
  'an answer of S3': `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId><StringToSign>${TO_SIGN}</StringToSign><SignatureProvided>${SIGNATURE}</SignatureProvided><CanonicalRequest>${CANONICAL}</CanonicalRequest></Error>\n`,
}

type Mangle = (text: string) => string

const eachLine = (text: string, change: (line: string, number: number) => string): string => {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n')
  return `${lines.map(change).join('\n')}\n`
}
const stamp = (number: number, digits: number): string =>
  `2024-05-13T12:00:${String(number % 60).padStart(2, '0')}.${'1234567891'.slice(0, digits)}`
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)

/** What can be undone. */
const UNDONE: Readonly<Record<string, Mangle>> = {
  'CRLF line ends': (text) => text.replace(/\r?\n/g, '\r\n'),
  'a byte order mark': (text) => `\u00ef\u00bb\u00bf${text}`,
  colours: (text) => eachLine(text, (line) => `\u001b[36m${line}\u001b[0m`),
  'colours within the line': (text) => text.replace(/ /g, ' \u001b[1;32m').replace(/\n/g, '\u001b[0m\n'),
  'time stamps of a build server': (text) => eachLine(text, (line, i) => `${stamp(i, 7)}Z ${line}`),
  'a platform log': (text) => eachLine(text, (line, i) => `${stamp(i, 6)}+00:00 app[web.1]: ${line}`),
  'a platform log whose empty lines lost their space': (text) =>
    eachLine(text, (line, i) => `${stamp(i, 6)}+00:00 app[web.1]: ${line}`.trimEnd()),
  'time stamp and level': (text) => eachLine(text, (line) => `2024-05-13 12:00:00,123 DEBUG ${line}`),
  'the system log': (text) => eachLine(text, (line, i) => `May 13 12:00:${String(10 + (i % 50))} host-7 uploader[4711]: ${line}`),
  compose: (text) => eachLine(text, (line) => `uploader-1  | ${line}`),
  'compose with times': (text) => eachLine(text, (line, i) => `uploader-1  | ${stamp(i, 9)}Z ${line}`),
  'a pod': (text) => eachLine(text, (line) => `[pod/uploader-5b7/main] ${line}`),
  'a container runtime': (text) => eachLine(text, (line, i) => `${stamp(i, 9)}Z stdout F ${line}`),
  'a machine': (text) => eachLine(text, (line) => `==> default: ${line}`),
  'JSON lines of a container': (text) =>
    eachLine(text, (line, i) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: `${stamp(i, 9)}Z` })),
  'JSON lines of the journal': (text) =>
    eachLine(text, (line, i) => JSON.stringify({ __REALTIME_TIMESTAMP: `171560160000000${i}`, MESSAGE: line })),
  'a quotation': (text) => eachLine(text, (line) => `> ${line}`),
  'a quotation without the space on empty lines': (text) => eachLine(text, (line) => `> ${line}`.trimEnd()),
  'a quotation among other text': (text) => `On Monday Ann wrote:\n\n${eachLine(text, (line) => `> ${line}`)}\nI do not see it.\n`,
  'a fence': (text) => `This is what I get:\n\n\`\`\`http\n${text}\`\`\`\n\nWhy?\n`,
  'an indent of four': (text) => eachLine(text, (line) => `    ${line}`),
  'an indent with empty lines left empty': (text) => eachLine(text, (line) => `    ${line}`.trimEnd()),
  'an indent of a tab': (text) => eachLine(text, (line) => `\t${line}`),
  'an indented block among other text': (text) => `This is what I get:\n\n${eachLine(text, (line) => `    ${line}`.trimEnd())}\nWhy?\n`,
  'a JSON string': (text) => JSON.stringify(text),
  'a JSON member': (text) => `{"level":"debug","msg":${JSON.stringify(text)}}\n`,
  'a JSON member with line ends of its own': (text) =>
    `{\n  "level": "debug",\n  "msg": ${JSON.stringify(text.replace(/\n/g, '\r\n'))}\n}\n`,
  'escapes without quotes': (text) => `level=debug msg=${escaped(text)}\n`,
  'a JSON string within a JSON string': (text) => JSON.stringify(JSON.stringify({ out: text })),
}

/** What can be undone only by joining lines; a joined line is never shown as exact. */
const WRAPPED: Readonly<Record<string, Mangle>> = Object.fromEntries(
  [80, 120].map((width) => [
    `a terminal of ${width} columns`,
    (text: string) => eachLine(text, (line) => line.replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n')),
  ]),
)

/** What loses bytes. */
const LOST: Readonly<Record<string, Mangle>> = {
  ...Object.fromEntries([7, 40, 111, 180, 260].map((bytes) => [`the first ${bytes} bytes cut`, (text: string) => text.slice(bytes)])),
  ...Object.fromEntries(
    [1, 2, 9, 30, 77, 150, 222].map((bytes) => [`the last ${bytes} bytes cut`, (text: string) => text.slice(0, -bytes)]),
  ),
  'bent quotation marks': (text) =>
    text
      .replace(/"([^"\n]*)"/g, '\u00e2\u0080\u009c$1\u00e2\u0080\u009d')
      .replace(/'([^'\n]*)'/g, '\u00e2\u0080\u0098$1\u00e2\u0080\u0099'),
}

/** What was found, as one comparable line each: requests, canonical requests and strings to sign. */
function found(text: string): string[] {
  return [...new Set(readEvidence([{ name: 'evidence.txt', text }]).flatMap(contentOf))].sort()
}

function exactOnes(text: string): string[] {
  return readEvidence([{ name: 'evidence.txt', text }])
    .filter(({ fidelity }) => fidelity === 'exact')
    .flatMap(contentOf)
}

/** A body that is not known is nothing said. */
function saidBy(whole: readonly string[], one: string): boolean {
  return whole.includes(one) || (one.endsWith('] no body') && whole.some((other) => other.startsWith(one.slice(0, -'no body'.length))))
}

function contentOf(one: Observation): string[] {
  if (one.kind === 'canonical-request' || one.kind === 'string-to-sign') return [`${one.kind} ${one.side} ${JSON.stringify(one.text)}`]
  if (one.kind !== 'request' || one.fidelity === 'inferred') return []
  const { method, target, headers, body } = one.request
  return [
    `request ${one.side} ${JSON.stringify([method, target, headers])} ${body === undefined ? 'no body' : String.fromCharCode(...body)}`,
  ]
}

for (const [mangling, mangle] of [...Object.entries(UNDONE), ...Object.entries(WRAPPED)])
  test(`undone: ${mangling}`, () => {
    for (const [what, text] of Object.entries(TEXTS)) assert.deepEqual(found(mangle(text)), found(text), what)
  })

test('undone: the source of a page', () => {
  const text = TEXTS['an answer of S3']!
  const page = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
  assert.deepEqual(found(page), found(text))
})

for (const [mangling, mangle] of Object.entries(LOST))
  test(`lost: ${mangling}`, () => {
    for (const [what, text] of Object.entries(TEXTS)) {
      const whole = found(text)
      for (const one of exactOnes(mangle(text))) assert.ok(saidBy(whole, one), `${what}: ${one}`)
    }
  })

test('no sample of a reader says anything exact, when it is mangled, that it does not say plain', () => {
  const problems: string[] = []
  for (const { id, samples } of READERS)
    for (const sample of samples) {
      const whole = found(sample)
      for (const [mangling, mangle] of Object.entries({ ...UNDONE, ...WRAPPED, ...LOST }))
        for (const one of exactOnes(mangle(sample))) if (!saidBy(whole, one)) problems.push(`${id}, ${mangling}: ${one}`)
    }
  assert.deepEqual(problems, [])
})

test('places are those of the text as it was given', () => {
  const text = eachLine(TEXTS['a request with a body']!, (line, i) => `${stamp(i, 6)}+00:00 app[web.1]: ${line}`)
  const [request] = readEvidence([{ name: 'evidence.txt', text }]).filter(({ kind }) => kind === 'request')
  const given = text.slice(request!.location.start, request!.location.end)
  assert.match(given, /^POST \/q HTTP/)
  assert.ok(given.includes('Content-Length: 17'))
})

test('long texts of any shape are read to the end', () => {
  const pieces = [
    '{"log":"a\\n","stream":"stdout"}\n',
    '> ',
    '    GET /\n',
    '"\\n',
    "'\\n",
    '&lt;',
    '2024-05-13T12:00:00Z ',
    '\\\\n"',
    '\u00e2\u0080\u009c',
    `${'x'.repeat(80)}\n`,
    'a | ',
    '\u001b[',
    '  \n',
    '\t',
  ]
  for (const piece of pieces) readEvidence([{ name: 'evidence.txt', text: piece.repeat(Math.ceil(2_000_000 / piece.length)) }])
})
