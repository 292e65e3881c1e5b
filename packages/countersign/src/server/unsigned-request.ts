/** Requests of those who do not sign at all: a browser that opened the URL, curl without keys, a health check. */
import type { RefusedRequest } from '../verifier/index.js'

/** Whether nothing of a request says that anybody meant to sign it. There is nothing to diagnose then. */
export function isUnsigned({ request, accessKeyId, error }: Pick<RefusedRequest, 'request' | 'accessKeyId' | 'error'>): boolean {
  const { method, target, headers } = request
  if (accessKeyId !== undefined || error.check === 'limit' || method === 'OPTIONS') return false
  return !OF_SIGNED_URL.test(target) && !headers.some(([name, value]) => OF_SIGNER.test(name) || isForm(name, value))
}

/** A form is signed by its own fields. */
function isForm(name: string, value: string): boolean {
  return /^content-type$/i.test(name) && /^\s{0,8}multipart\/form-data/i.test(value)
}

const OF_SIGNER = /^(?:authorization|x-amz-.*|x-amzn-.*)$/i
const OF_SIGNED_URL = /[?&](?:X-Amz-|Signature=|AWSAccessKeyId=)/i
