/**
 * Payloads that are signed piece by piece: each signature covers its own piece and the signature before it, and the first one
 * covers the seed signature, which is the request's.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
import { p256 as p256Here } from '#p256'
import { hmacSha256Hex, TextMac } from '#sha256'
import type { P256 } from '../p256/index.js'
import { type CredentialScope, credentialScopeText } from './credential-scope.js'
import { CalculatedSignature } from './signature.js'
import type { RequestKey, SigningInputs } from './signing-inputs.js'
import { SecretAccessKey, SigningKey } from './signing-key.js'
import { cachedSigningKey } from './signing-key-cache.js'
import { ecdsaPrivateKeyFrom, ecdsaPublicKeyFrom, ecdsaSignatureOf, isEcdsaSignatureOf } from './sigv4a.js'
import { UsageError } from './usage-error.js'
import { AWS4_ECDSA_P256_SHA256, AWS4_HMAC_SHA256, EMPTY_PAYLOAD_HASH, STREAMING_PAYLOADS } from './wire-names.js'

/**
 * How a payload is sent in pieces, as a value of x-amz-content-sha256 says.
 * @internal
 */
export interface StreamingMode {
  /** The value of x-amz-content-sha256, for example "STREAMING-AWS4-HMAC-SHA256-PAYLOAD". */
  readonly word: string
  /** What the pieces are: chunks of the encoding aws-chunked, or messages of an event stream. */
  readonly framing: 'aws-chunked' | 'event-stream'
  /** The algorithm that each piece is signed by; `undefined` where only the head of the request is signed. */
  readonly algorithm: string | undefined
  /** Whether trailing headers follow the last chunk. */
  readonly trailer: boolean
}

/**
 * Every mode, in the order in which S3 names them.
 * @internal
 */
export const STREAMING_MODES: readonly StreamingMode[] = STREAMING_PAYLOADS.map((word) => ({
  word,
  framing: word.endsWith('-EVENTS') ? 'event-stream' : 'aws-chunked',
  algorithm: /^STREAMING-(AWS4-[A-Z0-9-]+?)-(?:PAYLOAD|EVENTS)/.exec(word)?.[1],
  trailer: word.endsWith('-TRAILER'),
}))

/**
 * The mode of a value of x-amz-content-sha256; `undefined` where it stands for a payload that is sent in one piece.
 * @internal
 */
export function streamingModeOf(contentSha256: string | undefined): StreamingMode | undefined {
  return STREAMING_MODES.find(({ word }) => word === contentSha256)
}

/**
 * What the signatures of the pieces of one request have in common.
 * @internal
 */
export interface PayloadChain {
  /** The request's, "AWS4-HMAC-SHA256" or "AWS4-ECDSA-P256-SHA256". */
  readonly algorithm: string
  /** "20150830T123600Z". */
  readonly requestDate: string
  readonly scope: CredentialScope
  /** The signature of the request itself. */
  readonly seedSignature: string
  /** Whether the signature provided is one of this string to sign. In constant time; `false` for whatever is no signature. */
  matches(stringToSign: string, provided: string): boolean
  /**
   * As `matches`, of a chunk's string to sign that is not put together for it: what costs most beside the hash of the chunk.
   * Only where there is a quicker way.
   */
  matchesChunk?(priorSignature: string, chunkHash: string, provided: string): boolean
  /** A signature to send. @throws UsageError where the key is good for verifying only. */
  sign(stringToSign: string): string
}

/**
 * What a chain is made of: some of the inputs that the request was, or is, signed with, and the key.
 * @internal
 */
export type ChainInputs = Pick<SigningInputs, 'algorithm' | 'requestDate' | 'scope' | 'accessKeyId'> & { readonly key: RequestKey }

/**
 * The chain that begins with a request's signature.
 *
 * @param inputs The inputs of the request with the key: `{ ...signingInputsOf(request), key }`.
 * @param p256 Default: the runtime's. Needed for AWS4-ECDSA-P256-SHA256 only.
 * @returns `undefined` where the key is good for another algorithm, or P-256 is needed and lacking.
 * @internal
 */
