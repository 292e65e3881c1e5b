// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/**
 * What must stand in a line that a rule is about, where a few letters of it make the difference. Nothing is said where the line holds
 * them twice, or where the right line depends on what stands elsewhere.
 */
import type { Clue, Mend } from '../case/index.js'

/** What is wrong, and what takes its place, as `String.replace` writes it. */
type Way = readonly [wrong: RegExp, right: string]

/** By the id of a rule. */
export const WAYS: Readonly<Record<string, readonly Way[]>> = {
  'key-step-as-hex': [
    [/\.hexdigest\(\)\.encode\((?:["'][\w-]{1,10}["'])?\)/g, '.digest()'],
    [/\.hexdigest\(\)/g, '.digest()'],
    [/\bHMAC\.hexdigest\(/g, 'HMAC.digest('],
    [/\.digest\((["'])hex\1\)/g, '.digest()'],
    [/(?<=HmacSHA256\([^()\n]{1,80}\))\.toString\((?:CryptoJS\.enc\.Hex)?\)/g, ''],
  ],
  'key-step-as-base64': [
    [/\.digest\((["'])base64\1\)/g, '.digest()'],
    [/\bHMAC\.base64digest\(/g, 'HMAC.digest('],
  ],
  'key-prefix': [[/(["'`])(?:AWS|aws4|Aws4|AWS4 |AWS4-|AWS3|AWSV4|AWS_4)\1(?=\s{0,5}[+.&,])/g, '$1AWS4$1']],
  'terminator-misspelled': [
    [
      /(?<=["'`/])(?:aws_request|aws4-request|aws4request|aws4_requst|aws4_reqest|aws4_requests|aws_4_request|aws4 request)\b/g,
      'aws4_request',
    ],
    [/(?<=["'`/])(?:AWS4_REQUEST|Aws4_Request)\b/g, 'aws4_request'],
  ],
  'signature-not-hmac-sha256': [
    [/\bhashlib\.sha1\b/g, 'hashlib.sha256'],
    [/\bHmacSHA1\b/g, 'HmacSHA256'],
    [/(["'])sha1\1/g, '$1sha256$1'],
  ],
  'date-pattern': [
    [/%G(?=-?%m)/g, '%Y'],
    [/yyyyMMDD/g, 'yyyyMMdd'],
    [/YYYY(-?)MM(-?)dd/g, 'yyyy$1MM$2dd'],
    [/YYYYMMDDTHHmmssZ(?=["'`])/g, 'YYYYMMDDTHHmmss[Z]'],
    [/(?<=T'?)hhmmss/g, 'HHmmss'],
    [/%I%M%S/g, '%H%M%S'],
  ],
  'code-local-time': [
    [/\bdatetime\.now\(\)/g, 'datetime.utcnow()'],
    [/(?<![\w>:$])date\((?=["'](?:Ymd|Y-m-d))/g, 'gmdate('],
    [/\btime\.Now\(\)\.Format\(/g, 'time.Now().UTC().Format('],
    [/\bTime\.now\.strftime\(/g, 'Time.now.utc.strftime('],
    [/\bDateTime\.Now\b/g, 'DateTime.UtcNow'],
    [/\bDateTime\.now\(\)(?!\.toUtc)/g, 'DateTime.now().toUtc()'],
    [/\bdate[ \t]{1,3}(?=["']?\+["']?%Y%m%d)/g, 'date -u '],
  ],
  'scope-takes-request-date': [[/\$\{(\w{0,20}[dD]ate\w{0,20})\}(?=\/)/g, '${$1.slice(0, 8)}']],
  'encoder-of-forms': [[/(?<=\bhttp_build_query\(\$\w{1,30})\)/g, ", '', '&', PHP_QUERY_RFC3986)"]],
  'header-name-capitals': [[/(?<=["'`])Host:/g, 'host:']],
  'host-not-a-name': [[/(?<=["'])https?:\/\/(?=[\w.-]{1,100}["'])/g, '']],
  'query-decoded': [[/\.getQuery\(\)/g, '.getRawQuery()']],
  'path-encoded-as-one': [[/\bquote_plus\(/g, 'quote(']],
  'path-not-encoded': [[/(?<=\bcanonical_?uri\s{0,3}:?=\s{0,3})(["'])\1/gi, '$1/$1']],
  'payload-hash-form': [
    [/\bhashlib\.md5\b/g, 'hashlib.sha256'],
    [/(?<=\bsha256\(\w{1,30}\))\.digest\(\)/g, '.hexdigest()'],
  ],
  'request-hash-form': [
    [/(?<=\bsha256\(canonical\w{0,20}\))\.toUpperCase\(\)/gi, ''],
    [/(?<=\bsha256\([\w.()]{1,60}\))\.digest\(\)/g, '.hexdigest()'],
  ],
  'canonical-request-unhashed': [[/(?<=scope, )canonicalRequest(?=\])/gi, 'sha256(canonicalRequest)']],
  'string-to-sign-hashed': [[/\bsha256\((string_?to_?sign)\)/gi, '$1']],
  'line-feed-at-end': [[/(?<=payload_?hash) \+ (["'])\\n\1/gi, '']],
  'proxy-sets-host': [[/\bchangeOrigin: true\b/g, 'changeOrigin: false']],
  'compressing-client': [[/\bEnableHttpCompression\(true\)/g, 'EnableHttpCompression(false)']],
  'bucket-with-slash': [[/(?<=["'])([a-z0-9.-]{3,63})\/[\w/-]{1,60}(?=["'])/g, '$1']],
  'setting-version-2': [
    [/(?<=\bv2_auth\s{0,3}[=:]\s{0,3})true\b/gi, 'false'],
    [/(?<=\bsignature_version\s{0,3}[=:]\s{0,3}["']?)s3(?![\w-])/g, 's3v4'],
  ],
  'setting-checksum': [[/(?<=\brequest_checksum_calculation\s{0,3}[=:]\s{0,3}["']?)when_supported\b/g, 'when_required']],
}

/** The clues, those with what must stand in their line that a way is known for, or whose values tell it. */
export function withMends(clues: readonly Clue[], text: string): readonly Clue[] {
  return clues.map((clue) => {
    const mend = mendOf(clue, text)
    return mend === undefined ? clue : { ...clue, mend }
  })
}

function mendOf({ rule, values, location }: Clue, text: string): Mend | undefined {
  const line = text.slice(location.start, location.end)
  if (line.length > LONGEST_LINE || line.includes('\n')) return undefined
  const { signed = '', wanted = '' } = values
  if (rule.startsWith('key-step') && isEncodedLater(line, text)) return undefined
  const ways = signed === '' || wanted === '' ? (WAYS[rule] ?? []) : [[wordOf(signed), wanted.replaceAll('$', '$$$$')] as const]
  for (const [wrong, right] of ways) {
    const [found, second] = [...line.matchAll(wrong)]
    if (found === undefined || second !== undefined) continue
    const [from] = found
    const behind = found.index + from.length
    const mended = line.replace(wrong, right)
    const at = { ...location, start: location.start + found.index, end: location.start + behind }
    return { at, from, to: mended.slice(found.index, mended.length - (line.length - behind)) }
  }
  return undefined
}

/** Whether the variable that a line sets is made bytes again further on: then that place must change as well. */
function isEncodedLater(line: string, text: string): boolean {
  const name = /^\s{0,80}(?:const |let |var )?[$@]?(\w{1,40})\s{0,5}:?=/.exec(line)?.[1]
  return (
    name !== undefined &&
    new RegExp(`\\b${name}(?:\\.encode\\(|\\.getBytes\\()|(?:bytes|from|GetBytes)\\(\\s{0,3}\\$?${name}\\b`).test(text)
  )
}

/** A value as a word of a line. */
function wordOf(value: string): RegExp {
  return new RegExp(`(?<![\\w.-])${value.replace(/[$()*+.?[\\\]^{|}/-]/g, '\\$&')}(?![\\w.-])`, 'g')
}

const LONGEST_LINE = 500
