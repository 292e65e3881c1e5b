/** Where a request goes, and which of its bytes the options change: the only place where any do. */
import type { RequestHead } from './message-head.js'
import { valuesOf } from './message-head.js'
import type { Refusal } from './refusal.js'

/** A place to send requests to. */
export interface Origin {
  readonly tls: boolean
  readonly host: string
  readonly port: number
}

export interface Route {
  readonly origin: Origin
  /** The head that is sent on, where it is not the one received. */
  readonly instead?: Buffer
}

/** Asked about each request. */
export type Router = (head: RequestHead, bytes: Buffer) => Route | Refusal

/** Requests to one upstream. "kept": Host is what the client signed. "upstream": it is the upstream's own name. */
export function reverseRouter(origin: Origin, host: 'kept' | 'upstream'): Router {
  const route: Route = { origin }
  return (head, bytes) => {
    const refused = refusedRequest(head)
    if (refused !== undefined) return refused
    if (!/^\/|^\*$/.test(head.target))
      return { status: 421, reason: 'it is a request to a proxy, and the relay has one upstream; --proxy makes it a proxy' }
    if (host === 'kept') return route
    if (valuesOf(head, 'host').length !== 1) return { status: 400, reason: 'it has not exactly one Host header, and --host changes it' }
    return { origin, instead: withHost(bytes, hostOf(origin)) }
  }
}

/** Requests of a forward proxy's clients in the clear: "GET http://host/path". */
export const forwardRouter: Router = (head, bytes) => {
  const refused = refusedRequest(head)
  if (refused !== undefined) return refused
  const found = ABSOLUTE.exec(head.target)
  if (found === null) return { status: 421, reason: 'it is no request to a proxy; the relay runs with --proxy' }
  const [whole, host = '', port] = found
  const rest = head.target.slice(whole.length)
  const target = rest === '' && head.method === 'OPTIONS' ? '*' : rest.startsWith('/') ? rest : `/${rest}`
  return {
    origin: { tls: false, host: withoutBrackets(host), port: port === undefined ? 80 : Number(port) },
    instead: forOrigin(bytes, target),
  }
}

/** "host:port" of CONNECT. */
export function connectOrigin(target: string): Pick<Origin, 'host' | 'port'> | undefined {
  const found = AUTHORITY.exec(target)
  return found === null || Number(found[2]) > 65_535 ? undefined : { host: withoutBrackets(found[1]!), port: Number(found[2]) }
}

/** What a Host header of an origin says. */
export function hostOf({ tls, host, port }: Origin): string {
  const name = host.includes(':') ? `[${host}]` : host
  return port === (tls ? 443 : 80) ? name : `${name}:${port}`
}

/** Both speak something else than HTTP/1.1 from there on. An offer of h2c is one that servers may pass over; its acceptance is refused. */
function refusedRequest(head: RequestHead): Refusal | undefined {
  if (head.method === 'CONNECT') return { status: 501, reason: 'it is a CONNECT, and the relay is no proxy; --proxy makes it one' }
  const upgrades = valuesOf(head, 'upgrade')
  return upgrades.every((one) => one.trim().toLowerCase() === 'h2c')
    ? undefined
    : { status: 501, reason: 'it asks to upgrade to another protocol, and the relay speaks HTTP/1.1 only' }
}

function withHost(bytes: Buffer, host: string): Buffer {
  return Buffer.from(
    bytes.toString('latin1').replace(/(\r\nhost:[ \t]*)[^\r]*/i, (_, name: string) => `${name}${host}`),
    'latin1',
  )
}

/** The target as an origin is asked for it, and without the credentials that are the proxy's. */
function forOrigin(bytes: Buffer, target: string): Buffer {
  return Buffer.from(
    bytes
      .toString('latin1')
      .replace(/^(\S+) \S+/, (_, method: string) => `${method} ${target}`)
      .replace(/\r\nproxy-authorization:[^\r]*/gi, ''),
    'latin1',
  )
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}

const ABSOLUTE = /^http:\/\/([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::(\d{1,5}))?(?=[/?]|$)/i
const AUTHORITY = /^([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]):(\d{1,5})$/
