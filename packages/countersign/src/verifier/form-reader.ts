/**
 * Reads multipart/form-data in pieces of any size: what stands before the file as fields, the file as bytes that are handed on as
 * they come. What follows the file is not read, as on S3.
 *
 * All that comes before the file is bounded by one number, so that neither headers nor fields nor their count can grow without
 * end. Every byte is looked at once: a boundary holds no carriage return, so a delimiter can begin at one only.
 * @see https://www.rfc-editor.org/rfc/rfc7578
 */
import { byteString, bytesOf, type Refused } from '../sigv4/index.js'
import { fieldNames } from './content-disposition.js'

/**
 * What was read, in the order it stood. `refused` and `end` come last, and once.
 * @internal
 */
export type FormEvent =
  | { readonly kind: 'field'; readonly name: string; readonly value: string }
  /** The file begins. Names are byte strings; `fileName` is as the browser sent it. */
  | { readonly kind: 'file'; readonly fileName: string; readonly contentType: string | undefined }
  /** Bytes of the file: a view of what was pushed. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** The file is complete. */
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly refused: Refused }

/** @internal */
export interface FormReader {
  push(bytes: Uint8Array): readonly FormEvent[]
  /** The body has ended. */
  end(): readonly FormEvent[]
}

/**
 * A reader for the body of a request with this Content-Type.
 *
 * @param mostFieldBytes How long everything before the file may be. Default: 20 KiB, S3's limit.
 * @internal
 */
export function formReader(contentType: string | undefined, mostFieldBytes = 20_480): FormReader {
  return new Reader(boundaryOf(contentType), mostFieldBytes)
}

type State = 'content' | 'after-delimiter' | 'padding' | 'headers' | 'done'

class Reader implements FormReader {
  private state: State = 'content'
  private readonly delimiter: Uint8Array
  /** How much of the delimiter the bytes read last are. The first one may stand at the very start, as if a line had ended there. */
  private matched = 2
  private part: { readonly name: string; readonly isFile: boolean } | undefined
  private held: number[] = []
  private before = 0
  private events: FormEvent[] = []

  constructor(
    private readonly boundary: string | Refused,
    private readonly most: number,
  ) {
    this.delimiter = bytesOf(`\r\n--${typeof boundary === 'string' ? boundary : ''}`)
  }

  push(bytes: Uint8Array): readonly FormEvent[] {
    if (typeof this.boundary !== 'string' && !this.isDone()) this.refuse(this.boundary)
    let at = 0
    while (at < bytes.length && !this.isDone()) {
      const next = this.state === 'content' ? this.content(bytes, at) : this.byte(bytes[at]!, at)
      if (this.part?.isFile !== true) this.before += next - at
      at = next
      if (this.before > this.most && !this.isDone()) this.refuse(tooLong(this.most))
    }
    return this.taken()
  }

  end(): readonly FormEvent[] {
    if (!this.isDone()) this.refuse(typeof this.boundary === 'string' ? MALFORMED : this.boundary)
    return this.taken()
  }

  /** Content up to the delimiter or the end of the piece; returns where to go on. */
  private content(bytes: Uint8Array, from: number): number {
    let at = from
    while (at < bytes.length) {
      if (this.matched === 0) {
        const next = bytes.indexOf(CR, at)
        const stop = next < 0 ? bytes.length : next
        this.keep(bytes.subarray(at, stop))
        at = stop
        if (at === bytes.length) return at
      }
      if (bytes[at] !== this.delimiter[this.matched]) {
        // What looked like a delimiter was content; the byte at hand may begin another one.
        this.keep(this.delimiter.subarray(0, this.matched))
        this.matched = 0
        if (bytes[at] === CR) continue
        this.keep(bytes.subarray(at, at + 1))
        at++
      } else {
        at++
        if (++this.matched === this.delimiter.length) {
          this.matched = 0
          this.delimited()
          return at
        }
      }
      if (this.part?.isFile !== true && this.held.length > this.most) return at
    }
    return at
  }

