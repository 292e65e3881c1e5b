/** Logs of sessions: several requests as `curl -v` prints them, each with the answer of a service that quotes what it calculated. */
import { canonicalRequest } from '../../src/sigv4/canonical-request.ts'
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import { sign } from '../../src/sigv4/sign.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { stringToSign } from '../../src/sigv4/string-to-sign.ts'
import { signingInputsOf } from '../../src/sigv4/verify.ts'
import { EXAMPLE_SECRET } from './golden.ts'

export interface Sending {
  readonly method?: string
  readonly target: string
  /** Seconds after 08:00 on 3 March 2026. */
  readonly at?: number
  readonly secret?: string
  readonly region?: string
  readonly headers?: readonly Header[]
  /** What a hop makes of the request before the service gets it. */
  readonly hop?: (request: HttpRequest) => HttpRequest
  /** Absent: the service judges the signature by the example secret, and quotes its texts where it refuses. */
  readonly answer?: { readonly status: number; readonly body?: string }
}

export const HOST = 'store.example.net'

/** The request as it was signed and sent. */
export function sentOf({
  method = 'GET',
  target,
  at = 0,
  secret = EXAMPLE_SECRET,
  region = 'eu-west-1',
  headers = [],
}: Sending): HttpRequest {
  const request = { method, target, headers: [['Host', HOST] as const, ...headers], body: new Uint8Array() }
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey(secret) }
  return sign(request, credentials, { now: Date.UTC(2026, 2, 3, 8) + at * 1000, region, service: 's3' })
}

export function signatureOf(request: HttpRequest): string {
  return request.headers.find(([name]) => /^authorization$/i.test(name))![1].slice(-64)
}

/** One request and its answer, as `curl -v` prints them. */
export function curlLog(sending: Sending): string {
  const sent = sentOf(sending)
  const lines = sent.headers.map(([name, value]) => `> ${name}: ${value}\n`).join('')
  const { status, body = '' } = sending.answer ?? judged(sending, sent)
  return `* Connected to ${HOST} (192.0.2.7) port 80\n> ${sent.method} ${sent.target} HTTP/1.1\n${lines}> \n< HTTP/1.1 ${status} ${status < 300 ? 'OK' : 'Forbidden'}\n< \n${body}${body === '' ? '' : '\n'}`
}

/** A log of several. */
export function sessionLog(sendings: readonly Sending[]): string {
  return sendings.map(curlLog).join('')
}

function judged(sending: Sending, sent: HttpRequest): { readonly status: number; readonly body?: string } {
  const received = (sending.hop ?? ((one) => one))(sent)
  const right = sending.hop === undefined && (sending.secret === undefined || sending.secret === EXAMPLE_SECRET)
  return right ? { status: 200 } : { status: 403, body: errorBody(received, signatureOf(sent)) }
}

/** S3's error body about a request as it was received. */
export function errorBody(received: HttpRequest, provided: string): string {
  const inputs = signingInputsOf(received, {})!
  const [canonical, text] = [canonicalRequest(inputs), stringToSign(inputs)]
  const escaped = (one: string): string => one.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId><StringToSign>${escaped(text)}</StringToSign><SignatureProvided>${provided}</SignatureProvided><CanonicalRequest>${escaped(canonical)}</CanonicalRequest></Error>`
}

/** A hop that puts its upstream's name in the place of the host. */
export const rewritesHost = (request: HttpRequest): HttpRequest => ({
  ...request,
  headers: request.headers.map(([name, value]) => [name, /^host$/i.test(name) ? 'upstream:9000' : value] as const),
})
