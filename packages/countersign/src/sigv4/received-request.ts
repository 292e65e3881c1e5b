/**
 * A request as a verifier asks it: its headers and its query are gone through once, and then asked by name as often as there are checks.
 * What is asked of a request that nobody indexed is looked for in it.
 */
import { queryValue, queryValuesOf } from './canonical-query-string.js'
import { type Header, type HttpRequest, splitTarget } from './http-request.js'
import { remembered } from './remembered.js'

/** A request with an index of its headers, and of its query as soon as that is asked. */
export class ReceivedRequest implements HttpRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly Header[]
  readonly body: Uint8Array | undefined
  /** What it was made of: the plain request, for callers that keep it. */
  readonly given: HttpRequest
  readonly path: string
  readonly query: string | undefined
  /** By name in lower case, in the order sent. */
  readonly #values: ReadonlyMap<string, readonly string[]>
  #parameters: ReadonlyMap<string, string> | undefined

  private constructor(given: HttpRequest, alike: ReceivedRequest | undefined) {
    this.given = given
    this.method = given.method
    this.target = given.target
    this.headers = given.headers
    this.body = given.body
    const { path, query } = alike ?? splitTarget(given.target)
    this.path = path
    this.query = query
    this.#values = alike === undefined ? indexed(given.headers) : alike.#values
    this.#parameters = alike === undefined ? undefined : alike.#parameters
  }

  static of(request: HttpRequest): ReceivedRequest {
    return request instanceof ReceivedRequest ? request : new ReceivedRequest(request, undefined)
  }

  /** The same head with another body. */
  withBody(body: Uint8Array | undefined): ReceivedRequest {
    return body === this.body ? this : new ReceivedRequest({ ...this.given, body }, this)
  }

  /** @param name In lower case. */
  values(name: string): readonly string[] {
    return this.#values.get(name) ?? NONE
  }

  /** The decoded value of the first parameter called so, in its exact case. */
  parameter(name: string): string | undefined {
    if (this.query === undefined || this.query === '') return undefined
    this.#parameters ??= queryValuesOf(this.query)
    return this.#parameters.get(name)
  }
}

function indexed(headers: readonly Header[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>()
  for (const [given, value] of headers) {
    const name = lowerCased(given)
    const known = values.get(name)
    if (known === undefined) values.set(name, [value])
    else known.push(value)
  }
  return values
}

/**
 * Every value of the header `name` (any case), in the order sent.
 * @internal
 */
export function headerValues(request: HttpRequest, name: string): readonly string[] {
  const wanted = name.toLowerCase()
  if (request instanceof ReceivedRequest) return request.values(wanted)
  const values: string[] = []
  for (const [given, value] of request.headers) if (given.length === wanted.length && given.toLowerCase() === wanted) values.push(value)
  return values
}

/**
 * The first value of the header `name` (any case), trimmed; `undefined` if it was not sent.
 * @internal
 */
export function headerValue(request: HttpRequest, name: string): string | undefined {
  const wanted = name.toLowerCase()
  if (request instanceof ReceivedRequest) return request.values(wanted)[0]?.trim()
  for (const [given, value] of request.headers) if (given.length === wanted.length && given.toLowerCase() === wanted) return value.trim()
  return undefined
}

/** The path and the raw query of a request's target. */
export function targetOf(request: HttpRequest): { readonly path: string; readonly query: string | undefined } {
  return request instanceof ReceivedRequest ? request : splitTarget(request.target)
}

/** The decoded value of the first parameter called `name` (exact case); `undefined` if absent. */
export function parameterOf(request: HttpRequest, name: string): string | undefined {
  return request instanceof ReceivedRequest ? request.parameter(name) : queryValue(splitTarget(request.target).query, name)
}

const lowerCased = remembered((name) => name.toLowerCase())
const NONE: readonly string[] = []
