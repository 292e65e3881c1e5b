/** What S3 keeps of the headers that come with an object, and what it gives back. */
import type { Header } from '../../sigv4/index.js'
import { uriDecode } from '../../sigv4/index.js'
import { invalidArgument, type NamedValues } from './s3-answer.js'
import type { StoredObject, StoredVersion, Tag } from './stored.js'

/** The headers to keep, names in lower case. An object always has a type. */
export function keptHeaders(headers: readonly Header[]): readonly Header[] {
  const kept = headers
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .filter(([name]) => KEPT_HEADER.test(name))
    .map(([name, value]) => [name, name === 'content-encoding' ? withoutChunks(value) : value] as const)
    // A form's field may be called and hold what no header can.
    .filter(([name, value]) => value !== '' && HEADER_NAME.test(name) && HEADER_VALUE.test(value))
  return kept.some(([name]) => name === 'content-type') ? kept : [...kept, DEFAULT_TYPE]
}

/** The tags of an `x-amz-tagging` header: a query. */
export function tagsOfHeader(text: string | undefined): readonly Tag[] {
  const pairs = (text ?? '').split('&').filter((one) => one !== '')
  return checkedTags(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
      return [uriDecode(name.replaceAll('+', '%20')), uriDecode(value.replaceAll('+', '%20'))] as const
    }),
  )
}

/** Tags within AWS's limits. */
export function checkedTags(tags: readonly Tag[]): readonly Tag[] {
  const long = tags.find(([key, value]) => key === '' || key.length > 512 || value.length > 1024)
  if (tags.length > 50) throw invalidArgument('Object tags cannot be greater than 10', 'tagging', String(tags.length))
  if (long !== undefined) throw invalidArgument('The TagKey or TagValue you have provided is invalid', 'tagging', long[0].slice(0, 512))
  return tags
}

/** Validators and metadata of a version, as GET and HEAD answer them. */
export function objectHeaders(version: StoredVersion, object: StoredObject): NamedValues {
  return [
    ['ETag', object.etag],
    ['Last-Modified', new Date(version.modified).toUTCString()],
    ['Accept-Ranges', 'bytes'],
    ...object.headers,
    ...(object.tags.length === 0 ? [] : [['x-amz-tagging-count', String(object.tags.length)] as const]),
    ...versionHeader(version),
  ]
}

/** The version's ID, where its bucket keeps versions. */
export function versionHeader({ id }: Pick<StoredVersion, 'id'>): NamedValues {
  return id === 'null' ? [] : [['x-amz-version-id', id]]
}

/** The headers of an answer with those that the request wants to be others ("response-content-type"). */
export function withOverrides(headers: NamedValues, query: ReadonlyMap<string, string>): NamedValues {
  const wanted = OVERRIDES.flatMap((name) => {
    const value = query.get(`response-${name}`)
    if (value === undefined) return []
    if (!HEADER_VALUE.test(value)) throw invalidArgument('Header value cannot be represented.', `response-${name}`, value)
    return [[name, value] as const]
  })
  return [...headers.filter(([name]) => !wanted.some(([other]) => other === name.toLowerCase())), ...wanted]
}

/** A Content-Encoding without the way in which the payload was sent. */
function withoutChunks(value: string): string {
  const encodings = value.split(',').map((one) => one.trim())
  return encodings.filter((one) => one !== '' && one.toLowerCase() !== 'aws-chunked').join(', ')
}

const DEFAULT_TYPE = ['content-type', 'binary/octet-stream'] as const
const OVERRIDES = ['content-type', 'content-language', 'expires', 'cache-control', 'content-disposition', 'content-encoding']
const KEPT_HEADER = /^(?:x-amz-meta-.*|content-(?:type|encoding|language|disposition)|cache-control|expires)$/
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
