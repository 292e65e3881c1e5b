// The wire between a client and the verifier: passes every byte on and keeps what it saw. Told to, it writes another
// Host into each head, as a reverse proxy does that was not told to keep it; the original goes to X-Forwarded-Host.

import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { messageStream } from './message-stream.mjs'

/** @param host the Host to write instead of the client's; undefined passes it on */
export async function startRelay({ to, host }) {
  const exchanges = []
  const sockets = new Set()
  const server = createServer((client) => carry(client, { to, host, exchanges, sockets }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: server.address().port,
    exchanges,
    /** What was seen since the last call. */
    taken: () => exchanges.splice(0),
    stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function carry(client, { to, host, exchanges, sockets }) {
  const upstream = connect(to, '127.0.0.1')
  for (const socket of [client, upstream]) {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {
      client.destroy()
      upstream.destroy()
    })
  }
  const waiting = []
  let asked
  let answered

  const requests = messageStream({
    head(bytes) {
      const sent = host === undefined ? bytes : withHost(bytes, host)
      asked = { at: Date.now(), request: { head: bytes.toString('latin1'), body: [] }, response: undefined }
      exchanges.push(asked)
      waiting.push(asked)
      upstream.write(sent)
    },
    piece(bytes) {
      asked.request.body.push(Buffer.from(bytes))
      upstream.write(bytes)
    },
    end() {},
  })
  const interim = (head) => /^HTTP\/1\.[01] 1\d\d/.test(head)
  const responses = messageStream(
    {
      head(bytes) {
        const head = bytes.toString('latin1')
        answered = interim(head) ? undefined : { head, status: Number(head.slice(9, 12)), body: [] }
        if (answered !== undefined && waiting.length > 0) waiting[0].response = answered
        client.write(bytes)
      },
      piece(bytes) {
        answered?.body.push(Buffer.from(bytes))
        client.write(bytes)
      },
      end() {
        if (answered !== undefined) waiting.shift()
      },
    },
    (head) => !interim(head) && !/^HTTP\/1\.[01] (?:204|304)/.test(head) && !waiting[0]?.request.head.startsWith('HEAD '),
  )

  client.on('data', (bytes) => requests.push(bytes))
  upstream.on('data', (bytes) => responses.push(bytes))
  client.on('end', () => upstream.end())
  upstream.on('end', () => {
    responses.close()
    client.end()
  })
}

function withHost(bytes, host) {
  const head = bytes.toString('latin1')
  const line = /\r\nhost:[ \t]*([^\r]*)/i.exec(head)
  if (line === null) return bytes
  const rewritten = head.replace(line[0], `\r\nHost: ${host}\r\nX-Forwarded-Host: ${line[1]}`)
  return Buffer.from(rewritten, 'latin1')
}

/** A body as text, its transfer coding taken off; enough for the short error bodies that are looked at. */
export function bodyText({ head, body }) {
  const bytes = Buffer.concat(body)
  if (!/\r\ntransfer-encoding:[^\r]*chunked/i.test(head)) return bytes.toString('utf8')
  const pieces = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16)
    if (!(size > 0)) break
    pieces.push(bytes.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** A header of a head, or undefined. */
export function headerIn(head, name) {
  return new RegExp(`\\r\\n${name}:[ \\t]*([^\\r]*)`, 'i').exec(head)?.[1]
}
