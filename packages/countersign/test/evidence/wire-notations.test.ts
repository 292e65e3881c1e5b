/** Traces, packets and wire logs: the request in them is the one that the same bytes make as plain text. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EvidenceReader } from '../../src/case/reader.ts'
import { clientWireLog } from '../../src/evidence/clients/client-wire-log.ts'
import { curlTrace } from '../../src/evidence/clients/curl-trace.ts'
import { httpMessage } from '../../src/evidence/clients/http-message.ts'
import { packetText } from '../../src/evidence/clients/packet-text.ts'
import { kinds, read, readerLaws, seenOf } from './reader-laws.ts'

for (const reader of [curlTrace, packetText, clientWireLog]) readerLaws(reader)

const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20250303/eu-west-3/s3/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=${'0123456789abcdef'.repeat(4)}`
const REQUEST = `PUT /photos/a%20b.txt?x-id=PutObject HTTP/1.1\r\nHost: examplebucket.s3.eu-west-3.amazonaws.com\r\nX-Amz-Date: 20250303T081530Z\r\nContent-Type: text/plain\r\nAuthorization: ${AUTHORIZATION}\r\nContent-Length: 11\r\n\r\nhello\nworld`
const ANSWER = 'HTTP/1.1 403 Forbidden\r\nServer: AmazonS3\r\nContent-Length: 0\r\n\r\n'
const [HEAD, BODY] = REQUEST.split('\r\n\r\n') as [string, string]

const hex = (byte: number, digits = 2): string => byte.toString(16).padStart(digits, '0')
const codes = (text: string): number[] => [...text].map((char) => char.charCodeAt(0))
const printed = (text: string): string => text.replace(/[^ -~]/g, '.')
const rows = (text: string, width: number): string[] => text.match(new RegExp(`[^]{1,${width}}`, 'g')) ?? []
const sameRequest = (reader: EvidenceReader, text: string, fidelity: 'exact' | 'normalized'): void => {
  const [plain] = seenOf(read(httpMessage, REQUEST), 'request')
  const [seen] = seenOf(read(reader, text), 'request')
  assert.deepEqual(seen?.request, plain?.request)
  assert.equal(seen?.fidelity, fidelity)
  assert.equal(seenOf(read(reader, text), 'response')[0]?.status, 403)
  assert.equal(httpMessage.recognize(text), false)
}

/** As curl writes: 64 characters a row, a new row at each line end. */
function asciiRows(text: string): string {
  const out: string[] = []
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\r\n', at)
    const stop = Math.min(end < 0 ? text.length : end, at + 64)
    out.push(`${hex(at, 4)}: ${printed(text.slice(at, stop))}\n`)
    at = stop === end ? stop + 2 : stop
  }
  return out.join('')
}

function traced(dump: (text: string) => string): string {
  const block = (mark: string, text: string): string => `${mark}, ${text.length} bytes (0x${hex(text.length, 1)})\n${dump(text)}`
  return `== Info: Connected to examplebucket\n${block('=> Send header', `${HEAD}\r\n\r\n`)}${block('=> Send data', BODY)}== Info: upload completely sent off\n${block('<= Recv header', 'HTTP/1.1 403 Forbidden\r\n')}${block('<= Recv header', '\r\n')}`
}

test('curl --trace gives every byte; --trace-ascii joins what its rows cut', () => {
  const dump = (text: string): string =>
    rows(text, 16)
      .map(
        (row, i) =>
          `${hex(i * 16, 4)}: ${`${codes(row)
            .map((code) => hex(code))
            .join(' ')} `.padEnd(48)}${printed(row)}\n`,
      )
      .join('')
  sameRequest(curlTrace, traced(dump), 'exact')
  const [seen] = seenOf(read(curlTrace, traced(asciiRows)), 'request')
  assert.equal(seen?.fidelity, 'normalized')
  assert.equal(seen?.request.headers.find(([name]) => name === 'Authorization')?.[1], AUTHORIZATION)
  assert.equal(seen?.request.headers.length, 5)
})

/** A TCP packet over IPv4 without options. */
function packet(payload: string): string {
  const length = 40 + payload.length
  const head = [0x45, 0, length >> 8, length & 255, 0, 1, 64, 0, 64, 6, 0, 0, 10, 0, 0, 5, 10, 0, 0, 9]
  const tcp = [196, 236, 35, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x18, 1, 246, 0, 0, 0, 0]
  return String.fromCharCode(...head, ...tcp) + payload
}

