/** Buckets in memory: as much of S3 as clients need to go on after their signature was right. Path style and virtual hosts. */
import { createHash } from 'node:crypto'
import {
  byteString,
  type HttpRequest,
  headerValue,
  queryParameters,
  readableText,
  splitTarget,
  uriDecode,
  uriEncode,
} from '../sigv4/index.js'
import { bucketPlace, element, type VerifiedForm } from '../verifier/index.js'
import type { StandInAnswer } from './stand-in.js'

interface StoredObject {
  readonly body: Uint8Array
  readonly headers: readonly (readonly [string, string])[]
  readonly modified: Date
  readonly etag: string
}

export interface MemoryBuckets {
  answer(request: HttpRequest): StandInAnswer
  /** Keeps the file of a browser's form. */
  answerForm(request: HttpRequest, form: VerifiedForm): StandInAnswer
}

/** @param options.bytes How much all objects together may hold; the oldest go first. */
export function memoryBuckets(options: { readonly bytes: number; readonly clock: () => number }): MemoryBuckets {
  const buckets = new Map<string, Map<string, StoredObject>>()
  const uploads = new Map<string, Map<number, Uint8Array>>()
  let held = 0
  const created = new Date(options.clock())

  const put = (bucket: string, key: string, request: HttpRequest, body: Uint8Array): StandInAnswer => {
    const objects = buckets.get(bucket) ?? new Map<string, StoredObject>()
    buckets.set(bucket, objects)
    remove(objects, key)
    const kept = request.headers.filter(([name]) => KEPT_HEADER.test(name))
    const headers = kept
      .map(([name, value]) => [name, name.toLowerCase() === 'content-encoding' ? withoutChunks(value) : value.trim()] as const)
      // A form's field may be called and hold what no header can.
      .filter(([name, value]) => value !== '' && HEADER_NAME.test(name) && HEADER_VALUE.test(value))
    const etag = `"${createHash('md5').update(body).digest('hex')}"`
    objects.set(key, { body, headers, modified: new Date(options.clock()), etag })
    held += body.length
    makeRoom()
    return answered(200, [['ETag', etag]])
  }
  const remove = (objects: Map<string, StoredObject>, key: string) => {
    held -= objects.get(key)?.body.length ?? 0
    objects.delete(key)
  }
  const makeRoom = () => {
    for (const objects of buckets.values())
      for (const key of objects.keys()) {
        if (held <= options.bytes) return
        remove(objects, key)
      }
  }

  const onBucket = (bucket: string, request: HttpRequest, query: Query): StandInAnswer => {
    const objects = buckets.get(bucket)
    if (request.method === 'PUT') {
      if (objects === undefined) buckets.set(bucket, new Map())
      return answered(200, [['Location', `/${bucket}`]])
    }
    if (objects === undefined) return failed(404, 'NoSuchBucket', 'The specified bucket does not exist', [['BucketName', bucket]])
    if (request.method === 'HEAD') return answered(200, [['x-amz-bucket-region', 'us-east-1']])
    if (request.method === 'DELETE') {
      if (objects.size > 0) return failed(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty', [['BucketName', bucket]])
      buckets.delete(bucket)
      return answered(204)
    }
    if (request.method === 'POST' && query.has('delete')) {
      const keys = [...byteString(request.body ?? NOTHING).matchAll(/<Key>([^<]*)<\/Key>/g)].map((found) => unescaped(found[1]!))
      for (const key of keys) remove(objects, key)
      return xml(`<DeleteResult>${keys.map((key) => `<Deleted>${element('Key', key)}</Deleted>`).join('')}</DeleteResult>`)
    }
    if (query.has('location')) return xml('<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></LocationConstraint>')
    if (query.has('versioning')) return xml('<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>')
    if (query.has('uploads'))
      return xml(`<ListMultipartUploadsResult>${element('Bucket', bucket)}<IsTruncated>false</IsTruncated></ListMultipartUploadsResult>`)
    return listing(bucket, objects, query)
  }

  const onObject = (bucket: string, key: string, request: HttpRequest, query: Query): StandInAnswer => {
    const body = request.body ?? NOTHING
    const upload = query.get('uploadId')
    if (request.method === 'POST' && query.has('uploads')) {
      const id = createHash('sha256').update(`${bucket}/${key}/${uploads.size}`).digest('hex').slice(0, 32)
      if (uploads.size >= UPLOADS_AT_MOST) uploads.delete(uploads.keys().next().value!)
      uploads.set(id, new Map())
      return xml(
        `<InitiateMultipartUploadResult>${element('Bucket', bucket)}${element('Key', key)}${element('UploadId', id)}</InitiateMultipartUploadResult>`,
      )
    }
    if (upload !== undefined) {
      const parts = uploads.get(upload)
      if (parts === undefined) return failed(404, 'NoSuchUpload', 'The specified upload does not exist.', [['UploadId', upload]])
      if (request.method === 'PUT') {
        if (partsHeld(uploads) + body.length > options.bytes)
          return failed(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed object size.', [])
        parts.set(Number(query.get('partNumber')), body)
        return answered(200, [['ETag', `"${createHash('md5').update(body).digest('hex')}"`]])
      }
      uploads.delete(upload)
      if (request.method === 'DELETE') return answered(204)
      const whole = Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, part]) => part))
      const etag = put(bucket, key, request, whole).headers.find(([name]) => name === 'ETag')![1]
      return xml(
        `<CompleteMultipartUploadResult>${element('Bucket', bucket)}${element('Key', key)}${element('ETag', etag)}</CompleteMultipartUploadResult>`,
      )
    }
    if (request.method === 'PUT') {
      const source = headerValue(request, 'x-amz-copy-source')
      if (source === undefined) return put(bucket, key, request, body)
      const from = /^\/?([^/]+)\/([^?]*)/.exec(uriDecode(source))
      const found = from === null ? undefined : buckets.get(from[1]!)?.get(from[2]!)
      if (found === undefined) return failed(404, 'NoSuchKey', 'The specified key does not exist.', [['Key', source]])
      put(bucket, key, { ...request, headers: found.headers }, found.body)
      return xml(
        `<CopyObjectResult>${element('ETag', found.etag)}${element('LastModified', found.modified.toISOString())}</CopyObjectResult>`,
      )
    }
    const objects = buckets.get(bucket)
    if (request.method === 'DELETE') {
      if (objects !== undefined) remove(objects, key)
      return answered(204)
    }
    const found = objects?.get(key)
    if (found === undefined)
      return objects === undefined
        ? failed(404, 'NoSuchBucket', 'The specified bucket does not exist', [['BucketName', bucket]])
        : failed(404, 'NoSuchKey', 'The specified key does not exist.', [['Key', key]])
    return objectAnswer(found, headerValue(request, 'range'))
  }

  return {
    answerForm: (request, { bucket, key, fields, fileType }) => {
      const type = fields.get('content-type') ?? fileType
      const headers = [...fields].filter(([name]) => name !== 'content-type' && KEPT_HEADER.test(name))
      const kept = { ...request, headers: type === undefined ? headers : [...headers, ['content-type', type] as const] }
      const etag = put(bucket, key, kept, request.body ?? NOTHING).headers[0]!
      const redirect = fields.get('success_action_redirect') ?? fields.get('redirect')
      if (redirect !== undefined && /^https?:\/\/[\x21-\x7e]+$/.test(redirect)) return answered(303, [['Location', redirect], etag])
      const status = fields.get('success_action_status')
      const location = locationOf(request, bucket, key)
      if (status !== '201') return answered(status === '200' ? 200 : 204, [etag, ['Location', location]])
      const place = element('Location', location) + element('Bucket', bucket) + element('Key', key) + element('ETag', etag[1])
      const made = xml(`<PostResponse>${place}</PostResponse>`)
      return { ...made, status: 201, headers: [...made.headers, etag, ['Location', location]] }
    },
    answer: (request) => {
      const { bucket, key } = bucketPlace(request)
      const query: Query = new Map(
        queryParameters(splitTarget(request.target).query ?? '').map(([name, value]) => [uriDecode(name), uriDecode(value ?? '')]),
      )
      if (bucket === '') return xml(ownBuckets([...buckets.keys()], created))
      return key === '' ? onBucket(bucket, request, query) : onObject(bucket, key, request, query)
    },
  }
}

