/** All buckets of the stand-in, in memory. */
import { Bucket } from './bucket.js'
import { Room } from './room.js'
import { S3Failure } from './s3-answer.js'

export class ObjectMemory {
  readonly room: Room
  readonly #buckets = new Map<string, Bucket>()

  constructor({ bytes, clock }: { readonly bytes: number; readonly clock: () => number }) {
    this.room = new Room(bytes)
    this.clock = clock
  }

  readonly clock: () => number

  get buckets(): readonly (readonly [name: string, bucket: Bucket])[] {
    return [...this.#buckets].sort(([a], [b]) => (a < b ? -1 : 1))
  }

  bucket(name: string): Bucket | undefined {
    return this.#buckets.get(name)
  }

  /** Makes a bucket, or finds the one there is. */
  make(name: string, region: string): Bucket {
    const found = this.#buckets.get(name)
    if (found !== undefined) return found
    if (!BUCKET_NAME.test(name)) throw new S3Failure('InvalidBucketName', { extra: [['BucketName', name]] })
    if (!this.room.take(BUCKET_WEIGHT)) throw new S3Failure('InsufficientStorage')
    const made = new Bucket(region, this.clock(), this.room, this.clock)
    this.#buckets.set(name, made)
    return made
  }

  drop(name: string): void {
    const found = this.#buckets.get(name)
    if (found === undefined) return
    for (const upload of found.uploads) found.end(upload)
    this.#buckets.delete(name)
    this.room.give(BUCKET_WEIGHT)
  }
}

/** Shorter ones than S3 takes are handy in tests; what no header can say is no name. */
const BUCKET_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/
const BUCKET_WEIGHT = 1024
