/**
 * Credentials in a file that may change while the verifier runs. A file that cannot be read whole changes nothing: the
 * credentials in use stay, and the operator is told.
 */
import { readFileSync, type Stats, stat, statSync } from 'node:fs'
import { sections } from '../environment/ini-sections.js'
import { SecretAccessKey } from '../sigv4/signing-key.js'
import type { CredentialStore, KnownCredential } from '../verifier/credential-store.js'

export interface CredentialsFileOptions {
  /** How often the file is looked at. Default: 500. */
  readonly pollMilliseconds?: number
  /** Told of each change: how many access key IDs there are now, or why the file was not taken. Never a secret. */
  readonly onChange?: (change: CredentialsChange) => void
}

export type CredentialsChange = { readonly accessKeyIds: number } | { readonly refused: string }

export interface CredentialsFile {
  readonly store: CredentialStore
  /** Every access key ID with its key, as it is now. */
  known(): ReadonlyMap<string, KnownCredential>
  /** Stops looking at the file. */
  close(): void
}

/**
 * Opens a credentials file: JSON (`{"AKID": {"secretAccessKey": "..."}}`, see docs/manual/serve.md), or INI as the shared AWS
 * files, one section for each key.
 *
 * Write a new version to another name and rename it over the old one. A JSON file that is only half there does not parse.
 * An INI file has to end with a line end; and where the version in use ended with the comment `# end`, so must the next one.
 *
 * @throws Error naming the file and the place where the first version cannot be read.
 */
export function credentialsFile(path: string, options: CredentialsFileOptions = {}): CredentialsFile {
  // Looked at before it is read: what is written in between is seen as a change.
  let seen = versionOf(statSync(path))
  let text = readFileSync(path, 'latin1')
  let known = credentialsIn(text, path)
  const reload = () => {
    try {
      const next = readFileSync(path, 'latin1')
      if (next === text) return
      if (ENDED.test(text) && !ENDED.test(next)) throw new Error(`${path} does not end with "# end" as the version in use does`)
      known = keptKeys(known, credentialsIn(next, path))
      text = next
      options.onChange?.({ accessKeyIds: known.size })
    } catch (error) {
      options.onChange?.({ refused: error instanceof Error ? error.message : String(error) })
    }
  }
  const look = () =>
    stat(path, (error, stats) => {
      const version = error === null ? versionOf(stats) : 'gone'
      if (version === seen) return
      seen = version
      reload()
    })
  const timer = setInterval(look, options.pollMilliseconds ?? 500)
  timer.unref()
  return {
    store: ({ accessKeyId }) => known.get(accessKeyId),
    known: () => known,
    close: () => clearInterval(timer),
  }
}

/** What changes when a file is written or replaced. */
function versionOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs}`
}

/** @throws Error naming what was seen and what would be right. */
export function credentialsIn(text: string, path: string): ReadonlyMap<string, KnownCredential> {
  const known = /^\s*\{/.test(text) ? ofJson(text, path) : ofIni(text, path)
  if (known.size === 0) throw new Error(`${path} holds no credentials`)
  return known
}

/** Keys that did not change stay the same objects: the signing keys derived from them stay too. */
function keptKeys(
  old: ReadonlyMap<string, KnownCredential>,
  now: ReadonlyMap<string, KnownCredential>,
): ReadonlyMap<string, KnownCredential> {
  return new Map(
    [...now].map(([id, credential]) => {
      const before = old.get(id)
      const same =
        before !== undefined &&
        before.key instanceof SecretAccessKey &&
        credential.key instanceof SecretAccessKey &&
        before.key.dangerValue() === credential.key.dangerValue()
      return [id, same ? { ...credential, key: before.key } : credential]
    }),
  )
}

function ofJson(text: string, path: string): ReadonlyMap<string, KnownCredential> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    // The parser's own words quote the text, and with it secrets.
    throw new Error(`${path} is not whole JSON`)
  }
  return new Map(Object.entries(parsed as object).map(([id, value]) => [id, ofMember(id, value, path)]))
}

function ofMember(id: string, value: unknown, path: string): KnownCredential {
  const member = (name: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  const [secret, token, ends, principal] = ['secretAccessKey', 'sessionToken', 'expiresAt', 'principal'].map(member)
  if (typeof secret !== 'string' || secret === '') throw new Error(`${path}: "${id}" has no "secretAccessKey" (a text)`)
  for (const [name, one] of Object.entries({ sessionToken: token, expiresAt: ends, principal }))
    if (one !== undefined && typeof one !== 'string') throw new Error(`${path}: "${name}" of "${id}" is not a text`)
  const expiresAt = ends === undefined ? undefined : Date.parse(ends as string)
  if (Number.isNaN(expiresAt)) throw new Error(`${path}: "expiresAt" of "${id}" is no time such as 2026-03-03T08:15:31Z`)
  return {
    key: new SecretAccessKey(secret),
    ...(token === undefined ? {} : { sessionToken: token as string }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(principal === undefined ? {} : { principal: principal as string }),
  }
}

function ofIni(text: string, path: string): ReadonlyMap<string, KnownCredential> {
  if (text !== '' && !text.endsWith('\n')) throw new Error(`${path} does not end with a line end: it may be only half written`)
  const known = new Map<string, KnownCredential>()
  for (const [name, settings] of sections(text)) {
    const [id, secret] = [settings.get('aws_access_key_id'), settings.get('aws_secret_access_key')]
    if ((id ?? '') === '' && (secret ?? '') === '') continue
    if ((id ?? '') === '' || (secret ?? '') === '')
      throw new Error(`${path}: [${name}] has no ${(id ?? '') === '' ? 'aws_access_key_id' : 'aws_secret_access_key'}`)
    const token = settings.get('aws_session_token') ?? ''
    known.set(id!, { key: new SecretAccessKey(secret!), principal: name, ...(token === '' ? {} : { sessionToken: token }) })
  }
  return known
}

const ENDED = /^# end\s*$/m
