/** Answers of S3 by their form: an empty one, one of XML, an error in AWS's words. */
import { element } from '../../verifier/index.js'
import type { StandInAnswer } from '../stand-in.js'

export type NamedValues = readonly (readonly [name: string, value: string])[]

export function answered(status: number, headers: NamedValues = []): StandInAnswer {
  return { status, headers, body: [] }
}

export function xml(root: string, inner: string, headers: NamedValues = []): StandInAnswer {
  const opened = root === 'Error' ? '<Error>' : `<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${opened}${inner}</${root}>`
  return { status: 200, headers: [['Content-Type', 'application/xml'], ...headers], body: [Buffer.from(text, 'utf8')] }
}

/** Elements in order; one without a value is left out. */
export function elements(values: readonly (readonly [name: string, value: string | number | undefined])[]): string {
  return values.map(([name, value]) => (value === undefined ? '' : element(name, String(value)))).join('')
}

/** A date as S3's XML has it. */
export function isoDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

/** Thrown by whatever finds that a request cannot be done; the answer is an error of S3. */
export class S3Failure extends Error {
  constructor(
    readonly awsCode: S3ErrorCode,
    readonly more: {
      readonly message?: string
      readonly extra?: NamedValues
      readonly headers?: NamedValues
      readonly status?: number
    } = {},
  ) {
    super(awsCode)
  }
}

export function invalidArgument(message: string, name: string, value: string): S3Failure {
  const extra = [
    ['ArgumentName', name],
    ['ArgumentValue', value],
  ] as const
  return new S3Failure('InvalidArgument', { message, extra })
}

/** The error's answer. `last` stands at its end, as S3 has it. */
export function failureAnswer({ awsCode, more }: S3Failure, last: NamedValues): StandInAnswer {
  const [status, message] = S3_ERRORS[awsCode]
  const inner = elements([['Code', awsCode], ['Message', more.message ?? message], ...(more.extra ?? []), ...last])
  return { ...xml('Error', inner, more.headers), status: more.status ?? status }
}

type S3ErrorCode = keyof typeof S3_ERRORS

/** Status and words of AWS. `InsufficientStorage` is the stand-in's own: S3 is never full. */
const S3_ERRORS = {
  AccessControlListNotSupported: [400, 'The bucket does not allow ACLs'],
  BadDigest: [400, 'The Content-MD5 you specified did not match what we received.'],
  BucketAlreadyOwnedByYou: [409, 'Your previous request to create the named bucket succeeded and you already own it.'],
  BucketNotEmpty: [409, 'The bucket you tried to delete is not empty'],
  EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed size'],
  EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size'],
  InsufficientStorage: [507, 'The stand-in keeps objects in memory, and its room is taken. Delete some, or start it with more --memory.'],
  InvalidArgument: [400, 'Invalid Argument'],
  InvalidBucketName: [400, 'The specified bucket is not valid.'],
  InvalidPart: [
    400,
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  ],
  InvalidPartNumber: [416, 'The requested partnumber is not satisfiable'],
  InvalidPartOrder: [400, 'The list of parts was not in ascending order. Parts must be ordered by part number.'],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  InvalidRequest: [400, 'Invalid Request'],
  KeyTooLongError: [400, 'Your key is too long'],
  MalformedXML: [400, 'The XML you provided was not well-formed or did not validate against our published schema'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchBucketPolicy: [404, 'The bucket policy does not exist'],
  NoSuchCORSConfiguration: [404, 'The CORS configuration does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NoSuchLifecycleConfiguration: [404, 'The lifecycle configuration does not exist'],
  NoSuchTagSet: [404, 'The TagSet does not exist'],
  NoSuchUpload: [
    404,
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  ],
  NoSuchVersion: [404, 'The specified version does not exist.'],
  NoSuchWebsiteConfiguration: [404, 'The specified bucket does not have a website configuration'],
  NotImplemented: [501, 'A header you provided implies functionality that is not implemented'],
  ObjectLockConfigurationNotFoundError: [404, 'Object Lock configuration does not exist for this bucket'],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
  ReplicationConfigurationNotFoundError: [404, 'The replication configuration was not found'],
  SlowDown: [503, 'Please reduce your request rate.'],
} as const
