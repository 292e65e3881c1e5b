/**
 * Requests as they come to a Lambda function: from a function URL, API Gateway (REST: payload 1.0, HTTP: 2.0) or an
 * application load balancer. All of them rewrite what they pass on, each in its own way; the request is *normalized*.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
import { bytesOf, type Header, type HttpRequest, uriEncode, utf8ByteString } from '../sigv4/index.js'
import { joinedPieces } from './joined-pieces.js'
import type { Caller } from './outcome.js'
import type { Answer } from './refusal-answer.js'
import type { VerifiedForm } from './verified-form.js'
import type { Verifier } from './verifier.js'

/**
 * As much of the events as is read.
 * @internal
 */
export interface LambdaHttpEvent {
  readonly version?: string
  readonly httpMethod?: string
  readonly path?: string
  readonly rawPath?: string
  readonly rawQueryString?: string
  readonly headers?: Readonly<Record<string, string | undefined>> | null
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[] | undefined>> | null
  readonly cookies?: readonly string[]
  readonly body?: string | null
  readonly isBase64Encoded?: boolean
  readonly requestContext?: {
    readonly elb?: unknown
    readonly path?: string
    readonly http?: { readonly method?: string }
    readonly domainName?: string
  }
}

/**
 * What a function returns.
 * @internal
 */
export interface LambdaHttpResult {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * The request in an event, as the verifier reads it.
 * @internal
 */
export function lambdaRequest(event: LambdaHttpEvent): HttpRequest {
  const second = event.version === '2.0'
  const elb = event.requestContext?.elb !== undefined
  // The stage is part of the path that was signed; `path` lacks it.
  const path = second ? (event.rawPath ?? '/') : ((elb ? undefined : event.requestContext?.path) ?? event.path ?? '/')
  const query = second ? (event.rawQueryString ?? '') : queryOf(event, elb)
  const target = /^[\x21-\x7e]*$/.test(path) ? path : path.split('/').map(reencoded).join('/')
  return {
    method: event.requestContext?.http?.method ?? event.httpMethod ?? 'GET',
    target: query === '' ? target : `${target}?${query}`,
    headers: headersOf(event),
    body: bodyOf(event),
  }
}

/**
 * The payload of a request that has passed.
 * @internal
 */
export interface VerifiedPayload {
  /** Decoded where it came in signed chunks or in a form; the event itself holds it as it came. */
  readonly body: Uint8Array
  /** Of a browser's form; `body` is its file then. */
  readonly form?: VerifiedForm
}

/**
 * A Lambda handler: refused requests are answered with AWS's own error, verified ones by `handler`. It takes the events of function
 * URLs, API Gateway (1.0 and 2.0) and load balancers.
 *
 * It rejects where the credential store throws, and where `handler` does: Lambda then answers 502 or 500.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 * @example
 * ```js
 * import { SecretAccessKey, sign } from 'countersign'
 * import { createVerifier, credentialsOf, lambdaHandler } from 'countersign/verifier'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const verifier = createVerifier({ credentials: credentialsOf({ AKIAIOSFODNN7EXAMPLE: { key: secret } }) })
 * const handler = lambdaHandler(verifier, (event, caller) => ({ statusCode: 200, body: `hello ${caller.accessKeyId}` }))
 *
 * const request = { method: 'GET', target: '/things', headers: [['Host', 'api.example.com']], body: new Uint8Array(0) }
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret }
 * const signed = sign(request, credentials, { now: Date.now(), region: 'eu-west-1', service: 'execute-api' })
 * const headers = Object.fromEntries(signed.headers)
 * const event = { version: '2.0', rawPath: '/things', rawQueryString: '', headers, requestContext: { http: { method: 'GET' } } }
 * await handler(event) // => { statusCode: 200, body: 'hello AKIAIOSFODNN7EXAMPLE' }
 * const refused = await handler({ ...event, rawPath: '/others' })
 * refused.statusCode // => 403
 * ```
 * @public
 */
export function lambdaHandler<Event extends LambdaHttpEvent, Result>(
  verifier: Verifier,
  handler: (event: Event, caller: Caller, payload: VerifiedPayload) => Result | Promise<Result>,
): (event: Event) => Promise<Result | LambdaHttpResult> {
  return async (event) => {
    const outcome = await verifier.judge(lambdaRequest(event), { fidelity: 'normalized' })
    if (!outcome.ok) return lambdaResult(outcome.refused.answer)
    const { caller, pieces, form } = outcome
    return handler(event, caller, { body: joinedPieces(pieces), ...(form === undefined ? {} : { form }) })
  }
}

function lambdaResult({ status, headers, body }: Answer): LambdaHttpResult {
  return { statusCode: status, headers: Object.fromEntries(headers), body }
}

function headersOf(event: LambdaHttpEvent): readonly Header[] {
  const many = event.multiValueHeaders
  const headers: Header[] =
    many !== undefined && many !== null
      ? Object.entries(many).flatMap(([name, values]) => (values ?? []).map((value): Header => [name, utf8ByteString(value)]))
      : Object.entries(event.headers ?? {}).map(([name, value]) => [name, utf8ByteString(value ?? '')])
  if (event.cookies !== undefined && event.cookies.length > 0) headers.push(['cookie', event.cookies.join('; ')])
  const host = event.requestContext?.domainName
  if (host !== undefined && !headers.some(([name]) => name.toLowerCase() === 'host')) headers.push(['host', host])
  return headers
}

/** API Gateway has decoded names and values; a load balancer hands them on as they came. */
function queryOf(event: LambdaHttpEvent, elb: boolean): string {
  const many = event.multiValueQueryStringParameters
  const pairs: (readonly [string, string])[] =
    many !== undefined && many !== null
      ? Object.entries(many).flatMap(([name, values]) => (values ?? []).map((value) => [name, value] as const))
      : Object.entries(event.queryStringParameters ?? {}).map(([name, value]) => [name, value ?? ''])
  const text = elb ? (one: string) => one : (one: string) => uriEncode(utf8ByteString(one))
  return pairs.map(([name, value]) => `${text(name)}=${text(value)}`).join('&')
}

function reencoded(segment: string): string {
  return uriEncode(utf8ByteString(segment))
}

function bodyOf(event: LambdaHttpEvent): Uint8Array {
  const { body } = event
  if (body === undefined || body === null) return new Uint8Array(0)
  return event.isBase64Encoded === true ? bytesOf(atob(body)) : bytesOf(utf8ByteString(body))
}

// Every runtime has it; the ES2022 library does not name it.
declare const atob: (base64: string) => string
