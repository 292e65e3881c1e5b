/** A URL taken apart without a URL class: rooms that judge know none. */

export interface Address {
  readonly scheme: string
  readonly host: string
  readonly port: string
  readonly path: string
  readonly hasUser: boolean
}

/** `undefined` where it has no scheme and host. */
export function addressIn(url: string): Address | undefined {
  const sign = url.indexOf('://')
  const scheme = url.slice(0, Math.max(sign, 0)).toLowerCase()
  if (!/^[a-z][a-z0-9+.-]{0,20}$/.test(scheme)) return undefined
  const rest = url.slice(sign + 3)
  const end = rest.search(/[/?#]/)
  const authority = end < 0 ? rest : rest.slice(0, end)
  const at = authority.lastIndexOf('@')
  const named = authority.slice(at + 1)
  const colon = named.endsWith(']') ? -1 : named.lastIndexOf(':')
  const host = colon < 0 ? named : named.slice(0, colon)
  if (host === '') return undefined
  return {
    scheme,
    host: host.toLowerCase(),
    port: colon < 0 ? '' : named.slice(colon + 1),
    path: end < 0 ? '' : rest.slice(end),
    hasUser: at >= 0,
  }
}

/** Whether a host is this machine: by its name or address. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/.test(host) || host.endsWith('.localhost')
}
