/**
 * The verifier in front of node:http, Express and Fastify. The application gets the request with its own stream: what comes
 * out of that has been verified, and decoded where it came in signed chunks.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Answer, Caller, Outcome, VerifiedForm, Verifier } from '../verifier/index.js'
import { keepExactTargets } from './exact-targets.js'
import { type GuardedBody, guardBody } from './guarded-body.js'
import { hasNoBody, requestHead } from './node-request.js'
import { INTERNAL_ERROR, sendAnswer } from './send-answer.js'

/**
 * A request that has passed.
 * @internal
 */
export interface VerifiedRequest extends IncomingMessage {
  readonly caller: Caller
  /** Of a browser's form; the stream is its file then. */
  readonly form?: VerifiedForm
}

/** @internal */
export interface HandlerOptions {
  /** Called with every failure that is not the caller's: a credential store that throws. Default: a warning of the process for the first. */
  readonly onError?: (error: unknown) => void
  /** Sees each request of `serveVerified` first; `true` where it has answered it itself. */
  readonly first?: (request: IncomingMessage, response: ServerResponse) => boolean
}

/**
 * A middleware for Express and Connect, to be used before any body parser and before everything that waits (a session store): it
 * answers a refused request itself and calls `next` for one that passed, with `request.caller` set. Where it comes too late
 * to see the whole body it answers 500 to everything and says so, to `onError` or as a warning of the process.
 *
 * Where the service hashes the body (all but S3), `next` is called when all of it has come and was right. An S3 body is
 * let through as it comes; should its end prove wrong, the request is answered with the refusal and its stream destroyed:
 * act on a body only when its stream has ended.
 *
 * @example
 * ```js
 * import { once } from 'node:events'
 * import { SecretAccessKey, sign } from 'countersign'
 * import { verifyingMiddleware } from 'countersign/server'
 * import { createVerifier, credentialsOf } from 'countersign/verifier'
 * import express from 'express'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const verifier = createVerifier({ credentials: credentialsOf({ AKIAIOSFODNN7EXAMPLE: { key: secret } }) })
 * const app = express()
 * app.use(verifyingMiddleware(verifier))
 * app.get('/things', (request, response) => response.end(request.caller.accessKeyId))
 * const server = app.listen(0, '127.0.0.1')
 * await once(server, 'listening')
 *
 * const host = `127.0.0.1:${server.address().port}`
 * const request = { method: 'GET', target: '/things', headers: [['Host', host]], body: new Uint8Array(0) }
 * const { headers } = sign(request, { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret }, { now: Date.now(), region: 'eu-west-1', service: 'execute-api' })
 * const answer = await fetch(`http://${host}/things`, { headers })
 * await answer.text() // => 'AKIAIOSFODNN7EXAMPLE'
 * const refused = await fetch(`http://${host}/others`, { headers })
 * refused.status // => 403
 * server.closeAllConnections()
 * server.close()
 * ```
 * @public
 */
