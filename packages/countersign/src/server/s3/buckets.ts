/** Buckets themselves: made, listed, found, deleted, and their versioning. */
import type { StandInAnswer } from '../stand-in.js'
import { OWNER } from './listing-request.js'
import type { ObjectMemory } from './object-memory.js'
import { leafOf, xmlBody } from './request-xml.js'
import { answered, elements, isoDate, S3Failure, xml } from './s3-answer.js'
import { bucketOf, type S3Request } from './s3-request.js'

export function listBuckets(memory: ObjectMemory): StandInAnswer {
  const list = memory.buckets.map(([name, { created }]) => {
    const inner = elements([
      ['Name', name],
      ['CreationDate', isoDate(created)],
    ])
    return `<Bucket>${inner}</Bucket>`
  })
  return xml('ListAllMyBucketsResult', `<Owner>${elements(OWNER)}</Owner><Buckets>${list.join('')}</Buckets>`)
}

export function createBucket(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  memory.make(asked.bucket, asked.caller.scope.region ?? 'us-east-1')
  return answered(200, [['Location', `/${asked.bucket}`]])
}

export function headBucket(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  return answered(200, [['x-amz-bucket-region', bucketOf(memory, asked).region]])
}

export function deleteBucket(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  if (!bucketOf(memory, asked).isEmpty) throw new S3Failure('BucketNotEmpty', { extra: [['BucketName', asked.bucket]] })
  memory.drop(asked.bucket)
  return answered(204)
}

/** The oldest region is called by no name. */
export function bucketLocation(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const { region } = bucketOf(memory, asked)
  return xml('LocationConstraint', region === 'us-east-1' ? '' : region)
}

export function bucketVersioning(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  return xml('VersioningConfiguration', elements([['Status', bucketOf(memory, asked).versioning]]))
}

export function setVersioning(memory: ObjectMemory, asked: S3Request): StandInAnswer {
  const status = leafOf(xmlBody(asked.body, 'VersioningConfiguration'), 'Status')
  if (status !== 'Enabled' && status !== 'Suspended') throw new S3Failure('MalformedXML')
  bucketOf(memory, asked).versioning = status
  return answered(200)
}
