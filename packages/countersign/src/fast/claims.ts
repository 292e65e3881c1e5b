/**
 * Claims: what stands before a signature says who signed and which headers, and is the same in every request of a client
 * on one day. It is found again by its bytes, without being read.
 *
 * The table is bounded, and only a claim whose signature was right gets into it: strangers cannot crowd clients out.
 */
import {
  AWS4_REQUEST,
  type CredentialScope,
  credentialScopeText,
  parseCredential,
  type SigningProfile,
  signingProfileOf,
  uriDecode,
  uriEncode,
} from '../sigv4/index.js'
import type { HeaderBlock } from './header-block.js'
import type { HeaderLayout } from './header-layout.js'

/** A claim in the form every client writes, with what follows from it. */
export interface Claim {
  readonly accessKeyId: string
  readonly scope: CredentialScope
  readonly scopeText: string
  /** The profile of the scope's service. */
  readonly profile: SigningProfile
  /** The place of each signed header, by its name in lower case. */
  readonly placeOf: ReadonlyMap<string, number>
  /** What stands before each value in the canonical request: a line feed, the name, a colon. */
  readonly lines: readonly string[]
  /** What stands between the last value and the payload hash. */
  readonly end: string
  /** Whether it is its own canonical form where it stands in a query. */
  readonly isCanonicalInQuery: boolean
  /** The headers that came with it last. Kept here because the next ones are most likely the same. */
  layout: HeaderLayout | undefined
  /** Their values, where they were their own canonical form. */
  block: HeaderBlock | undefined
}

/** Which reading the scratch holds, one more with every text that is written there; and the place in the table for its claim, or -1. */
export const LAST_READING = { count: 0, freePlace: -1 }
/** The text written last. Its signature is the last 64 characters. */
export const CLAIM_SCRATCH = new Uint8Array(2048)
export const CLAIM_VIEW = new DataView(CLAIM_SCRATCH.buffer)
export const SIGNATURE_DIGITS = 64

/**
 * The claim of a text that ends in 64 characters of signature; the text is left in the scratch.
 *
 * @param read Reads what stands before the signature, where it is not known yet.
 * @returns `undefined` if it is in another form, or too long to be anybody's.
 */
export function claimOf(text: string, read: (head: string) => Claim | undefined): Claim | undefined {
  const length = text.length - SIGNATURE_DIGITS
  if (length <= 0 || text.length > CLAIM_SCRATCH.length) return undefined
  LAST_READING.count = (LAST_READING.count + 1) | 0
  if (ENCODER.encodeInto(text, CLAIM_SCRATCH).written !== text.length) return undefined
  const words = length >> 2
  let hash = length
  // Every other word is enough to tell clients apart; the comparison looks at all of them.
  for (let i = 0; i < words; i += 2) hash = Math.imul(hash, 0x9e3779b1) ^ WORDS[i]!
  hash ^= hash >>> 15
  const place = (hash ^ (hash >>> 9)) & (PLACES - 1)
  const kept = TABLE[place]
  if (kept !== undefined && isWritten(kept, length)) {
    LAST_READING.freePlace = -1
    return kept.claim
  }
  LAST_READING.freePlace = place
  return read(text.slice(0, length))
}

/** Keeps the claim asked for last, because its signature was right. */
export function keepClaim(claim: Claim, text: string): void {
  const length = text.length - SIGNATURE_DIGITS
  const kept = { claim, length, words: WORDS.slice(0, length >> 2), rest: CLAIM_SCRATCH.slice(length & ~3, length) }
  TABLE[LAST_READING.freePlace] = kept
  LAST_READING.freePlace = -1
}

interface Kept {
  readonly claim: Claim
  readonly length: number
  /** Its bytes, four a word, and those after the last whole word. */
  readonly words: Int32Array
  readonly rest: Uint8Array
}

function isWritten({ length, words, rest }: Kept, written: number): boolean {
  if (length !== written) return false
  for (let i = 0; i < words.length; i++) if (words[i] !== WORDS[i]) return false
  for (let i = 0, at = length & ~3; i < rest.length; i++, at++) if (rest[i] !== CLAIM_SCRATCH[at]) return false
  return true
}

/** An Authorization header up to its signature. */
export function headerClaim(head: string): Claim | undefined {
  const found = /^AWS4-HMAC-SHA256 Credential=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=$/.exec(head)
  return found === null ? undefined : claimed(found[1]!, found[2]!, false)
}

/** The credential and the signed headers of a presigned URL as they stand there, each followed by "&", and the name of the signature. */
export function queryClaim(head: string): Claim | undefined {
  const [credential, signedHeaders] = head.split('&') as [string, string]
  const [decoded, names] = [uriDecode(credential), uriDecode(signedHeaders)]
  return claimed(decoded, names, uriEncode(decoded) === credential && uriEncode(names) === signedHeaders)
}

function claimed(credentialText: string, signedHeaders: string, isCanonicalInQuery: boolean): Claim | undefined {
  const credential = parseCredential(credentialText)
  if (credential === undefined) return undefined
  const { accessKeyId, scope } = credential
  const names = signedHeaders.split(';')
  const inOrder = names.every((name, i) => /^[a-z0-9-]+$/.test(name) && (i === 0 || names[i - 1]! < name))
  if (!inOrder || !names.includes('host') || !/^[^/]+$/.test(accessKeyId)) return undefined
  if (scope.terminator !== AWS4_REQUEST || scope.date.length !== 8) return undefined
  return {
    accessKeyId,
    scope,
    scopeText: credentialScopeText(scope),
    profile: signingProfileOf(scope.service),
    placeOf: new Map(names.map((name, place) => [name, place])),
    lines: names.map((name) => `\n${name}:`),
    end: `\n\n${signedHeaders}\n`,
    isCanonicalInQuery,
    layout: undefined,
    block: undefined,
  }
}

const PLACES = 512
const TABLE: (Kept | undefined)[] = new Array(PLACES).fill(undefined)
const WORDS = new Int32Array(CLAIM_SCRATCH.buffer)
const ENCODER = new TextEncoder()
