import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bucketInPath } from '../../src/causes/bucket-in-path.ts'
import { signedHeaderValue } from '../../src/sigv4/edit-inputs.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/bucket-in-path.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const PATH_STYLE = standardInputs({ host: 's3.us-east-1.amazonaws.com', target: '/examplebucket/key' })

causeContract({
  cause: bucketInPath,
  inject,
  correct: [standardInputs({ target: '/key' }), PATH_STYLE],
  forms: 2,
  idle: { inputs: standardInputs({ target: '/key' }), params: { signed: 'without-bucket', bucket: 'other', host: 'same' } },
})

test('a bucket in host and path is a reason', () => {
  const [found] = reported(bucketInPath, caseOf({ verifier: standardInputs({ target: '/examplebucket/key' }) }))
  assert.ok(found !== undefined && found.weight >= 0.4)
})

test('the host can be of the other style too', () => {
  const undone = bucketInPath.undo(PATH_STYLE, { signed: 'without-bucket', bucket: 'examplebucket', host: 'other-style' })
  assert.equal(signedHeaderValue(undone, 'host'), 'examplebucket.s3.us-east-1.amazonaws.com')
})

test('only S3 has buckets', () => {
  assert.deepEqual([...bucketInPath.suspect(caseOf({ verifier: standardInputs({ service: 'es', target: '/a/b' }) }))], [])
})
