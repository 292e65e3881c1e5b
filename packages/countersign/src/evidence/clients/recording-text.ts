/** A flow in the recording format: the other direction of `recording.ts`. The format is written down in docs/evidence/recording.md. */
import { announcedBy, isCodeOfOAuth, isKeyId, isSealable, isSecretName, sealWith, withoutCredentials } from '../../credentials/index.js'
import { base64Of, bytesOf, type Header, type HttpRequest, hexOf, uriDecode, uriEncode } from '../../sigv4/index.js'
import { CleanTexts } from './clean-texts.js'

/** A request with all of its body, or with what is left of a body that was hashed while it passed. */
export interface RecordedRequest extends Omit<HttpRequest, 'body'> {
  readonly body?: Uint8Array | { readonly sha256: string; readonly length: number } | undefined
  /** Headers behind the last chunk. */
  readonly trailers?: readonly Header[]
}

/** What a hop saw of one request. */
export interface RecordedFlow {
  readonly hop: string
  /** Milliseconds since 1970 by the hop's own clock. */
  readonly at: number
  readonly received?: RecordedRequest
  readonly sent?: RecordedRequest
  /** A connection ended before both messages were whole. */
  readonly cut?: boolean
  readonly response?: { readonly status: number; readonly headers: readonly Header[]; readonly body: string }
}

/**
 * "all": every byte. "redacted": signatures, session tokens and bodies by their SHA-256, other credentials not at all, in the answer
 * neither. What is hidden so can be tested with the secret at hand, and cannot be sent again.
 */
export type RecordingDetail = 'all' | 'redacted'

/**
 * The line of a flow, with its line end.
 *
 * @param sha256 Hashes a body; this room does not.
 * @param known What was found clean before, for a caller that has many lines: headers of a client are the same again and again.
 */
export function recordingLine(
  flow: RecordedFlow,
  detail: RecordingDetail,
  sha256: (body: Uint8Array) => Uint8Array,
  known: CleanTexts = new CleanTexts(),
): string {
  const hidden: Hidden = { names: new Set(), values: new Map(), sha256, known }
  const { received, sent, cut, response } = flow
  // Put together by hand of pieces that are kept: a relay writes a line for every request.
  let line = `{"countersign":"recording","schemaVersion":2,"hop":${jsonText(flow.hop)},"at":"${known.second(flow.at)}"`
  if (received !== undefined) line += `,"received":${messageText(received, detail, hidden)}`
  if (sent !== undefined) line += `,"sent":${messageText(sent, detail, hidden)}`
  if (cut === true) line += ',"cut":true'
  if (response !== undefined) {
    const headers = headersText(response.headers, detail, hidden)
    const body = detail === 'all' ? answerBody(response.body) : known.given(answerBody(withoutSecrets(response.body, hidden)))
    line += `,"response":{"status":${response.status},"headers":${headers},"body":${body}}`
  }
  if (hidden.names.size > 0) line += `,"redacted":[${known.given([...hidden.names].map(jsonText).join(','))}]`
  return `${line}}\n`
}

