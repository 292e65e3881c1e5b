/** The echo: what comes back is what was sent, byte for byte. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { test } from 'node:test'
import { type EchoedRequest, type EchoFormat, openEcho, type Relay } from '../../src/transit/index.ts'
import { rawExchange } from '../support/raw-exchange.ts'

async function withEcho(work: (echo: Relay, echoed: readonly EchoedRequest[]) => Promise<void>, format?: EchoFormat): Promise<void> {
  const echoed: EchoedRequest[] = []
  const listen = { host: '127.0.0.1', port: 0, headMilliseconds: 200 }
  const echo = await openEcho({ listen, format, onEchoed: (one) => echoed.push(one) })
  try {
    await work(echo, echoed)
  } finally {
    await echo.close(0)
  }
}

const bytes = (text: string) => Buffer.from(text, 'latin1')

/** All that comes back until the other side ends. */
function spoken(port: number, sent: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(sent))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
  })
}

const ODD = [
  'GET /a//b/../c%2f?x=1&x&\xe9=+ HTTP/1.1\r\nHOST:127.0.0.1\r\nhost:  other \r\nX-A: 1\r\nx-a: 2\r\nX-A:\t\xff \r\n\r\n',
  'DELETE * HTTP/1.0\r\nAuthorization: AWS4-HMAC-SHA256 Credential=x\r\n\r\n',
  'GET /folded HTTP/1.1\r\nX-A: 1\r\n  2\r\n\r\n',
  'POST /two HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
]

test('the head comes back byte for byte: spelling, order, duplicates, spaces, bytes above ASCII, and what no server would take', async () => {
  await withEcho(async ({ port }) => {
    for (const head of ODD) assert.equal((await rawExchange(port, bytes(head))).body, head)
  })
})

test('in JSON, where it is asked for: the parts, the exact bytes, and what the body was', async () => {
  const head = 'PUT /k?\xe9 HTTP/1.1\r\nAccept: text/html, application/json;q=0.9\r\nX-A:  b\r\nContent-Length: 4\r\n\r\n'
  await withEcho(async ({ port }) => {
    const { body, headers } = await rawExchange(port, bytes(`${head}body`))
    assert.equal(headers.get('content-type'), 'application/json')
    const { at, ...record } = JSON.parse(body)
    assert.match(at, /^\d{4}-\d\d-\d\dT/)
    assert.deepEqual(record, {
      countersign: 'echo',
      schemaVersion: 1,
      line: 'PUT /k?\xe9 HTTP/1.1',
      method: 'PUT',
      target: '/k?\xe9',
      headers: [
        ['Accept', 'text/html, application/json;q=0.9'],
        ['X-A', ' b'],
        ['Content-Length', '4'],
      ],
      head: { base64: bytes(head).toString('base64') },
      body: { length: 4, sha256: createHash('sha256').update('body').digest('hex') },
    })
  })
  await withEcho(async ({ port }) => {
    const { unreadable, method, head: kept } = JSON.parse((await rawExchange(port, bytes(ODD[2]!))).body)
    assert.deepEqual([unreadable, method], ['a header is folded over two lines', undefined])
    assert.equal(Buffer.from(kept.base64, 'base64').toString('latin1'), ODD[2])
  }, 'json')
})

test('several requests on a connection are answered in their order; a body is no head, and HEAD gets no body', async () => {
  const [first, second, third] = [
    'POST /1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n',
    'HEAD /2 HTTP/1.1\r\n\r\n',
    'GET /3 HTTP/1.1\r\nConnection: close\r\n\r\n',
  ]
  await withEcho(async ({ port }, echoed) => {
    const text = await spoken(port, bytes(`${first}5\r\nGET /\r\n0\r\n\r\n${second}${third}GET /4 HTTP/1.1\r\n\r\n`))
    assert.deepEqual(text.split(/HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)+\r\n/), ['', first, '', third])
    assert.deepEqual(
      echoed.map(({ body }) => body.length),
      [5, 0, 0],
    )
  })
})

test('a client that waits for 100 gets it before the echo', async () => {
  const head = 'PUT /k HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\nConnection: close\r\n\r\n'
  await withEcho(async ({ port }) => {
    const text = await spoken(port, bytes(`${head}x`))
    assert.ok(text.startsWith('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n') && text.endsWith(head))
  })
})

test('what has no head is answered with why, and nothing hangs', async () => {
  await withEcho(async ({ port }) => {
    assert.match(await spoken(port, bytes('GET / HTTP/1.1\nHost: x\n\n')), /^HTTP\/1\.1 400 .*line feed alone\n$/s)
    assert.match(await spoken(port, bytes(`GET /${'a'.repeat(70_000)} HTTP/1.1\r\n`)), /^HTTP\/1\.1 431 /)
    const late = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('GET / HT'))
      socket.on('data', (chunk) => resolve(chunk.toString('latin1')))
      socket.on('end', () => socket.destroy())
    })
    assert.match(late, /^HTTP\/1\.1 408 /)
  })
})
