/**
 * What a connection says of a refusal besides its request: signs of a proxy, and the last request that passed. Behind one connection is
 * one client, and what it signed right says that its key is not what is wrong with its next request. A name that a client gives itself
 * says less: a program that was started again with another secret has the same.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage } from 'node:http'
import { proxySignsIn } from '../case/index.js'
import type { HttpRequest } from '../sigv4/index.js'
import type { RefusedRequest } from '../verifier/index.js'

/**
 * A request that passed; its body is left out.
 * @internal
 */
export interface PassedRequest {
  readonly at: number
  readonly request: HttpRequest
}

/**
 * A refusal with what its connection says of it.
 * @public
 */
export interface SeenRefusal extends RefusedRequest {
  /** What says that a proxy passed it on: its version, its Host, headers of proxies. */
  readonly proxySigns: readonly string[]
  readonly passed?: PassedRequest
}

export class ConnectionFacts {
  readonly #last = new WeakMap<IncomingMessage['socket'], PassedRequest & { readonly accessKeyId: string }>()
  readonly #current = new AsyncLocalStorage<IncomingMessage>()

  /** Says whose request is looked at from here on: a refusal does not know its connection. */
  enter(request: IncomingMessage): void {
    this.#current.enterWith(request)
  }

  keep({ socket }: IncomingMessage, accessKeyId: string, at: number, { method, target, headers }: HttpRequest): void {
    if (headers.reduce((sum, [name, value]) => sum + name.length + value.length, target.length) > LARGEST) return
    this.#last.set(socket, { accessKeyId, at, request: { method, target, headers, body: undefined } })
  }

  beside(refused: RefusedRequest): SeenRefusal {
    const current = this.#current.getStore()
    if (current === undefined) return { ...refused, proxySigns: proxySignsIn(refused.request.headers) }
    const last = this.#last.get(current.socket)
    return {
      ...refused,
      proxySigns: [...outsideHead(current), ...proxySignsIn(refused.request.headers)],
      ...(last === undefined || last.accessKeyId !== refused.accessKeyId ? {} : { passed: { at: last.at, request: last.request } }),
    }
  }
}

function outsideHead({ httpVersion, socket, rawHeaders }: IncomingMessage): readonly string[] {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && /^host$/i.test(name))
  const port = /:(\d{1,5})$/.exec(at < 0 ? '' : rawHeaders[at + 1]!.trim())?.[1]
  const other = port !== undefined && socket.localPort !== undefined && Number(port) !== socket.localPort
  return [...(httpVersion === '1.0' ? ['HTTP/1.0'] : []), ...(other ? ['a Host with another port'] : [])]
}

/** There may be ten thousand connections. */
const LARGEST = 4096
