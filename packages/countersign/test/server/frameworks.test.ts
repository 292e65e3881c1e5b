/** The middleware in Express and Fastify: their own body parsers read what has been verified. */
import assert from 'node:assert/strict'
import { createServer, request as httpRequest, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import express from 'express'
import fastify from 'fastify'
import { fastifyHook, type VerifiedRequest, verifyingMiddleware } from '../../src/server/index.ts'
import type { HttpRequest } from '../../src/sigv4/http-request.ts'
import { signPostPolicy } from '../../src/sigv4/post-policy.ts'
import { createVerifier, credentialsOf } from '../../src/verifier/index.ts'
import { CREDENTIALS, KEY_ID, NOW, plain, SECRET, signed } from '../support/signed.ts'

const verifier = createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW })

async function sent(port: number, { method, target, headers, body }: HttpRequest): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, method, path: target, headers: headers.flat() as unknown as string[], agent: false },
      (response) => {
        let text = ''
        response.on('data', (piece) => {
          text += piece
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

const json = (service: string, body = '{"a":1}') =>
  signed(plain('POST', '/things?x=1', body, [['Content-Type', 'application/json']]), service)

async function asked(port: number): Promise<void> {
  for (const service of ['execute-api', 's3']) {
    assert.deepEqual(await sent(port, json(service)), { status: 200, text: `{"caller":"${KEY_ID}","body":{"a":1}}` }, service)
    const wrong = await sent(port, { ...json(service), body: Buffer.from('{"a":2}') })
    assert.match(wrong.text, service === 's3' ? /XAmzContentSHA256Mismatch/ : /The request signature we calculated/)
    assert.ok(wrong.status >= 400)
  }
  assert.equal((await sent(port, plain('POST', '/things', '{}'))).status, 403)
}

test('Express, with its JSON parser after the middleware', async () => {
  const app = express().set('env', 'test')
  app.use(verifyingMiddleware(verifier))
  app.use(express.json())
  app.post('/things', (request, response) => {
    response.end(JSON.stringify({ caller: (request as unknown as VerifiedRequest).caller.accessKeyId, body: request.body }))
  })
  const server = createServer(app as RequestListener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  await asked((server.address() as AddressInfo).port)
  server.closeAllConnections()
  server.close()
})

test('Fastify, with its JSON parser after the hook', async () => {
  const app = fastify()
  app.addHook('onRequest', fastifyHook(verifier))
  app.post('/things', async (request) => ({ caller: (request.raw as VerifiedRequest).caller.accessKeyId, body: request.body }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  await asked((app.server.address() as AddressInfo).port)
  app.server.closeAllConnections()
  await app.close()
})

test('a mounted middleware judges the target that came, not what Express left of it', async () => {
  const app = express().set('env', 'test')
  app.use('/admin', verifyingMiddleware(verifier))
  app.use((request, response) => {
    response.end(request.originalUrl)
  })
  const server = createServer(app as RequestListener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  for (const service of ['execute-api', 's3']) {
    assert.equal((await sent(port, signed(plain('GET', '/admin/users'), service))).text, '/admin/users', service)
    assert.equal((await sent(port, { ...signed(plain('GET', '/users'), service), target: '/admin/users' })).status, 403, service)
  }
  server.closeAllConnections()
  server.close()
})

test('a middleware that stands too late to see the body lets nothing through', async () => {
  const late: [string, express.RequestHandler][] = [
    ['after a parser', express.text({ type: () => true })],
    ['after something that waits', (_request, _response, next) => void setTimeout(next, 150)],
  ]
  for (const [name, before] of late) {
    const app = express().set('env', 'test')
    const errors: string[] = []
    app.use(before)
    app.use(verifyingMiddleware(verifier, { onError: (error) => errors.push((error as Error).message) }))
    app.use((request, response) => {
      request.resume().on('end', () => response.end('let through'))
    })
    const server = createServer(app as RequestListener).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    for (const service of ['execute-api', 's3']) {
      const wrong = await sent(port, { ...json(service), body: Buffer.from('{"a":2}') })
      assert.equal(wrong.status, 500, `${name}, ${service}: ${wrong.text}`)
      // Of an empty body nothing can have been missed.
      assert.equal((await sent(port, signed(plain('GET', '/things'), service))).text, 'let through', `${name}, ${service}`)
    }
    assert.match(errors.join(), /before every body parser/, name)
    server.closeAllConnections()
    server.close()
  }
})

test("a body parser after the middleware reads a form's file, with the file's own length and type", async () => {
  const app = express().set('env', 'test')
  app.use(verifyingMiddleware(verifier))
  app.use(express.json())
  app.post('/uploads', (request, response) => {
    response.end(JSON.stringify([(request as unknown as VerifiedRequest).form?.key, request.body]))
  })
  const server = createServer(app as RequestListener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const policy = { expiration: NOW + 60_000, conditions: [{ bucket: 'uploads' }, { key: 'a.json' }] }
  const fields = [{ name: 'key', value: 'a.json' }, ...signPostPolicy(policy, CREDENTIALS, { now: NOW, region: 'eu-west-1' })]
  const parts = fields.map(({ name, value }) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')
  const file =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n--b--\r\n'
  const form = plain('POST', '/uploads', parts + file, [['Content-Type', 'multipart/form-data; boundary=b']])
  assert.deepEqual(await sent((server.address() as AddressInfo).port, form), { status: 200, text: '["a.json",{"a":1}]' })
  server.closeAllConnections()
  server.close()
})
