/**
 * The trailing headers of an aws-chunked payload, and the checksums that they carry.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
import { hashing } from '#sha256'
import { type Checksum, Crc32, Crc32c, Crc64Nvme, Md5, Sha1, Sha512, Xxh3Of64, Xxh3Of128, Xxh64 } from '../checksums/index.js'
import { base64Of, bytesOfBase64 } from './byte-string.js'
import type { Refused } from './check-context.js'

/**
 * The checksums that S3 takes, by the names its API has for them.
 * @internal
 */
export type ChecksumAlgorithm =
  | 'CRC32'
  | 'CRC32C'
  | 'CRC64NVME'
  | 'SHA1'
  | 'SHA256'
  | 'SHA512'
  | 'MD5'
  | 'XXHASH64'
  | 'XXHASH3'
  | 'XXHASH128'

/**
 * Every checksum algorithm, with the number of bytes it makes and a computation of it.
 * @internal
 */
export const CHECKSUMS: Readonly<Record<ChecksumAlgorithm, { readonly bytes: number; start(): Checksum }>> = {
  CRC32: { bytes: 4, start: () => new Crc32() },
  CRC32C: { bytes: 4, start: () => new Crc32c() },
  CRC64NVME: { bytes: 8, start: () => new Crc64Nvme() },
  SHA1: { bytes: 20, start: () => new Sha1() },
  SHA256: { bytes: 32, start: hashing },
  SHA512: { bytes: 64, start: () => new Sha512() },
  MD5: { bytes: 16, start: () => new Md5() },
  XXHASH64: { bytes: 8, start: () => new Xxh64() },
  XXHASH3: { bytes: 8, start: () => new Xxh3Of64() },
  XXHASH128: { bytes: 16, start: () => new Xxh3Of128() },
}

/**
 * The header that carries a checksum, "x-amz-checksum-crc32".
 * @internal
 */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return CHECKSUM_PREFIX + algorithm.toLowerCase()
}

/**
 * The algorithm whose checksum a header carries; `undefined` where it carries none of these.
 * @internal
 */
export function checksumAlgorithmOf(headerName: string): ChecksumAlgorithm | undefined {
  const name = headerName.toLowerCase()
  return ALGORITHMS.find((algorithm) => checksumHeader(algorithm) === name)
}

/** The names in a value of x-amz-trailer, in lower case. */
export function trailerNamesOf(value: string): string[] {
  return value
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
}

/** S3's refusal of trailers that a request announces; `undefined` where it takes them. It takes one checksum, or none. */
export function trailerNamesRefused(names: readonly string[]): Refused | undefined {
  if (names.length === 0) return undefined
  if (names.length > 1 && names.every((name) => name.startsWith(CHECKSUM_PREFIX))) return refused('InvalidRequest', SINGLE_TYPE)
  return names.length === 1 && checksumAlgorithmOf(names[0]!) !== undefined
    ? undefined
    : refused('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported')
}

/** A trailing header as it was sent, without its line break. */
export interface Trailer {
  /** "name:value". */
  readonly line: string
  /** In lower case, without blanks around it. */
  readonly name: string
  /** Without blanks around it. */
  readonly value: string
}

/** Reads a line; `undefined` where it is no header. */
export function parseTrailer(line: string): Trailer | undefined {
  const colon = line.indexOf(':')
  const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
  return TOKEN.test(name) ? { line, name, value: line.slice(colon + 1).trim() } : undefined
}

/** What is hashed for the trailer signature: every line as it was sent, each with a line feed and nothing else. */
export function trailerText(trailers: readonly Trailer[]): string {
  return trailers.map(({ line }) => `${line}\n`).join('')
}

/** The checksums of the trailers that a request announces, computed as the payload goes by. */
export class PayloadChecksums {
  readonly #running: ReadonlyMap<ChecksumAlgorithm, Checksum>

  constructor(names: readonly string[]) {
    const algorithms = names.flatMap((name) => checksumAlgorithmOf(name) ?? [])
    this.#running = new Map(algorithms.map((algorithm) => [algorithm, CHECKSUMS[algorithm].start()]))
  }

  update(piece: Uint8Array): void {
    for (const checksum of this.#running.values()) checksum.update(piece)
  }

  /** The refusal of a checksum that is not the payload's; `undefined` where all are right. Call it once. */
  refusal(trailers: readonly Trailer[]): Refused | undefined {
    const given = trailers.flatMap(({ name, value }) => {
      const algorithm = checksumAlgorithmOf(name)
      return algorithm === undefined ? [] : [{ name, value, algorithm }]
    })
    const invalid = given.find(({ value, algorithm }) => !isBase64Of(value, CHECKSUMS[algorithm].bytes))
    if (invalid !== undefined) return refused('InvalidRequest', `Value for ${invalid.name} trailing header is invalid.`)
    const wrong = given.find(({ value, algorithm }) => base64Of(this.#running.get(algorithm)!.digest()) !== value)
    return wrong === undefined ? undefined : badChecksum(wrong.algorithm)
  }
}

/** The refusal of a checksum that is not the payload's, in a header or in a trailer. */
export function badChecksum(algorithm: string): Refused {
  return refused('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`)
}

/** The refusal of trailers that are not what they should be. */
export const MALFORMED_TRAILER: Refused = refused(
  'MalformedTrailerError',
  'The request contained trailing data that was not well-formed or did not conform to our published schema.',
)

function refused(code: string, message: string): Refused {
  return { code, message, status: 400 }
}

/** Whether a text is what so many bytes are in base64, and the only way to write them. */
export function isBase64Of(text: string, bytes: number): boolean {
  if (text.length !== 4 * Math.ceil(bytes / 3)) return false
  const read = bytesOfBase64(text)
  return read?.length === bytes && base64Of(read) === text
}

/** What S3 says where a request gives more than one checksum, and where one stands in its head and one behind its payload. */
export const SINGLE_TYPE = 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.'
export const SINGLE_CHECKSUM = 'Expecting a single x-amz-checksum- header'

export const CHECKSUM_PREFIX = 'x-amz-checksum-'
const ALGORITHMS = Object.keys(CHECKSUMS) as ChecksumAlgorithm[]
const TOKEN = /^[a-z0-9!#$%&'*+.^_`|~-]+$/
