/** Which operation of S3 a request is: by its method, by whether it names a bucket and a key, and by its sub-resource. */
import type { StandInAnswer } from '../stand-in.js'
import { bucketLocation, bucketVersioning, createBucket, deleteBucket, headBucket, listBuckets, setVersioning } from './buckets.js'
import { copyObject } from './copy.js'
import { deleteMany } from './delete-many.js'
import { listObjects, listVersions } from './list-objects.js'
import { listParts, listUploads } from './list-uploads.js'
import { abortUpload, beginUpload, completeUpload, copyPart, putPart } from './multipart.js'
import type { ObjectMemory } from './object-memory.js'
import { deleteObject, getObject, putObject } from './objects.js'
import { S3Failure } from './s3-answer.js'
import type { S3Request } from './s3-request.js'
import { BUCKET_SETTINGS, bucketAcl, objectAcl, setAcl } from './settings.js'
import { bucketTags, objectTags, tagBucket, tagObject, untagBucket, untagObject } from './tagging.js'

type Operation = (memory: ObjectMemory, asked: S3Request) => StandInAnswer

/** @throws S3Failure where S3 has an operation and the stand-in does not, or neither has. */
export function operationOf(asked: S3Request): Operation {
  const { method, bucket, key, query } = asked
  const place = bucket === '' ? 'account' : key === '' ? 'bucket' : 'object'
  const resource = SUBRESOURCES.find((name) => query.has(name)) ?? ''
  const copies = asked.header('x-amz-copy-source') === undefined ? '' : ' copy'
  const wanted = `${method} ${place} ${resource}`
  const found = OPERATIONS.get(`${wanted}${copies}`) ?? OPERATIONS.get(wanted)
  if (found !== undefined) return found
  const setting = method === 'GET' && place === 'bucket' ? BUCKET_SETTINGS.get(resource) : undefined
  if (setting !== undefined) return setting
  throw resource === '' ? notAllowed(asked) : new S3Failure('NotImplemented', { extra: [['Header', resource]] })
}

function notAllowed({ method }: S3Request): S3Failure {
  return new S3Failure('MethodNotAllowed', {
    extra: [
      ['Method', method],
      ['ResourceType', 'SERVICE'],
    ],
  })
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['GET account ', listBuckets],
  ['HEAD account ', listBuckets],
  ['PUT bucket ', createBucket],
  ['HEAD bucket ', headBucket],
  ['DELETE bucket ', deleteBucket],
  ['GET bucket ', listObjects],
  ['GET bucket versions', listVersions],
  ['GET bucket uploads', listUploads],
  ['GET bucket location', bucketLocation],
  ['GET bucket versioning', bucketVersioning],
  ['PUT bucket versioning', setVersioning],
  ['GET bucket acl', bucketAcl],
  ['PUT bucket acl', setAcl],
  ['GET bucket tagging', bucketTags],
  ['PUT bucket tagging', tagBucket],
  ['DELETE bucket tagging', untagBucket],
  ['POST bucket delete', deleteMany],
  ['PUT object ', putObject],
  ['PUT object  copy', copyObject],
  ['GET object ', getObject],
  ['HEAD object ', getObject],
  ['GET object partNumber', getObject],
  ['HEAD object partNumber', getObject],
  ['DELETE object ', deleteObject],
  ['GET object acl', objectAcl],
  ['PUT object acl', setAcl],
  ['GET object tagging', objectTags],
  ['PUT object tagging', tagObject],
  ['DELETE object tagging', untagObject],
  ['POST object uploads', beginUpload],
  ['PUT object uploadId', putPart],
  ['PUT object uploadId copy', copyPart],
  ['GET object uploadId', listParts],
  ['POST object uploadId', completeUpload],
  ['DELETE object uploadId', abortUpload],
])

/** S3's names of what a request may be about besides the bucket or the object. An upload's ID comes before its part. */
const SUBRESOURCES =
  'uploadId uploads partNumber acl tagging versioning versions delete location policy policyStatus cors lifecycle website logging notification replication encryption accelerate requestPayment object-lock ownershipControls publicAccessBlock analytics inventory metrics intelligent-tiering attributes legal-hold retention restore select torrent session renameObject'.split(
    ' ',
  )
