/**
 * Credentials in a file that may change while the verifier runs. A file that cannot be read whole changes nothing: the
 * credentials in use stay, and the operator learns why.
 */
import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { SecretAccessKey } from '../sigv4/index.js'
import type { CredentialStore, KnownCredential } from '../verifier/index.js'
import { credentialsIn, credentialsText, isEmptyText, isJsonText, type KnownCredentials } from './credentials-text.js'
import { readRegularFile } from './limited-file.js'

/** @internal */
export interface CredentialsFileOptions {
  /** How often the file is looked at. Default: 500. */
  readonly pollMilliseconds?: number
  /** Called at each change. Never with anything that stands in the file. */
  readonly onChange?: (change: CredentialsChange) => void
}

/**
 * How many access key IDs there are now, 0 where all were revoked; or why the file was not taken, in which case the keys stay.
 * @internal
 */
export type CredentialsChange = { readonly accessKeyIds: number } | { readonly refused: string }

/** @internal */
export interface CredentialsFile {
  readonly store: CredentialStore
  /** Every access key ID with its key, as it is now. */
  known(): KnownCredentials
  /** Stops looking at the file. */
  close(): void
}

/**
 * Opens a credentials file: JSON (`{"AKID": {"secretAccessKey": "..."}}`, see docs/manual/serve.md), or INI as the shared AWS
 * files, one section for each key. A regular file of 1 MiB at most.
 *
 * Write a new version to another name and rename it over the old one. A JSON file that is only half there does not parse.
 * An INI file has to end with a line break; and where the version in use ended with the comment `# end`, so must the next one.
 * The JSON `{}` revokes all keys at once; an empty file does when it has stayed empty for a second, because editors empty a file
 * before they write it.
 *
 * @throws Error naming the file and the place where the first version cannot be read, or holds no key.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 * @example
 * ```js
 * import { writeFileSync } from 'node:fs'
 * import { credentialsFile } from 'countersign/server'
 * import { createVerifier } from 'countersign/verifier'
 *
 * writeFileSync('keys.json', '{"AKIAIOSFODNN7EXAMPLE": {"secretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}}')
 * const keys = await credentialsFile('keys.json', { onChange: (change) => console.log(change) })
 * const verifier = createVerifier({ credentials: keys.store })
 * const ids = [...keys.known().keys()] // => ['AKIAIOSFODNN7EXAMPLE']
 * keys.close()
 * ```
 * @public
 */
export async function credentialsFile(path: string, options: CredentialsFileOptions = {}): Promise<CredentialsFile> {
  const file = new WatchedFile(path, options.onChange ?? (() => {}))
  await file.open()
  const timer = setInterval(() => void file.look(), options.pollMilliseconds ?? 500)
  timer.unref()
  return {
    store: ({ accessKeyId }) => file.known.get(accessKeyId),
    known: () => file.known,
    close: () => {
      clearInterval(timer)
      file.isClosed = true
    },
  }
}

class WatchedFile {
  known: KnownCredentials = new Map()
  isClosed = false
  #text = ''
  /** Whether the last version that was no empty one ended with "# end". */
  #hasEnd = false
  /** What the file looked like when it was last read. */
  #seen = ''
  #isLooking = false
  /** Whether the last that was said is that the keys stay. */
  #isRefused = false
  #emptySince: number | undefined

  constructor(
    readonly path: string,
    readonly onChange: (change: CredentialsChange) => void,
  ) {}

  async open(): Promise<void> {
    // Looked at before it is read: what is written in between is seen as a change.
    this.#seen = versionOf(await stat(this.path))
    const text = await this.#read()
    this.#taken(text, credentialsIn(text, this.path))
    if (this.known.size === 0) throw new Error(`${this.path} holds no credentials`)
  }

  async look(): Promise<void> {
    // A file system that does not answer is asked once.
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      const change = await this.#changed()
      if (change === undefined || this.isClosed) return
      this.#isRefused = 'refused' in change
      this.onChange(change)
    } finally {
      this.#isLooking = false
    }
  }

  async #changed(): Promise<CredentialsChange | undefined> {
    const version = await stat(this.path).then(versionOf, () => 'gone')
    if (version === this.#seen) {
      if (this.#emptySince === undefined || performance.now() - this.#emptySince < EMPTY_MILLISECONDS) return undefined
      this.#emptySince = undefined
      return this.#taken('', new Map())
    }
    this.#seen = version
    this.#emptySince = undefined
    try {
      const text = await this.#read()
      if (text === this.#text && !this.#isRefused) return undefined
      if (isEmptyText(text)) {
        this.#emptySince = performance.now()
        throw new Error(`${this.path} is empty; all keys are revoked if it stays so for a second`)
      }
      if (this.#hasEnd && !isJsonText(text) && !ENDED.test(text))
        throw new Error(`${this.path} does not end with "# end" as the version in use does`)
      return this.#taken(text, credentialsIn(text, this.path))
    } catch (error) {
      return { refused: error instanceof Error ? error.message : String(error) }
    }
  }

  #taken(text: string, now: KnownCredentials): CredentialsChange {
    this.known = keptKeys(this.known, now)
    this.#text = text
    if (!isEmptyText(text)) this.#hasEnd = ENDED.test(text)
    return { accessKeyIds: now.size }
  }

  async #read(): Promise<string> {
    return credentialsText(await readRegularFile(this.path, MOST_BYTES), this.path)
  }
}

/** What changes when a file is written or replaced. */
function versionOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs}`
}

/** Keys that did not change stay the same objects: the signing keys derived from them stay too. */
function keptKeys(old: KnownCredentials, now: KnownCredentials): KnownCredentials {
  return new Map([...now].map(([id, credential]): [string, KnownCredential] => [id, withKeyOf(old.get(id), credential)]))
}

function withKeyOf(before: KnownCredential | undefined, now: KnownCredential): KnownCredential {
  const same =
    before?.key instanceof SecretAccessKey && now.key instanceof SecretAccessKey && before.key.dangerValue() === now.key.dangerValue()
  return same ? { ...now, key: before.key } : now
}

const ENDED = /^# end\s*$/m
const MOST_BYTES = 1024 * 1024
const EMPTY_MILLISECONDS = 1000
