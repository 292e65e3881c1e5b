/** The Range header as S3 reads it: one range of bytes. What is none is passed over, and the whole is answered. */
import { S3Failure } from './s3-answer.js'

/** The bytes from `start` up to, and without, `end`. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export function byteRange(text: string | undefined, size: number): ByteRange | undefined {
  const wanted = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(text ?? '')
  if (wanted === null || wanted[0] === 'bytes=-') return undefined
  const [, first = '', last = ''] = wanted
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(Number(last) + 1, size)
  if (start < end) return { start, end }
  const extra = [
    ['RangeRequested', text!],
    ['ActualObjectSize', String(size)],
  ] as const
  throw new S3Failure('InvalidRange', { extra, headers: [['Content-Range', `bytes */${size}`]] })
}
