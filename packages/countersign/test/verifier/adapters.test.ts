/** The verifier behind `fetch` and in front of Lambda functions. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signStreaming } from '../../src/sigv4/chunk-writer.ts'
import {
  bodyText,
  createVerifier,
  credentialsOf,
  fetchHandler,
  type LambdaHttpEvent,
  lambdaHandler,
  lambdaRequest,
  type RefusedRequest,
} from '../../src/verifier/index.ts'
import { CREDENTIALS, KEY_ID, NOW, plain, SECRET, signed } from '../support/signed.ts'

const refusals: RefusedRequest[] = []
const verifier = createVerifier({
  credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }),
  clock: () => NOW,
  onRefusal: (one) => refusals.push(one),
})
const handle = fetchHandler(verifier, async (request: Request, { caller, body }) => {
  return new Response(`${request.method} by ${caller.accessKeyId}: ${await bodyText(body)}`)
})

function fetchRequest(request: ReturnType<typeof plain>, body = request.body, withHost = true): Request {
  const headers = request.headers.filter(([name]) => withHost || name !== 'Host').map(([name, value]) => [name, value] as [string, string])
  const none = request.method === 'GET' || request.method === 'HEAD'
  return new Request(`https://service.example.com${request.target}`, {
    method: request.method,
    headers,
    body: none ? null : (body as unknown as string),
  })
}

test('a Request of any service, with and without its Host header', async () => {
  for (const service of ['s3', 'sts'])
    for (const withHost of [true, false]) {
      const response = await handle(fetchRequest(signed(plain('PUT', '/a%20b?x=1', 'body'), service), undefined, withHost))
      assert.equal(response.status, 200, service)
      assert.equal(await response.text(), `PUT by ${KEY_ID}: body`)
    }
})

test('a Request with another body is refused, also where the handler has begun', async () => {
  for (const [service, code] of [
    ['s3', 'XAmzContentSHA256Mismatch'],
    ['sts', 'SignatureDoesNotMatch'],
  ] as const) {
    const request = signed(plain('POST', '/a', 'body'), service)
    const response = await handle(fetchRequest(request, Buffer.from('bodY')))
    assert.match(await response.text(), new RegExp(code))
    assert.equal(refusals.at(-1)?.fidelity, 'normalized')
  }
})

test('what the URL parser of fetch resolved is refused, not guessed', async () => {
  const response = await handle(fetchRequest(signed(plain('GET', '/a/../b'), 's3')))
  assert.equal(response.status, 403)
})

/** The events that the four senders make of one request. */
function events(request: ReturnType<typeof plain>): Record<string, LambdaHttpEvent> {
  const [path, query = ''] = request.target.split('?') as [string, string?]
  const headers = Object.fromEntries(request.headers)
  const multiValueHeaders = Object.fromEntries(request.headers.map(([name, value]) => [name, [value]]))
  const pairs = query === '' ? [] : query.split('&').map((one) => one.split('=') as [string, string])
  const raw = Object.fromEntries(pairs)
  const decoded = Object.fromEntries(pairs.map(([name, value]) => [decodeURIComponent(name), [decodeURIComponent(value)]]))
  const body = Buffer.from(request.body ?? []).toString('base64')
  return {
    'function URL': {
      version: '2.0',
      rawPath: path,
      rawQueryString: query,
      headers,
      body,
      isBase64Encoded: true,
      requestContext: { http: { method: request.method } },
    },
    'API Gateway 1.0': {
      version: '1.0',
      httpMethod: request.method,
      path: path.replace('/prod', ''),
      multiValueHeaders,
      multiValueQueryStringParameters: decoded,
      body,
      isBase64Encoded: true,
      requestContext: { path },
    },
    'load balancer': {
      httpMethod: request.method,
      path,
      headers,
      queryStringParameters: raw,
      body: Buffer.from(request.body ?? []).toString(),
      requestContext: { elb: {} },
    },
  }
}

test('events of every sender hold the request that was signed', async () => {
  const request = signed(plain('POST', '/prod/a%20b?name=%C3%BC&x=1%2F2', 'body'), 'execute-api')
  const handler = lambdaHandler(verifier, (_event: LambdaHttpEvent, caller) => ({ statusCode: 200, headers: {}, body: caller.accessKeyId }))
  for (const [sender, event] of Object.entries(events(request))) {
    assert.equal(lambdaRequest(event).target, request.target, sender)
    assert.deepEqual(await handler(event), { statusCode: 200, headers: {}, body: KEY_ID }, sender)
    const changed = await handler({ ...event, body: 'b3RoZXI=' })
    assert.equal(changed.statusCode, 403, sender)
    assert.match(changed.body, /The Canonical String for this request should have been/, sender)
  }
})

test('a Lambda handler gets the decoded payload beside the event', async () => {
  const bare = { method: 'PUT', target: '/b/k', headers: [['Host', 'service.example.com'] as const], body: undefined }
  const options = { now: NOW, region: 'eu-west-1', service: 's3', decodedLength: 5 }
  const { head, writer } = signStreaming(bare, CREDENTIALS, options)
  const wire = Buffer.concat([...writer.push(Buffer.from('hello')), ...writer.end()])
  const event: LambdaHttpEvent = {
    version: '2.0',
    rawPath: head.target,
    headers: Object.fromEntries(head.headers),
    requestContext: { http: { method: 'PUT' } },
    body: wire.toString('base64'),
    isBase64Encoded: true,
  }
  const handler = lambdaHandler(verifier, (_event: LambdaHttpEvent, _caller, { body }) => Buffer.from(body).toString())
  assert.equal(await handler(event), 'hello')
})
