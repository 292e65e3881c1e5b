/** Payloads in chunks, written a second time: made here, and read here strictly, all at once. */
import { createHmac } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { HttpRequest } from '../../src/sigv4/http-request.ts'
import { type Claim, scopeOf, sha256Hex, signingKeyAgain, valuesOf } from './second-law.ts'

export const STREAMING = {
  signed: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  trailer: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  unsigned: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
} as const

/** The body of a request whose head has been signed. */
export function chunkedBody(word: string, claim: Claim, secret: string, chunks: readonly Buffer[]): Buffer {
  const chain = chainOf(claim, secret)
  const pieces: (Buffer | string)[] = []
  for (const chunk of [...chunks, Buffer.alloc(0)]) {
    const signature = word === STREAMING.unsigned ? '' : `;chunk-signature=${chain.chunk(chunk)}`
    pieces.push(`${chunk.length.toString(16)}${signature}\r\n`, chunk, chunk.length === 0 ? '' : '\r\n')
  }
  if (word !== STREAMING.signed) {
    const line = `x-amz-checksum-crc32:${checksum(Buffer.concat(chunks))}`
    pieces.push(`${line}\r\n`)
    if (word === STREAMING.trailer) pieces.push(`x-amz-trailer-signature:${chain.trailer(`${line}\n`)}\r\n`)
  }
  pieces.push('\r\n')
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece as string, 'latin1')))
}

/** The payload of a body whose every piece is right; `undefined` where one is not. */
export function payloadAgain(request: HttpRequest, claim: Claim, secret: string): Buffer | undefined {
  const word = valuesOf(request, 'x-amz-content-sha256')[0]!.trim()
  const chain = chainOf(claim, secret)
  const body = Buffer.from(request.body ?? []).toString('latin1')
  const payload: Buffer[] = []
  let at = 0
  for (;;) {
    const end = body.indexOf('\r\n', at)
    const [, digits, signature] = /^([0-9a-fA-F]+)(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(body.slice(at, end)) ?? []
    const size = Number.parseInt(digits ?? '', 16)
    const chunk = Buffer.from(body.slice(end + 2, end + 2 + size), 'latin1')
    if (digits === undefined || end < 0 || chunk.length !== size) return undefined
    if (word === STREAMING.unsigned ? signature !== undefined : signature !== chain.chunk(chunk)) return undefined
    at = end + 2 + size
    if (size === 0) break
    if (body.slice(at, at + 2) !== '\r\n') return undefined
    at += 2
    payload.push(chunk)
  }
  const whole = Buffer.concat(payload)
  if (whole.length !== Number(valuesOf(request, 'x-amz-decoded-content-length')[0]?.trim())) return undefined
  const rest = body.slice(at)
  if (word === STREAMING.signed) return rest === '\r\n' ? whole : undefined
  const name = valuesOf(request, 'x-amz-trailer')[0]?.trim().toLowerCase()
  const [, line, given, value, , signature] =
    /^(([^:\n]+):([^\n]*?))\r?\n(\r\n)?(?:x-amz-trailer-signature:([0-9a-f]{64})\r\n)?\r\n(?:\r\n)?$/.exec(rest) ?? []
  if (line === undefined || given?.trim().toLowerCase() !== name || name !== 'x-amz-checksum-crc32') return undefined
  if (word === STREAMING.trailer && signature !== chain.trailer(`${line}\n`)) return undefined
  return value!.trim() === checksum(whole) ? whole : undefined
}

function chainOf(claim: Claim, secret: string) {
  const key = signingKeyAgain(secret, claim)
  const empty = sha256Hex(Buffer.alloc(0))
  const head = `${claim.requestDate}\n${scopeOf(claim)}\n`
  let before = claim.signature
  const next = (text: string) => {
    before = createHmac('sha256', key).update(text, 'latin1').digest('hex')
    return before
  }
  return {
    chunk: (chunk: Buffer) => next(`AWS4-HMAC-SHA256-PAYLOAD\n${head}${before}\n${empty}\n${sha256Hex(chunk)}`),
    trailer: (text: string) => next(`AWS4-HMAC-SHA256-TRAILER\n${head}${before}\n${sha256Hex(Buffer.from(text, 'latin1'))}`),
  }
}

function checksum(bytes: Buffer): string {
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(bytes))
  return sum.toString('base64')
}
