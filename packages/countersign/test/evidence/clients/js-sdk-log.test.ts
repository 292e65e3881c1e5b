/** Requests and answers of the AWS SDK for JavaScript, as a middleware prints them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsSdkLog } from '../../../src/evidence/clients/js-sdk-log.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(jsSdkLog)

test('a request as util.inspect prints it: target, headers, the host with its port', () => {
  const text =
    "HttpRequest {\n  method: 'PUT',\n  hostname: 's3.lan',\n  port: 9000,\n  path: '/b/k',\n  query: { 'x-id': 'PutObject', a: [ '2', '1' ], acl: null, gone: undefined },\n  headers: { 'x-amz-date': '20250303T081530Z' },\n  body: <Buffer 68 69>\n}\n"
  const [request] = seenOf(read(jsSdkLog, text), 'request')
  assert.equal(request?.request.target, '/b/k?a=2&a=1&acl&x-id=PutObject')
  assert.deepEqual(request.request.headers, [
    ['host', 's3.lan:9000'],
    ['x-amz-date', '20250303T081530Z'],
  ])
  assert.deepEqual([request.request.body, request.vantage], [undefined, 'client'])
})

test('the same as JSON, and answers in three forms', () => {
  assert.equal(seenOf(read(jsSdkLog, jsSdkLog.samples[1]!), 'request')[0]?.request.method, 'PUT')
  for (const [text, status] of [
    ['{"statusCode":204,"headers":{"x-amz-request-id":"R1"}}', 204],
    ["HttpResponse {\n  statusCode: 200,\n  reason: 'OK',\n  headers: { 'x-amz-request-id': 'R1' }\n}", 200],
    ["{ '$metadata': { httpStatusCode: 403, requestId: 'R1', attempts: 1 } }", 403],
  ] as const) {
    const [response] = seenOf(read(jsSdkLog, text), 'response')
    assert.deepEqual([response?.status, response?.headers[0]?.[1]], [status, 'R1'])
  }
})

test('an object that is cut gives no request', () => {
  const whole = jsSdkLog.samples[0]!
  assert.deepEqual(seenOf(read(jsSdkLog, whole.slice(0, whole.indexOf('x-amz-date'))), 'request'), [])
})
