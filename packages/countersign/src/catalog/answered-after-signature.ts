/**
 * Codes that a service gives after it accepted the signature, and codes that say nothing of it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */

/** Codes of requests whose signature was accepted: the service went on to what was asked. */
export const CODES_AFTER_SIGNATURE: ReadonlySet<string> = new Set(
  `BadDigest BucketAlreadyExists BucketAlreadyOwnedByYou BucketNotEmpty ConditionalCheckFailedException ConditionalRequestConflict
   EntityTooLarge EntityTooSmall InvalidBucketState InvalidObjectState InvalidPart InvalidPartOrder InvalidRange
   InvalidStorageClass KeyTooLongError LimitExceededException MalformedXML MethodNotAllowed MissingContentLength NotModified
   ObjectLockConfigurationNotFoundError OperationAborted PreconditionFailed QueueDoesNotExist QuotaExceeded ResourceConflictException
   ResourceInUseException ResourceNotFoundException ResourceAlreadyExistsException ServerSideEncryptionConfigurationNotFoundError
   StateMachineDoesNotExist TableNotFoundException TooManyBuckets ValidationError ValidationException`.split(/\s+/),
)

/** Codes that come before a signature is looked at, or whatever it is: they say nothing of it. */
export const CODES_SILENT_OF_SIGNATURE =
  /^(?:InvalidBucketName|InternalError|InternalFailure|InternalServerError|InternalServiceError|ServiceUnavailable(?:Exception)?|SlowDown|RequestTimeout|RequestLimitExceeded|Throttling(?:Exception)?|TooManyRequests(?:Exception)?|ProvisionedThroughputExceededException|BandwidthLimitExceeded|XMinioServerNotInitialized)$/

/** Codes of a permission that lacks; without a principal named, or a control that passed, the signature may also not have arrived. */
export const PERMISSION_CODES: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AllAccessDisabled',
  'AuthorizationError',
  'Forbidden',
  'NotAuthorized',
  'UnauthorizedAccess',
  'UnauthorizedOperation',
])
