/** The order of checks, their codes and texts: each fault by itself, and which of two faults wins. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  checkOfError,
  checksOf,
  type HttpRequest,
  presign,
  SecretAccessKey,
  sign,
  signingInputsOf,
  type VerifyOptions,
  verify,
} from '../../src/sigv4/index.ts'

const NOW = Date.UTC(2015, 7, 30, 12, 36)
const KEY = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: KEY }
const MINUTE = 60_000

type Change = (request: HttpRequest) => HttpRequest

function correct(service: string, by: 'header' | 'query'): HttpRequest {
  const request = { method: 'GET', target: '/k?a=1', headers: [['Host', 'h.example.amazonaws.com'] as const], body: new Uint8Array() }
  const options = { now: NOW, region: 'us-east-1', service }
  return by === 'header' ? sign(request, CREDENTIALS, options) : presign(request, CREDENTIALS, { ...options, expiresSeconds: 900 })
}

const text =
  (from: string | RegExp, to: string): Change =>
  (request) => ({
    ...request,
    target: request.target.replace(from, to),
    headers: request.headers.map(([name, value]) => [name, value.replace(from, to)] as const),
  })
const drop =
  (name: string): Change =>
  (request) => ({ ...request, headers: request.headers.filter(([given]) => given.toLowerCase() !== name) })
const add =
  (name: string, value: string): Change =>
  (request) => ({ ...request, headers: [...request.headers, [name, value]] })
const signature = text(/(Signature=)[0-9a-f]{8}/, '$1ffffffff')

interface Fault {
  readonly check: string
  readonly change?: Change
  readonly options?: Partial<VerifyOptions>
  readonly code: string
  readonly says: RegExp
  readonly status: number
  /** The check that the error alone tells of, where it is another. */
  readonly told?: string
}

const S3_HEADER: readonly Fault[] = [
  { check: 'mechanism', change: drop('authorization'), code: 'AccessDenied', says: /^Access Denied$/, status: 403 },
  {
    check: 'mechanism',
    change: (r) => ({ ...r, target: `${r.target}&X-Amz-Algorithm=AWS4-HMAC-SHA256` }),
    code: 'InvalidArgument',
    says: /Only one auth mechanism/,
    status: 400,
  },
  { check: 'request-date', change: drop('x-amz-date'), code: 'AccessDenied', says: /valid Date or x-amz-date/, status: 403 },
  {
    check: 'clock',
    options: { now: NOW + 16 * MINUTE },
    code: 'RequestTimeTooSkewed',
    says: /request time and the current time/,
    status: 403,
  },
  {
    check: 'algorithm',
    change: text('AWS4-HMAC-SHA256 ', 'AWS4-HMAC-SHA512 '),
    code: 'InvalidArgument',
    says: /Unsupported Authorization Type/,
    status: 400,
  },
  {
    check: 'authorization-header',
    change: text(/, Signature=.*/, ''),
    code: 'AuthorizationHeaderMalformed',
    says: /three components/,
    status: 400,
  },
  {
    check: 'credential-parts',
    change: text('/20150830', ''),
    code: 'AuthorizationHeaderMalformed',
    says: /Credential is mal-formed/,
    status: 400,
  },
  {
    check: 'service',
    options: { service: 's3express' },
    code: 'AuthorizationHeaderMalformed',
    says: /incorrect service "s3"/,
    status: 400,
  },
  {
    check: 'terminator',
    change: text('aws4_request', 'aws4'),
    code: 'AuthorizationHeaderMalformed',
    says: /incorrect terminal "aws4"/,
    status: 400,
  },
  {
    check: 'scope-date-format',
    change: text('/20150830/', '/2015-08-30/'),
    code: 'AuthorizationHeaderMalformed',
    says: /yyyyMMdd/,
    status: 400,
  },
  {
    check: 'region',
    options: { region: 'eu-west-1' },
    code: 'AuthorizationHeaderMalformed',
    says: /the region 'us-east-1' is wrong; expecting 'eu-west-1'$/,
    status: 400,
  },
  {
    check: 'scope-date',
    change: text('/20150830/', '/20150829/'),
    code: 'AuthorizationHeaderMalformed',
    says: /Invalid credential date/,
    status: 400,
  },
  {
    check: 'session-token',
    change: add('X-Amz-Security-Token', 'x'),
    options: { sessionToken: 'y' },
    code: 'InvalidToken',
    says: /malformed or otherwise invalid/,
    status: 400,
  },
  {
    check: 'access-key',
    options: { accessKeyIdKnown: false },
    code: 'InvalidAccessKeyId',
    says: /does not exist in our records/,
    status: 403,
  },
  {
    check: 'content-sha256',
    change: drop('x-amz-content-sha256'),
    code: 'InvalidRequest',
    says: /Missing required header.*x-amz-content-sha256/,
    status: 400,
  },
  { check: 'headers-signed', change: add('X-Amz-Acl', 'private'), code: 'AccessDenied', says: /were not signed/, status: 403 },
  { check: 'signature', change: signature, code: 'SignatureDoesNotMatch', says: /Check your key and signing method\.$/, status: 403 },
  {
    check: 'payload',
    change: (r) => ({ ...r, body: Uint8Array.of(1) }),
    code: 'XAmzContentSHA256Mismatch',
    says: /does not match what was computed/,
    status: 400,
  },
]

