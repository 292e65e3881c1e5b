import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerRemovedInTransit } from '../../src/causes/header-removed-in-transit.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
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
