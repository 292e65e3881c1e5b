// The known ways to fail: how each is brought about, what AWS answers, and which cause the operator is to be told.

export const ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE'
export const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
export const REGION = 'us-east-1'

const MISMATCH_S3 = /^The request signature we calculated does not match the signature you provided\. Check your key and signing method\.$/
const MISMATCH =
  /^The request signature we calculated does not match the signature you provided\. Check your AWS Secret Access Key and signing method\. Consult the service documentation for details\./
const expired = (minutes) =>
  new RegExp(`^Signature expired: \\d{8}T\\d{6}Z is now earlier than \\d{8}T\\d{6}Z \\(\\d{8}T\\d{6}Z - ${minutes} min\\.\\)`)

/** What each protocol makes of the standard dialect's SignatureDoesNotMatch. */
const standard = (message, ofApi = message) => ({
  sts: { status: 403, code: 'SignatureDoesNotMatch', message },
  dynamodb: { status: 400, code: 'InvalidSignatureException', message },
  'execute-api': { status: 403, code: 'InvalidSignatureException', message: ofApi },
})
const mismatch = { s3: { status: 403, code: 'SignatureDoesNotMatch', message: MISMATCH_S3 }, ...standard(MISMATCH) }
const skewed = {
  s3: {
    status: 403,
    code: 'RequestTimeTooSkewed',
    message: /^The difference between the request time and the current time is too large\.$/,
  },
  ...standard(expired(15), expired(5)),
}

/**
 * - `env` goes to the client, `clock` to faketime in front of it
 * - `verifier` names the verifier that is asked: any, of one region, of another service, or one whose clock is ahead
 * - `proxy` is the Host that a hop writes
 */
export const FAULTS = {
  'wrong secret': {
    env: { AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEZ' },
    answers: mismatch,
    causes: ['secret-mismatch'],
    // Where the service quotes nothing, nothing points to a secret that nobody knows.
    orUnexplained: true,
  },
  'secret with a newline': {
    env: { AWS_SECRET_ACCESS_KEY: `${SECRET}\n` },
    answers: mismatch,
    causes: ['secret-has-newline'],
    services: ['s3', 'execute-api'],
  },
  'clock 20 minutes behind': { clock: '-20m', answers: skewed, causes: ['clock-skewed'] },
  "verifier's clock ahead": { verifier: 'ahead', answers: skewed, causes: ['clock-skewed'] },
  'wrong region': {
    env: { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' },
    verifier: 'region',
    answers: {
      s3: {
        status: 400,
        code: 'AuthorizationHeaderMalformed',
        message: /^The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-east-1'$/,
      },
      ...standard(/^Credential should be scoped to a valid region, not 'eu-west-1'\./),
    },
    causes: ['region-mismatch'],
  },
  'wrong service': {
    verifier: 'service',
    answers: {
      s3: { status: 403, code: 'SignatureDoesNotMatch', message: /^Credential should be scoped to correct service: 'sts'\./ },
    },
    causes: ['service-mismatch'],
    services: ['s3'],
  },
  'host rewritten by a proxy': { proxy: 'backend.internal:8080', answers: mismatch, causes: ['host-rewritten'] },
}
