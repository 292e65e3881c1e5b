/** DeleteObjects: up to a thousand keys in one request. */
import type { StandInAnswer } from '../stand-in.js'
import type { ObjectMemory } from './object-memory.js'
import { deleted } from './objects.js'
import { eachOf, leafOf, xmlBody } from './request-xml.js'
import { elements, S3Failure, xml } from './s3-answer.js'
import { bucketOf, type S3Request } from './s3-request.js'

export function deleteMany(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const bucket = bucketOf(memory, asked)
  if (!asked.request.headers.some(([name]) => CHECKED.test(name)))
    throw new S3Failure('InvalidRequest', { message: 'Missing required header for this request: Content-MD5' })
  const text = xmlBody(asked.body, 'Delete')
  const objects = eachOf(text, 'Object').map((one) => ({ key: leafOf(one, 'Key'), id: leafOf(one, 'VersionId') }))
  if (objects.length === 0 || objects.length > MOST) throw new S3Failure('MalformedXML')
  const quiet = leafOf(text, 'Quiet') === 'true'
  const done = objects.map(({ key, id }) => {
    if (key === undefined || key === '') throw new S3Failure('MalformedXML')
    const { gone, marker } = deleted(bucket, key, id)
    const isMarker = marker !== undefined || (id !== undefined && gone !== undefined && gone.object === undefined)
    const markerId = marker?.id ?? id
    const inner = elements([
      ['Key', key],
      ['VersionId', id],
      ['DeleteMarker', isMarker ? 'true' : undefined],
      ['DeleteMarkerVersionId', isMarker ? markerId : undefined],
    ])
    return `<Deleted>${inner}</Deleted>`
  })
  return xml('DeleteResult', quiet ? '' : done.join(''))
}

/** S3 insists on one of them, since a body that lost keys would delete others than were meant. */
const CHECKED = /^(?:content-md5|x-amz-checksum-.*|x-amz-trailer)$/i
const MOST = 1000