/** JSON of a text, in ASCII. */
function jsonText(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  const json = JSON.stringify(text)
  return NOT_ASCII.test(json) ? json.replace(EACH_NOT_ASCII, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`) : json
}

function answerBody(text: string): string {
  if (text === '') return '{"text":""}'
  return text.length <= ANSWER_CHARACTERS
    ? `{"text":${jsonText(text)}}`
    : `{"text":${jsonText(text.slice(0, ANSWER_CHARACTERS))},"truncated":true}`
}

function messageText({ method, target, headers, body, trailers }: RecordedRequest, detail: RecordingDetail, hidden: Hidden): string {
  const all = detail === 'all'
  if (body !== undefined && body.length > 0 && !all) hidden.names.add('body')
  const asked = `"method":${jsonText(method)},"target":${jsonText(all ? target : maskedTarget(target, hidden))}`
  const message = `{${all ? asked : hidden.known.given(asked)},"headers":${headersText(headers, detail, hidden)}`
  const behind = trailers === undefined ? '' : `,"trailers":${headersText(trailers, detail, hidden)}`
  return body === undefined ? `${message}${behind}}` : `${message},"body":${bodyText(body, all, hidden.sha256)}${behind}}`
}

function bodyText(body: NonNullable<RecordedRequest['body']>, all: boolean, sha256: (body: Uint8Array) => Uint8Array): string {
  if (body.length === 0) return '{"base64":""}'
  if ('sha256' in body) return `{"sha256":"${body.sha256}","length":${body.length}}`
  return all ? `{"base64":"${base64Of(body)}"}` : `{"sha256":"${hexOf(sha256(body))}","length":${body.length}}`
}

function headersText(headers: readonly Header[], detail: RecordingDetail, hidden: Hidden): string {
  let text = ''
  for (const header of headers) {
    const piece = detail === 'all' ? pairText(header) : headerText(header, hidden)
    text += text === '' ? piece : `,${piece}`
  }
  return `[${text}]`
}

/** A header in which nothing is to be hidden is looked at once. */
function headerText(header: Header, hidden: Hidden): string {
  const [name, value] = header
  const before = hidden.known.header(name, value)
  if (before !== undefined) return before
  const signed = signedHeader(header, hidden)
  if (signed !== undefined) return signed
  const masked = maskedHeader(header, hidden)
  const text = hidden.known.given(pairText(masked))
  if (masked[0] === name && masked[1] === value && !hidesItsValue(name.toLowerCase())) hidden.known.keepHeader(name, value, text)
  return text
}

/** The Authorization of a client that was seen before: only its signature is another. Nothing in it is to be escaped. */
function signedHeader([name, value]: Header, hidden: Hidden): string | undefined {
  if (name.length !== AUTHORIZATION.length || value.length <= SIGNATURE_DIGITS || name.toLowerCase() !== AUTHORIZATION) return undefined
  const [front, signature] = [value.slice(0, -SIGNATURE_DIGITS), value.slice(-SIGNATURE_DIGITS)]
  if (!hidden.known.hasFront(front) || !LOWER_HEX.test(signature)) return undefined
  hidden.names.add(`${AUTHORIZATION}.signature`)
  return `["${name}","${front}${sealed(signature, hidden)}"]`
}

function pairText([name, value]: Header): string {
  return `[${jsonText(name)},${jsonText(value)}]`
}

/** A name may be percent-encoded in part or in whole: it is the same parameter. */
function maskedTarget(target: string, hidden: Hidden): string {
  if (!target.includes('?')) return maskedText(target, 'path', hidden)
  const masked = target.replace(PARAMETER, (whole, before: string, name: string, value = '') => {
    const meant = uriDecode(name)
    const announced = announcedBy(meant) ?? (isCodeOfOAuth(meant, uriDecode(value)) ? 'code' : undefined)
    if (value === '' || announced === undefined) return maskedText(whole, `query.${meant}`, hidden)
    if (announced === 'key-id') return `${before}${name}=${maskedId(value, `query.${meant}`, hidden)}`
    return `${before}${name}=${markOf(announced, `query.${meant}`, uriDecode(value), hidden)}`
  })
  return masked.replace(/^[^?]*/, (path) => maskedText(path, 'path', hidden))
}

/** The ID "id%2Fdate%2F..." where it is one. */
function maskedId(value: string, name: string, hidden: Hidden): string {
  const [id = ''] = /^.*?(?=(?:\/|%2f)\d{8}(?:\/|%2f)|$)/is.exec(value)!
  const meant = uriDecode(id)
  const [first, rest = ''] = meant.split(/\/(.*)/s)
  // What a secret holds behind its first slash is no scope.
  if (isKeyId(meant) || (isKeyId(first!) && SCOPE.test(rest))) return value
  hide(name, meant, hidden)
  return `***${value.slice(id.length)}`
}

function maskedHeader([name, value]: Header, hidden: Hidden): Header {
  const lower = name.toLowerCase()
  if (isSecretName(lower)) {
    for (const spelled of [name, lower]) hide(MASK, spelled, hidden)
    return [MASK, maskedText(value, MASK, hidden)]
  }
  const announced = announcedBy(lower)
  if (announced === 'authorization') return [name, maskedAuthorization(value, lower, hidden)]
  if (!hidesItsValue(lower)) return [name, maskedText(value, lower, hidden)]
  return [name, markOf(announced!, lower, value.trim(), hidden)]
}

/** Whether a header's name says that its value is a credential. */
function hidesItsValue(lowerName: string): boolean {
  const announced = announcedBy(lowerName)
  return announced !== undefined && announced !== 'key-id'
}

/** Of Signature Version 4 all but the signature stays, of Version 2 the access key ID, of others the scheme. */
function maskedAuthorization(value: string, name: string, hidden: Hidden): string {
  hidden.names.add(`${name}.signature`)
  const masked = maskedWords(value, hidden)
  // All before a signature is the same for as long as a client signs the same headers on the same day.
  const [front, signature] = [value.slice(0, -SIGNATURE_DIGITS), value.slice(-SIGNATURE_DIGITS)]
  const isUsual = LOWER_HEX.test(signature) && USUAL_FRONT.test(front) && masked === front + sealed(signature, hidden)
  if (isUsual && hidden.known.given(front) === front) hidden.known.keepFront(front)
  return masked
}

function maskedWords(value: string, hidden: Hidden): string {
  const clean = withoutCredentials(`authorization: ${value}`, (kind, taken) =>
    kind === 'signature' ? sealed(taken, hidden) : masked(taken, hidden),
  ).slice('authorization: '.length)
  return clean.replace(
    /(Signature\s*=\s*)(?!\*{3})([^,\s]+)/gi,
    (_, before: string, signature: string) => before + sealed(signature, hidden),
  )
}

/** A text in which a credential stands by its form. */
function maskedText(text: string, name: string, hidden: Hidden): string {
  if (hidden.known.has(text)) return text
  const clean = withoutCredentials(text, (_, value) => {
    hide(name, value, hidden)
    return MASK
  })
  if (clean === text) hidden.known.keep(text)
  return clean
}

/** A name can be the credential itself: then it is not repeated, either. */
function hide(name: string, value: string, hidden: Hidden): void {
  hidden.names.add(withoutCredentials(name, () => MASK))
  masked(value, hidden)
}

/** What stands in the place of a value that its name announces. */
function markOf(announced: string, name: string, value: string, hidden: Hidden): string {
  hide(name, value, hidden)
  return announced === 'signature' || announced === 'token' ? sealed(value, hidden) : MASK
}

function masked(value: string, hidden: Hidden): string {
  if (!hidden.values.has(value)) hidden.values.set(value, MASK)
  return MASK
}

/** Guessing must not be worth it: what is short is masked. */
function sealed(value: string, hidden: Hidden): string {
  if (!isSealable(value)) return masked(value, hidden)
  const seal = sealWith(hexOf(hidden.sha256(bytesOf(value))))
  hidden.values.set(value, seal)
  return seal
}

/** The answer of S3 repeats what was signed, tokens too: as text, as canonical query and byte for byte in hex. */
function withoutSecrets(body: string, hidden: Hidden): string {
  if (body === '') return ''
  let text = body.replace(/(<(SignatureProvided|Token-0)>)([^<]*)/g, (_, open: string, name: string, value: string) => {
    hidden.names.add(`response.${name}`)
    return open + (hidden.values.get(value) ?? MASK)
  })
  for (const [whole, mark] of hidden.values) {
    for (const value of [whole, ...piecesOf(whole)]) {
      if (value.length < SHORTEST_SECRET) continue
      const shown = value === whole ? mark : MASK
      const escaped = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      for (const written of [value, escaped, uriEncode(value)]) {
        text = text.replaceAll(written, shown).replaceAll(spacedHex(written), spacedHex(shown))
      }
    }
  }
  return withoutCredentials(text, (_, value) => (value.startsWith(MASK) ? value : MASK))
}

/** In the place of a scope a value is taken apart at its slashes, and a piece of it is repeated. */
function piecesOf(value: string): readonly string[] {
  return value.split(/\/|%2f/i).filter((piece) => piece.length >= SHORTEST_PIECE && /[a-z]/.test(piece) && /[A-Z\d]/.test(piece))
}

function spacedHex(text: string): string {
  return hexOf(bytesOf(text)).replace(/..(?=.)/g, '$& ')
}

/** What was hidden, by its names, and the values that may stand elsewhere again, each with what stands in its place. */
interface Hidden {
  readonly names: Set<string>
  readonly values: Map<string, string>
  readonly sha256: (bytes: Uint8Array) => Uint8Array
  readonly known: CleanTexts
}

const AUTHORIZATION = 'authorization'
const SIGNATURE_DIGITS = 64
const LOWER_HEX = /^[0-9a-f]{64}$/
/** No path or value of another header is taken for it. */
const USUAL_FRONT =
  /^AWS4-HMAC-SHA256 Credential=[A-Z0-9]{16,64}\/\d{8}\/[a-z0-9-]{1,28}\/[a-z0-9-]{1,28}\/aws4_request, ?SignedHeaders=[a-z0-9;-]{1,800}, ?Signature=$/
const PARAMETER = /([?&])([^=&?]*)(?:=([^&]*))?/g
const SCOPE = /^(?:[a-z0-9_.*-]{0,28}(?:\/|$)){0,4}$/
const SHORTEST_SECRET = 6
const SHORTEST_PIECE = 10
const MASK = '***'
/** Nothing in it is to be escaped. */
const PLAIN = /^[ !#-[\]-~]*$/
const NOT_ASCII = /[\u0080-\uffff]/
const EACH_NOT_ASCII = /[\u0080-\uffff]/g
const ANSWER_CHARACTERS = 16_384
