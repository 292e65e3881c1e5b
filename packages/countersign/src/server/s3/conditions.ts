/** Conditional requests (RFC 9110, section 13), as S3 takes them. */
import { S3Failure } from './s3-answer.js'
import type { S3Request } from './s3-request.js'

/** What conditions are held against. */
export interface Validators {
  readonly etag: string
  /** Milliseconds since 1970. */
  readonly modified: number
}

type Condition = 'If-Match' | 'If-None-Match' | 'If-Modified-Since' | 'If-Unmodified-Since'

/** Of a request that reads: whether it is answered "not modified". @throws S3Failure 412 where a condition does not hold. */
export function isNotModified(asked: Pick<S3Request, 'header'>, is: Validators): boolean {
  const unmet = unmetBy((name) => asked.header(name), is)
  if (unmet === undefined) return false
  if (unmet === 'If-None-Match' || unmet === 'If-Modified-Since') return true
  throw preconditionFailed(unmet)
}

/** Of the source of a copy: S3 answers 412, whatever the condition. */
export function requireOfSource(asked: Pick<S3Request, 'header'>, is: Validators): void {
  const unmet = unmetBy((name) => asked.header(`x-amz-copy-source-${name}`), is)
  if (unmet !== undefined) throw preconditionFailed(`x-amz-copy-source-${unmet}`)
}

/** Of a request that writes or deletes: If-Match and If-None-Match, against what is there. */
export function requireOfWrite(asked: Pick<S3Request, 'header' | 'key'>, is: Validators | undefined): void {
  const [match, noneMatch] = [asked.header('If-Match'), asked.header('If-None-Match')]
  if (match !== undefined) {
    if (is === undefined) throw new S3Failure('NoSuchKey', { extra: [['Key', asked.key]] })
    if (!names(match, is.etag)) throw preconditionFailed('If-Match')
  }
  if (noneMatch !== undefined && is !== undefined && names(noneMatch, is.etag)) throw preconditionFailed('If-None-Match')
}

/** The first condition that does not hold, in the order of RFC 9110: a date counts only where no ETag is named. */
function unmetBy(header: (name: Condition) => string | undefined, { etag, modified }: Validators): Condition | undefined {
  const [match, noneMatch] = [header('If-Match'), header('If-None-Match')]
  if (match !== undefined && !names(match, etag)) return 'If-Match'
  const unmodifiedSince = dateOf(header('If-Unmodified-Since'))
  if (match === undefined && unmodifiedSince !== undefined && modified > unmodifiedSince) return 'If-Unmodified-Since'
  if (noneMatch !== undefined) return names(noneMatch, etag) ? 'If-None-Match' : undefined
  const modifiedSince = dateOf(header('If-Modified-Since'))
  return modifiedSince !== undefined && modified <= modifiedSince ? 'If-Modified-Since' : undefined
}

function names(list: string, etag: string): boolean {
  const bare = (text: string) => text.trim().replace(/^W\//, '').replaceAll('"', '')
  return list.trim() === '*' || list.split(',').some((one) => bare(one) === bare(etag))
}

/** A date that cannot be read is no condition. */
function dateOf(text: string | undefined): number | undefined {
  const at = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(at) ? undefined : at
}

function preconditionFailed(condition: string): S3Failure {
  return new S3Failure('PreconditionFailed', { extra: [['Condition', condition]] })
}
