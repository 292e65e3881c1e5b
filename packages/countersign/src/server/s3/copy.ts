/** CopyObject, and the source of UploadPartCopy. */
import { uriDecode } from '../../sigv4/index.js'
import type { StandInAnswer } from '../stand-in.js'
import { requireOfSource } from './conditions.js'
import { keptHeaders, tagsOfHeader, versionHeader } from './kept-headers.js'
import type { ObjectMemory } from './object-memory.js'
import { kept, versionOf } from './objects.js'
import { elements, invalidArgument, isoDate, S3Failure, xml } from './s3-answer.js'
import { bucketOf, type S3Request } from './s3-request.js'
import type { StoredObject, StoredVersion } from './stored.js'

export function copyObject(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const source = copySource(memory, asked)
  const replaces = directive(asked, 'x-amz-metadata-directive') === 'REPLACE'
  const ofSelf = source.bucket === asked.bucket && source.key === asked.key && source.version.id === source.newest
  if (ofSelf && !replaces && asked.header('x-amz-storage-class') === undefined)
    throw new S3Failure('InvalidRequest', { message: TO_ITSELF })
  const version = kept(memory, asked, {
    ...source.object,
    headers: replaces ? keptHeaders(asked.request.headers) : source.object.headers,
    tags: directive(asked, 'x-amz-tagging-directive') === 'REPLACE' ? tagsOfHeader(asked.header('x-amz-tagging')) : source.object.tags,
  })
  const result = elements([
    ['LastModified', isoDate(version.modified)],
    ['ETag', version.object!.etag],
  ])
  return xml('CopyObjectResult', result, [...versionHeader(version), ...sourceHeader(source)])
}

export interface CopySource {
  readonly bucket: string
  readonly key: string
  readonly version: StoredVersion
  /** The ID of the newest version of its key. */
  readonly newest: string
  readonly object: StoredObject
}

/** What x-amz-copy-source names, where its conditions hold. */
export function copySource(memory: ObjectMemory, asked: S3Request): CopySource {
  const text = asked.header('x-amz-copy-source') ?? ''
  const at = text.indexOf('?versionId=')
  const [path, id] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + '?versionId='.length)]
  const found = /^\/?([^/]+)\/(.+)$/s.exec(uriDecode(path))
  if (found === null)
    throw invalidArgument('Copy Source must mention the source bucket and key: sourcebucket/sourcekey', 'x-amz-copy-source', text)
  const [, bucket = '', key = ''] = found
  const holder = bucketOf(memory, { bucket })
  const [version, object] = versionOf(holder, key, id)
  requireOfSource(asked, { etag: object.etag, modified: version.modified })
  return { bucket, key, version, newest: holder.version(key, undefined)!.id, object }
}

export function sourceHeader({ version }: CopySource): readonly (readonly [string, string])[] {
  return version.id === 'null' ? [] : [['x-amz-copy-source-version-id', version.id]]
}

function directive(asked: S3Request, name: string): 'COPY' | 'REPLACE' {
  const value = asked.header(name) ?? 'COPY'
  if (value !== 'COPY' && value !== 'REPLACE') throw invalidArgument(`Unknown ${name.slice('x-amz-'.length)}.`, name, value)
  return value
}

const TO_ITSELF =
  "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