  private keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    if (this.part?.isFile === true) this.events.push({ kind: 'bytes', bytes })
    else if (this.held.length <= this.most) for (const byte of bytes) this.held.push(byte)
  }

  /** A part has ended, or what stood before the first one: nothing, or an empty line. */
  private delimited(): void {
    const text = byteString(Uint8Array.from(this.held))
    this.held = []
    this.state = 'after-delimiter'
    if (this.part?.isFile === true) {
      this.events.push({ kind: 'end' })
      this.state = 'done'
    } else if (this.part !== undefined) this.events.push({ kind: 'field', name: this.part.name, value: text })
    else if (text !== '' && text !== '\r\n') this.refuse(MALFORMED)
    this.part = undefined
  }

  /** One byte of what stands between a delimiter and content. */
  private byte(byte: number, at: number): number {
    const { held } = this
    held.push(byte)
    if (this.state === 'after-delimiter') this.afterDelimiter(byte)
    else if (this.state === 'padding') {
      if (byte === LF && held.at(-2) === CR) this.enter('headers')
      else if (held.at(-2) === CR || (byte !== SPACE && byte !== TAB && byte !== CR)) this.refuse(MALFORMED)
    } else if (byte === LF && held.at(-2) === CR && (held.length === 2 || (held.at(-3) === LF && held.at(-4) === CR))) this.headers()
    return at + 1
  }

  private afterDelimiter(byte: number): void {
    const { held } = this
    if (held.length === 2 && byte === DASH && held[0] === DASH) this.refuse(NO_FILE)
    else if (held.length === 1 && byte === DASH) return
    else if (held.length === 1 && (byte === CR || byte === SPACE || byte === TAB)) this.state = 'padding'
    else this.refuse(MALFORMED)
  }

  private headers(): void {
    const lines = byteString(Uint8Array.from(this.held))
      .split('\r\n')
      .filter((line) => line !== '')
    const value = (name: string): string | undefined => {
      const line = lines.find((one) => one.slice(0, one.indexOf(':')).trim().toLowerCase() === name)
      return line?.slice(line.indexOf(':') + 1).trim()
    }
    const { name, fileName } = fieldNames(value('content-disposition') ?? '')
    if (name === undefined || name === '') {
      this.refuse(MALFORMED)
      return
    }
    this.part = { name, isFile: name.toLowerCase() === 'file' }
    if (this.part.isFile) this.events.push({ kind: 'file', fileName: fileName ?? '', contentType: value('content-type') })
    this.enter('content')
  }

  private isDone(): boolean {
    return this.state === 'done'
  }

  private enter(state: State): void {
    this.state = state
    this.held = []
  }

  private refuse(refused: Refused): void {
    this.events.push({ kind: 'refused', refused })
    this.enter('done')
  }

  private taken(): readonly FormEvent[] {
    const { events } = this
    this.events = []
    return events
  }
}

/** The boundary that a Content-Type names; the refusal where it names none. */
function boundaryOf(contentType: string | undefined): string | Refused {
  const type = contentType ?? ''
  if (!/^\s*multipart\/form-data\s*(?:;|$)/i.test(type)) return NOT_MULTIPART
  const found = /;\s*boundary=(?:"([^"]*)"|([^;\s"]*))/i.exec(type)
  const boundary = found?.[1] ?? found?.[2] ?? ''
  return /^[\x20-\x7e]{1,70}$/.test(boundary) && !boundary.endsWith(' ') ? boundary : MALFORMED
}

const [TAB, LF, CR, SPACE, DASH] = [9, 10, 13, 32, 45]
/** What S3 says to a POST to a bucket that is no form. */
export const NOT_MULTIPART: Refused = {
  code: 'PreconditionFailed',
  message: 'At least one of the pre-conditions you specified did not hold',
  status: 412,
  extra: [['Condition', 'Bucket POST must be of the enclosure-type multipart/form-data']],
}
const MALFORMED: Refused = {
  code: 'MalformedPOSTRequest',
  message: 'The body of your POST request is not well-formed multipart/form-data.',
  status: 400,
}
/** Spelled as S3 spells it. */
const tooLong = (most: number): Refused => ({
  code: 'MaxPostPreDataLengthExceeded',
  message: 'Your POST request fields preceeding the upload file was too large.',
  status: 400,
  extra: [['MaxPostPreDataLengthBytes', String(most)]],
})
const NO_FILE: Refused = {
  code: 'InvalidArgument',
  message: 'POST requires exactly one file upload per request.',
  status: 400,
  extra: [
    ['ArgumentName', 'file'],
    ['ArgumentValue', '0'],
  ],
}
