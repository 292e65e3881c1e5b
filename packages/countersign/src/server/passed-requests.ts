/**
 * The last request that passed on each connection: behind one connection is one client, and what it signed right says that its key is
 * not what is wrong with its next request. A name that a client gives itself says less: a program that was started again with another
 * secret has the same.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage } from 'node:http'
import type { HttpRequest } from '../sigv4/index.js'
import type { RefusedRequest } from '../verifier/index.js'

/** A request that passed; its body is left out. */
export interface PassedRequest {
  readonly at: number
  readonly request: HttpRequest
}

type Connection = IncomingMessage['socket']

export class PassedRequests {
  readonly #last = new WeakMap<Connection, PassedRequest & { readonly accessKeyId: string }>()
  readonly #current = new AsyncLocalStorage<Connection>()

  /** Says whose request is looked at from here on: a refusal does not know its connection. */
  enter({ socket }: IncomingMessage): void {
    this.#current.enterWith(socket)
  }

  keep({ socket }: IncomingMessage, accessKeyId: string, at: number, { method, target, headers }: HttpRequest): void {
    if (headers.reduce((sum, [name, value]) => sum + name.length + value.length, target.length) > LARGEST) return
    this.#last.set(socket, { accessKeyId, at, request: { method, target, headers, body: undefined } })
  }

  /** A refusal with the last request that passed on its connection, where that had the same key. */
  beside(refused: RefusedRequest): RefusedRequest & { readonly passed?: PassedRequest } {
    const connection = this.#current.getStore()
    const last = connection === undefined ? undefined : this.#last.get(connection)
    if (last === undefined || last.accessKeyId !== refused.accessKeyId) return refused
    return { ...refused, passed: { at: last.at, request: last.request } }
  }
}

/** There may be ten thousand connections. */
const LARGEST = 4096
