/**
 * What a client says before anything is sent: a header value no HTTP library would write, or no credentials at all.
 */
import type { EvidenceReader, EvidenceSource, Observation, Values } from '../../case/index.js'
import { unescapeText } from '../../text/index.js'

export const clientErrorText: EvidenceReader = {
  id: 'client-error-text',
  reads: "a client's own refusal: an invalid header value, or no credentials found",
  samples: [
    "ValueError: Invalid header value b'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\\n/20241117/us-east-1/sts/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=abcdefg...'",
    "Invalid header value 'AWS AKIAIOSFODNN7EXAMPLE\\r:HcObfuscatedB64Sig8='",
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
    'net/http: invalid header field value for "Authorization"',
  ],
  recognize(text) {
    return RULES.some((rule) => rule.text.test(text)) || NO_CREDENTIALS.some(([text_]) => text_.test(text))
  },
  read(source) {
    return [...refusedValues(source), ...noCredentials(source)]
  },
}

interface RefusalRule {
  readonly text: RegExp
  /** Whether the value follows the match: in quotes, or bare to the end of the line. */
  readonly quoted: boolean | 'bare'
}

function refusedValues(source: EvidenceSource): readonly Observation[] {
  const seen: Observation[] = []
  for (const rule of RULES) {
    const match = rule.text.exec(source.text)
    if (match === null) continue
    const from = match.index + match[0].length
    const quoted = rule.quoted === true ? quotedAt(source.text, from) : rule.quoted === 'bare' ? bareAt(source.text, from) : undefined
    const location = { source: source.name, start: match.index, end: from + (quoted?.length ?? 0) }
    const values: Values = quoted === undefined ? headerNamed(match) : { ...headerNamed(match), ...describe(quoted.text) }
    seen.push({ kind: 'stated', fact: 'header-value-refused-by-client', values, location, fidelity: 'normalized' })
    const key = quoted === undefined ? undefined : ACCESS_KEY.exec(quoted.text)?.[1]
    if (key !== undefined) seen.push({ kind: 'access-key-id', value: key, location, fidelity: 'normalized' })
  }
  // Several wordings in one text tell of one refusal: the one that tells most is the one kept.
  const stated = seen.filter((one) => one.kind === 'stated')
  const telling = (one: Observation): number => (one.kind === 'stated' ? Object.keys(one.values).length : 0)
  const most = Math.max(0, ...stated.map(telling))
  const best = stated.find((one) => telling(one) === most)
  return best === undefined ? [] : [best, ...seen.filter((one) => one.kind !== 'stated').slice(0, 1)]
}

function noCredentials(source: EvidenceSource): readonly Observation[] {
  const seen: Observation[] = []
  for (const [text, part] of NO_CREDENTIALS) {
    const match = text.exec(source.text)
    if (match === null || seen.length > 0) continue
    const location = { source: source.name, start: match.index, end: match.index + match[0].length }
    const values: Values = { said: match[0], ...(part === undefined ? {} : { part }) }
    seen.push({ kind: 'stated', fact: 'authentication-missing', values, location, fidelity: 'normalized' })
  }
  return seen
}

function headerNamed(match: RegExpExecArray): Values {
  return match[1] === undefined ? {} : { header: match[1].toLowerCase() }
}

