/** What tools ask of a bucket or an object that nobody has set anything of: AWS's answers for a new bucket. */
import type { StandInAnswer } from '../stand-in.js'
import { OWNER, ownerElement } from './listing-request.js'
import type { ObjectMemory } from './object-memory.js'
import { versionAsked } from './objects.js'
import { elements, S3Failure, xml } from './s3-answer.js'
import { bucketOf, type S3Request } from './s3-request.js'

type Operation = (memory: ObjectMemory, asked: S3Request) => StandInAnswer

/** The owner has all rights, and nobody else has any. */
export const bucketAcl: Operation = (memory, asked) => {
  bucketOf(memory, asked)
  return ownersAcl()
}

export const objectAcl: Operation = (memory, asked) => {
  versionAsked(memory, asked)
  return ownersAcl()
}

/** A new bucket takes no other ACL than its own. */
export const setAcl: Operation = (memory, asked) => {
  bucketOf(memory, asked)
  throw new S3Failure('AccessControlListNotSupported')
}

/** The settings that a bucket is asked for, by the name of their parameter. */
export const BUCKET_SETTINGS: ReadonlyMap<string, Operation> = new Map([
  ['accelerate', is('AccelerateConfiguration', '')],
  ['cors', none('NoSuchCORSConfiguration')],
  [
    'encryption',
    is(
      'ServerSideEncryptionConfiguration',
      '<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule>',
    ),
  ],
  ['lifecycle', none('NoSuchLifecycleConfiguration')],
  ['logging', is('BucketLoggingStatus', '')],
  ['notification', is('NotificationConfiguration', '')],
  ['object-lock', none('ObjectLockConfigurationNotFoundError')],
  ['ownershipControls', is('OwnershipControls', '<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>')],
  ['policy', none('NoSuchBucketPolicy')],
  ['policyStatus', none('NoSuchBucketPolicy')],
  [
    'publicAccessBlock',
    is(
      'PublicAccessBlockConfiguration',
      elements(['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].map((name) => [name, 'true'])),
    ),
  ],
  ['replication', none('ReplicationConfigurationNotFoundError')],
  ['requestPayment', is('RequestPaymentConfiguration', '<Payer>BucketOwner</Payer>')],
  ['website', none('NoSuchWebsiteConfiguration')],
])

function is(root: string, inner: string): Operation {
  return (memory, asked) => {
    bucketOf(memory, asked)
    return xml(root, inner)
  }
}

function none(code: ConstructorParameters<typeof S3Failure>[0]): Operation {
  return (memory, asked) => {
    bucketOf(memory, asked)
    throw new S3Failure(code, { extra: [['BucketName', asked.bucket]] })
  }
}

function ownersAcl(): StandInAnswer {
  const grantee = `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser">${elements(OWNER)}</Grantee>`
  const grant = `<Grant>${grantee}<Permission>FULL_CONTROL</Permission></Grant>`
  return xml('AccessControlPolicy', `${ownerElement('Owner')}<AccessControlList>${grant}</AccessControlList>`)
}
