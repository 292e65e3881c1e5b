/**
 * The parameters by which a presigned URL says how it was signed, found by their text. That each is there once, as a name,
 * and nothing of it escaped without need, is seen when the query is looked at.
 */
import { AWS4_HMAC_SHA256 } from '../sigv4/index.js'

/** The values as they stand in the target. */
export interface OwnParameters {
  /** Who signed and which headers, "CREDENTIAL&NAMES&X-Amz-Signature=", and the 64 characters of the signature. */
  readonly claim: string
  readonly date: string
  readonly expires: string
  readonly securityToken: string | undefined
  /** The target without the signature. */
  readonly target: string
  /** Where in it the parameters found in order end, and where the last of their names begins; 0 where they were searched for. */
  readonly inOrderUntil: number
  readonly lastInOrder: number
}

/** @param mark Where the "?" stands. */
export function ownParameters(target: string, mark: number): OwnParameters | undefined {
  return inOrder(target, mark) ?? searched(target, mark)
}

/**
 * All of them at the beginning, in order and nothing between: what most signers write. Looked at as bytes, four at a time, because to
 * compare texts with what a target holds takes longer than to write them.
 */
function inOrder(target: string, mark: number): OwnParameters | undefined {
  if (target.length > SCRATCH.length || ENCODER.encodeInto(target, SCRATCH).written !== target.length) return undefined
  const credential = endOf(BEGINNING, mark + 1)
  const credentialEnd = credential < 0 ? -1 : target.indexOf('&', credential)
  const date = endOf(DATE, credentialEnd)
  const expires = date < 0 ? -1 : endOf(EXPIRES, date + DATE_LENGTH)
  const expiresEnd = expires < 0 ? -1 : target.indexOf('&', expires)
  const names = endOf(SIGNED_HEADERS, expiresEnd)
  const namesEnd = names < 0 ? -1 : target.indexOf('&', names)
  const signature = endOf(SIGNATURE, namesEnd)
  const end = signature + SIGNATURE_DIGITS
  if (signature < 0 || !endsAt(target, end)) return undefined
  return {
    claim: target.slice(credential, credentialEnd + 1) + target.slice(names, end),
    date: target.slice(date, date + DATE_LENGTH),
    expires: target.slice(expires, expiresEnd),
    securityToken: undefined,
    target: end === target.length ? target.slice(0, namesEnd) : target.slice(0, namesEnd) + target.slice(end),
    inOrderUntil: namesEnd,
    lastInOrder: expiresEnd + 1,
  }
}

/** Where a text ends that has to begin there; -1 where it does not, or nothing could. Past the end of a target stands another one. */
function endOf({ words, length }: Piece, at: number): number {
  if (at < 0 || at + length > SCRATCH.length) return -1
  const last = words.length - 1
  for (let i = 0; i < last; i++) if (VIEW.getInt32(at + 4 * i) !== words[i]) return -1
  return VIEW.getInt32(at + length - 4) === words[last] ? at + length : -1
}

/** A text to look for, as words; the last four bytes make the last of them. */
interface Piece {
  readonly words: Int32Array
  readonly length: number
}

function pieceOf(text: string): Piece {
  const bytes = ENCODER.encode(text)
  const view = new DataView(bytes.buffer)
  const count = Math.ceil(bytes.length / 4)
  return { words: Int32Array.from({ length: count }, (_, i) => view.getInt32(Math.min(4 * i, bytes.length - 4))), length: bytes.length }
}

/** Each wherever it stands. */
function searched(target: string, mark: number): OwnParameters | undefined {
  const signature = parameterAt(target, mark, 'X-Amz-Signature=')
  const end = signature + SIGNATURE_DIGITS
  if (signature < 0 || !endsAt(target, end)) return undefined
  const without = target.slice(0, signature - 'X-Amz-Signature='.length - 1) + target.slice(end)
  if (without.length <= mark || parameter(without, mark, 'X-Amz-Algorithm=') !== AWS4_HMAC_SHA256) return undefined
  const credential = parameter(without, mark, 'X-Amz-Credential=')
  const date = parameter(without, mark, 'X-Amz-Date=')
  const expires = parameter(without, mark, 'X-Amz-Expires=')
  const signedHeaders = parameter(without, mark, 'X-Amz-SignedHeaders=')
  if (credential === undefined || date === undefined || expires === undefined || signedHeaders === undefined) return undefined
  const securityToken = parameter(without, mark, 'X-Amz-Security-Token=')
  const claim = `${credential}&${signedHeaders}&X-Amz-Signature=${target.slice(signature, end)}`
  return { claim, date, expires, securityToken, target: without, inOrderUntil: 0, lastInOrder: 0 }
}

/** Whether the signature ends there, and no other follows. */
function endsAt(target: string, end: number): boolean {
  if (end === target.length) return true
  return target.charCodeAt(end) === AMPERSAND && !target.includes('X-Amz-Signature=', end)
}

/** Where the value of the first parameter spelled so begins; -1 where there is none. */
function parameterAt(target: string, mark: number, name: string): number {
  const at = target.indexOf(name, mark + 1)
  if (at < 0 || (at !== mark + 1 && target.charCodeAt(at - 1) !== AMPERSAND)) return -1
  return at + name.length
}

function parameter(target: string, mark: number, name: string): string | undefined {
  const at = parameterAt(target, mark, name)
  if (at < 0) return undefined
  const end = target.indexOf('&', at)
  return end < 0 ? target.slice(at) : target.slice(at, end)
}

const ENCODER = new TextEncoder()
const SCRATCH = new Uint8Array(4096)
const VIEW = new DataView(SCRATCH.buffer)
const BEGINNING = pieceOf(`X-Amz-Algorithm=${AWS4_HMAC_SHA256}&X-Amz-Credential=`)
const DATE = pieceOf('&X-Amz-Date=')
const DATE_LENGTH = '20150830T123600Z'.length
const EXPIRES = pieceOf('&X-Amz-Expires=')
const SIGNED_HEADERS = pieceOf('&X-Amz-SignedHeaders=')
const SIGNATURE = pieceOf('&X-Amz-Signature=')
const SIGNATURE_DIGITS = 64
const AMPERSAND = 0x26
