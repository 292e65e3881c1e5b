import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorizationFault } from '../../src/case/authorization-fault.ts'
import { authorizationMalformed } from '../../src/causes/authorization-malformed.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, headContract, MISMATCH, refusal, stated } from '../support/head-contract.ts'
import { standardInputs } from '../support/standard-inputs.ts'

headContract({ cause: authorizationMalformed, correct: [standardInputs()] })

const CREDENTIAL = 'AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/s3/aws4_request'
const sent = (value: string) => requestSeen('wire', { method: 'GET', target: '/', headers: [['Authorization', value]], body: undefined })

test('each fault has its name, and a right header none', () => {
  const fault = (value: string) => authorizationFault(value) ?? ''
  assert.equal(fault(`AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host, Signature=00`), '')
  assert.equal(fault(`AWS4-HMAC-SHA256 Credential=${CREDENTIAL},SignedHeaders=host,Signature=00`), '')
  assert.equal(fault('AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg='), '')
  assert.match(fault(`Authorization: AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host, Signature=00`), /inside the value/)
  assert.match(fault(`AWS4-HMAC-SHA256 Credential=${CREDENTIAL} SignedHeaders=host Signature=00`), /commas/)
  assert.match(fault(`AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host`), /"Signature" is missing/)
  assert.match(fault(`AWS4-HMAC-SHA256 credential=${CREDENTIAL}, SignedHeaders=host, Signature=00`), /spelled/)
  assert.match(fault('AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE, SignedHeaders=host, Signature=00'), /in place of five/)
  assert.match(fault('AWS4-HMAC-SHA256 Credential=A%2FB%2FC%2FD%2FE, SignedHeaders=host, Signature=00'), /percent-encoded/)
})

test('the message is stated, with the fault of the header that is shown; masked headers have none', () => {
  const file = caseOf({
    observations: [stated('authorization-malformed'), sent(`AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host`)],
  })
  const [found] = reported(authorizationMalformed, file)
  assert.equal(found?.stated?.kind, 'stated')
  assertWhole(authorizationMalformed, found?.params, file)
  assert.match(authorizationMalformed.explain({ params: found?.params, file, verifier: undefined, signer: undefined }).what, /Signature/)
  assert.deepEqual(
    reported(authorizationMalformed, caseOf({ observations: [sent('AWS4-HMAC-SHA256 Credential=***, SignedHeaders=host')] })),
    [],
  )
})

test('a header written for a program to fill in is not judged', () => {
  for (const value of [
    'AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}',
    'AWS4-HMAC-SHA256 Credential=%s, SignedHeaders=%s',
  ])
    assert.deepEqual(reported(authorizationMalformed, caseOf({ observations: [sent(value)] })), [])
})

test('a header that the service could read is no reason', () => {
  const observations = [sent(`AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host`)]
  assert.deepEqual(reported(authorizationMalformed, caseOf({ observations, refusal: refusal('SignatureDoesNotMatch', MISMATCH) })), [])
})

test('a missing authorization is stated where the request shows none, not where API Gateway says it of a signed one', () => {
  const bare = requestSeen('wire', { method: 'GET', target: '/', headers: [['Host', 'h']], body: undefined })
  assert.ok(reported(authorizationMalformed, caseOf({ observations: [stated('authentication-missing'), bare] }))[0]?.stated !== undefined)
  const signed = sent(`AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host, Signature=00`)
  assert.equal(reported(authorizationMalformed, caseOf({ observations: [stated('authentication-missing'), signed] }))[0]?.stated, undefined)
})

test('of a presigned URL the parameters are spoken of, not a header that was never there', () => {
  const url = (separator: string) =>
    requestSeen('wire', {
      method: 'GET',
      target: ['/k?X-Amz-Algorithm=AWS4-HMAC-SHA256', 'X-Amz-Expires=60', 'X-Amz-SignedHeaders=host'].join(separator),
      headers: [['Host', 'b.s3.amazonaws.com']],
      body: undefined,
    })
  const s3 = refusal('AuthorizationQueryParametersError', 'Query-string authentication version 4 requires the X-Amz-Algorithm parameter')
  const other = refusal('IncompleteSignature', "AWS query-string parameters must include 'X-Amz-Signature'.")
  for (const [separator, said, of] of [
    ['&', s3, /URL were incomplete or malformed$/],
    ['&amp;', s3, /"amp;"/],
    ['&', other, /URL were incomplete or malformed$/],
  ] as const) {
    const file = caseOf({ observations: [stated('authorization-malformed'), url(separator)], refusal: said })
    const [found] = reported(authorizationMalformed, file)
    const { what, why, fixes, check } = authorizationMalformed.explain({
      params: found?.params,
      file,
      verifier: undefined,
      signer: undefined,
    })
    assert.match(what, of)
    assert.doesNotMatch([what, why, check, ...fixes.map(({ title }) => title)].join(), /header/)
    assert.equal(fixes[0]!.applicability === 'exact', separator === '&amp;')
  }
})

test('a signature that left the client and did not arrive is stated by what arrived', () => {
  const bare = requestSeen('wire', { method: 'GET', target: '/', headers: [['Host', 'h']], body: undefined })
  const value = `AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host, Signature=00`
  const signed = requestSeen('signer', { method: 'GET', target: '/', headers: [['Authorization', value]], body: undefined })
  const denied = refusal('AccessDenied', 'Access Denied')
  const found = reported(authorizationMalformed, caseOf({ observations: [bare, signed], refusal: denied }))[0]
  assert.equal(found?.stated, bare)
  assert.match(
    authorizationMalformed.explain({ params: found?.params, file: caseOf({}), verifier: undefined, signer: undefined }).what,
    /had signed it/,
  )
  assert.equal(reported(authorizationMalformed, caseOf({ observations: [bare], refusal: denied }))[0]?.stated, undefined)
})
