/**
 * What a middleware of the AWS SDK for JavaScript v3 prints: the request that was signed, and of an answer its metadata.
 * @see https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/middleware-stack.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import type { Header } from '../../sigv4/index.js'
import { type InspectedObject, inspectedObject, isInspectedObject } from '../../text/index.js'
import { clientObservations, responseObservations } from './http-observations.js'

export const jsSdkLog: EvidenceReader = {
  id: 'js-sdk-log',
  reads:
    'requests of the AWS SDK for JavaScript v3 as a middleware prints them (HttpRequest, or the same as JSON), and $metadata of answers',
  samples: [
    "HttpRequest {\n  method: 'GET',\n  protocol: 'https:',\n  hostname: 'photos.s3.eu-west-3.amazonaws.com',\n  port: undefined,\n  path: '/a%20b.jpg',\n  query: { 'x-id': 'GetObject' },\n  headers: {\n    host: 'photos.s3.eu-west-3.amazonaws.com',\n    'x-amz-date': '20250303T081530Z',\n    authorization: 'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20250303/eu-west-3/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=***'\n  },\n  body: undefined\n}\nAccessDenied: Access Denied {\n  '$fault': 'client',\n  '$metadata': {\n    httpStatusCode: 403,\n    requestId: '0A49CE4060975EAC',\n    attempts: 1\n  }\n}\n",
    '{"method":"PUT","hostname":"photos.s3.eu-west-3.amazonaws.com","path":"/a.jpg","query":{"x-id":"PutObject"},"protocol":"https:","headers":{"host":"photos.s3.eu-west-3.amazonaws.com","x-amz-date":"20250303T081530Z"}}\n',
  ],
  recognize: (text) =>
    REQUEST.test(text) || text.includes('$metadata') || text.includes('HttpResponse {') || text.includes('{"statusCode"'),
  read,
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!jsSdkLog.recognize(source.text)) return []
  return [...requests(source), ...answers(source)].sort((a, b) => a.location.start - b.location.start)
}

function* requests(source: EvidenceSource): Iterable<Observation> {
  for (const { match, object } of objectsAt(source.text, REQUEST)) {
    const { method, hostname, path, protocol, port } = object.value
    const headers = pairsOf(object.value['headers'])
    if (typeof method !== 'string' || typeof path !== 'string' || headers.length === 0) continue
    const host = typeof hostname === 'string' ? `${hostname}${typeof port === 'string' && port !== 'null' ? `:${port}` : ''}` : undefined
    const named: readonly Header[] =
      host === undefined || headers.some(([name]) => /^host$/i.test(name)) ? headers : [['host', host], ...headers]
    const query = queryOf(object.value['query'])
    const seen = { location: { source: source.name, start: match.index, end: object.end }, fidelity: 'normalized' } as const
    const request = {
      method,
      target: query === '' ? path : `${path}?${query}`,
      headers: named,
      body: /^(?:GET|HEAD|DELETE)$/.test(method) ? new Uint8Array() : undefined,
    }
    yield {
      ...seen,
      kind: 'request',
      side: source.side ?? 'signer',
      request,
      ...(protocol === 'https:' || protocol === 'http:' ? { scheme: protocol === 'https:' ? ('https' as const) : ('http' as const) } : {}),
      vantage: 'client',
    }
    yield* clientObservations(seen, named)
  }
}

/** The status and the request ID of an answer: an error without a body says no more. */
function* answers(source: EvidenceSource): Iterable<Observation> {
  for (const { match, object } of objectsAt(source.text, RESPONSE)) {
    const status = object.value['statusCode']
    if (typeof status !== 'string' || !/^\d{3}$/.test(status)) continue
    const location = { source: source.name, start: match.index, end: object.end }
    yield* responseObservations({ location, fidelity: 'normalized' }, Number(status), pairsOf(object.value['headers']))
  }
  for (const { match, object } of objectsAt(source.text, METADATA)) {
    const status = object.value['httpStatusCode']
    if (typeof status !== 'string' || !/^\d{3}$/.test(status)) continue
    const id = object.value['requestId']
    const location = { source: source.name, start: match.index, end: object.end }
    const headers: readonly Header[] = typeof id === 'string' ? [['x-amz-request-id', id]] : []
    yield* responseObservations({ location, fidelity: 'normalized' }, Number(status), headers)
  }
}

/** The objects that begin with an opening, one after the other. After so many that are cut, no more are looked at. */
function* objectsAt(text: string, opening: RegExp) {
  let [after, vain] = [0, 0]
  for (const match of text.matchAll(new RegExp(opening, 'g'))) {
    const open = text.indexOf('{', match.index)
    if (open < after) continue
    const object = inspectedObject(text, open)
    if (object === undefined && ++vain > MOST_CUT) return
    if (object === undefined) continue
    after = object.end
    yield { match, object }
  }
}

function pairsOf(value: InspectedObject[string]): readonly Header[] {
  if (!isInspectedObject(value)) return []
  return Object.entries(value).flatMap(([name, text]): Header[] => (typeof text === 'string' ? [[name, text]] : []))
}

/** The query as the SDK sends it: encoded by RFC 3986, a list as repeated parameters, `null` as a name alone. */
function queryOf(value: InspectedObject[string]): string {
  if (!isInspectedObject(value)) return ''
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, text]) => {
      const all = Array.isArray(text) ? text : [text]
      return all.flatMap((one) => (typeof one === 'string' ? [one === 'null' ? encoded(name) : `${encoded(name)}=${encoded(one)}`] : []))
    })
    .join('&')
}

/** Percent-encoded, every byte but the unreserved ones. The text is a byte string. */
function encoded(text: string): string {
  return text.replace(/[^A-Za-z0-9._~-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

const REQUEST = /\bHttpRequest \{|\{\s{0,8}"(?:method|hostname|protocol)"\s?:\s?"[^"\n]{1,200}",/
const MOST_CUT = 4
const RESPONSE = /\bHttpResponse \{|\{\s{0,8}"statusCode"\s?:\s?\d{3},(?=\s{0,8}"(?:headers|reason|body)")/
const METADATA = /["']?\$metadata["']?: \{/
