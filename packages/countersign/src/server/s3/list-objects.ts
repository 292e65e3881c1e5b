/** ListObjects, in both versions, and ListObjectVersions. */
import { byteString, bytesOf } from '../../sigv4/index.js'
import type { StandInAnswer } from '../stand-in.js'
import type { Bucket } from './bucket.js'
import { commonPrefixes, type ListingRequest, listingRequest, ownerElement } from './listing-request.js'
import type { ObjectMemory } from './object-memory.js'
import { page, type Rolled, rolledUp } from './rolled-up.js'
import { elements, invalidArgument, isoDate, xml } from './s3-answer.js'
import { bucketOf, type S3Request } from './s3-request.js'
import type { StoredVersion } from './stored.js'

export function listObjects(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const { query } = asked
  const bucket = bucketOf(memory, asked)
  const wanted = listingRequest(asked, 'max-keys')
  const isV2 = query.get('list-type') === '2'
  const token = isV2 ? query.get('continuation-token') : undefined
  const after = token === undefined ? (query.get(isV2 ? 'start-after' : 'marker') ?? '') : placeOfToken(token)
  const { items, truncated } = page(withObjects(rolledUp(bucket.keys, { ...wanted, after }), bucket), wanted.most)
  const keys = items.flatMap((one) => ('key' in one ? [one.key] : []))
  const prefixes = items.flatMap((one) => ('commonPrefix' in one ? [one.commonPrefix] : []))
  const owner = !isV2 || query.get('fetch-owner') === 'true' ? ownerElement('Owner') : ''
  const contents = keys.map((key) => `<Contents>${objectElements(key, bucket.versionsOf(key)[0]!, wanted)}${owner}</Contents>`)
  const next = truncated ? lastOf(items) : undefined
  const { prefix, delimiter, most, spelled, encodingType } = wanted
  const head = isV2
    ? elements([
        ['ContinuationToken', token],
        ['StartAfter', spelledIf(query.get('start-after'), spelled)],
        ['KeyCount', items.length],
        ['NextContinuationToken', next === undefined ? undefined : Buffer.from(bytesOf(next)).toString('base64url')],
      ])
    : elements([
        ['Marker', spelled(after)],
        ['NextMarker', delimiter === '' || next === undefined ? undefined : spelled(next)],
      ])
  const rest = elements([
    ['Name', asked.bucket],
    ['Prefix', spelled(prefix)],
    ['MaxKeys', most],
    ['Delimiter', delimiter === '' ? undefined : spelled(delimiter)],
    ['EncodingType', encodingType],
    ['IsTruncated', String(truncated)],
  ])
  return xml('ListBucketResult', `${rest}${head}${contents.join('')}${commonPrefixes(prefixes, wanted)}`)
}

export function listVersions(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const { query } = asked
  const bucket = bucketOf(memory, asked)
  const wanted = listingRequest(asked, 'max-keys')
  const [keyMarker, idMarker] = [query.get('key-marker') ?? '', query.get('version-id-marker') ?? '']
  if (idMarker !== '' && keyMarker === '')
    throw invalidArgument('A version-id marker cannot be specified without a key marker.', 'version-id-marker', idMarker)
  const walk = rolledUp(bucket.keys, { ...wanted, after: keyMarker, including: idMarker !== '' })
  const { items, truncated } = page(versionsIn(walk, bucket, keyMarker, idMarker), wanted.most)
  const { spelled } = wanted
  const entries = items.flatMap((one) => {
    if (!('version' in one)) return []
    const { key, version } = one
    const name = version.object === undefined ? 'DeleteMarker' : 'Version'
    const latest = elements([
      ['VersionId', version.id],
      ['IsLatest', String(bucket.versionsOf(key)[0] === version)],
    ])
    return [`<${name}>${latest}${objectElements(key, version, wanted)}${ownerElement('Owner')}</${name}>`]
  })
  const prefixes = items.flatMap((one) => ('commonPrefix' in one ? [one.commonPrefix] : []))
  const last = truncated ? items.at(-1) : undefined
  const head = elements([
    ['Name', asked.bucket],
    ['Prefix', spelled(wanted.prefix)],
    ['KeyMarker', spelled(keyMarker)],
    ['VersionIdMarker', idMarker],
    ['NextKeyMarker', last === undefined ? undefined : spelled('version' in last ? last.key : last.commonPrefix)],
    ['NextVersionIdMarker', last !== undefined && 'version' in last ? last.version.id : undefined],
    ['MaxKeys', wanted.most],
    ['Delimiter', wanted.delimiter === '' ? undefined : spelled(wanted.delimiter)],
    ['EncodingType', wanted.encodingType],
    ['IsTruncated', String(truncated)],
  ])
  return xml('ListVersionsResult', `${head}${entries.join('')}${commonPrefixes(prefixes, wanted)}`)
}

/** What there is now: a key whose newest version is a delete marker is none, nor is a prefix of such keys alone. */
function* withObjects(walk: Iterable<Rolled>, bucket: Bucket): Generator<Rolled> {
  for (const one of walk) if ('key' in one ? bucket.object(one.key) !== undefined : holdsObject(bucket, one.commonPrefix)) yield one
}

function holdsObject(bucket: Bucket, commonPrefix: string): boolean {
  if (bucket.versioning === undefined) return true
  for (const one of rolledUp(bucket.keys, { prefix: commonPrefix, delimiter: '', after: '' }))
    if ('key' in one && bucket.object(one.key) !== undefined) return true
  return false
}

type Listed = { readonly key: string; readonly version: StoredVersion } | { readonly commonPrefix: string }

function* versionsIn(walk: Iterable<Rolled>, bucket: Bucket, keyMarker: string, idMarker: string): Generator<Listed> {
  for (const one of walk) {
    if (!('key' in one)) {
      yield one
      continue
    }
    const versions = bucket.versionsOf(one.key)
    const begun = one.key === keyMarker ? versions.findIndex(({ id }) => id === idMarker) + 1 : 0
    for (const version of versions.slice(begun)) yield { key: one.key, version }
  }
}

function objectElements(key: string, { modified, object }: StoredVersion, { spelled }: ListingRequest): string {
  const stored =
    object === undefined
      ? []
      : ([
          ['ETag', object.etag],
          ['Size', object.size],
          ['StorageClass', 'STANDARD'],
        ] as const)
  return elements([['Key', spelled(key)], ['LastModified', isoDate(modified)], ...stored])
}

function lastOf(items: readonly Rolled[]): string {
  const last = items.at(-1)!
  return 'key' in last ? last.key : last.commonPrefix
}

function spelledIf(text: string | undefined, spelled: (text: string) => string): string | undefined {
  return text === undefined ? undefined : spelled(text)
}

function placeOfToken(token: string): string {
  if (!/^[\w-]{1,2000}$/.test(token)) throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token)
  return byteString(Buffer.from(token, 'base64url'))
}
