/** The file of a browser's form, kept, and S3's answer to it. */
import type { Header } from '../../sigv4/index.js'
import type { VerifiedForm } from '../../verifier/index.js'
import type { StandInAnswer } from '../stand-in.js'
import { keptHeaders, versionHeader } from './kept-headers.js'
import { locationOf } from './location.js'
import type { ObjectMemory } from './object-memory.js'
import { inOnePiece, kept } from './objects.js'
import { answered, elements, type NamedValues, xml } from './s3-answer.js'
import type { S3Request } from './s3-request.js'

export function keepForm(memory: ObjectMemory, asked: S3Request, form: VerifiedForm): StandInAnswer {
  const { bucket, key, fields, fileType } = form
  const type = fields.get('content-type') ?? fileType
  const others = [...fields].filter(([name]) => name !== 'content-type')
  const headers: readonly Header[] = type === undefined ? others : [...others, ['content-type', type]]
  // The form's own headers are no conditions on its file.
  const ofForm = { ...asked, bucket, key, header: () => undefined }
  const version = kept(memory, ofForm, { ...inOnePiece(asked.body), headers: keptHeaders(headers), tags: [] })
  const { etag } = version.object!
  const own: NamedValues = [['ETag', etag], ...versionHeader(version)]
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect')
  if (redirect !== undefined && /^https?:\/\/[\x21-\x7e]+$/.test(redirect)) return answered(303, [['Location', redirect], ...own])
  const status = fields.get('success_action_status')
  const location = locationOf(asked.request, bucket, key)
  if (status !== '201') return answered(status === '200' ? 200 : 204, [...own, ['Location', location]])
  const place = elements([
    ['Location', location],
    ['Bucket', bucket],
    ['Key', key],
    ['ETag', etag],
  ])
  const made = xml('PostResponse', place, [...own, ['Location', location]])
  return { ...made, status: 201 }
}
