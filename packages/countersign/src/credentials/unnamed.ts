/**
 * What is random enough to be somebody's secret, in lines of evidence, where no name and no form says what it is. It stays where its
 * place says that it is something else: a hash, an identifier, a word of a path, the value of a parameter.
 */
import { isMixed } from './credential-forms.js'
import { isKeyId } from './key-ids.js'

/** The text with "[long value]" in place of each. */
export function withoutUnnamed(text: string): string {
  return text.replace(RUN, (found, at: number) => {
    // Of the escape "\n" a letter clings to what follows.
    const lead = text[at - 1] === '\\' && /^[nrt]/.test(found) ? 1 : 0
    const run = found.slice(lead)
    return isRandom(run) && !isPublic(text, run, at + lead) ? `${found.slice(0, lead)}[long value]` : found
  })
}

function isRandom(run: string): boolean {
  const plain = run.replace(/[^A-Za-z0-9]/g, '')
  if (run.length >= LONG && /[a-z]/.test(plain) && /[A-Z]/.test(plain) && /\d/.test(plain)) return true
  if (run.includes('/') && !(/[a-z]/.test(plain) && /[A-Z]/.test(plain) && isMixed(plain, LEAST_MIXED_PATH))) return false
  return plain.length >= SHORTEST && /\d/.test(plain) && !/^\d+$/.test(plain) && isMixed(plain, LEAST_MIXED) && !isKeyId(run)
}

function isPublic(text: string, run: string, at: number): boolean {
  const before = text.slice(Math.max(at - LOOKED_AT, 0), at)
  if (run.startsWith('/') || /\/$|[?&][\w.%-]{1,60}=$/.test(before) || NAMED.test(before)) return true
  if (!/^[0-9a-f]{64}$/i.test(run)) return false
  // The last line of a canonical request or a string to sign, as lines or with escaped line feeds.
  return AFTER_LIST.test(before)
}

const SHORTEST = 20
const LONG = 60
const LEAST_MIXED = 0.22
const LEAST_MIXED_PATH = 0.28
const LOOKED_AT = 160
const RUN =
  /(?<![A-Za-z0-9+/=_~%.*-])[A-Za-z0-9+_/-]{20,}={0,2}(?!\.[A-Za-z0-9]|[A-Za-z0-9+/=_~%-])|(?<=\/)[A-Za-z0-9+_-]{20,}(?!\.[A-Za-z0-9]|[A-Za-z0-9+/=_~%-])/g
/** "x-amz-content-sha256:", "ETag: ", "request ID ", "uploadId=". */
const NAMED =
  /(?:sha-?\d{1,3}|hash|digest|checksum|crc\w{0,6}|md5|etag|[-_. ]id(?:[-_]?2)?|[a-z]Id|requestid|hostid|trace|uuid|version|boundary|nonce|marker|[a-z-]token|canonical ?request|host|key)["']?(?:\s{0,3}[:=(]\s{0,3}|[ \t])["']?$/i
const AFTER_LIST = /(?:[a-z0-9][;/][a-z0-9_-]{1,40}|\n?host)(?:\r?\n|\\r|\\n|%0[ad])+\s{0,12}$/i