export function payloadChain(inputs: ChainInputs, seedSignature: string, p256: P256 | undefined = p256Here): PayloadChain | undefined {
  const { algorithm, requestDate, scope, key, accessKeyId } = inputs
  const common = { algorithm, requestDate, scope, seedSignature }
  if (algorithm === AWS4_HMAC_SHA256) {
    const bytes = hmacKeyBytes(key, scope)
    if (bytes === undefined) return undefined
    const calculated = (text: string) => new CalculatedSignature(hmacSha256Hex(bytes, text))
    return {
      ...common,
      matches: (text, provided) => calculated(text).equals(provided),
      matchesChunk: chunkMatcher(bytes, chunkStringHead(common)),
      sign: (text) => calculated(text).dangerText(),
    }
  }
  if (algorithm !== AWS4_ECDSA_P256_SHA256 || p256 === undefined) return undefined
  const publicKey = ecdsaPublicKeyFrom(key, accessKeyId, p256)
  if (publicKey === undefined) return undefined
  return {
    ...common,
    matches: (text, provided) => isEcdsaSignatureOf(text, provided, publicKey, p256),
    sign: (text) => {
      const privateKey = ecdsaPrivateKeyFrom(key, accessKeyId)
      if (privateKey === undefined) throw new UsageError('invalid-credentials', 'A public key cannot sign.')
      return ecdsaSignatureOf(text, privateKey, p256)
    },
  }
}

/** Compares signatures of chunks without putting a string to sign together: it is kept, and two pieces of 64 digits change. */
function chunkMatcher(key: Uint8Array, head: string): NonNullable<PayloadChain['matchesChunk']> {
  const kept = `${head}${EMPTY_PAYLOAD_HASH}\n${EMPTY_PAYLOAD_HASH}\n${EMPTY_PAYLOAD_HASH}`
  const mac = new TextMac(key, kept.length)
  writeText(kept, mac.text, 0)
  return (priorSignature, chunkHash, provided) => {
    if (priorSignature.length !== 64 || chunkHash.length !== 64) return false
    writeText(priorSignature, mac.text, head.length)
    writeText(chunkHash, mac.text, kept.length - 64)
    return new CalculatedSignature(mac.hex()).equals(provided)
  }
}

function writeText(text: string, target: Uint8Array, at: number): void {
  for (let i = 0; i < text.length; i++) target[at + i] = text.charCodeAt(i)
}

function hmacKeyBytes(key: RequestKey, scope: CredentialScope): Uint8Array | undefined {
  if (key instanceof SigningKey) return key.dangerBytes()
  return key instanceof SecretAccessKey ? cachedSigningKey(key, scope).dangerBytes() : undefined
}

/**
 * The string to sign of a chunk: algorithm, request date, scope, the signature before it, the SHA-256 of nothing, that of the chunk.
 *
 * @param chunkHash SHA-256 of the chunk's bytes, without its size line and line break, in lower-case hex.
 * @internal
 */
export function chunkStringToSign(chain: PayloadChain, priorSignature: string, chunkHash: string): string {
  return `${chunkStringHead(chain)}${priorSignature}\n${EMPTY_PAYLOAD_HASH}\n${chunkHash}`
}

/** What the strings to sign of all chunks begin with. */
export function chunkStringHead({ algorithm, requestDate, scope }: Pick<PayloadChain, 'algorithm' | 'requestDate' | 'scope'>): string {
  return `${algorithm}-PAYLOAD\n${requestDate}\n${credentialScopeText(scope)}\n`
}

/**
 * The string to sign of the trailing headers.
 *
 * @param priorSignature The last chunk's.
 * @param trailerHash SHA-256 of the trailing headers, each as "name:value" and a line feed, in lower-case hex.
 * @internal
 */
export function trailerStringToSign({ algorithm, requestDate, scope }: PayloadChain, priorSignature: string, trailerHash: string): string {
  return `${algorithm}-TRAILER\n${requestDate}\n${credentialScopeText(scope)}\n${priorSignature}\n${trailerHash}`
}

/**
 * The signature of a chunk as it is written. One of AWS4-ECDSA-P256-SHA256 has 140 to 144 digits, as chance has it: it is filled
 * up with "*", so that the length of the body is known beforehand.
 */
export function writtenSignature(algorithm: string, signature: string): string {
  return algorithm === AWS4_ECDSA_P256_SHA256 ? signature.padEnd(ECDSA_SIGNATURE_LENGTH, '*') : signature
}

/** The signature that was written; the next one covers it without its filling. */
export function signatureWritten(algorithm: string, written: string): string {
  if (algorithm !== AWS4_ECDSA_P256_SHA256 || written.length > ECDSA_SIGNATURE_LENGTH) return written
  let end = written.length
  while (end > 0 && written.charCodeAt(end - 1) === 0x2a) end--
  return written.slice(0, end)
}

/** How many characters a written signature has. */
export function signatureLength(algorithm: string): number {
  return algorithm === AWS4_ECDSA_P256_SHA256 ? ECDSA_SIGNATURE_LENGTH : 64
}

const ECDSA_SIGNATURE_LENGTH = 144
