/**
 * The verifier for runtimes that speak `fetch` (Workers, Deno, Bun, Hono). A `Request` has been through a URL parser and a
 * header table: dot segments are resolved, repeated headers merged. What comes here is therefore *normalized*: a signature
 * over a path such as `/a/../b` cannot be verified any more, and is refused.
 */
import { byteString, type Header, type HttpRequest } from '../sigv4/index.js'
import type { Caller, VerifiedBody } from './outcome.js'
import type { Answer } from './refusal-answer.js'
import type { VerifiedForm } from './verified-form.js'
import type { Verifier } from './verifier.js'

/**
 * As much of `Request` as is read.
 * @internal
 */
export interface FetchRequest {
  readonly method: string
  readonly url: string
  readonly headers: { forEach(each: (value: string, name: string) => void): void }
  readonly body: { getReader(): BodyReader } | null
}

/**
 * A request that has passed.
 * @internal
 */
export interface Verified {
  readonly caller: Caller
  /**
   * The body, decoded where it came in signed chunks. Act on it only when it has ended: where its end proves wrong, reading
   * rejects, and the caller gets the refusal whatever the handler answers.
   */
  readonly body: AsyncIterable<Uint8Array>
  /** Of a browser's form; `body` is its file then. */
  readonly form?: VerifiedForm
}

/**
 * A handler for `export default { fetch }`, `Deno.serve`, `Bun.serve` or a Hono route (`(c) => handle(c.req.raw)`): refused
 * requests are answered with AWS's own error, verified ones by `handler`, which has to read the body before it answers.
 *
 * It rejects where the credential store throws, and where `handler` does.
 *
 * @example
 * ```js
 * import { SecretAccessKey, sign } from 'countersign'
 * import { bodyText, createVerifier, credentialsOf, fetchHandler } from 'countersign/verifier'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const verifier = createVerifier({ credentials: credentialsOf({ AKIAIOSFODNN7EXAMPLE: { key: secret } }) })
 * const handle = fetchHandler(verifier, async (request, { caller, body }) => new Response(`${caller.accessKeyId}: ${await bodyText(body)}`))
 *
 * const body = Buffer.from('hello')
 * const request = { method: 'PUT', target: '/things', headers: [['Host', 'api.example.com']], body }
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret }
 * const { headers } = sign(request, credentials, { now: Date.now(), region: 'eu-west-1', service: 'execute-api' })
 * const url = 'https://api.example.com/things'
 * const right = await handle(new Request(url, { method: 'PUT', headers, body }))
 * await right.text() // => 'AKIAIOSFODNN7EXAMPLE: hello'
 * const wrong = await handle(new Request(url, { method: 'PUT', headers, body: 'other' }))
 * wrong.status // => 403
 * ```
 * @public
 */
export function fetchHandler<Request extends FetchRequest, Result>(
  verifier: Verifier,
  handler: (request: Request, verified: Verified) => Result | Promise<Result>,
): (request: Request) => Promise<Result> {
  return async (request) => {
    const door = await verifier.open(requestOf(request), { fidelity: 'normalized' })
    if (!door.ok) return answered(door.refused.answer)
    const reader = request.body?.getReader()
    const state: BodyState = { refused: undefined, begun: false, left: false }
    const pieces = believed(door.body, reader, state)
    let caller = door.caller
    let body = leavable(pieces, state)
    if (door.caller === undefined) {
      const held: Uint8Array[] = []
      for (;;) {
        const next = await pieces.next().catch((error: unknown) => {
          if (state.refused === undefined) throw error
        })
        if (state.refused !== undefined) return answered(state.refused)
        if (next === undefined || next.done === true) break
        held.push(next.value)
      }
      caller = state.caller
      body = again(held)
    }
    try {
      const response = await handler(request, { caller: caller!, body, ...(state.form === undefined ? {} : { form: state.form }) })
      // A handler that has not looked at the body, or not at all of it, is answered for all the same.
      if (!state.begun || state.left) for await (const _ of pieces);
      return state.refused === undefined ? response : answered(state.refused)
    } catch (error) {
      if (state.refused !== undefined) return answered(state.refused)
      throw error
    }
  }
}

/** A `Request` as the verifier reads it. */
export function requestOf(request: FetchRequest): HttpRequest {
  const headers: Header[] = []
  // Header values are byte strings in `fetch`, too.
  request.headers.forEach((value, name) => {
    headers.push([name, value])
  })
  const [, host = '', target = '/'] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)([^#]*)/i.exec(request.url) ?? []
  // Some runtimes keep the Host header to themselves.
  if (!headers.some(([name]) => name.toLowerCase() === 'host')) headers.unshift(['host', host])
  return { method: request.method, target: target.startsWith('/') ? target : `/${target}`, headers, body: undefined }
}

interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
  cancel(reason?: unknown): Promise<void>
}

interface BodyState {
  refused: Answer | undefined
  /** Whether anybody reads. */
  begun: boolean
  /** Whether the reader has gone before the end. */
  left: boolean
  caller?: Caller
  form?: VerifiedForm
}

async function* believed(body: VerifiedBody, reader: BodyReader | undefined, state: BodyState): AsyncGenerator<Uint8Array, void> {
  state.begun = true
  const refuse = (answer: Answer): never => {
    state.refused = answer
    throw new Error('the request was refused: its body is not the one that was signed')
  }
  try {
    for (let next = await reader?.read(); next !== undefined && !next.done; next = await reader?.read()) {
      yield* body.push(next.value!)
      if (body.refused === undefined) continue
      await reader?.cancel()
      refuse(body.refused.answer)
    }
    const outcome = await body.end()
    if (!outcome.ok) return refuse(outcome.refused.answer)
    state.caller = outcome.caller
    if (outcome.form !== undefined) state.form = outcome.form
    yield* outcome.pieces
  } finally {
    // Where reading broke off, nothing is to be held.
    body.close()
  }
}

/** The same pieces for a reader that may stop at any of them: the rest of them stays to be looked at. */
function leavable(pieces: AsyncGenerator<Uint8Array, void>, state: BodyState): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => pieces.next(),
      return: () => {
        state.left = true
        return Promise.resolve({ done: true, value: undefined })
      },
    }),
  }
}

async function* again(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* pieces
}

function answered<Result>({ status, headers, body }: Answer): Result {
  return new Response(body === '' ? null : body, { status, headers: headers.map(([name, value]) => [name, value]) }) as Result
}

/**
 * All bytes of a body as a byte string (one character per byte): for handlers of small bodies.
 *
 * @throws Error where the end of the body proves it to be another than the one signed; the caller gets the refusal all the same.
 * @example
 * ```js
 * import { bodyText } from 'countersign/verifier'
 *
 * async function* body() {
 *   yield Buffer.from('he')
 *   yield Buffer.from('llo')
 * }
 * await bodyText(body()) // => 'hello'
 * ```
 * @public
 */
export async function bodyText(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const piece of body) text += byteString(piece)
  return text
}

// Every runtime has it; the ES2022 library does not name it.
declare const Response: new (body: string | null, init: { status: number; headers: string[][] }) => unknown
