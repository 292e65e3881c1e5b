/** Requests as a browser's network panel and the console of Postman print them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { httpMessage } from '../../../src/evidence/clients/http-message.ts'
import { inspectorText } from '../../../src/evidence/clients/inspector-text.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(inspectorText)

const POSTMAN = `POST https://q.example/2015/functions?x=1 403 118 ms
Network
Request Headers
Content-Type: "application/json"
X-Amz-Date: "20260204T060708Z"
Host: "q.example"
User-Agent: "PostmanRuntime/7.40.0"
Request Body
{"a": "Host: b"}
Response Headers
x-amzn-RequestId: "11"
Response Body
{"message": "no"}
`
const PANEL = `General
Request URL: https://box.store.example/a%20b.png?X-Amz-Expires=60
Request Method: PUT
Status Code: 403 Forbidden
Referrer Policy: strict-origin
Response Headers (2)
server: MinIO
Request Headers (3)
Provisional headers are shown
content-type:
image/png
origin:
https://app.example
`

test('the console of Postman: values without their quotation marks, and no header out of a body', () => {
  const seen = read(inspectorText, POSTMAN)
  const [request] = seenOf(seen, 'request')
  assert.deepEqual([request?.request.method, request?.request.target, request?.vantage], ['POST', '/2015/functions?x=1', 'client'])
  assert.deepEqual(
    request?.request.headers.map(([name, value]) => `${name}: ${value}`),
    ['Content-Type: application/json', 'X-Amz-Date: 20260204T060708Z', 'Host: q.example', 'User-Agent: PostmanRuntime/7.40.0'],
  )
  assert.deepEqual(
    seenOf(seen, 'client').map(({ name }) => name),
    ['postman'],
  )
  assert.deepEqual(read(httpMessage, POSTMAN), [], 'the other reader leaves it alone')
})

test('the network panel of a browser: names and values on lines of their own, the method and the status under General', () => {
  const seen = read(inspectorText, PANEL)
  const [request] = seenOf(seen, 'request')
  assert.deepEqual(
    [request?.request.method, request?.request.target, request?.request.headers],
    [
      'PUT',
      '/a%20b.png?X-Amz-Expires=60',
      [
        ['Host', 'box.store.example'],
        ['content-type', 'image/png'],
        ['origin', 'https://app.example'],
      ],
    ],
  )
  assert.deepEqual(
    seenOf(seen, 'response').map(({ status, headers }) => [status, headers]),
    [[403, [['server', 'MinIO']]]],
  )
})

test('a text that only speaks of request headers is none', () => {
  for (const text of ['Request headers are signed too.\n', 'GET https://a.example/b\nRequest body\nHost: a\n'])
    assert.equal(inspectorText.recognize(text), false, text)
})
