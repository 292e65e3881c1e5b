/** Uploads in parts: begun, filled, completed or given up. */
import { createHash } from 'node:crypto'
import type { StandInAnswer } from '../stand-in.js'
import { byteRange } from './byte-range.js'
import { copySource, sourceHeader } from './copy.js'
import { keptHeaders, tagsOfHeader, versionHeader } from './kept-headers.js'
import { locationOf } from './location.js'
import type { ObjectMemory } from './object-memory.js'
import { inOnePiece, kept, requireWritable } from './objects.js'
import { eachOf, leafOf, xmlBody } from './request-xml.js'
import { answered, elements, invalidArgument, isoDate, S3Failure, xml } from './s3-answer.js'
import { bucketOf, type S3Request } from './s3-request.js'
import { type StoredPart, type StoredUpload, slicedPieces } from './stored.js'

export function beginUpload(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const { bucket, key } = asked
  const upload = memory.make(bucket, asked.caller.scope.region ?? 'us-east-1').begin(key, {
    headers: keptHeaders(asked.request.headers),
    tags: tagsOfHeader(asked.header('x-amz-tagging')),
  })
  if (upload === undefined) throw new S3Failure('InsufficientStorage')
  return xml(
    'InitiateMultipartUploadResult',
    elements([
      ['Bucket', bucket],
      ['Key', key],
      ['UploadId', upload.id],
    ]),
  )
}

export function putPart(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const part = keptPart(memory, asked, asked.body)
  return answered(200, [['ETag', part.etag]])
}

export function copyPart(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const source = copySource(memory, asked)
  const { pieces, size } = source.object
  const wanted = asked.header('x-amz-copy-source-range')
  const range = wanted === undefined ? { start: 0, end: size } : byteRange(wanted, size)
  if (range === undefined)
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      'x-amz-copy-source-range',
      wanted!,
    )
  const part = keptPart(memory, asked, Buffer.concat(slicedPieces(pieces, range.start, range.end)))
  const result = elements([
    ['LastModified', isoDate(part.modified)],
    ['ETag', part.etag],
  ])
  return xml('CopyPartResult', result, sourceHeader(source))
}

export function completeUpload(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const { bucket, key } = asked
  const upload = uploadOf(memory, asked)
  const parts = partsNamed(upload, xmlBody(asked.body, 'CompleteMultipartUpload'))
  const holder = bucketOf(memory, asked)
  const whole = {
    pieces: parts.map(({ body }) => body),
    size: parts.reduce((sum, { body }) => sum + body.length, 0),
    etag: etagOfParts(parts),
    headers: upload.headers,
    tags: upload.tags,
    inParts: true,
  }
  requireWritable(memory, asked)
  // Its parts make room for the object that they become.
  holder.end(upload)
  const version = kept(memory, asked, whole)
  return xml(
    'CompleteMultipartUploadResult',
    elements([
      ['Location', locationOf(asked.request, bucket, key)],
      ['Bucket', bucket],
      ['Key', key],
      ['ETag', whole.etag],
    ]),
    versionHeader(version),
  )
}

export function abortUpload(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  bucketOf(memory, asked).end(uploadOf(memory, asked))
  return answered(204)
}

export function uploadOf(memory: ObjectMemory, asked: S3Request): StoredUpload {
  const id = asked.query.get('uploadId') ?? ''
  const upload = bucketOf(memory, asked).upload(id, asked.key)
  if (upload === undefined) throw new S3Failure('NoSuchUpload', { extra: [['UploadId', id]] })
  return upload
}

function keptPart(memory: ObjectMemory, asked: S3Request, body: Uint8Array): StoredPart {
  const text = asked.query.get('partNumber') ?? ''
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (number < 1 || number > MOST_PARTS)
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', text)
  const part = bucketOf(memory, asked).putPart(uploadOf(memory, asked), { number, body, etag: inOnePiece(body).etag })
  if (part === undefined) throw new S3Failure('InsufficientStorage')
  return part
}

/** The parts that the request names, as they were uploaded. */
function partsNamed(upload: StoredUpload, text: string): readonly StoredPart[] {
  const named = eachOf(text, 'Part')
  if (named.length === 0 || named.length > MOST_PARTS) throw new S3Failure('MalformedXML')
  let before = 0
  const parts = named.map((one) => {
    const number = Number(leafOf(one, 'PartNumber'))
    const etag = (leafOf(one, 'ETag') ?? '').replaceAll('"', '')
    if (!(number > before)) throw new S3Failure('InvalidPartOrder', { extra: [['UploadId', upload.id]] })
    before = number
    const part = upload.parts.get(number)
    if (part === undefined || part.etag !== `"${etag}"`) throw invalidPart(upload, number, etag)
    return part
  })
  const small = parts.slice(0, -1).find(({ body }) => body.length < SMALLEST_PART)
  if (small !== undefined)
    throw new S3Failure('EntityTooSmall', {
      extra: [
        ['ProposedSize', String(small.body.length)],
        ['MinSizeAllowed', String(SMALLEST_PART)],
        ['PartNumber', String(small.number)],
        ['ETag', small.etag.replaceAll('"', '')],
      ],
    })
  return parts
}

function invalidPart({ id }: StoredUpload, number: number, etag: string): S3Failure {
  const extra = [
    ['UploadId', id],
    ['PartNumber', String(number)],
    ['ETag', etag],
  ] as const
  return new S3Failure('InvalidPart', { extra })
}

/** S3's ETag of an object in parts: the MD5 of the parts' MD5s, and how many there are. */
function etagOfParts(parts: readonly StoredPart[]): string {
  const hash = createHash('md5')
  for (const { etag } of parts) hash.update(Buffer.from(etag.slice(1, -1), 'hex'))
  return `"${hash.digest('hex')}-${parts.length}"`
}

const MOST_PARTS = 10_000
/** All parts but the last have this many bytes at least. */
const SMALLEST_PART = 5 * 1024 * 1024
