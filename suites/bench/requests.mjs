/** Requests as a parser hands them over: 256 different ones of a kind, their strings flat and each for itself. */
import { createHash } from 'node:crypto'
import { presign, requestDateText, SecretAccessKey, sign } from '../../packages/countersign/src/sigv4/index.ts'

export const ID = 'AKIAIOSFODNN7EXAMPLE'
export const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
export const KEY = new SecretAccessKey(SECRET)
export const HOST = 'examplebucket.s3.us-east-1.amazonaws.com'
export const NOW = Date.now()
export const DATE = requestDateText(NOW)
export const OPTIONS = { now: NOW, region: 'us-east-1', service: 's3' }
export const CREDENTIALS = { accessKeyId: ID, secretAccessKey: KEY }
export const EMPTY = createHash('sha256').digest('hex')
export const COUNT = 256

const PARAMETERS = Array.from({ length: 10 }, (_, i) => `parameter${i}=${i % 3 === 0 ? 'a%20value' : 'value'}%2F${i}`).join('&')
const GET_HEADERS = [
  ['Host', HOST],
  ['User-Agent', 'aws-sdk-js/3.600.0 os/linux lang/js md/nodejs#20.20.2'],
  ['Accept-Encoding', 'identity'],
  ['X-Amz-Request-Payer', 'requester'],
]
const PUT_HEADERS = [
  ['Host', HOST],
  ['User-Agent', 'aws-cli/2.15 Python/3.11'],
  ['Content-Language', 'en-US, de-DE, fr-FR, it'],
  ['Content-Type', 'application/octet-stream'],
  ['X-Amz-Acl', 'bucket-owner-full-control'],
  ['X-Amz-Meta-Author', 'somebody'],
  ['X-Amz-Meta-Title', 'A title with some spaces'],
  ['X-Amz-Meta-Token', 'abcdefghij0123456789'.repeat(6)],
  ['X-Amz-Meta-Year', '2015'],
  ['X-Amz-Server-Side-Encryption', 'AES256'],
  ['X-Amz-Storage-Class', 'STANDARD_IA'],
]

/** As before signing. */
export const PLAIN = {
  get: many((i) => ({
    method: 'GET',
    target: `/photos/2015/${word(i)}/img_${1000 + i}.jpg`,
    headers: GET_HEADERS,
    body: new Uint8Array(),
  })),
  put: many((i) => ({
    method: 'PUT',
    target: `/photos/2015/img_${1000 + i}.jpg?${PARAMETERS}`,
    headers: PUT_HEADERS,
    body: new Uint8Array(),
  })),
  bare: many((i) => ({
    method: 'GET',
    target: `/photos/2015/${word(i)}/img_${1000 + i}.jpg`,
    headers: [['Host', HOST]],
    body: new Uint8Array(),
  })),
}
const signed = (request) => sign(request, CREDENTIALS, { ...OPTIONS, unsignedHeaders: ['user-agent', 'accept-encoding'] })
/** As they arrive. */
export const SIGNED = {
  get: PLAIN.get.map(signed).map(asReceived),
  put: PLAIN.put.map(signed).map(asReceived),
  presigned: PLAIN.bare.map((request) => presign(request, CREDENTIALS, { ...OPTIONS, expiresSeconds: 3600 })).map(asReceived),
}

function many(make) {
  return Array.from({ length: COUNT }, (_, i) => asReceived(make(i)))
}

export function asReceived({ method, target, headers, body }) {
  return { ...JSON.parse(JSON.stringify({ method, target, headers })), body }
}

function word(i) {
  return createHash('sha256').update(String(i)).digest('hex').slice(0, 14)
}
