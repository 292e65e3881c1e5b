/** One bucket in memory: the versions of its keys, and its uploads in parts. What it holds is records that nobody changes. */
import { randomBytes } from 'node:crypto'
import type { Room } from './room.js'
import { type StoredObject, type StoredPart, type StoredUpload, type StoredVersion, type Tag, weightOf } from './stored.js'

export type Versioning = 'Enabled' | 'Suspended' | undefined

export class Bucket {
  versioning: Versioning
  tags: readonly Tag[] = []
  readonly #versions = new Map<string, readonly StoredVersion[]>()
  readonly #uploads = new Map<string, StoredUpload>()
  #sorted: readonly string[] | undefined

  constructor(
    readonly region: string,
    readonly created: number,
    private readonly room: Room,
    private readonly clock: () => number,
  ) {}

  get isEmpty(): boolean {
    return this.#versions.size === 0
  }

  /** All keys in the order of their bytes, also those of which only delete markers are left. */
  get keys(): readonly string[] {
    this.#sorted ??= [...this.#versions.keys()].sort()
    return this.#sorted
  }

  /** The newest first. */
  versionsOf(key: string): readonly StoredVersion[] {
    return this.#versions.get(key) ?? []
  }

  /** The newest version, or the one with this ID. */
  version(key: string, id: string | undefined): StoredVersion | undefined {
    const versions = this.versionsOf(key)
    return id === undefined ? versions[0] : versions.find((one) => one.id === id)
  }

  /** The object that a key has now. */
  object(key: string): StoredObject | undefined {
    return this.versionsOf(key)[0]?.object
  }

  /** Keeps an object, or a delete marker. @returns Its version; `undefined` where there is no room. */
  put(key: string, object: StoredObject | undefined): StoredVersion | undefined {
    const versions = this.versionsOf(key)
    const id = this.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : 'null'
    const replaced = versions.find((one) => one.id === id)
    const freed = replaced === undefined ? 0 : weightOf(key, replaced.object ?? NO_OBJECT)
    if (!this.room.take(weightOf(key, object ?? NO_OBJECT), freed)) return undefined
    const version = { id, modified: this.now(), object }
    this.keep(key, [version, ...versions.filter((one) => one !== replaced)])
    return version
  }

  /** Deletes a key as S3 does: with versions, what was there stays behind a marker. @returns The marker, or what has gone. */
  remove(key: string): StoredVersion | undefined {
    if (this.versioning !== undefined) return this.put(key, undefined)
    const [only] = this.versionsOf(key)
    if (only !== undefined) this.removeVersion(key, only.id)
    return only
  }

  /** Deletes one version for good. */
  removeVersion(key: string, id: string): StoredVersion | undefined {
    const found = this.version(key, id)
    if (found === undefined) return undefined
    this.room.give(weightOf(key, found.object ?? NO_OBJECT))
    this.keep(
      key,
      this.versionsOf(key).filter((one) => one !== found),
    )
    return found
  }

  /** Gives a version other tags. @returns Whether there was room. */
  retag(key: string, version: StoredVersion, tags: readonly Tag[]): boolean {
    const object = { ...version.object!, tags }
    if (!this.room.take(weightOf(key, object), weightOf(key, version.object!))) return false
    this.keep(
      key,
      this.versionsOf(key).map((one) => (one === version ? { ...one, object } : one)),
    )
    return true
  }

  get uploads(): readonly StoredUpload[] {
    return [...this.#uploads.values()]
  }

  upload(id: string, key: string): StoredUpload | undefined {
    const found = this.#uploads.get(id)
    return found?.key === key ? found : undefined
  }

  begin(key: string, kept: Pick<StoredUpload, 'headers' | 'tags'>): StoredUpload | undefined {
    if (!this.room.take(weightOf(key, { ...kept, size: 0 }))) return undefined
    const upload: StoredUpload = { ...kept, id: randomBytes(24).toString('base64url'), key, begun: this.now(), parts: new Map() }
    this.#uploads.set(upload.id, upload)
    return upload
  }

  /** Keeps a part in the place of one with its number. */
  putPart(upload: StoredUpload, part: Omit<StoredPart, 'modified'>): StoredPart | undefined {
    const before = upload.parts.get(part.number)
    if (!this.room.take(partWeight(part), before === undefined ? 0 : partWeight(before))) return undefined
    const kept = { ...part, modified: this.now() }
    this.#uploads.set(upload.id, { ...upload, parts: new Map(upload.parts).set(part.number, kept) })
    return kept
  }

  /** Ends an upload and lets its parts go. */
  end({ id, key, headers, tags, parts }: StoredUpload): void {
    if (!this.#uploads.delete(id)) return
    this.room.give([...parts.values()].reduce((sum, part) => sum + partWeight(part), weightOf(key, { headers, tags, size: 0 })))
  }

  private keep(key: string, versions: readonly StoredVersion[]): void {
    if (versions.length === 0 || !this.#versions.has(key)) this.#sorted = undefined
    if (versions.length === 0) this.#versions.delete(key)
    else this.#versions.set(key, versions)
  }

  /** S3 keeps whole seconds, so that a date of HTTP says all of it. */
  private now(): number {
    return Math.floor(this.clock() / 1000) * 1000
  }
}

function partWeight({ body }: Pick<StoredPart, 'body'>): number {
  return weightOf('', { ...NO_OBJECT, size: body.length })
}

const NO_OBJECT = { size: 0, headers: [], tags: [] } as const
