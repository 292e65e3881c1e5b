/** Logs of API Gateway, CloudFront and CloudTrail. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiGatewayLog } from '../../src/evidence/logs/api-gateway-log.ts'
import { cloudfrontLog } from '../../src/evidence/logs/cloudfront-log.ts'
import { cloudtrailLog } from '../../src/evidence/logs/cloudtrail-log.ts'
import { factsOf, kinds, read, readerLaws, seenOf } from './reader-laws.ts'

readerLaws(apiGatewayLog)
readerLaws(cloudfrontLog)
readerLaws(cloudtrailLog)

const ID = '00000000-1111-2222-3333-444444444444'

test('API Gateway: the lines of one request are one request', () => {
  const lines = [
    'HTTP Method: POST, Resource Path: /items',
    'Method request path: {/prod/items}',
    'Method request headers: {User-Agent=aws-cli/2.15.1, Host=x1.execute-api.us-east-1.amazonaws.com}',
    'Gateway response type: INVALID_SIGNATURE with status code: 403',
  ]
  const seen = read(apiGatewayLog, lines.map((line) => `(${ID}) ${line}`).join('\n'))
  assert.deepEqual(seenOf(seen, 'request-line')[0]?.line, {
    method: 'POST',
    target: '/prod/items',
    host: 'x1.execute-api.us-east-1.amazonaws.com',
    status: 403,
  })
  assert.equal(seenOf(seen, 'error')[0]?.code, 'InvalidSignatureException')
  assert.equal(seenOf(seen, 'client')[0]?.name, 'aws-cli')
})

test('API Gateway: the lines inside the JSON of the AWS CLI', () => {
  const said = ['HTTP Method: GET, Resource Path: /items', 'Gateway response type: EXPIRED_TOKEN with status code: 403']
  const text = JSON.stringify({ events: said.map((line) => ({ message: `(${ID}) ${line}` })) }, null, 2)
  assert.deepEqual(seenOf(read(apiGatewayLog, text), 'request-line')[0]?.line, { method: 'GET', target: '/items', status: 403 })
})

test('API Gateway: a request that passed is no refusal', () => {
  const seen = read(apiGatewayLog, `(${ID}) HTTP Method: GET, Resource Path: /x\n(${ID}) Method completed with status: 200\n`)
  assert.deepEqual(kinds(seen), ['unreadable'])
})

test('CloudFront: the fields are those that #Fields names, in its order', () => {
  const text =
    '#Fields: cs-method sc-status cs-uri-stem x-host-header date time c-ip cs(User-Agent) cs(Host) cs-uri-query\n' +
    'PUT\t403\t/k\tcdn.example.com\t2025-04-04\t08:00:00\t192.0.2.1\tBoto3/1.34.2%20md\td1.cloudfront.net\tacl=\n'
  const seen = read(cloudfrontLog, text)
  assert.deepEqual(seenOf(seen, 'request-line')[0]?.line, { method: 'PUT', target: '/k?acl=', host: 'cdn.example.com', status: 403 })
  assert.equal(seenOf(seen, 'client')[0]?.version, '1.34.2')
  assert.deepEqual(seenOf(seen, 'clue'), [])
})

test('CloudFront: a presigned URL that came through it may have been signed for another host', () => {
  const query = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=ab'
  const text = JSON.stringify({
    'cs-method': 'GET',
    'sc-status': '403',
    'cs-uri-stem': '/k',
    'x-host-header': 'cdn.example.com',
    'cs-uri-query': query,
  })
  const [hint] = seenOf(read(cloudfrontLog, text), 'clue')
  assert.equal(hint?.about, 'host-rewritten')
  assert.equal(hint?.values['host'], 'cdn.example.com')
})

const event = (more: object): string =>
  JSON.stringify({ Records: [{ eventTime: '2025-04-04T08:00:00Z', eventSource: 's3.amazonaws.com', eventName: 'GetObject', ...more }] })

test('CloudTrail: has no refused signatures, and says what a refusal that it has means', () => {
  const lacking = read(
    cloudtrailLog,
    event({ errorCode: 'AccessDenied', errorMessage: 'User: u is not authorized to perform: s3:GetObject' }),
  )
  assert.equal(seenOf(lacking, 'error')[0]?.code, 'AccessDenied')
  assert.match(seenOf(lacking, 'unreadable')[0]?.reason ?? '', /its signature was right.*permission/)
  assert.match(seenOf(read(cloudtrailLog, event({})), 'unreadable')[0]?.reason ?? '', /no record of a request whose signature was refused/)
})

test('CloudTrail: the key of a record is not the key in question, so it is not given', () => {
  const text = event({ errorCode: 'AccessDenied', userIdentity: { accessKeyId: 'ASIAIOSFODNN7EXAMPLE' } })
  assert.deepEqual(seenOf(read(cloudtrailLog, text), 'access-key-id'), [])
})

test('CloudTrail: a code of authentication is given with what it states', () => {
  const text = event({ errorCode: 'Client.RequestExpired', errorMessage: 'Request has expired.' })
  assert.ok('request-expired' in factsOf(read(cloudtrailLog, text)))
})
