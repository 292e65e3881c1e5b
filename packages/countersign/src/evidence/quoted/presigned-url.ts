/**
 * Presigned URLs anywhere in a text.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
import { clue, type EvidenceReader, type EvidenceSource, type Observation } from '../../case/index.js'
import { presignedBy, shellCommands, urlParts } from '../../text/index.js'

export const presignedUrl: EvidenceReader = {
  id: 'presigned-url',
  reads: 'presigned URLs (X-Amz-Signature=, or the older Signature=) anywhere in a text',
  samples: [
    'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=***\n',
    '<a href="https://examplebucket.s3.amazonaws.com/a.txt?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&amp;Signature=vjSAMPLENmGa%2ByT272YEAiv4%3D&amp;Expires=1175139620">a</a>\n',
  ],
  recognize: (text) =>
    /(?:https?|wss?):\/\//i.test(text) &&
    (/[?&;](?:X-(?:Amz|Goog)-(?:Signature|Algorithm)|x-oss-signature)=/i.test(text) || /[?&;]Signature=/.test(text)),
  read,
}

function read({ name, text, side }: EvidenceSource): readonly Observation[] {
  if (!presignedUrl.recognize(text)) return []
  const commands = text.includes('curl') ? shellCommands(text, 'curl') : []
  const known = new Set<string>()
  const found: Observation[] = []
  for (const match of text.matchAll(URL_TEXT)) {
    const start = match.index
    const before = text.slice(Math.max(0, start - 60), start)
    const url = unescapedUrl(trimmedEnd(match[0], before), before)
    const by = presignedBy(url)
    const parts = urlParts(url)
    const said = METHOD_BEFORE.exec(before)?.[1]
    const method = said ?? 'GET'
    if (by === undefined || parts === undefined || known.has(`${method} ${url}`)) continue
    // Requests, redirects and command lines have readers of their own.
    const after = text.slice(start + match[0].length, start + match[0].length + 8)
    // nginx logs the address that it connected to, which is not the host that it sent.
    if (/\bupstream: "$/.test(before)) continue
    if (/(?:location|referer)["']?\s{0,3}:\s{0,3}["']?$/i.test(before) || after.startsWith(' HTTP/')) continue
    if (commands.some((command) => start >= command.start && start < command.end)) {
      if (by === 'v2') found.push(olderSignature(name, start, match[0].length))
      continue
    }
    known.add(`${method} ${url}`)
    const request = {
      method,
      target: parts.target,
      headers: [['Host', parts.host] as const],
      body: method === 'GET' || method === 'HEAD' ? new Uint8Array() : undefined,
    }
    const location = { source: name, start, end: start + match[0].length }
    found.push({
      kind: 'request',
      side: side ?? 'wire',
      request,
      scheme: parts.scheme,
      location,
      fidelity: 'inferred',
      ...(said === undefined && { methodGuessed: true as const }),
    })
    if (by === 'v2') found.push(olderSignature(name, start, match[0].length))
  }
  return found
}

function olderSignature(source: string, start: number, length: number): Observation {
  const message = 'The URL has Signature, Expires and AWSAccessKeyId: it is signed with signature version 2.'
  return clue({ rule: 'url-version-2', about: 'algorithm.version', strength: 'fair', message }, { source, start, end: start + length })
}

/** Without the punctuation of the sentence or the mark-up around it. */
function trimmedEnd(url: string, before: string): string {
  const inside = /\]\($/.test(before) || before.endsWith('(') ? url.split(')', 1)[0]! : url
  return inside.replace(/(?:&quot;|&gt;|&#39;|(?<!\\)\\+|[.,;:!?)\]}*]){1,20}$/, '')
}

/** In mark-up an ampersand is spelled "&amp;"; in JSON, "\u0026". The URL itself has neither. */
function unescapedUrl(url: string, before: string): string {
  const json = url.replace(/\\u0026/g, '&').replace(/\\\//g, '/')
  const markup = /["'>=]\s{0,4}$/.test(before) || /&amp;X-Amz-|&amp;(?:Signature|Expires|AWSAccessKeyId)=/.test(json)
  return markup ? json.replace(/&amp;/g, '&') : json
}

const URL_TEXT = /\b(?:https?|wss?):\\?\/\\?\/[^\s"'<>`|^{}]{1,16000}/gi
const METHOD_BEFORE = /(?:^|[\s`"'])(GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS) {1,3}["'`<(]?$/
