/** Shapes that two readers read in two ways: none reaches the upstream in a form in which it could be misread. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stage } from './scripted.ts'
import { CHUNKED, PASSED, REFUSED_BODIES, REFUSED_HEADS, SECOND } from './shapes.ts'

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
