/**
 * Signature Version 2: recognised, so that it can be refused by its name. It is never accepted: it signs with HMAC of the secret
 * itself, leaves the body and most headers unsigned, and AWS has refused it in every Region opened since 2014.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingAWSSDK.html
 */
import { byteString } from './byte-string.js'
import { queryValue } from './canonical-query-string.js'
import type { HttpRequest } from './http-request.js'
import { headerValue, parameterOf } from './received-request.js'

/**
 * Where a signature of Version 2 stands: header ("AWS ID:signature"), url (S3's AWSAccessKeyId, Signature and Expires), parameters
 * (the query protocol's AWSAccessKeyId and SignatureVersion=2 or SignatureMethod, in the query or in a form body).
 */
export type Version2Place = 'header' | 'url' | 'parameters'

/** Where a request has a signature of Version 2; `undefined` where it has none. */
export function version2Of(request: HttpRequest): Version2Place | undefined {
  if (/^AWS\s/.test(headerValue(request, 'authorization') ?? '')) return 'header'
  if (hasParameters((name) => parameterOf(request, name))) return 'parameters'
  if (parameterOf(request, ID) !== undefined && parameterOf(request, SIGNATURE) !== undefined) return 'url'
  const form = /^application\/x-www-form-urlencoded\b/i.test(headerValue(request, 'content-type') ?? '') ? request.body : undefined
  if (form === undefined || form.length > LONGEST_FORM) return undefined
  const fields = byteString(form)
  return hasParameters((name) => queryValue(fields, name)) ? 'parameters' : undefined
}

function hasParameters(parameter: (name: string) => string | undefined): boolean {
  if (parameter(ID) === undefined) return false
  return parameter('SignatureVersion') === '2' || parameter('SignatureMethod') !== undefined
}

/** What is missing or wrong in an S3 URL of Version 2, in S3's words; `undefined` where the URL is not of Version 2 or is whole. */
export function version2UrlFault(request: HttpRequest): string | undefined {
  const [id, signature, expires] = [ID, SIGNATURE, 'Expires'].map((name) => parameterOf(request, name))
  if (id === undefined && signature === undefined) return undefined
  if (id === undefined || signature === undefined || expires === undefined)
    return 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters'
  return /^\d{1,12}$/.test(expires) ? undefined : `Invalid date (should be seconds since epoch): ${expires}`
}

const ID = 'AWSAccessKeyId'
const SIGNATURE = 'Signature'
const LONGEST_FORM = 65_536
