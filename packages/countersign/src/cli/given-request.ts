/** The one request that a command works on: from a file, standard input, or a URL and a method. */

import type { ObservationOf } from '../case/index.js'
import { readEvidence } from '../intake/index.js'
import { type HttpRequest, utf8ByteString } from '../sigv4/index.js'
import { CliError } from './cli-error.js'
import type { OptionRules, Options } from './options.js'
import { readPieces } from './pieces.js'
import { type Io, say } from './terminal-rules.js'

export interface GivenRequest {
  readonly request: HttpRequest
  readonly scheme: 'http' | 'https'
}

export const METHOD_RULE: OptionRules = {
  method: { type: 'string', value: 'METHOD', group: 'Request', help: 'the method, where you give a URL; GET by default' },
}

/** The first request of the files given, or the one of a URL. */
export async function givenRequest(options: Options, io: Io): Promise<GivenRequest> {
  const [first, ...more] = options.files
  if (first !== undefined && /^https?:\/\//i.test(first)) {
    if (more.length > 0) throw new CliError('one URL at a time')
    return requestOfUrl(first, options.one('method') ?? 'GET')
  }
  if (options.one('method') !== undefined) throw new CliError('--method goes with a URL; a request in a file has its own')
  if (first === undefined && io.stdin.isTTY === true) throw new CliError('no request was given: name a file that holds one, or "-"')
  const sources = await readPieces(
    (first === undefined ? ['-'] : options.files).map((path) => ({ path })),
    io,
  )
  const requests = readEvidence(sources).filter((seen): seen is ObservationOf<'request'> => seen.kind === 'request')
  const [request] = requests
  if (request === undefined) {
    throw new CliError('no request was found: a raw HTTP request begins with a line such as "GET /path HTTP/1.1" and has a Host header')
  }
  const others = requests.filter((one) => one.location.start !== request.location.start || one.location.source !== request.location.source)
  if (others.length > 0) say(io, `there are ${others.length + 1} requests; the first one is used`)
  return { request: request.request, scheme: request.scheme ?? 'https' }
}

/** The URL taken apart as text: nothing of it is decoded or normalized. */
function requestOfUrl(url: string, method: string): GivenRequest {
  if (!/^[A-Za-z]+$/.test(method)) throw new CliError(`--method must be a method such as GET; not ${JSON.stringify(method)}`)
  const [, scheme, authority, rest = ''] = /^(https?):\/\/([^/?#]*)([^#]*)/i.exec(url)!
  const secure = scheme!.toLowerCase() === 'https'
  const host = authority!.replace(/^.*@/, '').replace(secure ? /:443$/ : /:80$/, '')
  if (host === '') throw new CliError('the URL has no host')
  const target = utf8ByteString(rest.startsWith('/') ? rest : `/${rest}`)
  // Bytes that no URL may hold are sent as escapes by every client.
  const sent = target.replace(/[^\x21-\x7e]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
  return { request: { method, target: sent, headers: [['Host', host]], body: new Uint8Array(0) }, scheme: secure ? 'https' : 'http' }
}

/** A raw request as a byte string: the request line, the headers, an empty line, the body. */
export function rawRequest(request: HttpRequest, body: string): string {
  const lines = [`${request.method} ${request.target} HTTP/1.1`, ...request.headers.map(([name, value]) => `${name}: ${value.trim()}`)]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
