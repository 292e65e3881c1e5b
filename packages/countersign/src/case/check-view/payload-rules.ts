/** What the hash and the checksums of a payload are of, where a text that everybody knows makes them: nothing, a word, an object made a text. */
import { HASHED_IN_VAIN } from '../../catalog/index.js'
import {
  base64Of,
  bytesOf,
  CHECKSUMS,
  type ChecksumAlgorithm,
  checksumHeader,
  headerValue,
  isHexDigest,
  payloadHashOf,
  queryValue,
} from '../../sigv4/index.js'
import { recomputed } from '../shown.js'
import type { RequestView } from './request-view.js'
import type { ViewRule } from './view-rule.js'

const WHY_HASH =
  'the payload hash is the last line of the canonical request; it is the SHA-256 of the bytes that are sent, in 64 hexadecimal digits, or a word in their place'
const WHY_CHECKSUM =
  'the SDK that made the URL added the checksum of the body it had, which was none; the service compares it with the body that arrives'

export const PAYLOAD_RULES: readonly ViewRule[] = [
  {
    id: 'payload-hash-in-vain',
    cause: 'payload-replaced',
    severity: 'fragile',
    weight: 0.6,
    checks: ['payload', 'content-sha256', 'signature'],
    reads: ['request'],
    *check({ request, seen }) {
      const hash = request === undefined ? undefined : headerValue(request, 'x-amz-content-sha256')?.trim()
      if (request === undefined || hash === undefined || !isHexDigest(hash)) return
      const known = byHash().get(hash)
      const another = isAnother(request.body, headerValue(request, 'content-length'), known?.text)
      if (known === undefined || another === false || (known.mayBeMeant === true && another !== true)) return
      const what = `x-amz-content-sha256 is the SHA-256 of the text ${JSON.stringify(known.text)}`
      const statement = `${what}, and another body was sent`
      const shown = another === true ? recomputed(hash, payloadHashOf(bytesOf(known.text)), statement, seen.location) : undefined
      yield {
        sentence: `${what}: ${known.how}.`,
        ...(shown !== undefined && { shown }),
        told: { what: `${what}: ${known.how}`, why: WHY_HASH, labels: [] },
      }
    },
  },
  {
    id: 'checksum-of-nothing',
    cause: 'payload-chunked-unsupported',
    severity: 'fragile',
    weight: 0.85,
    checks: ['payload', 'content-sha256', 'signature'],
    reads: ['request'],
    *check(view) {
      const { request, seen } = view
      if (request === undefined || request.method === 'HEAD' || request.body?.length === 0) if (view.by !== 'query') return
      for (const algorithm of Object.keys(CHECKSUMS) as ChecksumAlgorithm[]) {
        const name = checksumHeader(algorithm)
        const value = checksumIn(view, name)
        const empty = base64Of(CHECKSUMS[algorithm].start().digest())
        if (value !== empty) continue
        const what = `${name} is ${empty}, the ${algorithm} of a body of no bytes`
        const sent = request?.body !== undefined && request.body.length > 0
        const shown = sent ? recomputed(value, empty, `${what}, and a body was sent`, seen.location) : undefined
        yield {
          sentence: `${what}.`,
          names: [name],
          values: { header: name },
          ...(shown !== undefined && { shown }),
          told: { what, why: WHY_CHECKSUM, labels: [] },
        }
        return
      }
    },
  },
]

/** A checksum that a URL was presigned with; that of a header only where a body is seen with it. */
function checksumIn({ by, query, request }: RequestView, name: string): string | undefined {
  if (by === 'query') return queryValue(query?.toLowerCase().includes(name) ? query : undefined, name)
  return request?.body !== undefined && request.body.length > 0 ? headerValue(request, name)?.trim() : undefined
}

/** Whether another body than this text was sent; `undefined` where that is not known. */
function isAnother(body: Uint8Array | undefined, length: string | undefined, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined
  if (body !== undefined && body.length > 0) return payloadHashOf(body) !== payloadHashOf(bytesOf(text))
  return length !== undefined && /^\d{1,15}$/.test(length.trim()) && Number(length) > 0 ? Number(length) !== text.length : undefined
}

let hashes: ReadonlyMap<string, (typeof HASHED_IN_VAIN)[number]> | undefined

function byHash(): ReadonlyMap<string, (typeof HASHED_IN_VAIN)[number]> {
  hashes ??= new Map(HASHED_IN_VAIN.map((one) => [payloadHashOf(bytesOf(one.text)), one]))
  return hashes
}
