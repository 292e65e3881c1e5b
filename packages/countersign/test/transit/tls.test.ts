/** TLS on either side of a relay, and the forward proxy in front of a stand-in of AWS. */
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { connect as connectTls, createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { createThrowAwayCa, openForwardProxy, openRelay, type SeenExchange } from '../../src/transit/index.ts'
import { portOf } from './scripted.ts'

const AWS = 's3.eu-west-3.amazonaws.com'
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const request = (host: string) => `GET /b//k?x HTTP/1.1\r\nhost: ${host}\r\nX-A:  1\r\nx-a: 2\r\n\r\n`
const world = Promise.all([createThrowAwayCa(Date.now()), createThrowAwayCa(Date.now())])

/** A server for a name, by the authority of "the world", that answers every request and remembers what came. */
async function standIn(name: string) {
  const [, authority] = await world
  const came: string[] = []
  const answering = (socket: Socket): void => {
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      came.push(chunk.toString('latin1'))
      socket.write(ANSWER)
    })
  }
  const server = createTlsServer(await authority.leaf(name), answering)
  return { server, came, port: await portOf(server), authority }
}

async function answerOn(socket: Socket | TLSSocket, text: string): Promise<string> {
  socket.write(text)
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return chunk.toString('latin1')
}

/** A tunnel through the proxy, with TLS in it where an authority is given. */
async function tunnel(port: number, target: string, trusted?: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  assert.match(chunk.toString('latin1'), /^HTTP\/1\.1 200 /)
  if (trusted === undefined) return socket
  const inner = connectTls({ socket, ca: trusted, servername: target.split(':')[0]! })
  await once(inner, 'secureConnect')
  return inner
}

test('the authority signs for names and addresses, and for nothing else', async () => {
  const [ca] = await world
  const authority = new X509Certificate(ca.certificate)
  assert.equal(authority.ca, true)
  const leaf = new X509Certificate((await ca.leaf(AWS)).cert)
  assert.equal(leaf.ca, false)
  assert.equal(leaf.verify(authority.publicKey), true)
  assert.equal(leaf.checkHost(AWS), AWS)
  assert.equal(leaf.checkHost('amazonaws.com'), undefined)
  assert.equal(new X509Certificate((await ca.leaf('127.0.0.1')).cert).checkIP('127.0.0.1'), '127.0.0.1')
})

test('TLS on both sides of a relay', async () => {
  const at = await standIn('store.example')
  const [own] = await world
  const seen: SeenExchange[] = []
  const relay = await openRelay({
    listen: { host: '127.0.0.1', port: 0 },
    upstream: { tls: true, host: 'store.example', port: at.port },
    upstreamRules: { ca: at.authority.certificate, connectTo: ({ port }) => ({ host: '127.0.0.1', port }) },
    tls: await own.leaf('127.0.0.1'),
    onExchange: (one) => seen.push(one),
  })
  try {
    assert.match(relay.url, /^https:/)
    const socket = connectTls({ port: relay.port, host: '127.0.0.1', ca: own.certificate })
    assert.equal(await answerOn(socket, request('files.example')), ANSWER)
    assert.equal(at.came.join(''), request('files.example'))
    assert.equal(seen[0]?.response?.status, 200)
  } finally {
    await relay.close(0)
    at.server.close()
  }
})

test('through the proxy a client signs and reaches AWS by its own name, and the bytes are the same', async () => {
  const at = await standIn(AWS)
  const [own] = await world
  const seen: SeenExchange[] = []
  const relay = await openForwardProxy({
    listen: { host: '127.0.0.1', port: 0 },
    ca: own,
    upstreamRules: {
      ca: at.authority.certificate,
      connectTo: ({ host }) => (host === AWS ? { host: '127.0.0.1', port: at.port } : undefined),
    },
    onExchange: (one) => seen.push(one),
  })
  try {
    const socket = await tunnel(relay.port, `${AWS}:443`, own.certificate)
    assert.equal(await answerOn(socket, request(AWS)), ANSWER)
    assert.equal(at.came.join(''), request(AWS))
    assert.deepEqual(
      seen.map(({ received, sent }) => [received.target, received.headers[0], sent]),
      [['/b//k?x', ['host', AWS], undefined]],
    )
  } finally {
    await relay.close(0)
    at.server.close()
  }
})