export function verifyingMiddleware(
  verifier: Verifier,
  options: HandlerOptions = {},
): (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void {
  const onError = options.onError ?? firstAsWarning()
  return (request, response, next) => {
    if (hasNoBody(request)) {
      let outcome: Outcome | Promise<Outcome>
      try {
        outcome = verifier.judge(requestHead(request, NOTHING))
      } catch (error) {
        failed(request, response, error)
        return
      }
      if (outcome instanceof Promise)
        outcome.then(
          (is) => settled(request, response, is, next),
          (error: unknown) => failed(request, response, error),
        )
      else settled(request, response, outcome, next)
      return
    }
    let body: GuardedBody
    try {
      body = guardBody(request)
    } catch (error) {
      onError(error)
      sendAnswer(request, response, INTERNAL_ERROR, request.complete)
      return
    }
    admitted(request, response, body).then(
      () => next(),
      (error: unknown) => {
        body.drop()
        if (request.socket.destroyed) return
        onError(error)
        sendAnswer(request, response, INTERNAL_ERROR, body.complete)
      },
    )
  }

  function failed(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (request.socket.destroyed) return
    onError(error)
    sendAnswer(request, response, INTERNAL_ERROR, true)
  }

  /** Resolves where the application may have the request; never, where it was answered. */
  async function admitted(request: IncomingMessage, response: ServerResponse, body: GuardedBody): Promise<void> {
    const door = await verifier.open(requestHead(request))
    const refuse = (answer: Parameters<typeof sendAnswer>[2]) => {
      body.drop()
      sendAnswer(request, response, answer, body.complete)
    }
    if (!door.ok) {
      refuse(door.refused.answer)
      return new Promise(() => {})
    }
    if (CONTINUE.has(request)) response.writeContinue()
    const verdict = body.release(door.body)
    if (door.caller === undefined) {
      const outcome = await verdict
      if (outcome.ok) {
        if (outcome.form !== undefined) {
          Object.defineProperty(request, 'form', { value: outcome.form, configurable: true })
          headersOfFile(request, outcome.form, outcome.pieces)
        }
        return setCaller(request, outcome.caller)
      }
      refuse(outcome.refused.answer)
      return new Promise(() => {})
    }
    if (door.body.mode === 'stream') decodedLength(request)
    setCaller(request, door.caller)
    verdict.then(
      (outcome) => {
        if (outcome.ok) return
        body.drop()
        // The stream that the application reads is destroyed below, and the connection with it: the client has to know.
        sendAnswer(request, response, outcome.refused.answer, body.complete, true)
        const error = new Error(`the request was refused: ${outcome.refused.error.code}`)
        if (response.writableFinished) request.destroy(error)
        else response.once('close', () => request.destroy(error))
      },
      () => request.destroy(),
    )
  }
}

/**
 * The same for Fastify, as its first `onRequest` hook. Verified requests have `request.raw.caller`.
 *
 * @example
 * ```js
 * import { SecretAccessKey, sign } from 'countersign'
 * import { fastifyHook } from 'countersign/server'
 * import { createVerifier, credentialsOf } from 'countersign/verifier'
 * import fastify from 'fastify'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const verifier = createVerifier({ credentials: credentialsOf({ AKIAIOSFODNN7EXAMPLE: { key: secret } }) })
 * const app = fastify({ forceCloseConnections: true })
 * app.addHook('onRequest', fastifyHook(verifier))
 * app.get('/things', async (request) => request.raw.caller.accessKeyId)
 * await app.listen({ port: 0, host: '127.0.0.1' })
 * const { server } = app
 *
 * const host = `127.0.0.1:${server.address().port}`
 * const request = { method: 'GET', target: '/things', headers: [['Host', host]], body: new Uint8Array(0) }
 * const { headers } = sign(request, { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret }, { now: Date.now(), region: 'eu-west-1', service: 'execute-api' })
 * const answer = await fetch(`http://${host}/things`, { headers })
 * await answer.text() // => 'AKIAIOSFODNN7EXAMPLE'
 * const refused = await fetch(`http://${host}/others`, { headers })
 * refused.status // => 403
 * await app.close()
 * ```
 * @public
 */
export function fastifyHook(
  verifier: Verifier,
  options: HandlerOptions = {},
): (request: { readonly raw: IncomingMessage }, reply: { readonly raw: ServerResponse }, done: () => void) => void {
  const middleware = verifyingMiddleware(verifier, options)
  return (request, reply, done) => middleware(request.raw, reply.raw, done)
}

/**
 * Puts the verifier in front of a server of node:http: `handler` sees verified requests only. An upload that waits for
 * "100 Continue" is judged before its body is sent, and targets are taken byte for byte as they came.
 *
 * @see RFC 9110, section 10.1.1 (Expect)
 * @example
 * ```js
 * import { once } from 'node:events'
 * import { createServer } from 'node:http'
 * import { SecretAccessKey, sign } from 'countersign'
 * import { serveVerified } from 'countersign/server'
 * import { createVerifier, credentialsOf } from 'countersign/verifier'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const verifier = createVerifier({ credentials: credentialsOf({ AKIAIOSFODNN7EXAMPLE: { key: secret } }) })
 * const server = createServer()
 * serveVerified(server, verifier, (request, response) => response.end(request.caller.accessKeyId))
 * await once(server.listen(0, '127.0.0.1'), 'listening')
 *
 * const host = `127.0.0.1:${server.address().port}`
 * const request = { method: 'GET', target: '/things', headers: [['Host', host]], body: new Uint8Array(0) }
 * const { headers } = sign(request, { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret }, { now: Date.now(), region: 'eu-west-1', service: 'execute-api' })
 * const answer = await fetch(`http://${host}/things`, { headers })
 * await answer.text() // => 'AKIAIOSFODNN7EXAMPLE'
 * const refused = await fetch(`http://${host}/others`, { headers })
 * refused.status // => 403
 * server.closeAllConnections()
 * server.close()
 * ```
 * @public
 */
export function serveVerified(
  server: Server,
  verifier: Verifier,
  handler: (request: VerifiedRequest, response: ServerResponse) => void,
  options: HandlerOptions = {},
): void {
  const middleware = verifyingMiddleware(verifier, options)
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    if (options.first?.(request, response) === true) return
    if (request.httpVersionMajor === 1) middleware(request, response, () => handler(request as VerifiedRequest, response))
    else sendAnswer(request, response, OTHER_VERSION, false)
  }
  keepExactTargets(server)
  // A verdict takes a moment: who has closed its own side by then is still to be answered.
  ;(server as { httpAllowHalfOpen?: boolean }).httpAllowHalfOpen = true
  server.on('request', listener)
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    CONTINUE.add(request)
    listener(request, response)
  })
  // An Expect that is empty, or asks for something else: S3 takes no notice of it.
  server.on('checkExpectation', listener)
}