/** The quoted text that begins at `from`: Python's b'...' and '...', Go's and JSON's "...". */
function quotedAt(text: string, from: number): { readonly text: string; readonly length: number } | undefined {
  const opening = /^\s{0,4}:?\s{0,4}b?\\?(["'])/.exec(text.slice(from, from + 20))
  if (opening === null) return undefined
  const quote = opening[1] ?? "'"
  const begin = from + opening[0].length
  const limit = Math.min(text.length, begin + LONGEST_VALUE)
  let end = begin
  while (end < limit && text[end] !== quote) end += text[end] === '\\' ? 2 : 1
  return { text: text.slice(begin, Math.min(end, limit)), length: Math.min(end, limit) - from }
}

/** The bare value from `from` to the end of its line, and of the next where the line ends inside a credential. */
function bareAt(text: string, from: number): { readonly text: string; readonly length: number } | undefined {
  const opening = /^ ?:? ?/.exec(text.slice(from, from + 5))?.[0].length ?? 0
  const [line = '', next = ''] = text.slice(from + opening, from + opening + LONGEST_VALUE).split('\n', 2)
  if (line.trim() === '') return undefined
  const value = next.startsWith('/') && /^AWS4[^\n]{0,60}Credential=[^/,]{0,200}$/.test(line) ? `${line}\n${next}` : line.replace(/\r$/, '')
  return { text: value, length: opening + value.length }
}

/** The value refused, the character in it that no header may hold, and the part it stands in or after. */
function describe(quoted: string): Values {
  const value = unescapeText(quoted)
  const at = value.search(FORBIDDEN)
  if (at < 0)
    return /^ | $/.test(value) ? { value: withoutSignature(value), char: ' ', in: 'header-value' } : { value: withoutSignature(value) }
  const char = value[at] ?? ''
  return {
    value: withoutSignature(value),
    char: CHAR_NAMES[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
    in: partAt(value, at),
  }
}

/** A signature or a session token is no help here, and is left out. */
function withoutSignature(value: string): string {
  if (!/^\s{0,4}AWS/.test(value) && value.length > LONGEST_SHOWN) return `${value.slice(0, 4)}***`
  return value.replace(/(Signature=)[^,\s]{1,200}/g, '$1***').replace(/(AWS [^:]{1,128}:)\S{1,100}/, '$1***')
}

function partAt(value: string, at: number): string {
  const before = value.slice(0, at)
  if (/Credential=[^/,]{0,200}$/.test(before) || /^AWS [^:]{0,200}$/.test(before)) return 'access-key-id'
  const scope = /Credential=[^,/]{0,200}((?:\/[^,/]{0,100}){1,4})$/.exec(before)
  if (scope !== null) return SCOPE_PARTS[(scope[1] ?? '').split('/').length - 2] ?? 'credential'
  if (/SignedHeaders=[^,]{0,4000}$/.test(before)) return 'signed-headers'
  if (/Signature=[^,]{0,200}$/.test(before) || /^AWS [^:]{1,200}:/.test(before)) return 'signature'
  return /^AWS4?/.test(value) ? 'authorization' : 'header-value'
}

const LONGEST_VALUE = 8192
const LONGEST_SHOWN = 40
const SCOPE_PARTS = ['date', 'region', 'service', 'terminator']
const CHAR_NAMES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0', ' ': ' ' }
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const FORBIDDEN = /[\x00-\x08\x0a-\x1f\x7f]/
const ACCESS_KEY = /(?:Credential=|AWS )([A-Za-z0-9]{16,128})\b/
const RULES: readonly RefusalRule[] = [
  { text: /Invalid header value(?= ?:? ?b?\\?["'])/i, quoted: true },
  { text: /Invalid (?:return character or )?leading space in header: ?([\w-]{1,60})?/i, quoted: false },
  { text: /reserved character\(s\), or return character\(s\) in header value(?= ?: ?b?["'])/i, quoted: true },
  { text: /Header value must be str or bytes|Illegal header value(?= ?b?["'])/i, quoted: true },
  { text: /failed to parse header value/i, quoted: false },
  { text: /invalid header field value (?:"[^"\n]{0,400}" )?for (?:key )?"?([\w-]{1,60})"?/i, quoted: false },
  { text: /invalid header field value(?= \\?")/i, quoted: true },
  { text: /Illegal character\(?s?\)? in message header value/i, quoted: 'bare' },
  { text: /Unexpected char 0x[0-9a-f]{1,4} at \d{1,6} in ([\w-]{1,60}) value/i, quoted: 'bare' },
  { text: /ERR_INVALID_CHAR\b|Invalid character in header content(?: \["([\w-]{1,60})"\])?/i, quoted: false },
  {
    text: /New-line characters are not allowed in header values|header(?: value)? (?:must not|may not|cannot) contain (?:new ?lines?|CR|control)/i,
    quoted: false,
  },
  {
    text: /(?:is an invalid|Invalid) (?:HTTP )?header value(?! ?:? ?b?\\?["'])|InvalidHeaderValue\b|invalid HTTP header value/i,
    quoted: false,
  },
]
const NO_CREDENTIALS: readonly (readonly [RegExp, string | undefined])[] = [
  [/Partial credentials found in [\w .-]{1,60}(?:, missing: ?([\w-]{1,60}))?/i, 'partial'],
  [/Unable to locate credentials/i, undefined],
  [
    /NoCredentialProviders: no valid providers in chain|no EC2 IMDS role found|failed to (?:retrieve|refresh cached) credentials/i,
    undefined,
  ],
  [/Unable to load (?:AWS )?credentials from any/i, undefined],
  [/Could not load credentials from any providers|CredentialsProviderError|Missing credentials in config/i, undefined],
  [
    /Error retrieving credentials from the instance profile metadata|no credentials? (?:could be )?found in|the credentials provider was not properly configured/i,
    undefined,
  ],
  [/unable to sign request without credentials set|MissingCredentialsError/i, undefined],
]
