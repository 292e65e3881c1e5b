/** The verifier in front of node:http, asked over raw sockets: bytes as they come, bodies held until they are believed. */
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { serveVerified } from '../../src/server/node-handler.ts'
import { requestHead } from '../../src/server/node-request.ts'
import { signStreaming } from '../../src/sigv4/chunk-writer.ts'
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { createVerifier, credentialsOf, type VerifierOptions } from '../../src/verifier/index.ts'
import { CREDENTIALS, KEY_ID, NOW, plain, presigned, SECRET, signed, wireBytes } from '../support/signed.ts'

const servers: Server[] = []
after(() => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
})

/** A server that answers "METHOD TARGET|BODY" to verified requests. `seen` counts what came through. */
async function listening(options: Partial<VerifierOptions> = {}): Promise<{ port: number; seen: string[]; server: Server }> {
  const server = createServer({ requireHostHeader: false })
  const seen: string[] = []
  const verifier = createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW, ...options })
  serveVerified(server, verifier, async (request, response) => {
    const { method, target } = requestHead(request)
    let body = ''
    try {
      for await (const piece of request) body += (piece as Buffer).toString('latin1')
    } catch {
      seen.push(`${method} ${target} broken`)
      return
    }
    seen.push(`${method} ${target}|${body}`)
    response.end(Buffer.from(`${method} ${target}|${body}`, 'latin1'))
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return { port: (server.address() as AddressInfo).port, seen, server }
}

/** Sends pieces one after the other and reads until `until` is in what came back, or the server closes. */
async function exchanged(
  port: number,
  pieces: readonly (Buffer | string)[],
  until: RegExp | number | undefined,
  pause = 0,
): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1')
  let text = ''
  const done = new Promise<void>((resolve, reject) => {
    socket.on('data', (data) => {
      text += data.toString('latin1')
      if (typeof until === 'number' ? text.length >= until : until?.test(text)) resolve()
    })
    socket.on('close', () => resolve())
    socket.on('error', reject)
    setTimeout(() => reject(new Error(`nothing more came; so far: ${text}`)), 8000).unref()
  })
  for (const piece of pieces) {
    socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
  }
  await done
  socket.destroy()
  return text
}

const wrongly = { accessKeyId: KEY_ID, secretAccessKey: new SecretAccessKey('another secret of an EXAMPLE') }

test('a request comes through with its body, over and over on one connection', async () => {
  const { port } = await listening()
  const one = wireBytes(signed(plain('PUT', '/b/one', 'first'), 's3'))
  const two = wireBytes(signed(plain('POST', '/', 'second'), 'sts'))
  const three = wireBytes(signed(plain('GET', '/b/three'), 's3'))
  const text = await exchanged(port, [Buffer.concat([one, two, three])], /three\|/)
  assert.match(text, /PUT \/b\/one\|first[\s\S]*POST \/\|second[\s\S]*GET \/b\/three\|/)
})

test('a request cut into single bytes is the same request', async () => {
  const { port } = await listening()
  const bytes = wireBytes(signed(plain('PUT', '/b/one', 'body'), 's3'))
  const text = await exchanged(
    port,
    Array.from(bytes, (byte) => Buffer.from([byte])),
    /body$/,
  )
  assert.match(text, /^HTTP\/1\.1 200[\s\S]*PUT \/b\/one\|body$/)
})

test('targets with bytes above 0x7f are verified as they came, whole or in pieces, first or last on a connection', async () => {
  const { port } = await listening()
  const odd = wireBytes(signed(plain('PUT', '/b/gr\xc3\xbc\xdf e'.replace(' ', ''), 'body'), 's3'))
  const query = wireBytes(signed(plain('GET', '/b?x=\xe9'), 's3'))
  const usual = wireBytes(signed(plain('GET', '/b/usual'), 's3'))
  const cut = odd.indexOf(0xbc)
  const text = await exchanged(port, [usual, odd.subarray(0, cut), odd.subarray(cut), query, usual], /x=\xe9\|[\s\S]*usual\|/, 30)
  assert.match(text, /usual\|[\s\S]*PUT \/b\/gr\xc3\xbc\xdfe\|body[\s\S]*GET \/b\?x=\xe9\|[\s\S]*usual\|/)
  const together = await exchanged(port, [Buffer.concat([usual, odd, query, usual])], /x=\xe9\|[\s\S]*usual\|/)
  assert.match(together, /usual\|[\s\S]*PUT \/b\/gr\xc3\xbc\xdfe\|body[\s\S]*GET \/b\?x=\xe9\|[\s\S]*usual\|/)
})

