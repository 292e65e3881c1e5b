/** The host name in what people give for one: a URL, a name with a port, upper case, a trailing dot. */

/** A host name, or why the text is none. */
export type HostName =
  | { readonly host: string; readonly name: string; readonly labels: readonly string[]; readonly port?: string }
  | { readonly host: string; readonly refused: string }

/** Takes the host out of a text. Nothing is decoded: a host that needs it is not what a request carries. */
export function hostNameOf(text: string): HostName {
  const given = text.trim()
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):\/\//i.exec(given)?.[1]?.toLowerCase()
  if (scheme === 's3') return { host: given, refused: 'an s3:// URL names a bucket, and no host' }
  if (/^arn:/i.test(given)) return { host: given, refused: 'an ARN names a resource, and no host' }
  const authority = given.replace(/^(?:[a-z][a-z0-9+.-]{0,30}:)?\/\//i, '').split(/[/?#\\]/, 1)[0]!
  // What stands before the last "@" is a user's name and password, even if it looks like a host.
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  if (host === '') return { host, refused: 'there is no host in it' }
  if (/^\[.*\](?::\d*)?$/.test(host) || host.split(':').length > 2) return { host, refused: 'an IP address names no service' }
  const [bare = '', port] = host.split(':') as [string, string?]
  if (port !== undefined && !/^\d{0,5}$/.test(port)) return { host, refused: 'what stands after the colon is not a port' }
  // Before the case is changed: there are letters that become ASCII by it.
  const odd = /[^a-z0-9._-]/i.exec(bare)
  if (odd !== null) return { host, refused: `no host name holds ${nameOf(bare.codePointAt(odd.index)!)}` }
  const name = bare.toLowerCase().replace(/\.$/, '')
  if (/^(?:(?:0x[0-9a-f]*|\d+)\.){0,3}(?:0x[0-9a-f]*|\d+)$/.test(name)) return { host, refused: 'an IP address names no service' }
  const labels = name.split('.')
  if (labels.some((label) => label === '')) return { host, refused: 'an empty label: two dots follow each other, or one comes first' }
  if (name.length > 253 || labels.some((label) => label.length > 63)) return { host, refused: 'it is longer than a host name may be' }
  return { host, name, labels, ...(port !== undefined && port !== '' && { port }) }
}

function nameOf(code: number): string {
  const character = String.fromCodePoint(code)
  if (code === 0x20) return 'a space'
  if (code < 0x20 || code === 0x7f) return 'a control character'
  return code < 0x7f ? `"${character}"` : `"${character}": a request carries an international name in its ASCII form (xn--...)`
}
