/** How S3 words its refusals: codes with their statuses, and the texts that more than one check has. */
import { bytesOf } from './byte-string.js'
import type { Refused } from './check-context.js'
import { STREAMING_PAYLOADS } from './wire-names.js'

export function headerMalformed(text: string): Refused {
  return { code: 'AuthorizationHeaderMalformed', message: `The authorization header is malformed; ${text}`, status: 400 }
}

export function queryError(message: string): Refused {
  return { code: 'AuthorizationQueryParametersError', message, status: 400 }
}

export function denied(message: string, extra: Refused['extra'] = []): Refused {
  return { code: 'AccessDenied', message, status: 403, extra }
}

export function invalidRequest(message: string): Refused {
  return { code: 'InvalidRequest', message, status: 400 }
}

export function invalidArgument(message: string, name: string, value: string): Refused {
  return {
    code: 'InvalidArgument',
    message,
    status: 400,
    extra: [
      ['ArgumentName', name],
      ['ArgumentValue', value],
    ],
  }
}

export function extendedDate(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+/, '')
}

/** The bytes of a text as lower-case hex pairs, as the elements whose names end in "Bytes" have them. */
export function spacedHex(text: string): string {
  return Array.from(bytesOf(text), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

/** What S3 says to a second Authorization header, before it looks into either. */
export const TWO_AUTHORIZATIONS: Refused = {
  code: 'NotImplemented',
  message: 'A header you provided implies functionality that is not implemented',
  status: 501,
  extra: [['Header', 'Authorization']],
}
/** What S3 says to an Authorization header of one word. */
export const ONE_SPACE = "Authorization header is invalid -- one and only one ' ' (space) required"
export const NO_KEY_ID = 'a non-empty Access Key (AKID) must be provided in the credential.'
/** What S3 says to Signature Version 2. */
export const OTHER_MECHANISM = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.'
export const ONLY_ONE =
  'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified'
export const REQUIRES_SIX =
  'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.'
export const LESS_THAN_A_WEEK =
  'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds'
export const CONTENT_SHA256_MUST_BE = `x-amz-content-sha256 must be UNSIGNED-PAYLOAD, ${STREAMING_PAYLOADS.filter((word) => !word.endsWith('EVENTS')).join(', ')} or a valid sha256 value.`