test('header values keep their bytes', async () => {
  const { port } = await listening()
  const headers: Header[] = [
    ['x-amz-meta-name', 'Gr\xc3\xbc\xc3\x9fe \xff'],
    ['X-Amz-Meta-Twice', 'b'],
    ['x-amz-meta-twice', 'a'],
  ]
  const text = await exchanged(port, [wireBytes(signed(plain('GET', '/b', '', headers), 's3'))], /b\|/)
  assert.match(text, /^HTTP\/1\.1 200/)
})

test('what is refused does not reach the application', async () => {
  const { port, seen } = await listening()
  const text = await exchanged(port, [wireBytes(signed(plain('PUT', '/b/k', 'body'), 's3', {}, wrongly))], /<\/Error>/)
  assert.match(text, /^HTTP\/1\.1 403[\s\S]*SignatureDoesNotMatch/)
  assert.deepEqual(seen, [])
})

test('a body that goes wrong on its way is answered with the refusal, and its stream breaks', async () => {
  const { port, seen } = await listening()
  const request = signed(plain('PUT', '/b/k', 'body'), 's3')
  const text = await exchanged(port, [wireBytes({ ...request, body: Buffer.from('bodY') })], undefined)
  assert.match(text, /^HTTP\/1\.1 400[\s\S]*XAmzContentSHA256Mismatch/)
  assert.deepEqual(seen, ['PUT /b/k broken'])
})

test('a body of a service that signs it is held until it is whole', async () => {
  const { port, seen } = await listening()
  const request = signed(plain('POST', '/', 'Action=A'), 'sts')
  const text = await exchanged(port, [wireBytes({ ...request, body: Buffer.from('Action=B') })], /<\/ErrorResponse>/)
  assert.match(text, /SignatureDoesNotMatch/)
  assert.deepEqual(seen, [])
})

test('a client that waits for 100 Continue is refused before it sends its body, and let go on where it is right', async () => {
  const { port } = await listening()
  const headers: Header[] = [['Expect', '100-continue']]
  const right = signed(plain('PUT', '/b/k', 'body', headers), 's3')
  const head = (request: typeof right) => wireBytes({ ...request, body: undefined })
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (data) => {
    text += data.toString('latin1')
    if (/100 Continue\r\n\r\n$/.test(text)) socket.write('body')
  })
  socket.write(head(right))
  await new Promise<void>((resolve) => socket.on('data', () => /k\|body/.test(text) && resolve()))
  assert.equal(text.match(/100 Continue/g)?.length, 1)
  socket.destroy()
  const refused = await exchanged(port, [head(signed(plain('PUT', '/b/k', 'body', headers), 's3', {}, wrongly))], /<\/Error>/)
  assert.match(refused, /^HTTP\/1\.1 403[\s\S]*Connection: close/)
})

test('a large body passes with backpressure, also without a length', async () => {
  const { port } = await listening()
  const body = 'x'.repeat(3_000_000)
  const request = signed(plain('PUT', '/b/k', body), 's3')
  assert.match((await exchanged(port, [wireBytes(request)], body.length)).slice(0, 20), /200/)
  const pieces = inTransferChunks(signed({ ...plain('PUT', '/b/k', body), headers: IN_CHUNKS }, 'execute-api'))
  assert.match((await exchanged(port, pieces, body.length)).slice(0, 20), /200/)
})

const IN_CHUNKS: readonly Header[] = [
  ['Host', 'h'],
  ['Transfer-Encoding', 'chunked'],
]

function inTransferChunks(request: HttpRequest): readonly (string | Buffer)[] {
  const body = Buffer.from(request.body ?? new Uint8Array()).toString('latin1')
  return [wireBytes({ ...request, body: undefined }), Buffer.from(`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`, 'latin1')]
}

