/**
 * What the headers of an S3 request say of its payload besides its SHA-256: Content-MD5 and x-amz-checksum-*. S3 holds each of them
 * against what it received, also where the payload itself is signed.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
import { type Checksum, Md5 } from '../checksums/index.js'
import { base64Of, bytesOfBase64, hexOf } from './byte-string.js'
import type { Refused } from './check-context.js'
import type { HttpRequest } from './http-request.js'
import { payloadHashOf } from './payload-hash.js'
import { payloadMismatch } from './payload-refused.js'
import {
  badChecksum,
  CHECKSUM_PREFIX,
  CHECKSUMS,
  checksumAlgorithmOf,
  isBase64Of,
  SINGLE_CHECKSUM,
  SINGLE_TYPE,
  trailerNamesOf,
} from './payload-trailer.js'
import { headerValues, parameterOf } from './received-request.js'
import { HEADER, STREAMING_PAYLOADS, UNSIGNED_PAYLOAD } from './wire-names.js'

/** The digests that a request gives, computed as its payload goes by. */
export class PayloadDigests {
  readonly #given: readonly GivenDigest[]

  constructor(given: readonly GivenDigest[]) {
    this.#given = given
  }

  update(piece: Uint8Array): void {
    for (const { running } of this.#given) running.update(piece)
  }

  /** The refusal of a digest that is not the payload's; `undefined` where all are right. Call it once. */
  refusal(): Refused | undefined {
    for (const { value, running, refused } of this.#given) {
      const computed = base64Of(running.digest())
      if (computed !== value) return refused(computed)
    }
    return undefined
  }
}

/** A digest as it was given, in base64, and how S3 refuses one that is another than the one computed. */
interface GivenDigest {
  readonly value: string
  readonly running: Checksum
  readonly refused: (computed: string) => Refused
}

/**
 * The digests in the head of a request to S3.
 *
 * @returns S3's refusal where they cannot be meant, before any of the payload is looked at; `undefined` where there are none.
 */
export function payloadDigestsOf(request: HttpRequest): PayloadDigests | Refused | undefined {
  if ((request.method !== 'PUT' && request.method !== 'POST') || !request.headers.some(([name]) => isDigestHeader(name))) return undefined
  const md5 = md5Of(request)
  if (md5 !== undefined && 'code' in md5) return md5
  const checksum = checksumOf(request)
  if (checksum !== undefined && 'code' in checksum) return checksum
  const given = [...(md5 === undefined ? [] : [md5]), ...(checksum === undefined ? [] : [checksum])]
  return given.length === 0 ? undefined : new PayloadDigests(given)
}

/**
 * S3's refusal of a payload that is all there: first for the hash that was signed, then for what else the head says of it.
 * `undefined` also where the payload is not known, or is in chunks, which a reader of chunks has to look into.
 *
 * @param given The payload hash that was signed.
 */
export function wholePayloadRefused(request: HttpRequest, given: string | undefined): Refused | undefined {
  const { body } = request
  if (body === undefined || given === undefined || STREAMING_PAYLOADS.includes(given)) return undefined
  const computed = given === UNSIGNED_PAYLOAD ? given : payloadHashOf(body)
  return computed === given || computed === given.toLowerCase() ? digestsRefused(request, body) : payloadMismatch(given, computed)
}

/** The refusal of a payload that is all there, for what the head says of it besides its SHA-256. */
export function digestsRefused(request: HttpRequest, body: Uint8Array): Refused | undefined {
  const digests = payloadDigestsOf(request)
  if (digests === undefined || 'code' in digests) return digests
  digests.update(body)
  return digests.refusal()
}

/** Whether a header may say something of the payload that has to be looked into. */
export function isDigestHeader(name: string): boolean {
  return /^(?:content-md5$|x-amz-checksum-)/i.test(name)
}

/** Of a payload in chunks it is not known what S3 compares Content-MD5 with; signatures or a checksum guard it anyway. */
function md5Of(request: HttpRequest): GivenDigest | Refused | undefined {
  const values = headerValues(request, 'content-md5')
  if (values.length === 0) return undefined
  // Two of them make one value that is none.
  const value = values.map((one) => one.trim()).join(',')
  if (!isBase64Of(value, 16)) return refused('InvalidDigest', 'The Content-MD5 you specified was invalid.', [['Content-MD5', value]])
  if (STREAMING_PAYLOADS.includes(headerValues(request, HEADER.contentSha256)[0]?.trim() ?? '')) return undefined
  return {
    value,
    running: new Md5(),
    refused: (computed) =>
      refused('BadDigest', 'The Content-MD5 you specified did not match what we received.', [
        ['CalculatedDigest', computed],
        ['ExpectedDigest', hexOf(bytesOfBase64(value)!)],
      ]),
  }
}

function checksumOf(request: HttpRequest): GivenDigest | Refused | undefined {
  // A POST that completes an upload in parts carries the checksum of the object, not that of the POST's body.
  if (request.method === 'POST' && parameterOf(request, 'delete') === undefined) return undefined
  const named = request.headers.flatMap(([name, value]) => {
    const algorithm = name.toLowerCase().startsWith(CHECKSUM_PREFIX) ? name.slice(CHECKSUM_PREFIX.length).toUpperCase() : ''
    return algorithm === '' || ABOUT_CHECKSUMS.has(algorithm) ? [] : [{ algorithm, value: value.trim() }]
  })
  const [first] = named
  if (first === undefined) return undefined
  const { algorithm, value } = first
  const known = checksumAlgorithmOf(CHECKSUM_PREFIX + algorithm)
  if (known === undefined || named.some((one) => checksumAlgorithmOf(CHECKSUM_PREFIX + one.algorithm) === undefined))
    return refused('InvalidRequest', 'The algorithm type you specified in x-amz-checksum- header is invalid.')
  if (named.length > 1) return refused('InvalidRequest', SINGLE_TYPE)
  const announced = headerValues(request, HEADER.trailer).flatMap(trailerNamesOf)
  const trailing = announced.filter((name) => name.startsWith(CHECKSUM_PREFIX)).length
  if (trailing > 0) return refused('InvalidRequest', trailing > 1 ? SINGLE_TYPE : SINGLE_CHECKSUM)
  if (!isBase64Of(value, CHECKSUMS[known].bytes))
    return refused('InvalidRequest', `Value for ${CHECKSUM_PREFIX}${algorithm.toLowerCase()} header is invalid.`)
  return { value, running: CHECKSUMS[known].start(), refused: () => badChecksum(known) }
}

function refused(code: string, message: string, extra: Refused['extra'] = []): Refused {
  return { code, message, status: 400, extra }
}

/** Headers of the prefix that speak of checksums and carry none. */
const ABOUT_CHECKSUMS: ReadonlySet<string> = new Set(['ALGORITHM', 'MODE', 'TYPE'])
