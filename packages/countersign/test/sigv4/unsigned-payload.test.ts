/** UNSIGNED-PAYLOAD: a word for the services that take it, and no word at all for the others. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sign as signFast } from '../../src/fast/sign.ts'
import { verify as verifyFast } from '../../src/fast/verify.ts'
import {
  bytesOf,
  type HttpRequest,
  S3_PROFILE,
  type SigningProfile,
  STANDARD_PROFILE,
  sign,
  signingInputsOf,
  UsageError,
  verify,
} from '../../src/sigv4/index.ts'
import { signingProfileOf } from '../../src/sigv4/signing-profile.ts'
import { CREDENTIALS, NOW, plain, SECRET, signed } from '../support/signed.ts'

const TAKES_IT: SigningProfile = { ...STANDARD_PROFILE, unsignedPayload: 'accepted' }
const WORD = ['X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD'] as const
const FORM = 'Action=GetCallerIdentity&Version=2011-06-15'
const OTHER = bytesOf('Action=GetFederationToken&Version=2011-06-15')

/** Both verifiers, which have to agree. */
function isRight(request: HttpRequest, profile?: SigningProfile): boolean {
  const options = { now: NOW, ...(profile === undefined ? {} : { profile }) }
  const [spec, fast] = [verify(request, SECRET, options), verifyFast(request, SECRET, options)]
  assert.equal(spec.ok, fast.ok)
  return spec.ok
}

test('the services that take it', () => {
  const takes = ['s3', 's3express', 's3-outposts', 's3-object-lambda', 'vpc-lattice-svcs', 'ebs', 'lex', 'mediastore', 'omics']
  for (const service of takes) assert.equal(signingProfileOf(service).unsignedPayload, 'accepted', service)
  for (const service of ['sts', 'iam', 'lambda', 'execute-api', 'dynamodb', 'iotdevicegateway', 'aoss', 'nobody-knows'])
    assert.equal(signingProfileOf(service).unsignedPayload, 'ignored', service)
})

test('a signature over the word is right where it is taken, whatever the body, and wrong elsewhere', () => {
  for (const service of ['s3', 'vpc-lattice-svcs', 'ebs']) {
    const request = signed(plain('POST', '/', FORM), service, { unsignedPayload: true })
    assert.ok(isRight(request) && isRight({ ...request, body: OTHER }), service)
  }
  for (const service of ['sts', 'execute-api', 'lambda']) {
    const request = signed(plain('POST', '/', FORM), service, { unsignedPayload: true, profile: TAKES_IT })
    assert.ok(isRight(request, TAKES_IT) && isRight({ ...request, body: OTHER }, TAKES_IT), service)
    assert.equal(isRight(request), false, service)
    assert.equal(isRight({ ...request, body: OTHER }), false, service)
  }
})

test('elsewhere the body counts beside the word: what signs so is verified so', () => {
  for (const value of ['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']) {
    const request = plain('POST', '/', FORM, [[WORD[0], value]])
    const once = signed(request, 'sts')
    assert.deepEqual(signFast(request, CREDENTIALS, { now: NOW, region: 'eu-west-1', service: 'sts' }), once)
    assert.ok(isRight(once), value)
    assert.equal(isRight({ ...once, body: OTHER }), false, value)
    // Of a body that nobody knows there is no hash, and the word is none either.
    assert.equal(signingInputsOf({ ...once, body: undefined })?.payloadHash, undefined)
  }
})

test('a profile of S3 that does not take it', () => {
  const strict: SigningProfile = { ...S3_PROFILE, unsignedPayload: 'ignored' }
  const request = signed(plain('PUT', '/b/k', FORM), 's3', { unsignedPayload: true })
  assert.equal(isRight(request, strict), false)
  assert.ok(isRight(signed(plain('PUT', '/b/k', FORM), 's3'), strict))
})

test('signing the word for a service that is not known to take it throws', () => {
  const asked = () => sign(plain('POST', '/', FORM), CREDENTIALS, { now: NOW, region: 'eu-west-1', service: 'sts', unsignedPayload: true })
  assert.throws(asked, (error) => error instanceof UsageError && error.code === 'payload-not-signed')
})