test('S3 does not take a body without a length, unless it is aws-chunked and says its length', async () => {
  const { port, seen } = await listening()
  const text = await exchanged(port, inTransferChunks(signed({ ...plain('PUT', '/b/k', 'body'), headers: IN_CHUNKS }, 's3')), /<\/Error>/)
  assert.match(text, /^HTTP\/1\.1 501/)
  assert.match(
    text,
    /<Code>NotImplemented<\/Code><Message>A header you provided implies functionality that is not implemented<\/Message><Header>Transfer-Encoding<\/Header>/,
  )
  const unsigned = signed({ ...plain('PUT', '/b/k', 'body'), headers: IN_CHUNKS }, 's3', { unsignedPayload: true })
  assert.match(await exchanged(port, inTransferChunks(unsigned), /<\/Error>/), /^HTTP\/1\.1 501/)
  assert.deepEqual(seen, [])
  const unsignedHeaders = ['content-length', 'transfer-encoding']
  const options = { now: NOW, region: 'eu-west-1', service: 's3', decodedLength: 4, unsignedHeaders }
  const { head, writer } = signStreaming({ method: 'PUT', target: '/b/k', headers: IN_CHUNKS, body: undefined }, CREDENTIALS, options)
  const body = Buffer.concat([...writer.push(Buffer.from('body')), ...writer.end()])
  const streamed = { ...head, headers: head.headers.filter(([name]) => name !== 'Content-Length'), body }
  assert.match(await exchanged(port, inTransferChunks(streamed), /k\|body/), /^HTTP\/1\.1 200/)
})

test('a transfer coding that nobody takes off is refused, whatever the service', async () => {
  const { port, seen } = await listening()
  const headers: readonly Header[] = [
    ['Host', 'h'],
    ['Transfer-Encoding', 'gzip, chunked'],
  ]
  for (const service of ['execute-api', 's3']) {
    const request = signed({ ...plain('PUT', '/b/k', 'body'), headers }, service)
    assert.match(await exchanged(port, inTransferChunks(request), /\r\n\r\n/), /^HTTP\/1\.1 501/, service)
  }
  assert.deepEqual(seen, [])
})

test('a request line of another version of HTTP is answered with 505, and nothing is read of it', async () => {
  const { port, seen } = await listening()
  for (const version of ['HTTP/2.0', 'HTTP/0.9']) {
    const bytes = wireBytes(signed(plain('GET', '/b/k'), 's3'))
      .toString('latin1')
      .replace('HTTP/1.1', version)
    assert.match(await exchanged(port, [bytes], /\r\n\r\n/), /^HTTP\/1\.1 505[\s\S]*Connection: close/, version)
  }
  assert.deepEqual(seen, [])
})

test('a body beyond the limit is refused while it comes', async () => {
  const { port, seen } = await listening({ limits: { wholeBodyBytes: 1000 } })
  const request = signed(plain('POST', '/', 'y'.repeat(100_000)), 'sts')
  assert.match(await exchanged(port, [wireBytes(request)], /RequestEntityTooLarge/), /^HTTP\/1\.1 413/)
  assert.deepEqual(seen, [])
})

test('a presigned URL of another method is refused, and of its own method is not', async () => {
  const { port } = await listening()
  const url = presigned(plain('GET', '/b/k'))
  assert.match(await exchanged(port, [wireBytes(url)], /k\?[^|]*\|/), /^HTTP\/1\.1 200/)
  assert.match(await exchanged(port, [wireBytes({ ...url, method: 'DELETE' })], /<\/Error>/), /SignatureDoesNotMatch/)
})

test('a credential store that fails is no acceptance', async () => {
  const { port, seen } = await listening({ credentials: () => Promise.reject(new Error('down')) })
  const text = await exchanged(port, [wireBytes(signed(plain('PUT', '/b/k', 'body'), 's3'))], /<\/Error>/)
  assert.match(text, /^HTTP\/1\.1 500[\s\S]*InternalError/)
  assert.doesNotMatch(text, /down/)
  assert.deepEqual(seen, [])
})

test('what is not HTTP is answered with 400', async () => {
  const { port } = await listening()
  assert.match(await exchanged(port, ['\x00\x01\x02 nonsense\r\n\r\n'], undefined), /^HTTP\/1\.1 400/)
  assert.match(await exchanged(port, ['GET /\xff \xff HTTP/1.1\r\n\r\n'], undefined), /^HTTP\/1\.1 400/)
})
