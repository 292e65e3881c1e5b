/** What of a signed request was changed between client and service, and the classes that name it. */
import { headerIn } from '../interop/relay.mjs'

interface Seen {
  readonly head: string
  readonly body: readonly Buffer[]
}

export interface Changed {
  readonly parts: readonly string[]
  readonly classes: readonly string[]
}

export function changedOnTheWay(sent: Seen, arrived: Seen): Changed {
  const found: (readonly [part: string, ...classes: string[]])[] = []
  const [method, target] = sent.head.split(' ', 2) as [string, string]
  const [method2, target2] = arrived.head.split(' ', 2) as [string, string]
  if (method !== method2) found.push([`method ${method} to ${method2}`, 'method.mismatch'])
  const [path, query = ''] = cut(target)
  const [path2, query2 = ''] = cut(target2)
  if (path !== path2) found.push([`path ${path} to ${path2}`, ...pathClasses(path, path2)])
  if (query !== query2) found.push([`query ${query} to ${query2}`, ...queryClasses(query, query2)])
  const authorization = headerIn(sent.head, 'authorization')
  if (authorization !== undefined && headerIn(arrived.head, 'authorization') === undefined)
    found.push(['authorization removed', 'header.missing', 'authorization.malformed', 'header.changed'])
  const signed = (/SignedHeaders=([^,\s&]*)/.exec(authorization ?? query)?.[1] ?? 'host').replaceAll('%3B', ';').split(';')
  for (const name of signed) {
    const [before, after] = [allOf(sent.head, name), allOf(arrived.head, name)]
    if (before === after) continue
    if (name === 'host')
      found.push([
        `host ${before} to ${after}`,
        ...(nameOf(before) === nameOf(after) ? ['host.port', 'host.rewritten'] : ['host.rewritten']),
      ])
    else if (after === undefined) found.push([`header ${name} removed`, 'header.missing', 'header.changed'])
    else found.push([`header ${name} changed`, 'header.changed', 'header.canonical'])
  }
  const names = (head: string) => [...head.matchAll(/\r\n(x-amz-[^:]+):/gi)].map((one) => one[1]!.toLowerCase())
  for (const name of names(arrived.head))
    if (!names(sent.head).includes(name)) found.push([`header ${name} added`, 'header.unsigned', 'header.changed'])
  if (!withoutFraming(sent).equals(withoutFraming(arrived))) found.push(['body changed', 'payload.hash', 'payload.chunked'])
  return { parts: found.map(([part]) => part), classes: [...new Set(found.flatMap(([, ...classes]) => classes))] }
}

function cut(target: string): readonly [string, string?] {
  const at = target.indexOf('?')
  return at < 0 ? [target] : [target.slice(0, at), target.slice(at + 1)]
}

/** The same name in other escapes is encoding; names that were lost, added or resolved are normalization. */
function pathClasses(before: string, after: string): readonly string[] {
  if (spoken(before) === spoken(after)) return ['path.encoding']
  const slashes = (path: string) => plain(path).replace(/\/+/g, '/')
  if (slashes(before) === slashes(after))
    return ['path.normalization', ...(before.includes('%') && before.replace(/\/+/g, '/') !== after ? ['path.encoding'] : [])]
  return ['path.normalization', 'endpoint.style']
}

/** A path with every escape undone, however often it was escaped, and whether as a path or as a form. */
function spoken(path: string): string {
  const once = plain(path.toLowerCase()).replaceAll('+', ' ')
  return once === path ? once : spoken(once)
}

function queryClasses(before: string, after: string): readonly string[] {
  const pairs = (query: string) => query.split('&').map(plain).sort().join('&')
  return pairs(before) === pairs(after) ? ['query.encoding', 'query.order'] : ['query.changed']
}

function plain(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const nameOf = (host: string | undefined) => host?.replace(/:\d+$/, '')

function allOf(head: string, name: string): string | undefined {
  const values = [...head.matchAll(new RegExp(`\\r\\n${name}:[ \\t]*([^\\r]*)`, 'gi'))].map((found) =>
    found[1]!.trim().replace(/ {2,}/g, ' '),
  )
  return values.length === 0 ? undefined : values.join(',')
}

/** The bytes of a body, its HTTP chunks taken apart; a proxy may send them on in other ones. */
function withoutFraming({ head, body }: Seen): Buffer {
  const bytes = Buffer.concat(body as Buffer[])
  if (!/\r\ntransfer-encoding:[^\r]*chunked/i.test(head)) return bytes
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16)
    if (!(size > 0)) break
    pieces.push(bytes.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
  return Buffer.concat(pieces)
}