test('an upstream whose certificate nobody vouches for, or is for another name, is not spoken to', async () => {
  const at = await standIn('other.example')
  const [own] = await world
  for (const ca of [undefined, at.authority.certificate]) {
    const refused: string[] = []
    const relay = await openForwardProxy({
      listen: { host: '127.0.0.1', port: 0 },
      ca: own,
      upstreamRules: { ca, connectTo: () => ({ host: '127.0.0.1', port: at.port }) },
      onExchange: () => {},
      onRefused: ({ reason }) => refused.push(reason),
    })
    try {
      const socket = await tunnel(relay.port, `${AWS}:443`, own.certificate)
      assert.match(await answerOn(socket, request(AWS)), /^HTTP\/1\.1 502 /)
      assert.deepEqual(at.came, [])
      assert.match(refused.join(), /cannot be reached \((?:[A-Z_]*CERT[A-Z_]*|ERR_TLS_CERT_ALTNAME_INVALID|UNABLE_TO_[A-Z_]+)\)/)
    } finally {
      await relay.close(0)
    }
  }
  at.server.close()
})

test('requests in the clear: to the origin in its own form, without what is for the proxy, one origin after another', async () => {
  const came: string[] = []
  const servers = await Promise.all(
    ['a', 'b'].map(async (name) => {
      const server = createServer((socket) =>
        socket.on('data', (chunk) => {
          came.push(`${name}: ${chunk.toString('latin1')}`)
          socket.write(ANSWER)
        }),
      )
      return { server, port: await portOf(server) }
    }),
  )
  const [own] = await world
  const seen: SeenExchange[] = []
  const relay = await openForwardProxy({ listen: { host: '127.0.0.1', port: 0 }, ca: own, onExchange: (one) => seen.push(one) })
  try {
    const socket = connect(relay.port, '127.0.0.1')
    const ask = (port: number) =>
      `GET http://127.0.0.1:${port}/b//k HTTP/1.1\r\nHost: a\r\nProxy-Authorization: Basic eDp5\r\nX-A: 1\r\n\r\n`
    let got = ''
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1')
    })
    // Sent at once: the second origin waits for the answer of the first.
    socket.write(servers.map(({ port }) => ask(port)).join(''))
    while (got.length < 2 * ANSWER.length) await once(socket, 'data')
    assert.equal(got, ANSWER + ANSWER)
    assert.deepEqual(
      came,
      ['a', 'b'].map((name) => `${name}: GET /b//k HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n\r\n`),
    )
    assert.equal(seen[0]?.received.headers.length, 3)
    assert.equal(seen[0]?.sent?.headers.length, 2)
    socket.destroy()
  } finally {
    await relay.close(0)
    for (const { server } of servers) server.close()
  }
})

test('a tunnel without TLS in it is relayed, too, and what is no request to a proxy is refused', async () => {
  const server = createServer((socket) => socket.on('data', () => socket.write(ANSWER)))
  const port = await portOf(server)
  const [own] = await world
  const relay = await openForwardProxy({ listen: { host: '127.0.0.1', port: 0 }, ca: own, onExchange: () => {} })
  try {
    assert.equal(await answerOn(await tunnel(relay.port, `127.0.0.1:${port}`), request('a')), ANSWER)
    assert.match(await answerOn(connect(relay.port, '127.0.0.1'), request('a')), /^HTTP\/1\.1 421 /)
    assert.match(await answerOn(connect(relay.port, '127.0.0.1'), 'CONNECT nowhere HTTP/1.1\r\n\r\n'), /^HTTP\/1\.1 400 /)
  } finally {
    await relay.close(0)
    server.close()
  }
})
