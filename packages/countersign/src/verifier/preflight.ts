/**
 * OPTIONS on S3: the question of a browser whether it may send a request to another origin (CORS). Nobody signs it, and S3 answers it
 * before it asks who it is; a bucket without CORS rules, as all are here, allows nothing.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html
 */
import { type HttpRequest, headerValue, type Refused } from '../sigv4/index.js'
import { bucketPlace } from './bucket-place.js'

/** S3's refusal of an OPTIONS request, signed or not. */
export function preflightRefused(request: HttpRequest): Refused {
  const method = headerValue(request, 'access-control-request-method')
  if (headerValue(request, 'origin') === undefined) return badRequest('Insufficient information. Origin request header needed.')
  if (method === undefined) return badRequest('Invalid Access-Control-Request-Method: null')
  return {
    code: 'AccessForbidden',
    message: 'CORSResponse: CORS is not enabled for this bucket.',
    status: 403,
    extra: [
      ['Method', method],
      ['ResourceType', bucketPlace(request).key === '' ? 'BUCKET' : 'OBJECT'],
    ],
  }
}

function badRequest(message: string): Refused {
  return { code: 'BadRequest', message, status: 400 }
}