/** A request line of HTTP/2.0 or HTTP/0.9 on a connection of HTTP/1: node:http reads it all the same, others read something else. */
const OTHER_VERSION: Answer = { status: 505, headers: [], body: '' }

const NOTHING = new Uint8Array(0)

/** A request without a body, judged. */
function settled(request: IncomingMessage, response: ServerResponse, outcome: Outcome, next: () => void): void {
  if (!outcome.ok) sendAnswer(request, response, outcome.refused.answer, true)
  else {
    setCaller(request, outcome.caller)
    next()
  }
}

/** Whose server answers 500 has to learn why; strangers can make it fail at every request, so that once is enough. */
function firstAsWarning(): (error: unknown) => void {
  let isSaid = false
  return (error) => {
    if (!isSaid) process.emitWarning(error instanceof Error ? error : String(error))
    isSaid = true
  }
}

/** Requests that wait for "100 Continue". */
const CONTINUE = new WeakSet<IncomingMessage>()

function setCaller(request: IncomingMessage, caller: Caller): void {
  ;(request as { caller?: Caller }).caller = caller
}

/** What follows reads the file: length and type are its own, not those of the form. */
function headersOfFile(request: IncomingMessage, form: VerifiedForm, pieces: readonly Uint8Array[]): void {
  request.headers['content-length'] = String(pieces.reduce((sum, piece) => sum + piece.length, 0))
  if (form.fileType === undefined) delete request.headers['content-type']
  else request.headers['content-type'] = form.fileType
}

/** What follows reads the decoded body: its length is another than that on the wire. */
function decodedLength(request: IncomingMessage): void {
  const length = request.headers['x-amz-decoded-content-length']
  if (typeof length === 'string') request.headers['content-length'] = length
  const encodings = (request.headers['content-encoding'] ?? '').split(',').map((one) => one.trim())
  const others = encodings.filter((one) => one !== '' && one !== 'aws-chunked')
  if (others.length > 0) request.headers['content-encoding'] = others.join(', ')
  else delete request.headers['content-encoding']
}
