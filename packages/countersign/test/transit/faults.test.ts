/** Connections that end where they should not, sides that are slow, and upstreams that are not there. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { openRelay, type RelayOptions, type SeenExchange } from '../../src/transit/index.ts'
import { portOf, stage } from './scripted.ts'

const GET = 'GET /b/k HTTP/1.1\r\nHost: a.example\r\n\r\n'

/** A relay in front of an upstream that does what the test says with each connection. */
async function relayTo(onSocket: (socket: Socket) => void, options: Partial<RelayOptions> = {}) {
  const upstream = createServer((socket) => {
    socket.on('error', () => {})
    onSocket(socket)
  })
  const port = await portOf(upstream)
  const seen: SeenExchange[] = []
  const refused: string[] = []
  const relay = await openRelay({
    listen: { host: '127.0.0.1', port: 0 },
    upstream: { tls: false, host: '127.0.0.1', port },
    onExchange: (one) => seen.push(one),
    onRefused: ({ reason }) => refused.push(reason),
    ...options,
  })
  const close = async () => {
    await relay.close(0)
    upstream.close()
  }
  return { relay, seen, refused, close, port }
}

/** Sends, and resolves with what came until the connection ended, and how it did. */
function asked(port: number, text: string): Promise<{ readonly text: string; readonly ended: 'end' | 'reset' }> {
  const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(text, 'latin1'))
  let got = ''
  let ended: 'end' | 'reset' = 'end'
  socket.on('data', (chunk) => {
    got += chunk.toString('latin1')
  })
  socket.on('error', () => {
    ended = 'reset'
  })
  return new Promise((resolve) => socket.on('close', () => resolve({ text: got, ended })))
}

test('an upstream that is not there: 502 with the reason, and no address but its own', async () => {
  const at = await relayTo(() => {}, { upstream: { tls: false, host: '127.0.0.1', port: 1 } })
  try {
    const { text } = await asked(at.relay.port, GET)
    assert.match(text, /^HTTP\/1\.1 502 Bad Gateway\r\n[\s\S]*the upstream 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)\.\n$/)
    assert.deepEqual(
      at.seen.map(({ ending, response }) => [ending, response]),
      [['cut', undefined]],
    )
  } finally {
    await at.close()
  }
})

test('an upstream that dies in the middle of an answer: what came passes, and the exchange is cut', async () => {
  const part = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'
  const at = await relayTo((socket) => socket.once('data', () => socket.end(part)))
  try {
    assert.equal((await asked(at.relay.port, GET)).text, part)
    assert.equal(at.seen[0]?.ending, 'cut')
    assert.equal(at.seen[0]?.response?.status, 200)
  } finally {
    await at.close()
  }
})

test('an answer that ends with its connection is whole only where the connection ended in order', async () => {
  for (const [end, ending, how] of [
    [(socket: Socket) => socket.end(), 'whole', 'end'],
    [(socket: Socket) => setTimeout(() => socket.resetAndDestroy(), 20), 'cut', 'reset'],
  ] as const) {
    const at = await relayTo((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\nall there is')
        end(socket)
      }),
    )
    try {
      assert.equal((await asked(at.relay.port, GET)).ended, how)
      assert.equal(at.seen[0]?.ending, ending)
    } finally {
      await at.close()
    }
  }
})

