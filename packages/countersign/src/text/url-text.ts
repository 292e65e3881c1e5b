/** URLs as they stand in text, taken apart without changing a byte of path or query. */

export interface UrlParts {
  readonly scheme: 'http' | 'https'
  /** Host as a client sends it: without user info, and without the scheme's own port. */
  readonly host: string
  /** Path and query, as written; no fragment. */
  readonly target: string
}

/** The parts of an absolute URL of HTTP, or of a WebSocket, which begins as HTTP; `undefined` where the text is none. */
export function urlParts(url: string): UrlParts | undefined {
  const match = /^(https?|wss?):\/\/([^/?#\s]{1,300})/i.exec(url.slice(0, 320))
  if (match === null) return undefined
  const scheme = /s$/i.test(match[1]!) ? 'https' : 'http'
  const authority = match[2]!.slice(match[2]!.lastIndexOf('@') + 1)
  // A variable of a program that writes the URL is no host.
  if (/\$[\w{]|#\{|%s/.test(authority)) return undefined
  const rest = url.slice(match[0].length).split('#', 1)[0]!
  const target = rest.startsWith('/') ? rest : '/' + rest
  return { scheme, host: authority.replace(scheme === 'http' ? /:80$/ : /:443$/, ''), target }
}

/** How a URL is signed, if it is. */
export function presignedBy(url: string): 'v4' | 'v2' | undefined {
  if (/[?&](?:X-(?:Amz|Goog)-(?:Signature|Algorithm)|x-oss-signature)=/i.test(url)) return 'v4'
  return /[?&]Signature=/.test(url) && /[?&]Expires=/.test(url) && /[?&](?:AWSAccessKeyId|GoogleAccessId)=/.test(url) ? 'v2' : undefined
}