const S3_QUERY: readonly Fault[] = [
  {
    check: 'algorithm',
    change: text('AWS4-HMAC-SHA256', 'AWS4-HMAC'),
    code: 'AuthorizationQueryParametersError',
    says: /only supports/,
    status: 400,
  },
  {
    check: 'authorization-query',
    change: text(/&X-Amz-Expires=900/, ''),
    code: 'AuthorizationQueryParametersError',
    says: /requires the X-Amz-Algorithm/,
    status: 400,
  },
  {
    check: 'credential-parts',
    change: text('%2F20150830', ''),
    code: 'AuthorizationQueryParametersError',
    says: /Credential is mal-formed/,
    status: 400,
  },
  {
    check: 'service',
    options: { service: 's3express' },
    code: 'AuthorizationQueryParametersError',
    says: /incorrect service/,
    status: 400,
  },
  {
    check: 'region',
    options: { region: 'eu-west-1' },
    code: 'AuthorizationQueryParametersError',
    says: /^Error parsing the X-Amz-Credential parameter; the region/,
    status: 400,
  },
  {
    check: 'request-date',
    change: text('20150830T123600Z', '2015-08-30'),
    code: 'AuthorizationQueryParametersError',
    says: /ISO8601 Long Format/,
    status: 400,
  },
  {
    check: 'expires',
    change: text('Expires=900', 'Expires=604801'),
    code: 'AuthorizationQueryParametersError',
    says: /less than a week/,
    status: 400,
  },
  { check: 'clock', options: { now: NOW + 901_000 }, code: 'AccessDenied', says: /^Request has expired$/, status: 403 },
  { check: 'clock', options: { now: NOW - 16 * MINUTE }, code: 'AccessDenied', says: /^Request is not yet valid$/, status: 403 },
  {
    check: 'scope-date',
    change: text('%2F20150830%2F', '%2F20150829%2F'),
    code: 'AuthorizationQueryParametersError',
    says: /^Invalid credential date/,
    status: 400,
  },
  { check: 'access-key', options: { accessKeyIdKnown: () => false }, code: 'InvalidAccessKeyId', says: /does not exist/, status: 403 },
  { check: 'headers-signed', change: add('x-amz-acl', 'private'), code: 'AccessDenied', says: /were not signed/, status: 403 },
  { check: 'signature', change: signature, code: 'SignatureDoesNotMatch', says: /Check your key/, status: 403 },
]

const STANDARD: readonly Fault[] = [
  {
    check: 'query-string',
    change: (r) => ({ ...r, target: `${r.target}&x=%zz` }),
    code: 'MalformedQueryString',
    says: /Illegal hex character in escape % pattern: %zz/,
    status: 404,
  },
  {
    check: 'mechanism',
    change: drop('authorization'),
    code: 'MissingAuthenticationToken',
    says: /missing Authentication Token/,
    status: 403,
  },
  {
    check: 'authorization-header',
    change: text('AWS4-HMAC-SHA256 ', 'AWS4-HMAC '),
    code: 'IncompleteSignature',
    says: /Unsupported AWS 'algorithm': 'AWS4-HMAC'/,
    status: 400,
  },
  { check: 'host-signed', change: text('=host;', '='), code: 'SignatureDoesNotMatch', says: /must be a 'SignedHeader'/, status: 403 },
  {
    check: 'request-date',
    change: text('20150830T123600Z', 'today'),
    code: 'IncompleteSignature',
    says: /Date must be in ISO-8601.*'today'/,
    status: 400,
  },
  {
    check: 'not-expired',
    options: { now: NOW + 6 * MINUTE },
    code: 'SignatureDoesNotMatch',
    says: /^Signature expired: 20150830T123600Z is now earlier than 20150830T123700Z \(20150830T124200Z - 5 min\.\)$/,
    status: 403,
  },
  {
    check: 'not-early',
    options: { now: NOW - 6 * MINUTE },
    code: 'SignatureDoesNotMatch',
    says: /^Signature not yet current: 20150830T123600Z is still later than 20150830T123500Z \(20150830T123000Z \+ 5 min\.\)$/,
    status: 403,
  },
  { check: 'credential-parts', change: text('/20150830', ''), code: 'IncompleteSignature', says: /exactly 5 slash-delimited/, status: 400 },
  {
    check: 'scope',
    options: { region: 'eu-west-1', service: 'lambda' },
    code: 'SignatureDoesNotMatch',
    says: /valid region, not 'us-east-1'\. Credential should be scoped to correct service: 'lambda'\.$/,
    status: 403,
  },
  {
    check: 'session-token',
    change: add('X-Amz-Security-Token', 'x'),
    options: { sessionToken: 'y' },
    code: 'InvalidClientTokenId',
    says: /is invalid\.$/,
    status: 403,
    // STS words a wrong token and an unknown key alike.
    told: 'access-key',
  },
  { check: 'access-key', options: { accessKeyIdKnown: false }, code: 'InvalidClientTokenId', says: /is invalid\.$/, status: 403 },
  { check: 'signature', change: signature, code: 'SignatureDoesNotMatch', says: /^The request signature we calculated/, status: 403 },
]