test('a client that dies in the middle of a body ends the connection to the upstream', async () => {
  let ended: Promise<unknown> | undefined
  const at = await relayTo((socket) => {
    ended = once(socket, 'close')
    socket.resume()
  })
  try {
    const client = connect(at.relay.port, '127.0.0.1')
    client.on('error', () => {})
    client.write('PUT /b/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhalf')
    while (ended === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
    client.resetAndDestroy()
    await ended
    assert.deepEqual(
      at.seen.map(({ ending, body }) => [ending, body]),
      [['cut', undefined]],
    )
  } finally {
    await at.close()
  }
})

test('an answer that comes before the body is whole reaches a client that is still sending', async () => {
  const answer = 'HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
  const at = await relayTo((socket) => socket.once('data', () => socket.end(answer)))
  try {
    const { text } = await asked(at.relay.port, `PUT /b/k HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n${'x'.repeat(4_000_000)}`)
    assert.equal(text, answer)
  } finally {
    await at.close()
  }
})

test('a side that does not read holds the other side back: the relay keeps little of it', async () => {
  const chunk = Buffer.alloc(1 << 20, 'x')
  const most = 256
  let written = 0
  const at = await relayTo((socket) =>
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${most * chunk.length}\r\n\r\n`)
      const more = (): void => {
        while (written < most) {
          written++
          if (!socket.write(chunk)) return
        }
      }
      socket.on('drain', more)
      more()
    }),
  )
  try {
    const client = connect(at.relay.port, '127.0.0.1')
    client.write(GET)
    await once(client, 'readable')
    // It goes on for as long as buffers of the system take any.
    let before = -1
    while (before !== written) {
      before = written
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
    assert.ok(written < most / 2, `the upstream could write ${written} MiB of ${most} to a client that read nothing`)
    let got = 0
    client.on('data', (bytes: Buffer) => {
      got += bytes.length
    })
    while (got < most * chunk.length) await once(client, 'data')
    client.destroy()
  } finally {
    await at.close()
  }
})

test('a head that does not come whole ends with 408; a connection without a request is left alone', async () => {
  const at = await relayTo(() => {}, { listen: { host: '127.0.0.1', port: 0, headMilliseconds: 30 } })
  try {
    const silent = connect(at.relay.port, '127.0.0.1')
    const { text } = await asked(at.relay.port, GET.slice(0, 20))
    assert.match(text, /^HTTP\/1\.1 408 /)
    assert.equal(silent.readyState, 'open')
    silent.destroy()
  } finally {
    await at.close()
  }
})

test('--host upstream: the name and the value of Host alone are another, and both heads are seen', async () => {
  const at = await stage({ host: 'upstream' })
  try {
    const answer = Buffer.from('HTTP/1.1 204 No Content\r\n\r\n')
    const request = (host: string) => `PUT /b//k?a HTTP/1.1\r\nX-A:  1\r\nhOST:\t${host}\r\nHost-A: x\r\nContent-Length: 2\r\n\r\nok`
    const { upstream } = await at.play([
      { from: 'client', bytes: Buffer.alloc(0), unheard: Buffer.from(request('signed.example')) },
      { from: 'upstream', bytes: answer },
    ])
    const [seen] = at.take()
    const host = seen?.sent?.headers.find(([name]) => name === 'hOST')?.[1].trim()
    assert.match(host ?? '', /^127\.0\.0\.1:\d+$/)
    assert.equal(upstream.toString(), request(host!))
    assert.deepEqual(seen?.received.headers[1], ['hOST', '\tsigned.example'])
  } finally {
    await at.close()
  }
})

test('the last bytes of an answer wait until the exchange is kept, also where the connection ends with them', async () => {
  for (const answer of [
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  ]) {
    let keep = (): void => {}
    let told = false
    let waiting: (() => void)[] = []
    const at = await relayTo(
      (socket) => socket.once('data', () => (answer.includes('close') ? socket.end(answer) : socket.write(answer))),
      {
        onExchange: () => {
          told = true
        },
        settled: (go) => waiting.push(go),
      },
    )
    try {
      keep = () => {
        for (const go of waiting) go()
        waiting = []
      }
      const client = connect(at.relay.port, '127.0.0.1')
      let got = ''
      client.on('data', (chunk) => {
        got += chunk.toString('latin1')
      })
      client.write(GET)
      while (!told) await new Promise((resolve) => setTimeout(resolve, 5))
      await new Promise((resolve) => setTimeout(resolve, 30))
      assert.ok(!got.includes('ok'), 'the answer is not whole before its exchange is kept')
      while (got !== answer) {
        keep()
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      client.destroy()
    } finally {
      await at.close()
    }
  }
})

test('2,000 connections that say nothing, and one that does; they cost little memory', async () => {
  const at = await relayTo((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')))
  const before = process.memoryUsage().rss
  const silent: Socket[] = []
  try {
    // No more at once than wait in a queue of the system.
    while (silent.length < 2000) {
      const some = Array.from({ length: 100 }, () => connect(at.relay.port, '127.0.0.1'))
      silent.push(...some)
      await Promise.all(some.map((socket) => once(socket, 'connect')))
    }
    assert.match((await asked(at.relay.port, GET)).text, /^HTTP\/1\.1 200 /)
    // Both ends of each are in this process.
    const each = (process.memoryUsage().rss - before) / silent.length
    assert.ok(each < 64 * 1024, `${Math.round(each / 1024)} KiB for each connection`)
  } finally {
    for (const socket of silent) socket.destroy()
    await at.close()
  }
})

test('a client that sends a byte at a time, and an upstream that answers so', async () => {
  const answer = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-T: 1\r\n\r\n'
  const request = 'PUT /b/k HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nX-T: 2\r\n\r\n'
  const at = await stage()
  try {
    const steps = [
      { from: 'client', bytes: Buffer.from(request) },
      { from: 'upstream', bytes: Buffer.from(answer) },
    ] as const
    const { client, upstream } = await at.play(steps, (bytes) => [...bytes].map((byte) => Buffer.from([byte])))
    assert.deepEqual([client.toString(), upstream.toString()], [answer, request])
    const [seen] = at.take()
    assert.deepEqual([seen?.ending, seen?.body?.length, seen?.trailers], ['whole', 3, [['X-T', '2']]])
  } finally {
    await at.close()
  }
})

test('an address that others reach needs a word', async () => {
  const options = { upstream: { tls: false, host: '127.0.0.1', port: 1 }, onExchange: () => {} }
  await assert.rejects(openRelay({ ...options, listen: { host: '0.0.0.0', port: 0 } }), /not an address of this machine alone/)
  const relay = await openRelay({ ...options, listen: { host: '0.0.0.0', port: 0, expose: true } })
  await relay.close(0)
})
