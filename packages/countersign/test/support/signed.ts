/** Requests signed for the tests of verifiers. */
import { bytesOf } from '../../src/sigv4/byte-string.ts'
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import { type PresignOptions, presign } from '../../src/sigv4/presign.ts'
import { type SignOptions, sign } from '../../src/sigv4/sign.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import type { Credentials } from '../../src/sigv4/signing-request.ts'

export const NOW = Date.UTC(2026, 2, 3, 8, 15, 31)
export const KEY_ID = 'AKIAIOSFODNN7EXAMPLE'
export const SECRET = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
export const CREDENTIALS: Credentials = { accessKeyId: KEY_ID, secretAccessKey: SECRET }

/** A request that was not signed yet. */
export function plain(
  method: string,
  target: string,
  body = '',
  headers: readonly Header[] = [],
  host = 'service.example.com',
): HttpRequest {
  const length: Header[] = body === '' ? [] : [['Content-Length', String(body.length)]]
  return { method, target, headers: [['Host', host], ...length, ...headers], body: bytesOf(body) }
}

export function signed(request: HttpRequest, service: string, options: Partial<SignOptions> = {}, credentials = CREDENTIALS): HttpRequest {
  return sign(request, credentials, { now: NOW, region: 'eu-west-1', service, ...options } as SignOptions)
}

export function presigned(request: HttpRequest, options: Partial<PresignOptions> = {}): HttpRequest {
  return presign(request, CREDENTIALS, { now: NOW, region: 'eu-west-1', service: 's3', expiresSeconds: 300, ...options } as PresignOptions)
}

/** The bytes of a request as they go over the wire. */
export function wireBytes({ method, target, headers, body }: HttpRequest): Buffer {
  const head = `${method} ${target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? new Uint8Array(0)])
}
