/**
 * Header layouts: which headers came in which place. A client sends the same ones in the same order again and again, so
 * comparing the names in turn tells where everything stands, and nothing has to be put into lower case or looked up.
 */
import { type Header, isDigestHeader, remembered } from '../sigv4/index.js'

/** Where in a request's headers things stand; -1 for what is not there. */
export interface HeaderLayout {
  /** The names as they were sent. */
  readonly sent: readonly string[]
  /** The place of each signed header. */
  readonly signed: readonly number[]
  readonly date: number
  readonly contentSha256: number
  readonly securityToken: number
  readonly contentType: number
  /** Whether some of them are said of the payload. */
  readonly hasDigest: boolean
}

/** Whether a request's headers are the layout's, and their values are text. */
export function hasLayout(headers: readonly Header[], { sent }: HeaderLayout): boolean {
  if (headers.length !== sent.length) return false
  for (let i = 0; i < sent.length; i++) {
    const header = headers[i]!
    if (header[0] !== sent[i] || typeof header[1] !== 'string') return false
  }
  return true
}

/** The layout; `undefined` unless each signed header was sent once, and host and all x-amz-* are signed. */
export function layoutOf(headers: readonly Header[], placeOf: ReadonlyMap<string, number>): HeaderLayout | undefined {
  const signed: number[] = new Array(placeOf.size).fill(-1)
  let [date, contentSha256, securityToken, contentType] = [-1, -1, -1, -1]
  for (let i = 0; i < headers.length; i++) {
    const [given, value] = headers[i]!
    if (typeof value !== 'string') return undefined
    const name = lowerCased(given)
    if (name === 'content-type' && contentType < 0) contentType = i
    const at = placeOf.get(name)
    if (at === undefined) {
      if (name === 'host' || name.startsWith('x-amz-')) return undefined
      continue
    }
    if (signed[at] !== -1 || name === 'authorization') return undefined
    signed[at] = i
    if (name === 'x-amz-date') date = i
    else if (name === 'x-amz-content-sha256') contentSha256 = i
    else if (name === 'x-amz-security-token') securityToken = i
  }
  if (signed.includes(-1)) return undefined
  const sent = headers.map(([name]) => name)
  return { sent, signed, date, contentSha256, securityToken, contentType, hasDigest: sent.some(isDigestHeader) }
}

/** The layout with copies of the names, which hold no longer text in memory; `undefined` for more headers than clients send. */
export function layoutToKeep(layout: HeaderLayout): HeaderLayout | undefined {
  const { sent } = layout
  if (sent.length > 48 || sent.some((name) => name.length > 128)) return undefined
  return { ...layout, sent: sent.map((name) => Object.keys({ [name]: 0 })[0]!) }
}

/** Where the one Authorization header stands; -1 where there is none, -2 where there are several. */
export function authorizationPlace(headers: readonly Header[]): number {
  let found = -1
  for (let i = 0; i < headers.length; i++) {
    const name = headers[i]![0]
    if (name.length === 13 && (name === 'Authorization' || name === 'authorization' || name.toLowerCase() === 'authorization'))
      found = found === -1 ? i : -2
  }
  return found
}

const lowerCased = remembered((name) => name.toLowerCase(), 1024)