/** Where an object is, as S3 says it: the key's slashes are escaped. */
function locationOf(request: HttpRequest, bucket: string, key: string): string {
  const host = headerValue(request, 'host') ?? ''
  const inPath = splitTarget(request.target).path !== '/'
  return `http://${host}/${inPath ? `${uriEncode(bucket)}/` : ''}${uriEncode(key)}`
}

type Query = ReadonlyMap<string, string>

function ownBuckets(names: readonly string[], created: Date): string {
  const list = names.map((name) => `<Bucket>${element('Name', name)}${element('CreationDate', created.toISOString())}</Bucket>`)
  return `<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>countersign</ID><DisplayName>countersign</DisplayName></Owner><Buckets>${list.join('')}</Buckets></ListAllMyBucketsResult>`
}

function listing(bucket: string, objects: ReadonlyMap<string, StoredObject>, query: Query): StandInAnswer {
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? '']
  const after = query.get('start-after') ?? query.get('marker') ?? query.get('continuation-token') ?? ''
  const most = Math.min(Number(query.get('max-keys') ?? 1000) || 1000, 1000)
  const encode = query.get('encoding-type') === 'url' ? (text: string) => encodeURIComponent(readableText(text)) : (text: string) => text
  const found = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort()
  const common = new Set<string>()
  const contents: string[] = []
  for (const key of found) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    if (end >= 0) common.add(key.slice(0, end + delimiter.length))
    else contents.push(key)
  }
  const shown = contents.slice(0, most)
  const entry = (key: string) => {
    const { etag, body, modified } = objects.get(key)!
    return `<Contents>${element('Key', encode(key))}${element('LastModified', modified.toISOString())}${element('ETag', etag)}<Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`
  }
  const cut = contents.length > shown.length
  const next = cut ? (query.has('list-type') ? element('NextContinuationToken', shown.at(-1)!) : element('NextMarker', shown.at(-1)!)) : ''
  return xml(
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${element('Name', bucket)}${element('Prefix', encode(prefix))}<KeyCount>${shown.length + common.size}</KeyCount><MaxKeys>${most}</MaxKeys>${element('Delimiter', delimiter)}<IsTruncated>${cut}</IsTruncated>${next}${query.get('encoding-type') === 'url' ? '<EncodingType>url</EncodingType>' : ''}${shown.map(entry).join('')}${[...common].map((one) => `<CommonPrefixes>${element('Prefix', encode(one))}</CommonPrefixes>`).join('')}</ListBucketResult>`,
  )
}

function objectAnswer({ body, headers, etag, modified }: StoredObject, range: string | undefined): StandInAnswer {
  const named = [['ETag', etag], ['Last-Modified', modified.toUTCString()], ['Accept-Ranges', 'bytes'], ...headers] as const
  const wanted = /^bytes=(\d*)-(\d*)$/.exec(range ?? '')
  if (wanted === null || wanted[0] === 'bytes=-' || body.length === 0) return { status: 200, headers: named, body }
  const start = wanted[1] === '' ? Math.max(0, body.length - Number(wanted[2])) : Number(wanted[1])
  const end = wanted[1] === '' || wanted[2] === '' ? body.length - 1 : Math.min(Number(wanted[2]), body.length - 1)
  if (start > end) return failed(416, 'InvalidRange', 'The requested range is not satisfiable', [])
  return {
    status: 206,
    headers: [...named, ['Content-Range', `bytes ${start}-${end}/${body.length}`]],
    body: body.subarray(start, end + 1),
  }
}

/** A Content-Encoding without the way in which the payload was sent. */
function withoutChunks(value: string): string {
  const encodings = value.split(',').map((one) => one.trim())
  return encodings.filter((one) => one !== '' && one.toLowerCase() !== 'aws-chunked').join(', ')
}

function partsHeld(uploads: ReadonlyMap<string, ReadonlyMap<number, Uint8Array>>): number {
  let bytes = 0
  for (const parts of uploads.values()) for (const part of parts.values()) bytes += part.length
  return bytes
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')
}

function answered(status: number, headers: StandInAnswer['headers'] = []): StandInAnswer {
  return { status, headers, body: NOTHING }
}

function xml(text: string): StandInAnswer {
  return {
    status: 200,
    headers: [['Content-Type', 'application/xml']],
    body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`, 'utf8'),
  }
}

function failed(status: number, code: string, message: string, extra: readonly (readonly [string, string])[]): StandInAnswer {
  const inner = [['Code', code], ['Message', message], ...extra].map(([name, value]) => element(name!, value!)).join('')
  return { ...xml(`<Error>${inner}</Error>`), status }
}

const NOTHING = new Uint8Array(0)
const KEPT_HEADER = /^(?:x-amz-meta-.*|content-(?:type|encoding|language|disposition)|cache-control|expires)$/i
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/i
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
const UPLOADS_AT_MOST = 100
