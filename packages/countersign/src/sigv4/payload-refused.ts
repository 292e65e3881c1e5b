/** Refusals of a payload that was read in part, in S3's words. */
import type { Refused } from './check-context.js'

/**
 * A refusal of a payload that was read in part.
 * @internal
 */
export interface PayloadRefused extends Refused {
  /** Set where it is a signature that does not match: which, of what text. */
  readonly mismatch?: SignatureMismatch
}

/**
 * The signature of a piece of a payload that is not the one provided.
 * @internal
 */
export interface SignatureMismatch {
  readonly of: 'chunk' | 'trailer' | 'event'
  /** Counted from 1. */
  readonly number: number
  readonly stringToSign: string
  readonly signatureProvided: string
}

/** The refusal of a piece's signature that does not match. */
export function mismatch(which: SignatureMismatch): PayloadRefused {
  return {
    code: 'SignatureDoesNotMatch',
    message: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    status: 403,
    mismatch: which,
  }
}

/** The refusal of a body that is not the one whose hash was signed. */
export function payloadMismatch(given: string, computed: string): Refused {
  return {
    code: 'XAmzContentSHA256Mismatch',
    message: `The provided 'x-amz-content-sha256' header does not match what was computed.`,
    status: 400,
    extra: [
      ['ClientComputedContentSHA256', given],
      ['S3ComputedContentSHA256', computed],
    ],
  }
}

/** S3 notices at the next chunk, and counts that one. */
export function tooSmall(chunkNumber: number, badSize: number): PayloadRefused {
  return {
    code: 'InvalidChunkSizeError',
    message: `Only the last chunk is allowed to have a size less than ${LEAST_CHUNK} bytes`,
    status: 403,
    extra: [
      ['Chunk', String(chunkNumber)],
      ['BadChunkSize', String(badSize)],
    ],
  }
}

/** Bytes of every chunk but the last, at least. */
export const LEAST_CHUNK = 8192

export const TERMINATED: PayloadRefused = { code: 'IncompleteBody', message: 'The request body terminated unexpectedly', status: 400 }
export const LENGTH_DIFFERS: PayloadRefused = {
  code: 'IncompleteBody',
  message: 'You did not provide the number of bytes specified by the Content-Length HTTP header',
  status: 400,
}
export const INVALID_VALUE: PayloadRefused = {
  code: 'InvalidRequest',
  message: 'The value of x-amz-content-sha256 header is invalid.',
  status: 400,
}
export const MISSING_LENGTH: PayloadRefused = {
  code: 'MissingContentLength',
  message: 'You must provide the Content-Length HTTP header.',
  status: 411,
}
export const TOO_LARGE: PayloadRefused = {
  code: 'EntityTooLarge',
  message: 'Your proposed upload exceeds the maximum allowed object size.',
  status: 400,
}
