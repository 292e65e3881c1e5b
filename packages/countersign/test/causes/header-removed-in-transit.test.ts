import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerRemovedInTransit } from '../../src/causes/header-removed-in-transit.ts'
import { requestDateMalformed } from '../../src/causes/request-date-malformed.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { stated } from '../support/head-contract.ts'
import { inject } from '../support/inject/header-removed-in-transit.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: headerRemovedInTransit,
  inject,
  correct: [
    standardInputs({
      headers: [
        ['Range', 'bytes=0-8388607'],
        ['X-Amz-Te', 'append-md5'],
        ['Accept-Encoding', 'gzip'],
      ],
    }),
  ],
  forms: 3,
  idle: { inputs: standardInputs(), params: { values: [['range', 'bytes=0-']] } },
})

test('an empty value in the text of the service is a reason, though the value that was signed is not known', () => {
  const { request, ...rest } = standardInputs({ headers: [['Range', '']] })
  const found = reported(headerRemovedInTransit, caseOf({ verifier: { ...rest, request } }))
  assert.ok(found[0]!.weight >= 0.8)
})

test('a presigned URL that lists more than the host', () => {
  const target = '/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-SignedHeaders=host%3Bx-amz-te&X-Amz-Signature=0'
  const request = { method: 'GET', target, headers: [['Host', 'b.s3.amazonaws.com']] as const, body: undefined }
  const found = reported(headerRemovedInTransit, caseOf({ request }))
  assert.match(found[0]!.grounds.join(), /x-amz-te/)
  const host = { ...request, target: target.replace('%3Bx-amz-te', '') }
  assert.deepEqual(reported(headerRemovedInTransit, caseOf({ request: host })), [])
})

test('a date that was sent, and that the service says it does not have, is stated to be lost', () => {
  const sent = (date: string) =>
    requestSeen('wire', {
      method: 'GET',
      target: '/',
      headers: [
        ['X-Amz-Date', date],
        [
          'Authorization',
          'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=00',
        ],
      ],
      body: undefined,
    })
  const says = stated('date-missing-or-malformed')
  const [found] = reported(headerRemovedInTransit, caseOf({ observations: [says, sent('20150830T123600Z')] }))
  assert.equal(found?.stated, says)
  assert.deepEqual(reported(requestDateMalformed, caseOf({ observations: [says, sent('20150830T123600Z')] })), [])
  // A date of another form arrived, and was not read.
  assert.deepEqual(reported(headerRemovedInTransit, caseOf({ observations: [says, sent('2015-08-30T12:36:00Z')] })), [])
  assert.equal(reported(requestDateMalformed, caseOf({ observations: [says, sent('2015-08-30T12:36:00Z')] }))[0]?.stated, says)
})