test('tcpdump -X over several packets, hexdump, xxd and Netty give every byte', () => {
  const pairs = (row: string): string =>
    codes(row)
      .map((code) => hex(code))
      .join('')
  const tcpdump = [REQUEST.slice(0, 100), REQUEST.slice(100), ANSWER]
    .map(
      (part) =>
        `08:15:30.000200 IP 10.0.0.5.50412 > 10.0.0.9.9000: Flags [P.], length ${part.length}\n${rows(packet(part), 16)
          .map((row, i) => `\t0x${hex(i * 16, 4)}:  ${(pairs(row).match(/.{1,4}/g) ?? []).join(' ').padEnd(39)}  ${printed(row)}\n`)
          .join('')}`,
    )
    .join('')
  sameRequest(packetText, tcpdump, 'exact')
  const hexdump = (text: string): string =>
    rows(text, 16)
      .map(
        (row, i) =>
          `${hex(i * 16, 8)}  ${codes(row)
            .map((code, j) => hex(code) + (j === 7 ? ' ' : ''))
            .join(' ')
            .padEnd(48)}  |${printed(row)}|\n`,
      )
      .join('')
  sameRequest(packetText, hexdump(REQUEST) + hexdump(ANSWER), 'exact')
  const netty = [REQUEST, ANSWER]
    .map(
      (part) =>
        `08:15:30 DEBUG [id: 0x1a2b] WRITE: ${part.length}B\n         +-------------------------------------------------+\n         |  0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f |\n+--------+-------------------------------------------------+----------------+\n${rows(
          part,
          16,
        )
          .map(
            (row, i) =>
              `|${hex(i * 16, 8)}| ${`${codes(row)
                .map((code) => hex(code))
                .join(' ')} `.padEnd(48)}|${printed(row).padEnd(16)}|\n`,
          )
          .join('')}+--------+-------------------------------------------------+----------------+\n`,
    )
    .join('')
  sameRequest(packetText, netty, 'exact')
  const xxd = (text: string): string =>
    rows(text, 16)
      .map((row, i) => `${hex(i * 16, 8)}: ${(pairs(row).match(/.{1,4}/g) ?? []).join(' ').padEnd(39)}  ${printed(row)}\n`)
      .join('')
  sameRequest(packetText, xxd(REQUEST) + xxd(ANSWER), 'exact')
})

test('tcpdump -A and ngrep give the headers, never as exact', () => {
  const text = REQUEST.replace(/\r\n/g, '\n')
  const ascii = `08:15:30.000200 IP 10.0.0.5.50412 > 10.0.0.9.9000: Flags [P.], length 9\nE..{.]@.@...........#(....${text}\n08:15:30.000300 IP 10.0.0.9.9000 > 10.0.0.5.50412: Flags [P.], length 9\nE..B..@.@..........${ANSWER.replace(/\r/g, '')}`
  sameRequest(packetText, ascii, 'normalized')
  const byline = `interface: eth0\nT 10.0.0.5:50412 -> 10.0.0.9:9000 [AP] #4\n${HEAD.split('\r\n')
    .map((line) => `  ${line}.\n`)
    .join('')}  .\n`
  const [one] = seenOf(read(packetText, byline), 'request')
  assert.equal(one?.request.headers.find(([name]) => name === 'Authorization')?.[1], AUTHORIZATION)
  assert.equal(one?.request.headers.length, 5)
  const wide = `T 10.0.0.5:50412 -> 10.0.0.9:9000 [AP] #4\n${rows(printed(`${HEAD}\r\n\r\n`), 78)
    .map((row) => `  ${row}\n`)
    .join('')}`
  assert.deepEqual(seenOf(read(packetText, wide), 'request')[0]?.request.headers, one?.request.headers)
})

test("Apache HttpClient's wire log and Python's http.client give every byte", () => {
  const said = (text: string, mark: string): string =>
    (text.match(/[^\n]*\n|[^\n]+$/g) ?? [])
      .map(
        (line) =>
          `08:15:30 [main] DEBUG org.apache.http.wire - http-outgoing-3 ${mark} "${line.replace('\r', '[\\r]').replace('\n', '[\\n]')}"\n`,
      )
      .join('')
  sameRequest(clientWireLog, said(REQUEST, '>>') + said(ANSWER, '<<'), 'exact')
  const repr = (text: string): string => `b'${text.replace(/\r/g, '\\r').replace(/\n/g, '\\n')}'`
  const python = `send: ${repr(`${HEAD}\r\n\r\n`)}\nsend: ${repr(BODY)}\nreply: 'HTTP/1.1 403 Forbidden\\r\\n'\nheader: Server: AmazonS3\nheader: Content-Length: 0\n`
  sameRequest(clientWireLog, python, 'exact')
})

test('OkHttp and .NET leave Host out; it comes from the URL, and nothing is exact', () => {
  const [okhttp, dotnet] = clientWireLog.samples.slice(2).map((sample) => read(clientWireLog, sample))
  for (const seen of [okhttp!, dotnet!]) {
    const [request] = seenOf(seen, 'request')
    assert.equal(request?.request.target, '/a.txt')
    assert.deepEqual(request?.request.headers[0], ['Host', 'examplebucket.s3.eu-west-3.amazonaws.com'])
    assert.ok(request?.request.headers.some(([name]) => /^x-amz-date$/i.test(name)))
    assert.equal(request?.fidelity, 'normalized')
  }
  assert.deepEqual(kinds(okhttp!), ['request', 'response'])
  assert.equal(seenOf(okhttp!, 'request')[0]?.request.body?.length, 2)
})
