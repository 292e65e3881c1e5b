/** Diagnoses made by hand: what the formats are tried on. */
import type { Diagnosis, Finding } from '../../src/diagnosis/finding.ts'
import { forgedProof } from '../support/forged-proof.ts'

export const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
export const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLETOKENab+cd/efghijklmnopqrstuvwxyz0123456789=='
export const SIGNATURE = 'fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024'
export const ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE'

export const FINDING: Finding = {
  causes: ['path-encoded-twice'],
  class: 'path.encoding',
  summary: 'the path was percent-encoded once more than the service does before signing',
  proof: forgedProof('signature', 'with this path, the signature calculated is the one provided'),
  grounds: ['The path holds percent-escapes.'],
  alternatives: [],
  weight: 1,
  what: 'the path was percent-encoded a second time before signing',
  why: 'S3 takes the path as it is sent; the signer encoded it once more',
  labels: [
    {
      part: 'canonical-uri',
      calculated: '/photos/a%20b.jpg',
      signed: '/photos/a%2520b.jpg',
      note: 'the "%" of "%20" was encoded again',
      from: { source: 'curl.txt', start: 30, end: 48 },
    },
  ],
  fixes: [{ title: 'sign with the S3 rules', applicability: 'exact', command: 'sign --rules s3\nsend', appliesTo: ['curl'] }],
  wrongFixes: [{ title: 'change IAM policies', why: 'permissions are looked at only after the signature' }],
  check: 'sign a path of plain letters: it passes',
}

export const SECOND: Finding = {
  ...FINDING,
  causes: ['secret-mismatch'],
  class: 'secret.mismatch',
  proof: forgedProof('none', 'this fits the evidence; nothing was matched'),
  what: 'the secret belongs to another key',
  labels: [],
  alternatives: ['secret-truncated'],
  weight: 0.3,
}

export const PROVEN: Diagnosis = {
  outcome: 'proven',
  requests: [
    {
      id: 'r1',
      requestId: undefined,
      when: Date.UTC(2015, 7, 30, 12, 36),
      method: 'GET',
      target: '/photos/a%20b.jpg',
      host: 'examplebucket.s3.us-east-1.amazonaws.com',
      outcome: 'refused',
      overcome: false,
      searched: true,
      error: { code: 'SignatureDoesNotMatch', check: { id: 'signature', number: 16, of: 16 } },
      findings: [0, 1],
    },
  ],
  error: { code: 'SignatureDoesNotMatch', check: '16 of 16 (signature)', message: 'The request signature we calculated ...' },
  findings: [FINDING, SECOND],
  ruledOut: [
    { cause: 'method-changed', how: 'tested', why: 'no match' },
    { cause: 'clock-skewed', how: 'check-order', why: 'the clock had passed' },
    { cause: 'payload-replaced', how: 'not-testable', why: 'the body was not captured' },
  ],
  wanted: [{ what: 'the body', decides: 'whether the payload hash is right', command: 'curl --trace-ascii -' }],
  next: { what: 'the body', decides: 'whether the payload hash is right', command: 'curl --trace-ascii -' },
  search: { trials: 10, exhausted: false },
  notes: ['two requests in one log; the first is diagnosed'],
}

/** A diagnosis into which every string that may not be shown has been put, in every place there is. */
export function leaky(): Diagnosis {
  const leak = [
    `key ${SECRET} ${encodeURIComponent(SECRET)}`,
    `AWS4-HMAC-SHA256 Credential=${ACCESS_KEY_ID}/20150830/us-east-1/iam/aws4_request, SignedHeaders=host;x-amz-security-token, Signature=${SIGNATURE}`,
    `x-amz-security-token:${TOKEN}`,
    `GET /?X-Amz-Security-Token=${encodeURIComponent(TOKEN)}&X-Amz-Signature=${SIGNATURE}&X-Amz-Credential=${ACCESS_KEY_ID}%2F20150830`,
    `<SignatureProvided>${SIGNATURE}</SignatureProvided>`,
    `"SessionToken": "${TOKEN}"`,
  ].join('\n')
  const finding: Finding = {
    ...FINDING,
    summary: leak,
    what: leak,
    why: leak,
    check: leak,
    grounds: [leak],
    proof: forgedProof('signature', leak),
    labels: [
      { part: 'canonical-headers', calculated: leak, signed: `${leak}\nhost:x\n`, note: leak },
      { part: 'session-token', calculated: TOKEN, signed: `${TOKEN}x`, note: 'n' },
      { part: 'signature', calculated: SIGNATURE.toUpperCase(), signed: SIGNATURE, note: 'n' },
    ],
    fixes: [{ title: leak, applicability: 'maybe', command: leak }],
    wrongFixes: [{ title: leak, why: leak }],
  }
  return {
    ...PROVEN,
    error: { code: 'SignatureDoesNotMatch', check: leak, message: leak },
    findings: [finding, { ...finding, causes: ['other'] }],
    ruledOut: [{ cause: 'payload-replaced', how: 'not-testable', why: leak }],
    requests: [
      { ...PROVEN.requests[0]!, requestId: leak, target: leak, host: leak, method: leak, error: { code: leak, check: undefined } },
    ],
    wanted: [{ what: leak, decides: leak, command: leak }],
    next: { what: leak, decides: leak, command: leak },
    notes: [leak],
  }
}
