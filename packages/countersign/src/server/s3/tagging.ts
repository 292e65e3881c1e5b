/** Tags of objects and of buckets. */
import type { StandInAnswer } from '../stand-in.js'
import { checkedTags, versionHeader } from './kept-headers.js'
import type { ObjectMemory } from './object-memory.js'
import { versionAsked } from './objects.js'
import { eachOf, leafOf, xmlBody } from './request-xml.js'
import { answered, elements, S3Failure, xml } from './s3-answer.js'
import { bucketOf, type S3Request } from './s3-request.js'
import type { Tag } from './stored.js'

export function objectTags(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const [version, { tags }] = versionAsked(memory, asked)
  return tagSet(tags, versionHeader(version))
}

export function tagObject(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  return retagged(memory, asked, tagsIn(asked.body), 200)
}

export function untagObject(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  return retagged(memory, asked, [], 204)
}

export function bucketTags(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const { tags } = bucketOf(memory, asked)
  if (tags.length === 0) throw new S3Failure('NoSuchTagSet', { extra: [['BucketName', asked.bucket]] })
  return tagSet(tags)
}

export function tagBucket(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  bucketOf(memory, asked).tags = tagsIn(asked.body)
  return answered(204)
}

export function untagBucket(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  bucketOf(memory, asked).tags = []
  return answered(204)
}

function retagged(memory: ObjectMemory, asked: S3Request, tags: readonly Tag[], status: number): StandInAnswer {
  const [version] = versionAsked(memory, asked)
  if (!bucketOf(memory, asked).retag(asked.key, version, tags)) throw new S3Failure('InsufficientStorage')
  return answered(status, versionHeader(version))
}

function tagsIn(body: Uint8Array): readonly Tag[] {
  const tags = eachOf(xmlBody(body, 'Tagging'), 'Tag')
  return checkedTags(tags.map((one) => [leafOf(one, 'Key') ?? '', leafOf(one, 'Value') ?? ''] as const))
}

function tagSet(tags: readonly Tag[], headers: readonly (readonly [string, string])[] = []): StandInAnswer {
  const inner = tags.map(([key, value]) => {
    const tag = elements([
      ['Key', key],
      ['Value', value],
    ])
    return `<Tag>${tag}</Tag>`
  })
  return xml('Tagging', `<TagSet>${inner.join('')}</TagSet>`, headers)
}
