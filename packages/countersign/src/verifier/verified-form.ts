/** A browser's form as it comes in: its fields, and its file, held until policy and signature have been judged. */
import { type FormField, type HttpRequest, headerValue, type Refused, targetOf } from '../sigv4/index.js'
import { bucketPlace } from './bucket-place.js'
import { formReader } from './form-reader.js'

/**
 * A form that has passed. Names and values are byte strings.
 * @internal
 */
export interface VerifiedForm {
  readonly bucket: string
  /** The key, with the file's name in it where the form asked for it. */
  readonly key: string
  /** The fields before the file by their names in lower case. */
  readonly fields: ReadonlyMap<string, string>
  readonly fileName: string
  readonly fileType: string | undefined
}

/** What has come of a form. */
export interface IncomingForm {
  /** @returns The refusal of a form that is none, or too large. */
  push(bytes: Uint8Array): Refused | undefined
  end(): Refused | undefined
  /** Complete when the file has begun. */
  readonly fields: readonly FormField[]
  readonly file: {
    readonly begun: boolean
    readonly name: string
    readonly type: string | undefined
    readonly pieces: readonly Uint8Array[]
    readonly length: number
  }
  /** Lets go of what it holds of the file. */
  discard(): void
}

/** Whether a request is a POST to a bucket itself, which only forms are for. */
export function isBucketPost(request: HttpRequest): boolean {
  const { bucket, key } = bucketPlace(request)
  return request.method === 'POST' && bucket !== '' && key === '' && (targetOf(request).query ?? '') === ''
}

/** Reads the form of a request. */
export function incomingForm(
  request: HttpRequest,
  limits: { readonly formFieldBytes: number; readonly wholeBodyBytes: number },
): IncomingForm {
  const reader = formReader(headerValue(request, 'content-type'), limits.formFieldBytes)
  const fields: FormField[] = []
  const file = { begun: false, name: '', type: undefined as string | undefined, pieces: [] as Uint8Array[], length: 0 }
  const take = (events: ReturnType<typeof reader.push>): Refused | undefined => {
    for (const event of events) {
      if (event.kind === 'refused') return event.refused
      if (event.kind === 'field') fields.push({ name: event.name, value: event.value })
      else if (event.kind === 'file') Object.assign(file, { begun: true, name: event.fileName, type: event.contentType })
      else if (event.kind === 'bytes') {
        file.length += event.bytes.length
        if (file.length > limits.wholeBodyBytes) return TOO_LARGE
        // What was pushed may be used again by the caller.
        file.pieces.push(event.bytes.slice())
      }
    }
    return undefined
  }
  return {
    push: (bytes) => take(reader.push(bytes)),
    end: () => take(reader.end()),
    fields,
    file,
    discard: () => {
      file.pieces.length = 0
    },
  }
}

const TOO_LARGE: Refused = { code: 'EntityTooLarge', message: 'Your proposed upload exceeds the maximum allowed size', status: 400 }
