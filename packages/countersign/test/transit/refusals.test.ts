/** Shapes that two readers read in two ways: none reaches the upstream in a form in which it could be misread. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stage } from './scripted.ts'

const HEAD = 'POST /b/k HTTP/1.1\r\nHost: a.example\r\n'
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`
const SECOND = 'GET /second HTTP/1.1\r\nHost: a.example\r\n\r\n'

/** What is refused before a byte of it is passed on: the shape, and the status. */
const REFUSED_HEADS: Readonly<Record<string, readonly [string, number]>> = {
  'Content-Length and Transfer-Encoding': [`${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  'Transfer-Encoding and Content-Length': [`${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`, 400],
  'two Content-Length headers that differ': [`${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`, 400],
  'two Content-Length headers that agree': [`${HEAD}Content-Length: 5\r\ncontent-length: 5\r\n\r\nhello`, 400],
  'a list as Content-Length': [`${HEAD}Content-Length: 5, 5\r\n\r\nhello`, 400],
  'Content-Length with a sign': [`${HEAD}Content-Length: +5\r\n\r\nhello`, 400],
  'negative Content-Length': [`${HEAD}Content-Length: -1\r\n\r\n`, 400],
  'hexadecimal Content-Length': [`${HEAD}Content-Length: 0x5\r\n\r\nhello`, 400],
  'empty Content-Length': [`${HEAD}Content-Length:\r\n\r\n`, 400],
  'Content-Length with an underscore': [`${HEAD}Content-Length: 1_0\r\n\r\nhellohello`, 400],
  'Content-Length beyond exact numbers': [`${HEAD}Content-Length: 18446744073709551617\r\n\r\nh`, 400],
  'Content-Length with a vertical tab': [`${HEAD}Content-Length: \v5\r\n\r\nhello`, 400],
  'Transfer-Encoding: identity': [`${HEAD}Transfer-Encoding: identity\r\n\r\n`, 501],
  'Transfer-Encoding: gzip, chunked': [`${HEAD}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`, 501],
  'Transfer-Encoding: chunked, chunked': [`${HEAD}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`, 501],
  'Transfer-Encoding: chunked, identity': [`${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`, 501],
  'Transfer-Encoding: xchunked': [`${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, 501],
  'Transfer-Encoding: "chunked"': [`${HEAD}Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n`, 501],
  'Transfer-Encoding: chunked;q=1': [`${HEAD}Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n`, 501],
  'empty Transfer-Encoding': [`${HEAD}Transfer-Encoding:\r\n\r\n`, 501],
  'two Transfer-Encoding headers': [`${HEAD}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`, 400],
  'Transfer-Encoding with a vertical tab': [`${HEAD}Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n`, 400],
  'Transfer-Encoding in HTTP/1.0': [`POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  'a space before the colon': [`${HEAD}Content-Length : 5\r\n\r\nhello`, 400],
  'a tab before the colon': [`${HEAD}Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n`, 400],
  'a folded header': [`${HEAD}X-A: b\r\n Content-Length: 5\r\n\r\nhello`, 400],
  'a folded first header': [`POST / HTTP/1.1\r\n Host: a.example\r\n\r\n`, 400],
  'a header without a colon': [`${HEAD}Content-Length\r\n\r\n`, 400],
  'a header without a name': [`${HEAD}: 5\r\n\r\n`, 400],
  'a name that is no token': [`${HEAD}Content(Length): 5\r\n\r\n`, 400],
  'a name with a byte above 0x7f': [`${HEAD}Content-Length\u00a0: 5\r\n\r\n`, 400],
  'a bare carriage return in a value': [`${HEAD}X-A: b\rContent-Length: 5\r\n\r\nhello`, 400],
  'a bare carriage return in the request line': [`POST / HTTP/1.1\rHost: b\r\nHost: a.example\r\n\r\n`, 505],
  'a bare line feed between headers': [`${HEAD}X-A: b\nContent-Length: 5\r\n\r\nhello`, 400],
  'line feeds alone': ['GET / HTTP/1.1\nHost: a.example\n\n', 400],
  'a line feed before the empty line': ['GET / HTTP/1.1\r\nHost: a.example\n\r\n', 400],
  'an empty line of a line feed alone': ['GET / HTTP/1.1\r\nHost: a.example\r\n\n', 400],
  'a NUL in a value': [`${HEAD}X-A: b\0c\r\n\r\n`, 400],
  'an empty line before the request': [`\r\n${SECOND}`, 400],
  'two spaces in the request line': ['GET  / HTTP/1.1\r\nHost: a.example\r\n\r\n', 400],
  'a space in the target': ['GET /a b HTTP/1.1\r\nHost: a.example\r\n\r\n', 400],
  'a tab in the request line': ['GET\t/ HTTP/1.1\r\nHost: a.example\r\n\r\n', 400],
  'no version': ['GET /\r\nHost: a.example\r\n\r\n', 400],
  'HTTP/0.9': ['GET / HTTP/0.9\r\n\r\n', 505],
  'HTTP/1.10': ['GET / HTTP/1.10\r\nHost: a.example\r\n\r\n', 505],
  'HTTP/2 by prior knowledge': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505],
  CONNECT: ['CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n', 501],
  'a request to a proxy': ['GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n', 421],
  'an upgrade to web sockets': [`${HEAD}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, 501],
  'a head of more than 64 KiB': [`${HEAD}X-A: ${'b'.repeat(70_000)}\r\n\r\n`, 431],
  'a head of more than 64 KiB without an end': [`${HEAD}X-A: ${'b'.repeat(70_000)}`, 431],
}

for (const [shape, [request, status]] of Object.entries(REFUSED_HEADS)) {
  test(`refused whole: ${shape}`, async () => {
    const at = await stage()
    try {
      const { client, upstream } = await at.play([
        { from: 'client', bytes: Buffer.from(request + SECOND, 'latin1') },
        { from: 'upstream', bytes: Buffer.alloc(0) },
      ])
      assert.match(
        client.toString('latin1'),
        new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*\\r\\n\\r\\ncountersign record did not pass this on: [^\\r\\n]+\\.\\n$`),
      )
      assert.equal(upstream.length, 0, 'nothing of it reaches the upstream')
      assert.equal(at.refused.length, 1)
      assert.deepEqual(at.take(), [])
    } finally {
      await at.close()
    }
  })
}

/** What is refused in the middle of a chunked body: all before it was in order, and nothing behind it passes. */
const REFUSED_BODIES: Readonly<Record<string, readonly [body: string, passes: string]>> = {
  'a size that is no number': ['xyz\r\nhello\r\n0\r\n\r\n', ''],
  'a size with a sign': ['+5\r\nhello\r\n0\r\n\r\n', ''],
  'a size with 0x': ['0x5\r\nhello\r\n0\r\n\r\n', ''],
  'a size beyond exact numbers': ['fffffffffffffffff\r\nhello\r\n0\r\n\r\n', ''],
  'no size': ['\r\nhello\r\n0\r\n\r\n', ''],
  'a space before an extension': ['5 ;a=b\r\nhello\r\n0\r\n\r\n', ''],
  'a space behind a size': ['5 \r\nhello\r\n0\r\n\r\n', ''],
  'a size that ends with a line feed alone': ['5\nhello\r\n0\r\n\r\n', ''],
  'an extension with a line feed': ['5;a\nb\r\nhello\r\n0\r\n\r\n', ''],
  'an extension with a carriage return': ['5;a\rb\r\nhello\r\n0\r\n\r\n', ''],
  'an extension of 20 KB': [`5;${'a'.repeat(20_000)}\r\nhello\r\n0\r\n\r\n`, ''],
  'extensions of 100 KB together': [`1;${'a'.repeat(9_000)}\r\nh\r\n`.repeat(12), `1;${'a'.repeat(9_000)}\r\nh\r\n`.repeat(7)],
  'a chunk that is longer than its size': ['5\r\nhello!\r\n0\r\n\r\n', '5\r\nhello'],
  'a chunk that ends with a line feed alone': ['5\r\nhello\n0\r\n\r\n', '5\r\nhello'],
  'a chunk that ends with a carriage return alone': ['5\r\nhello\r0\r\n\r\n', '5\r\nhello'],
  'a trailer that frames': ['0\r\nContent-Length: 50\r\n\r\n', '0\r\n'],
  'a folded trailer': ['0\r\nX-A: b\r\n c\r\n\r\n', '0\r\nX-A: b\r\n'],
  'a trailer with a space before its colon': ['0\r\nX-A : b\r\n\r\n', '0\r\n'],
  'trailers of 40 KB': [`0\r\n${`X-A: ${'a'.repeat(4000)}\r\n`.repeat(10)}\r\n`, `0\r\n${`X-A: ${'a'.repeat(4000)}\r\n`.repeat(4)}`],
}

for (const [shape, [body, passes]] of Object.entries(REFUSED_BODIES)) {
  test(`refused from there on: ${shape}`, async () => {
    const at = await stage()
    try {
      const { client, upstream } = await at.play([
        { from: 'client', bytes: Buffer.from(CHUNKED + body + SECOND, 'latin1') },
        { from: 'upstream', bytes: Buffer.alloc(0) },
      ])
      assert.match(client.toString('latin1'), /^HTTP\/1\.1 400 /)
      // The connection is cut, so that less than that may arrive; more never does.
      assert.ok((CHUNKED + passes).startsWith(upstream.toString('latin1')), JSON.stringify(upstream.toString('latin1').slice(-100)))
      assert.deepEqual(
        at.take().map(({ ending, body: hashed, response }) => [ending, hashed, response]),
        [['cut', undefined, undefined]],
      )
    } finally {
      await at.close()
    }
  })
}

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
/** What passes as it is, though it looks odd: nobody reads it in two ways. */
const PASSED: Readonly<Record<string, string>> = {
  'a name that looks like another with an underscore': `${HEAD}Content_Length: 7\r\nContent-Length: 5\r\n\r\nhello`,
  'Content-Length with zeros before it': `${HEAD}Content-Length: 0005\r\n\r\nhello`,
  'Transfer-Encoding in capitals': `${HEAD}TRANSFER-ENCODING: CHUNKED\r\n\r\n0\r\n\r\n`,
  'two Host headers': `${HEAD}Host: b.example\r\n\r\n`,
  'a body of GET': 'GET / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello',
  'Content-Length as a connection option': `${HEAD}Connection: close, Content-Length\r\nContent-Length: 5\r\n\r\nhello`,
  'an offer of h2c': `${HEAD}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`,
  'raw bytes above 0x7f': 'GET /caf\u00c3\u00a9 HTTP/1.1\r\nHost: a.example\r\nX-A: \u00ff\r\n\r\n',
  'OPTIONS *': 'OPTIONS * HTTP/1.1\r\nHost: a.example\r\n\r\n',
}

for (const [shape, request] of Object.entries(PASSED)) {
  test(`passed: ${shape}`, async () => {
    const at = await stage()
    try {
      const { client, upstream } = await at.play([
        { from: 'client', bytes: Buffer.from(request, 'latin1') },
        { from: 'upstream', bytes: Buffer.from(ANSWER) },
      ])
      assert.equal(upstream.toString('latin1'), request)
      assert.equal(client.toString('latin1'), ANSWER)
    } finally {
      await at.close()
    }
  })
}

/** Answers that are refused: the client gets a 502 in their place. */
const REFUSED_ANSWERS: Readonly<Record<string, string>> = {
  'both Content-Length and Transfer-Encoding': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'two Content-Length headers': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok',
  'a folded header': 'HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\nContent-Length: 0\r\n\r\n',
  'no status line': '<html>\r\n\r\n',
  'another protocol': 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n',
  'line feeds alone': 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok',
}

for (const [shape, answer] of Object.entries(REFUSED_ANSWERS)) {
  test(`an answer is refused: ${shape}`, async () => {
    const at = await stage()
    try {
      const { client } = await at.play([
        { from: 'client', bytes: Buffer.from(SECOND) },
        { from: 'upstream', bytes: Buffer.from(answer) },
      ])
      assert.match(client.toString('latin1'), /^HTTP\/1\.1 502 Bad Gateway\r\n/)
      assert.equal(at.take()[0]?.response, undefined)
    } finally {
      await at.close()
    }
  })
}

test('a request that is refused waits until those before it are answered', async () => {
  const at = await stage()
  try {
    const { client, upstream } = await at.play([
      { from: 'client', bytes: Buffer.from(SECOND), unheard: Buffer.from('GET / HTTP/3.7\r\n\r\n') },
      { from: 'upstream', bytes: Buffer.from(ANSWER) },
    ])
    assert.equal(upstream.toString(), SECOND)
    assert.match(client.toString(), /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nokHTTP\/1\.1 505 /)
  } finally {
    await at.close()
  }
})

test('an answer to no request never reaches the client', async () => {
  const at = await stage()
  try {
    const { client } = await at.play([
      { from: 'client', bytes: Buffer.from(SECOND) },
      { from: 'upstream', bytes: Buffer.from(`${ANSWER}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil`) },
    ])
    assert.equal(client.toString(), ANSWER)
    assert.match(at.refused.join(), /answered without a request/)
  } finally {
    await at.close()
  }
})
