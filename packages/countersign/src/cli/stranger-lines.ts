/** What `serve` says, once for each kind of client, of requests that nobody signed. */
import { proxySignsIn } from '../case/index.js'
import { type HttpRequest, headerValue } from '../sigv4/index.js'

type Kind = 'browser' | 'curl' | 'other' | 'proxy'

/** Two lines at most, below the line of the request; none where they were said before. */
export function strangerLines(url: () => string): (request: HttpRequest) => readonly string[] {
  const said = new Set<Kind>()
  return (request) => {
    const kind = kindOf(request)
    if (said.has(kind)) return []
    said.add(kind)
    return ['it is not signed: it has no Authorization header and no X-Amz-Signature in its URL, so no key was checked', next(kind, url())]
  }
}

function kindOf(request: HttpRequest): Kind {
  if (proxySignsIn(request.headers).length > 0) return 'proxy'
  if (/\btext\/html\b/i.test(headerValue(request, 'accept') ?? '')) return 'browser'
  return /^curl\//i.test(headerValue(request, 'user-agent') ?? '') ? 'curl' : 'other'
}

function next(kind: Kind, url: string): string {
  if (kind === 'browser') return `a browser cannot sign; countersign presign makes a URL that it can open, for example of ${url}/bucket/key`
  if (kind === 'proxy') return 'it came through a proxy, which may have taken its signature away: compare with what your client sends'
  if (kind === 'curl') return 'curl signs with --aws-sigv4 aws:amz:us-east-1:s3 --config FILE, where FILE has a line user = "ID:secret"'
  return `a client that signs is pointed here by AWS_ENDPOINT_URL=${url} or by its own option for an endpoint`
}
