/** A refusal as the caller gets it: status, headers and body in the protocol of the service, with AWS's words only. */

import { JSON_CODES } from '../catalog/index.js'
import { canonicalRequest, type HttpRequest, readableText, type SigningInputs, stringToSign } from '../sigv4/index.js'
import type { RequestId } from './request-id.js'
import { jsonStatus, LONG_FORM_SERVICES, QUERY_NAMESPACES, type ServiceProtocol } from './service-protocol.js'

/**
 * An answer to send. The body is text; it goes out as UTF-8.
 * @internal
 */
export interface Answer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

/** What is refused, in the words of the query protocol or of S3. */
export interface Refusing {
  readonly request: Pick<HttpRequest, 'method'>
  readonly service: string
  readonly protocol: ServiceProtocol
  readonly error: {
    readonly code: string
    readonly message: string
    readonly status: number
    readonly check: string
    readonly extra: readonly (readonly [name: string, value: string])[]
  }
  readonly inputs: SigningInputs | undefined
  readonly requestId: RequestId
}

/**
 * The answer of the service. A HEAD request gets the head of it only.
 * @internal
 */
export function refusalAnswer(refusing: Refusing): Answer {
  const { status, headers, body } = wholeAnswer(refusing)
  const bare = refusing.request.method === 'HEAD' || body === ''
  return bare ? { status, headers: headers.filter(([name]) => name !== 'Content-Type'), body: '' } : { status, headers, body }
}

function wholeAnswer(refusing: Refusing): Answer {
  const { protocol, error } = refusing
  // The path of a standard request is refused before any service has seen it: no code, no body.
  if (error.code === '' && error.message === '') return { status: error.status, headers: idHeaders(refusing), body: '' }
  if (protocol === 's3') return s3Answer(refusing)
  if (protocol === 'json' || protocol === 'rest-json') return jsonAnswer(refusing)
  return protocol === 'ec2' ? ec2Answer(refusing) : queryAnswer(refusing)
}

function s3Answer(refusing: Refusing): Answer {
  const { error, requestId } = refusing
  const region = error.extra.find(([name]) => name === 'Region')?.[1]
  const elements = [
    ['Code', error.code],
    ['Message', error.message],
    ...error.extra,
    ['RequestId', requestId.short],
    ['HostId', requestId.extended],
  ] as const
  return {
    status: error.status,
    headers: [
      ...idHeaders(refusing),
      ...(region === undefined ? [] : [['x-amz-bucket-region', region] as const]),
      ['Content-Type', 'application/xml'],
    ],
    body: `${XML_DECLARATION}<Error>${elements.map(([name, value]) => element(name, value)).join('')}</Error>`,
  }
}

function queryAnswer(refusing: Refusing): Answer {
  const { error, requestId, service } = refusing
  return {
    status: error.status,
    headers: [...idHeaders(refusing), ['Content-Type', 'text/xml']],
    body: queryError(error.code, messageOf(refusing), requestId, QUERY_NAMESPACES.get(service)),
  }
}

/** An error of the query protocol, with the line breaks of STS. */
export function queryError(code: string, message: string, requestId: RequestId, namespace: string | undefined): string {
  const inner = [element('Type', 'Sender'), element('Code', code), element('Message', message)].map((one) => `    ${one}\n`).join('')
  const opened = namespace === undefined ? '<ErrorResponse>' : `<ErrorResponse xmlns="${namespace}">`
  return `${opened}\n  <Error>\n${inner}  </Error>\n  ${element('RequestId', requestId.uuid)}\n</ErrorResponse>\n`
}

/** EC2 has one code for whatever is wrong with the signature or the key. */
function ec2Answer(refusing: Refusing): Answer {
  const { error, requestId } = refusing
  const vague = error.code === 'InvalidClientTokenId' || error.check === 'signature'
  const [code, message, status] = vague ? EC2_AUTH_FAILURE : [error.code, error.message, error.status]
  const inner = `<Error>${element('Code', code)}${element('Message', message)}</Error>`
  return {
    status,
    headers: [...idHeaders(refusing), ['Content-Type', 'text/xml;charset=UTF-8']],
    body: `${XML_DECLARATION}<Response><Errors>${inner}</Errors>${element('RequestID', requestId.uuid)}</Response>`,
  }
}

function jsonAnswer(refusing: Refusing): Answer {
  const { error, protocol, service } = refusing
  const code = JSON_CODES.get(error.code) ?? error.code
  const gateway = service === 'execute-api' && error.code === 'MissingAuthenticationToken'
  const message = readableText(gateway ? 'Missing Authentication Token' : messageOf(refusing))
  const status = jsonStatus(protocol, error.status)
  if (protocol === 'json') {
    const body = JSON.stringify({ __type: `com.amazon.coral.service#${code}`, message })
    return { status, headers: [...idHeaders(refusing), ['Content-Type', 'application/x-amz-json-1.1']], body }
  }
  const body = JSON.stringify(service === 'glacier' ? { message, code, type: 'Client' } : { message })
  return { status, headers: [...idHeaders(refusing), ['x-amzn-ErrorType', code], ['Content-Type', 'application/json']], body }
}

/** The message, with what was calculated where the service tells it. Never the signature. */
function messageOf({ error, inputs, service }: Refusing): string {
  if (error.check !== 'signature' || error.message === '' || inputs === undefined || !LONG_FORM_SERVICES.has(service)) return error.message
  const canonical = canonicalRequest(inputs)
  const blocks = `The Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${stringToSign(inputs, canonical)}'\n`
  return `${error.message}\n\n${blocks}`
}

function idHeaders({ protocol, requestId }: Refusing): readonly (readonly [string, string])[] {
  if (protocol !== 's3') return [['x-amzn-RequestId', requestId.uuid]]
  return [
    ['x-amz-request-id', requestId.short],
    ['x-amz-id-2', requestId.extended],
  ]
}

/** An XML element around a byte string. What XML cannot hold is left out; the ...Bytes elements have it. */
export function element(name: string, value: string): string {
  return `<${name}>${xmlText(value)}</${name}>`
}

/** A byte string as XML text. */
export function xmlText(value: string): string {
  return readableText(value)
    .replace(FORBIDDEN, '')
    .replace(/[&<>\r]/g, (one) => ENTITIES[one]!)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }
// biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that XML 1.0 has no way to write
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
const EC2_AUTH_FAILURE = ['AuthFailure', 'AWS was not able to validate the provided access credentials', 401] as const
