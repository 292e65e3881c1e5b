/**
 * Credentials as text: JSON, or INI as the shared AWS files. Errors name a place, never the words that stand there: where a
 * name belongs, somebody has put a secret.
 */

import { CREDENTIAL_SETTINGS as NAMES } from '../catalog/index.js'
import { SecretAccessKey } from '../sigv4/index.js'
import { sections } from '../text/index.js'
import type { KnownCredential } from '../verifier/index.js'

export type KnownCredentials = ReadonlyMap<string, KnownCredential>

/** A file's bytes as text: one character per byte, without a byte order mark. @throws Error for UTF-16. */
export function credentialsText(bytes: Buffer, path: string): string {
  const text = bytes.toString('latin1')
  if (/^(?:\xff\xfe|\xfe\xff)/.test(text)) throw new Error(`${path} is in UTF-16; write it in UTF-8`)
  return text.replace(/^\xef\xbb\xbf/, '')
}

/** Whether a text is that of a file that was emptied, or is about to be written. */
export function isEmptyText(text: string): boolean {
  return text.trim() === ''
}

/** Whether a text is JSON, which shows whether it is whole. */
export function isJsonText(text: string): boolean {
  return /^\s*\{/.test(text)
}

/**
 * The credentials in a text by access key ID; none where it is the JSON `{}`.
 *
 * @throws Error naming the file, the place, and what would be right there.
 */
export function credentialsIn(text: string, path: string): KnownCredentials {
  if (isJsonText(text)) return ofJson(text, path)
  const known = ofIni(text, path)
  if (known.size === 0) throw new Error(`${path} holds no credentials; to revoke all keys, write {} into it`)
  return known
}

function ofJson(text: string, path: string): KnownCredentials {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    // The parser's own words quote the text, and with it secrets.
    throw new Error(`${path} is not whole JSON`)
  }
  return new Map(Object.entries(parsed as object).map(([id, value], index) => [id, ofMember(value, `${path}: entry ${index + 1}`)]))
}

function ofMember(value: unknown, place: string): KnownCredential {
  const member = (name: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  const [secret, token] = [member(NAMES.secret.member), member(NAMES.token.member)]
  const [ends, principal] = [member('expiresAt'), member('principal')]
  if (typeof secret !== 'string' || secret === '') throw new Error(`${place} has no "secretAccessKey" (a text)`)
  for (const [name, one] of Object.entries({ sessionToken: token, expiresAt: ends, principal }))
    if (one !== undefined && typeof one !== 'string') throw new Error(`${place}: "${name}" is not a text`)
  const expiresAt = ends === undefined ? undefined : Date.parse(ends as string)
  if (Number.isNaN(expiresAt)) throw new Error(`${place}: "expiresAt" is no time such as 2026-03-03T08:15:31Z`)
  return {
    key: new SecretAccessKey(secret),
    ...(token === undefined ? {} : { sessionToken: token as string }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(principal === undefined ? {} : { principal: principal as string }),
  }
}

function ofIni(text: string, path: string): KnownCredentials {
  if (text !== '' && !text.endsWith('\n')) throw new Error(`${path} does not end with a line ending: it may be only half written`)
  const known = new Map<string, KnownCredential>()
  for (const [index, [name, settings]] of [...sections(text)].entries()) {
    const [id = '', secret = ''] = [settings.get(NAMES.id.shared), settings.get(NAMES.secret.shared)]
    if (id === '' && secret === '') continue
    const lacking = id === '' ? NAMES.id.shared : secret === '' ? NAMES.secret.shared : undefined
    if (lacking !== undefined) throw new Error(`${path}: section ${index + 1} has no ${lacking}`)
    const token = settings.get(NAMES.token.shared) ?? ''
    known.set(id, { key: new SecretAccessKey(secret), principal: name, ...(token === '' ? {} : { sessionToken: token }) })
  }
  return known
}
