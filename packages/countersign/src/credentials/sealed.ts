/**
 * What stands in a recording in the place of a signature or a session token: its SHA-256. With it a candidate can be tested; nothing
 * can be sent. Only for values that nobody can guess.
 */

/** The mark for a value of this SHA-256, 64 lower-case hex digits. */
export function sealWith(digest: string): string {
  return `***sha256:${digest}`
}

/** The SHA-256 that a text holds in the place of a whole value, 64 lower-case hex digits; `undefined` where it holds none. */
export function sealIn(text: string): string | undefined {
  return WHOLE.exec(text)?.[1]
}

/** The text with the value of this SHA-256 back in its places. */
export function withoutSeal(text: string, digest: string, value: string): string {
  return text.replaceAll(sealWith(digest), () => value)
}

/** Whether a value is long enough that its SHA-256 tells nobody what it is. */
export function isSealable(value: string): boolean {
  return value.length >= SHORTEST
}

const WHOLE = /^\*\*\*sha256:([0-9a-f]{64})$/
/** A signature has 64 hex digits, of ECDSA some more; no password is as long. */
const SHORTEST = 64
