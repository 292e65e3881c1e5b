/** ListMultipartUploads and ListParts. */
import type { StandInAnswer } from '../stand-in.js'
import { commonPrefixes, listingRequest, mostOf, ownerElement } from './listing-request.js'
import { uploadOf } from './multipart.js'
import type { ObjectMemory } from './object-memory.js'
import { page, rolledUp } from './rolled-up.js'
import { elements, isoDate, xml } from './s3-answer.js'
import { bucketOf, type S3Request } from './s3-request.js'
import type { StoredUpload } from './stored.js'

export function listUploads(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const wanted = listingRequest(asked, 'max-uploads')
  const byKey = new Map<string, StoredUpload[]>()
  for (const upload of bucketOf(memory, asked).uploads) byKey.set(upload.key, [...(byKey.get(upload.key) ?? []), upload])
  const [keyMarker, idMarker] = [asked.query.get('key-marker') ?? '', asked.query.get('upload-id-marker') ?? '']
  const walk = rolledUp([...byKey.keys()].sort(), { ...wanted, after: keyMarker, including: idMarker !== '' })
  const { items, truncated } = page(uploadsIn(walk, byKey, keyMarker, idMarker), wanted.most)
  const last = truncated ? items.at(-1) : undefined
  const { spelled } = wanted
  const head = elements([
    ['Bucket', asked.bucket],
    ['KeyMarker', spelled(keyMarker)],
    ['UploadIdMarker', idMarker],
    ['NextKeyMarker', last === undefined ? undefined : spelled('upload' in last ? last.upload.key : last.commonPrefix)],
    ['NextUploadIdMarker', last !== undefined && 'upload' in last ? last.upload.id : undefined],
    ['Prefix', spelled(wanted.prefix)],
    ['Delimiter', wanted.delimiter === '' ? undefined : spelled(wanted.delimiter)],
    ['EncodingType', wanted.encodingType],
    ['MaxUploads', wanted.most],
    ['IsTruncated', String(truncated)],
  ])
  const entries = items.flatMap((one) => ('upload' in one ? [`<Upload>${uploadElements(one.upload, spelled)}</Upload>`] : []))
  const prefixes = items.flatMap((one) => ('commonPrefix' in one ? [one.commonPrefix] : []))
  return xml('ListMultipartUploadsResult', `${head}${entries.join('')}${commonPrefixes(prefixes, wanted)}`)
}

export function listParts(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const upload = uploadOf(memory, asked)
  const most = mostOf(asked.query.get('max-parts'), 'max-parts')
  const after = mostOf(asked.query.get('part-number-marker') ?? '0', 'part-number-marker')
  const sorted = [...upload.parts.values()].sort((a, b) => a.number - b.number).filter(({ number }) => number > after)
  const { items, truncated } = page(sorted, most)
  const head = elements([
    ['Bucket', asked.bucket],
    ['Key', asked.key],
    ['UploadId', upload.id],
    ['StorageClass', 'STANDARD'],
    ['PartNumberMarker', after],
    ['NextPartNumberMarker', items.at(-1)?.number ?? 0],
    ['MaxParts', most],
    ['IsTruncated', String(truncated)],
  ])
  const entries = items.map(({ number, modified, etag, body }) => {
    const part = elements([
      ['PartNumber', number],
      ['LastModified', isoDate(modified)],
      ['ETag', etag],
      ['Size', body.length],
    ])
    return `<Part>${part}</Part>`
  })
  return xml('ListPartsResult', `${head}${ownerElement('Initiator')}${ownerElement('Owner')}${entries.join('')}`)
}

type Listed = { readonly upload: StoredUpload } | { readonly commonPrefix: string }

function* uploadsIn(
  walk: ReturnType<typeof rolledUp>,
  byKey: ReadonlyMap<string, readonly StoredUpload[]>,
  keyMarker: string,
  idMarker: string,
): Generator<Listed> {
  for (const one of walk) {
    if (!('key' in one)) {
      yield one
      continue
    }
    const uploads = byKey.get(one.key)!
    const begun = one.key === keyMarker ? uploads.findIndex(({ id }) => id === idMarker) + 1 : 0
    for (const upload of uploads.slice(begun)) yield { upload }
  }
}

function uploadElements({ key, id, begun }: StoredUpload, spelled: (text: string) => string): string {
  const named = elements([
    ['Key', spelled(key)],
    ['UploadId', id],
  ])
  const rest = elements([
    ['StorageClass', 'STANDARD'],
    ['Initiated', isoDate(begun)],
  ])
  return `${named}${ownerElement('Initiator')}${ownerElement('Owner')}${rest}`
}
