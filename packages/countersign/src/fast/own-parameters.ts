/**
 * The parameters by which a presigned URL says how it was signed, found by their text. That each is there once, as a name,
 * and nothing of it escaped without need, is seen when the query is looked at.
 */
import { AWS4_HMAC_SHA256 } from '../sigv4/index.js'

/** The values as they stand in the target. */
export interface OwnParameters {
  readonly credential: string
  readonly date: string
  readonly expires: string
  readonly signedHeaders: string
  readonly securityToken: string | undefined
  /** 64 characters. */
  readonly signature: string
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

/** All of them at the beginning, in order and nothing between: what most signers write. */
function inOrder(target: string, mark: number): OwnParameters | undefined {
  if (!target.startsWith(BEGINNING, mark + 1)) return undefined
  const credential = mark + 1 + BEGINNING.length
  const credentialEnd = target.indexOf('&', credential)
  if (credentialEnd < 0) return undefined
  const date = credentialEnd + '&X-Amz-Date='.length
  const dateEnd = date + '20150830T123600Z'.length
  const expires = dateEnd + '&X-Amz-Expires='.length
  if (!target.startsWith('&X-Amz-Date=', credentialEnd) || !target.startsWith('&X-Amz-Expires=', dateEnd)) return undefined
  const expiresEnd = target.indexOf('&', expires)
  if (expiresEnd < 0) return undefined
  const names = expiresEnd + '&X-Amz-SignedHeaders='.length
  const namesEnd = target.indexOf('&', names)
  if (namesEnd < 0) return undefined
  const signature = namesEnd + '&X-Amz-Signature='.length
  if (!target.startsWith('&X-Amz-SignedHeaders=', expiresEnd) || !target.startsWith('&X-Amz-Signature=', namesEnd)) return undefined
  const end = signature + SIGNATURE_DIGITS
  if (!endsAt(target, end)) return undefined
  return {
    credential: target.slice(credential, credentialEnd),
    date: target.slice(date, dateEnd),
    expires: target.slice(expires, expiresEnd),
    signedHeaders: target.slice(names, namesEnd),
    securityToken: undefined,
    signature: target.slice(signature, end),
    target: end === target.length ? target.slice(0, namesEnd) : target.slice(0, namesEnd) + target.slice(end),
    inOrderUntil: namesEnd,
    lastInOrder: expiresEnd + 1,
  }
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
  const found = { credential, date, expires, signedHeaders, securityToken, signature: target.slice(signature, end) }
  return { ...found, target: without, inOrderUntil: 0, lastInOrder: 0 }
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

const BEGINNING = `X-Amz-Algorithm=${AWS4_HMAC_SHA256}&X-Amz-Credential=`
const SIGNATURE_DIGITS = 64
const AMPERSAND = 0x26