for (const [name, service, by, faults] of [
  ['S3, header', 's3', 'header', S3_HEADER],
  ['S3, query', 's3', 'query', S3_QUERY],
  ['standard, header', 'execute-api', 'header', STANDARD],
] as const) {
  const judge = (...given: Fault[]) => {
    const request = given.reduce((sofar, { change }) => change?.(sofar) ?? sofar, correct(service, by))
    const options = Object.assign({ now: NOW, service }, ...given.map((fault) => fault.options)) as VerifyOptions
    return verify(request, KEY, options)
  }

  describe(name, () => {
    for (const fault of faults) {
      it(`${fault.check}: ${fault.code}`, () => {
        const verdict = judge(fault)
        assert(!verdict.ok)
        const { error } = verdict
        assert.deepEqual([error.check, error.code, error.status], [fault.check, fault.code, fault.status])
        assert.match(error.message, fault.says)
        assert.equal(error.of, checksOf(service === 's3' ? 's3' : 'standard', by).length)
        // A bare "Access Denied" can also be a policy's, so it tells of no check.
        if (error.message === 'Access Denied') return
        const told = checkOfError(error.code, error.message, service === 's3' ? 's3' : 'standard', by)
        if (fault.told !== undefined) return assert.equal(told?.id, fault.told)
        assert.deepEqual([told?.id, told?.number, told?.of], [error.check, error.number, error.of], 'checkOfError tells the same check')
      })
    }

    it('the earlier of two faults wins', () => {
      for (const [index, early] of faults.entries()) {
        for (const late of faults.slice(index + 1)) {
          if (early.check === late.check || (early.options?.now !== undefined && late.options?.now !== undefined)) continue
          const verdict = judge(early, late)
          if (verdict.ok || verdict.error.check !== early.check)
            assert(sameText(early, late), `${early.check} and ${late.check}: ${verdict.ok ? 'ok' : verdict.error.check}`)
        }
      }
    })
  })
}

/** Two faults that edit the same words: the second edit undoes or hides the first. */
function sameText(early: Fault, late: Fault): boolean {
  const written = new Set([
    'credential-parts',
    'scope-date-format',
    'scope-date',
    'request-date',
    'authorization-header',
    'authorization-query',
    'algorithm',
    'mechanism',
  ])
  return written.has(early.check) && written.has(late.check)
}

describe('signingInputsOf', () => {
  it('is undefined for a request that is not signed', () => {
    assert.equal(signingInputsOf({ method: 'GET', target: '/', headers: [], body: undefined }), undefined)
  })
  it('tolerates a missing terminator', () => {
    assert.equal(signingInputsOf(text('/aws4_request', '')(correct('s3', 'header')))?.scope.terminator, '')
  })
  it('sorts the signed headers and writes the date in the basic form', () => {
    const request = text(
      'host;x-amz-content-sha256',
      'X-Amz-Content-Sha256;host',
    )(text('20150830T123600Z', 'Sun, 30 Aug 2015 12:36:00 GMT')(correct('s3', 'header')))
    const inputs = signingInputsOf(request)
    assert.deepEqual(inputs?.signedHeaders, ['host', 'x-amz-content-sha256', 'x-amz-date'])
    assert.equal(inputs?.requestDate, '20150830T123600Z')
  })
})

describe('checkOfError', () => {
  const group = (code: string, message: string, dialect: 's3' | 'standard' = 'standard') => checkOfError(code, message, dialect)?.group
  it('knows the same failure by the codes of every protocol', () => {
    assert.equal(group('InvalidSignatureException', 'The request signature we calculated does not match …'), 'signature')
    assert.equal(
      group('com.amazon.coral.service#InvalidSignatureException', 'Signature expired: 1 is now earlier than 2 (3 - 5 min.)'),
      'clock',
    )
    assert.equal(group('UnrecognizedClientException', 'The security token included in the request is invalid.'), 'access-key')
    assert.equal(group('MissingAuthenticationTokenException', 'Missing Authentication Token'), 'mechanism')
    assert.equal(group('IncompleteSignatureException', 'whatever'), 'authorization-parts')
    assert.equal(group('ExpiredTokenException', ''), 'token')
    assert.equal(group('SignatureDoesNotMatch', '', 's3'), 'signature')
  })
  it('leaves open what code and message leave open', () => {
    for (const [code, message] of [
      ['AccessDenied', 'Access Denied'],
      ['AuthFailure', 'AWS was not able to validate the provided access credentials'],
      ['NoSuchKey', ''],
    ] as const) {
      assert.equal(checkOfError(code, message, 's3'), undefined)
    }
  })
})
