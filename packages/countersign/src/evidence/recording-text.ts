/** A flow in the recording format: the other direction of `recording.ts`. The format is written down in docs/evidence/recording.md. */
import { base64Of, hexOf } from '../sigv4/byte-string.js'
import type { Header, HttpRequest } from '../sigv4/http-request.js'

/** What a hop saw of one request. */
export interface RecordedFlow {
  readonly hop: string
  /** Milliseconds since 1970 by the hop's own clock. */
  readonly at: number
  readonly received?: HttpRequest
  readonly sent?: HttpRequest
  readonly response?: { readonly status: number; readonly headers: readonly Header[]; readonly body: string }
}

/** "all": every byte. "redacted": without signatures and session tokens, bodies by their SHA-256. */
export type RecordingDetail = 'all' | 'redacted'

/**
 * The line of a flow, with its line end.
 *
 * @param sha256 Hashes a body; this room does not.
 */
export function recordingLine(flow: RecordedFlow, detail: RecordingDetail, sha256: (body: Uint8Array) => Uint8Array): string {
  const hidden = new Set<string>()
  const message = (request: HttpRequest | undefined) => (request === undefined ? undefined : recorded(request, detail, sha256, hidden))
  const [received, sent] = [message(flow.received), message(flow.sent)]
  const { response } = flow
  const line = {
    countersign: 'recording',
    schemaVersion: 1,
    hop: flow.hop,
    at: `${new Date(flow.at).toISOString().slice(0, 19)}Z`,
    ...(received === undefined ? {} : { received }),
    ...(sent === undefined ? {} : { sent }),
    ...(response === undefined
      ? {}
      : {
          response: {
            status: response.status,
            headers: response.headers,
            body: answerBody(detail === 'all' ? response.body : withoutSecrets(response.body, hidden)),
          },
        }),
    ...(hidden.size === 0 ? {} : { redacted: [...hidden] }),
  }
  return `${JSON.stringify(line).replace(NOT_ASCII, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`
}

function answerBody(text: string): object {
  return text.length <= ANSWER_CHARACTERS ? { text } : { text: text.slice(0, ANSWER_CHARACTERS), truncated: true }
}

function recorded(request: HttpRequest, detail: RecordingDetail, sha256: (body: Uint8Array) => Uint8Array, hidden: Set<string>): object {
  const { method, body } = request
  const all = detail === 'all'
  if (body !== undefined && body.length > 0 && !all) hidden.add('body')
  return {
    method,
    target: all ? request.target : maskedTarget(request.target, hidden),
    headers: all ? request.headers : request.headers.map((header) => maskedHeader(header, hidden)),
    ...(body === undefined
      ? {}
      : { body: all || body.length === 0 ? { base64: base64Of(body) } : { sha256: hexOf(sha256(body)), length: body.length } }),
  }
}

function maskedTarget(target: string, hidden: Set<string>): string {
  return target.replace(SECRET_PARAMETERS, (_, before: string, name: string) => {
    hidden.add(`query.${name}`)
    return `${before}${name}=***`
  })
}

function maskedHeader([name, value]: Header, hidden: Set<string>): Header {
  const lower = name.toLowerCase()
  if (TOKEN_HEADERS.has(lower)) {
    hidden.add(lower)
    return [name, '***']
  }
  if (lower !== 'authorization') return [name, value]
  hidden.add('authorization.signature')
  if (/^\s*AWS4-/.test(value)) return [name, value.replace(/(Signature\s*=\s*)[^,\s]+/gi, '$1***')]
  // SigV2 and whatever else: the scheme stays, and of SigV2 the access key ID.
  return [name, value.replace(/^(\s*AWS [^:\s]*:|\s*\S+\s).*$/s, '$1***')]
}

function withoutSecrets(body: string, hidden: Set<string>): string {
  return body.replace(/(<(SignatureProvided|Token-0)>)[^<]*/g, (_, open: string, name: string) => {
    hidden.add(`response.${name}`)
    return `${open}***`
  })
}

const SECRET_PARAMETERS = /([?&])((?:X-Amz-Signature|X-Amz-Security-Token|X-Amz-S3session-Token|Signature))=[^&]*/gi
const TOKEN_HEADERS: ReadonlySet<string> = new Set(['x-amz-security-token', 'x-amz-s3session-token', 'cookie', 'proxy-authorization'])
const NOT_ASCII = /[\u0080-\uffff]/g
const ANSWER_CHARACTERS = 16_384
