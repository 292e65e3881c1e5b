import type { HttpRequest } from './http-request.js'
import { headerValue } from './received-request.js'
import { HEADER } from './wire-names.js'

/**
 * A field of a form as it was sent: its name in its own spelling, its value as a byte string.
 * @internal
 */
export interface FormField {
  readonly name: string
  readonly value: string
}

/** Whether a request is a browser's upload: a POST of a form. */
export function isFormUpload(request: HttpRequest): boolean {
  return request.method === 'POST' && isFormType(headerValue(request, HEADER.contentType) ?? '')
}

/** Whether a Content-Type is that of a form with a file. */
export function isFormType(contentType: string): boolean {
  return /^\s*multipart\/form-data\s*(?:;|$)/i.test(contentType)
}
