/** PUT, GET, HEAD and DELETE of one object. */
import { createHash } from 'node:crypto'
import type { StandInAnswer } from '../stand-in.js'
import type { Bucket } from './bucket.js'
import { byteRange } from './byte-range.js'
import { isNotModified, requireOfWrite, type Validators } from './conditions.js'
import { keptHeaders, objectHeaders, tagsOfHeader, versionHeader, withOverrides } from './kept-headers.js'
import type { ObjectMemory } from './object-memory.js'
import { answered, invalidArgument, type NamedValues, S3Failure } from './s3-answer.js'
import { bucketOf, type S3Request } from './s3-request.js'
import { type StoredObject, type StoredVersion, slicedPieces } from './stored.js'

export function putObject(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const version = kept(memory, asked, {
    ...inOnePiece(asked.body),
    headers: keptHeaders(asked.request.headers),
    tags: tagsOfHeader(asked.header('x-amz-tagging')),
  })
  return answered(200, [['ETag', version.object!.etag], ...versionHeader(version)])
}

/** Keeps an object where the request's conditions hold. A bucket that is not there is made. */
export function kept(memory: ObjectMemory, asked: S3Request, object: StoredObject): StoredVersion {
  requireWritable(memory, asked)
  const version = memory.make(asked.bucket, asked.caller.scope.region ?? 'us-east-1').put(asked.key, object)
  if (version === undefined) throw new S3Failure('InsufficientStorage')
  return version
}

/** @throws S3Failure where nothing may be written to the key. */
export function requireWritable(memory: ObjectMemory, asked: S3Request): void {
  const { key } = asked
  if (key.length > LONGEST_KEY)
    throw new S3Failure('KeyTooLongError', {
      extra: [
        ['Size', String(key.length)],
        ['MaxSizeAllowed', String(LONGEST_KEY)],
      ],
    })
  requireOfWrite(asked, validatorsOf(memory.bucket(asked.bucket), key))
}

/** What is known of a body by its bytes alone. */
export function inOnePiece(body: Uint8Array): Pick<StoredObject, 'pieces' | 'size' | 'etag' | 'inParts'> {
  return { pieces: [body], size: body.length, etag: `"${createHash('md5').update(body).digest('hex')}"`, inParts: false }
}

export function getObject(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const { query } = asked
  const [version, object] = versionAsked(memory, asked)
  const headers = withOverrides(objectHeaders(version, object), query)
  if (isNotModified(asked, { etag: object.etag, modified: version.modified }))
    return answered(
      304,
      headers.filter(([name]) => !/^content-/.test(name)),
    )
  const part = partAsked(object, query.get('partNumber'))
  const range = part?.range ?? byteRange(asked.header('range'), object.size)
  const counted: NamedValues = part === undefined ? [] : [['x-amz-mp-parts-count', String(object.pieces.length)]]
  if (range === undefined) return { status: 200, headers, body: object.pieces }
  const place = `bytes ${range.start}-${range.end - 1}/${object.size}`
  return {
    status: 206,
    headers: [...headers, ['Content-Range', place], ...(object.inParts ? counted : [])],
    body: slicedPieces(object.pieces, range.start, range.end),
  }
}

/** The version that a request names, or the newest. @throws S3Failure where there is none, or where it is a delete marker. */
export function versionAsked(memory: ObjectMemory, asked: S3Request): readonly [StoredVersion, StoredObject] {
  return versionOf(bucketOf(memory, asked), asked.key, asked.query.get('versionId'))
}

export function versionOf(bucket: Bucket, key: string, id: string | undefined): readonly [StoredVersion, StoredObject] {
  const version = bucket.version(key, id)
  if (version?.object !== undefined) return [version, version.object]
  if (version === undefined && id !== undefined) {
    if (id !== 'null' && !/^[\w-]{32}$/.test(id)) throw invalidArgument('Invalid version id specified', 'versionId', id)
    throw new S3Failure('NoSuchVersion', {
      extra: [
        ['Key', key],
        ['VersionId', id],
      ],
    })
  }
  const headers: NamedValues = version === undefined ? [] : [['x-amz-delete-marker', 'true'], ...versionHeader(version)]
  if (id !== undefined) throw new S3Failure('MethodNotAllowed', { headers })
  throw new S3Failure('NoSuchKey', { extra: [['Key', key]], headers })
}

export function deleteObject(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const bucket = bucketOf(memory, asked)
  if (asked.header('If-Match') !== undefined) requireOfWrite(asked, validatorsOf(bucket, asked.key))
  return answered(204, deletedHeaders(deleted(bucket, asked.key, asked.query.get('versionId'))))
}

/** What a deletion did. A key that was not there is deleted all the same. */
export interface Deleted {
  readonly gone: StoredVersion | undefined
  readonly marker: StoredVersion | undefined
}

export function deleted(bucket: Bucket, key: string, id: string | undefined): Deleted {
  if (id !== undefined) return { gone: bucket.removeVersion(key, id), marker: undefined }
  const done = bucket.remove(key)
  if (bucket.versioning === undefined) return { gone: done, marker: undefined }
  if (done === undefined) throw new S3Failure('InsufficientStorage')
  return { gone: undefined, marker: done }
}

function deletedHeaders({ gone, marker }: Deleted): NamedValues {
  const version = marker ?? gone
  if (version === undefined) return []
  return version.object === undefined ? [['x-amz-delete-marker', 'true'], ...versionHeader(version)] : versionHeader(version)
}

function validatorsOf(bucket: Bucket | undefined, key: string): Validators | undefined {
  const version = bucket?.version(key, undefined)
  return version?.object === undefined ? undefined : { etag: version.object.etag, modified: version.modified }
}

/** A part of an object that was uploaded in parts; one that was not has a first part only. */
function partAsked(object: StoredObject, number: string | undefined): { readonly range: { start: number; end: number } } | undefined {
  if (number === undefined) return undefined
  const wanted = /^\d{1,5}$/.test(number) ? Number(number) : 0
  const piece = object.pieces[wanted - 1]
  if (piece === undefined) throw new S3Failure('InvalidPartNumber')
  const start = object.pieces.slice(0, wanted - 1).reduce((sum, { length }) => sum + length, 0)
  return { range: { start, end: start + piece.length } }
}

const LONGEST_KEY = 1024
