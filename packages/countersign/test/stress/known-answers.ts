/** Requests to a front door whose right answer is known beforehand. */
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { plain, presigned, signed } from '../support/signed.ts'
import { type Client, onTheWire } from './http-client.ts'
import type { Load } from './load.ts'
import { claimOf } from './second-law.ts'
import { chunkedBody, STREAMING } from './second-law-of-chunks.ts'

export const KEY = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
/** A key whose secret changes while the server runs. */
export const ROTATED = {
  id: 'AKIAROTATEDEXAMPLE',
  secrets: ['oneEXAMPLE/secretOfARotatedKey+00', 'twoEXAMPLE/secretOfARotatedKey+11'],
} as const

export interface Sent {
  readonly what: string
  readonly method: string
  readonly bytes: Buffer
  /** Statuses that are right, with the code that has to be in the body. */
  readonly right: readonly Right[]
  /** What was beyond doubt when it was made. */
  readonly sure?: { readonly secret: string | undefined }
  /** What is right where it stayed so until the answer. */
  readonly rightIfSure?: readonly Right[]
}

export interface Right {
  readonly status: number
  readonly code?: string
}

type Shape = 'any' | 'bodiless' | 'upload'

const OK: readonly Right[] = [{ status: 200 }]
const MISMATCH: readonly Right[] = [{ status: 403, code: 'SignatureDoesNotMatch' }]

/** Sends it, and holds the answer against the right one. @returns Whether the connection can be used again. */
export async function send(run: Load, client: Client, sent: Sent): Promise<boolean> {
  if (sent.bytes.length > 0) client.write(sent.bytes)
  const answer = await client.answer(sent.method)
  const settled = sent.sure !== undefined && sent.sure === run.sure && sent.sure.secret !== undefined
  const right = settled ? sent.rightIfSure! : sent.right
  const fits = right.some(
    ({ status, code }) => answer?.status === status && (code === undefined || sent.method === 'HEAD' || answer.body.includes(code)),
  )
  if (!fits)
    run.wrong(`${sent.what} got ${answer === undefined ? `no answer: ${client.story}` : `${answer.status} ${answer.body.slice(0, 300)}`}`)
  else run.count(`${sent.what}: ${answer!.status}`)
  return answer !== undefined && !answer.close
}

export function goodRequest(run: Load, shape: Shape = 'any'): Sent {
  const { chance } = run
  if (shape === 'upload') return sentAs('upload', signedNow(plain('PUT', key(run), 'u'.repeat(2000)), 's3'), OK)
  if (shape === 'any' && chance.in(5)) return ofRotatedKey(run)
  if (shape === 'bodiless' || chance.in(2)) {
    const request = chance.in(2)
      ? presigned(plain('GET', '/?x-id=ListBuckets'), { now: Date.now() })
      : signedNow(plain(chance.of(['GET', 'HEAD']), '/'), 's3')
    return sentAs('good, no body', request, OK)
  }
  if (chance.in(3)) return sentAs('good in chunks', inChunks(run).request, OK)
  const body = 'x'.repeat(chance.below(3000))
  return chance.in(2)
    ? sentAs('good upload', signedNow(plain('PUT', key(run), body), 's3'), OK)
    : sentAs('good JSON', signedNow(plain('POST', '/', `{"a":"${body}"}`, [['x-amz-target', 'DynamoDB_20120810.X']]), 'dynamodb'), OK)
}

export function badRequest(run: Load, shape: Shape = 'any'): Sent {
  const { chance } = run
  if (shape === 'bodiless' || chance.in(3)) {
    const request = signedNow(plain('GET', '/bucket/object'), 's3')
    return sentAs('bad target', { ...request, target: `/bucket/Object${chance.in(5) ? '\u00fc' : ''}` }, MISMATCH)
  }
  if (chance.in(4)) {
    const unknown = { id: 'AKIAUNKNOWNEXAMPLE', secret: KEY.secret }
    return sentAs('unknown key', signedNow(plain('PUT', '/b/k', 'x'), 's3', unknown), [{ status: 403, code: 'InvalidAccessKeyId' }])
  }
  if (chance.in(3)) {
    const { request, signatureAt } = inChunks(run)
    const body = Buffer.from(request.body!)
    body[signatureAt] = body[signatureAt]! === 0x30 ? 0x31 : 0x30
    return sentAs('bad chunk', { ...request, body }, MISMATCH)
  }
  const body = Buffer.from('y'.repeat(1 + chance.below(3000)))
  const other = Buffer.from(body)
  other[chance.below(other.length)] = 0x7a
  const text = body.toString()
  if (chance.in(2)) {
    const mismatch = [{ status: 400, code: 'XAmzContentSHA256Mismatch' }]
    return sentAs('bad body', { ...signedNow(plain('PUT', key(run), text), 's3'), body: other }, mismatch)
  }
  return sentAs('bad body of a standard service', { ...signedNow(plain('POST', '/', text), 'sqs'), body: other }, MISMATCH)
}

/** Signed with one of the two secrets; which is the right one depends on the time. */
function ofRotatedKey(run: Load): Sent {
  const secret = run.chance.of(ROTATED.secrets)
  const request = signedNow(plain('GET', '/'), 's3', { id: ROTATED.id, secret })
  const { sure } = run
  return { ...sentAs('rotated key', request, [...OK, ...MISMATCH]), sure, rightIfSure: secret === sure.secret ? OK : MISMATCH }
}

function inChunks(run: Load): { readonly request: HttpRequest; readonly signatureAt: number } {
  const chunks = [Buffer.alloc(8192, 'c'), Buffer.alloc(1 + run.chance.below(500), 'd')]
  const decoded = 8192 + chunks[1]!.length
  const head = (length: number): HttpRequest =>
    signedNow(
      {
        method: 'PUT',
        target: key(run),
        headers: [
          ['Host', 'localhost'],
          ['Content-Length', String(length)],
          ['Content-Encoding', 'aws-chunked'],
          ['x-amz-decoded-content-length', String(decoded)],
          ['x-amz-content-sha256', STREAMING.signed],
        ],
        body: undefined,
      },
      's3',
    )
  const bodyOf = (request: HttpRequest) => chunkedBody(STREAMING.signed, claimOf(request)!, KEY.secret, chunks)
  const request = head(bodyOf(head(0)).length)
  // In the signature of the second chunk.
  return { request: { ...request, body: bodyOf(request) }, signatureAt: '2000;chunk-signature='.length + 64 + 2 + 8192 + 2 + 30 }
}

function signedNow(request: HttpRequest, service: string, key = KEY): HttpRequest {
  const credentials = { accessKeyId: key.id, secretAccessKey: new SecretAccessKey(key.secret) }
  return signed(request, service, { now: Date.now() }, credentials)
}

function sentAs(what: string, request: HttpRequest, right: readonly Right[]): Sent {
  return { what, method: request.method, bytes: onTheWire(request), right }
}

function key(run: Load): string {
  return `/bucket/key-${run.chance.below(50)}`
}

export function bytesOfUpload(headers: readonly Header[], target = '/bucket/k'): Buffer {
  return onTheWire(signedNow({ method: 'PUT', target, headers: [['Host', 'localhost'], ...headers], body: new Uint8Array(0) }, 's3'))
}
