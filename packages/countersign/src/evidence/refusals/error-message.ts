/**
 * A refusal as a line of text: what SDKs, command line tools and people make of an error body.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { AUTH_CODES } from '../../catalog/index.js'
import { bareLine, type Edit, edited, type Location, plainText } from '../../text/index.js'
import { errorBodies, placeOf } from './error-bodies.js'
import { codeOf, type Stated, statedIn } from './stated-facts.js'
import { statusIn } from './status-near.js'
import { messageAlone, quotedInMessage, quotesTexts, textsAt } from './verifier-texts.js'

export const errorMessage: EvidenceReader = {
  id: 'error-message',
  reads: "a refusal's code or message in plain text, as SDKs and tools print it",
  samples: [
    "An error occurred (AuthorizationHeaderMalformed) when calling the ListBuckets operation: The authorization header is malformed; the region 'us_east_1' is wrong; expecting 'us-east-1'",
    'operation error S3: ListObjects, https response error StatusCode: 400, RequestID: 3ZG3V000000B1334, HostID: AzxzXxND=, api error AuthorizationHeaderMalformed: The authorization header is malformed; a non-empty region must be provided in the credential.',
    'The security token included in the request is invalid. (Aws::STS::Errors::InvalidClientTokenId)',
    '403 SignatureDoesNotMatch',
    'SignatureDoesNotMatch: Signature validation failed',
    'AWS authentication requires a valid Date or x-amz-date header',
    "The Canonical String for this request should have been\n'GET\n/\n\nhost:a.example\nx-amz-date:20240210T173713Z\n\nhost;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'\n",
  ],
  recognize: (text) => WORTH_READING.test(text) || quotesTexts(text),
  read(source) {
    const seen = new Set<string>()
    const text = uncovered(source)
    const lines = linesWithErrors(text).flatMap((line) => lineSeen(line, source, seen))
    return seen.has('quoted') ? lines : [...lines, ...quotedAlone(text, source)]
  },
}

interface ErrorLine {
  readonly text: string
  readonly start: number
}

/** The text of a source with the bodies other readers take blanked out, byte for byte. */
function uncovered(source: EvidenceSource): string {
  const { text } = source
  const { s3, query, json } = errorBodies(source)
  const spans = [s3, query, json].flatMap((kind) => kind.bodies.map((body) => placeOf(source, kind, body)))
  const edits: Edit[] = []
  let at = 0
  for (const { start, end } of spans.sort((a, b) => a.start - b.start)) {
    if (end <= at) continue
    const from = Math.max(at, start)
    edits.push({ start: from, end, put: text.slice(from, end).replace(/[^\n]/g, ' ') })
    at = end
  }
  const out = edited(plainText(text), edits).text
  return json.bodies.length > 0 ? out.replace(ERROR_TYPE_HEADER, (line) => ' '.repeat(line.length)) : out
}

/** The lines that hold a code or a known message; a quoted canonical request belongs to the line that announces it. */
function linesWithErrors(text: string): readonly ErrorLine[] {
  if (!WORTH_READING.test(text)) return []
  const found: ErrorLine[] = []
  let start = 0
  let looked = 0
  for (const line of text.split('\n')) {
    if (found.length >= MOST_ERRORS || looked >= MOST_LINES) break
    const piece = line.length > LONGEST_LINE ? window(line) : line
    if (WORTH_READING.test(piece) && !IS_CODE.test(piece) && !IS_HEADER.test(piece)) {
      looked++
      const shown = bareLine(piece)
      const message = messageIn(shown)
      if (codeIn(shown) !== '' || statedIn('', message).length > 0) found.push({ text: shown, start })
    }
    start += line.length + 1
  }
  return text.length <= LONGEST_WRAPPED ? unlessWrapped(text, found) : found
}

/** A message a terminal broke over several lines says more when it is put together: then it is read as one. */
function unlessWrapped(text: string, found: readonly ErrorLine[]): readonly ErrorLine[] {
  const lines = text.split('\n')
  if (lines.length < 2) return found
  const joined = lines
    .filter((line) => !IS_CODE.test(line) && !IS_HEADER.test(line))
    .map((line) => line.trim())
    .join(' ')
  const told = new Set(found.flatMap((line) => statedIn('', messageIn(line.text)).map(sayingOf)))
  const more = statedIn('', messageIn(joined)).filter((one) => !told.has(sayingOf(one)))
  if (more.length === 0 || !BEGINNINGS.test(joined)) return found
  return [{ text: joined, start: 0 }]
}

function sayingOf({ fact, values }: Stated): string {
  return `${fact} ${JSON.stringify(values)}`
}

function window(line: string): string {
  const at = WORTH_READING.exec(line)?.index ?? 0
  return line.slice(Math.max(0, at - 1000), at + LONGEST_LINE)
}

function lineSeen(line: ErrorLine, source: EvidenceSource, told: Set<string>): readonly Observation[] {
  const location: Location = { source: source.name, start: line.start, end: Math.min(source.text.length, line.start + line.text.length) }
  const written = codeIn(line.text)
  const said = messageIn(line.text)
  // A long line of prose that holds a service's words is not the service's message.
  const message = said.length > LONGEST_TALK && !BEGINNINGS.test(said) ? '' : said
  const code = written === '' ? codeOf(said) : written
  const id = REQUEST_ID.exec(line.text)?.[1]
  const key = `${code}\n${message}\n${id ?? ''}`
  if (told.has(key)) return []
  told.add(key)
  const status = statusIn(line.text)
  const facts = statedIn(code, said)
  return [
    {
      kind: 'error',
      code,
      message,
      ...(status === undefined ? {} : { status }),
      elements: id === undefined ? [] : [['RequestId', id]],
      location,
      fidelity: 'normalized',
    },
    ...facts.map((one): Observation => ({ kind: 'stated', ...one, location, fidelity: 'normalized' })),
    ...quotedAfter(line, source, told),
  ]
}

/** The canonical request and string to sign that follow a message, on its line or on the lines after it. */
function quotedAfter(line: ErrorLine, source: EvidenceSource, told: Set<string>): readonly Observation[] {
  const rest = source.text.slice(line.start, line.start + LONGEST_QUOTE)
  if (!quotesTexts(rest) || told.has('quoted')) return []
  told.add('quoted')
  const location = { source: source.name, start: line.start, end: line.start + rest.length }
  return quotedInMessage(rest, location, 'normalized')
}

/** The texts of a message that was posted without its first sentence, which says that the signature does not match. */
function quotedAlone(text: string, { name }: EvidenceSource): readonly Observation[] {
  const start = textsAt(text)
  if (start === undefined) return []
  const quoted = text.slice(start, start + LONGEST_QUOTE)
  const location = { source: name, start, end: start + quoted.length }
  const texts = quotedInMessage(quoted, location, 'normalized')
  const facts = texts.length === 0 ? [] : statedIn('', MISMATCH)
  return [...facts.map((one): Observation => ({ kind: 'stated', ...one, location, fidelity: 'inferred' })), ...texts]
}

function codeIn(line: string): string {
  for (const match of line.matchAll(WORD)) if (AUTH_CODES.has(match[0])) return match[0]
  const written = WRITTEN_CODE.exec(line)
  return written?.[1] ?? written?.[2] ?? ''
}

/** The service's own words, without what the tool put before and after them. */
function messageIn(line: string): string {
  const text = messageAlone(line).trimEnd().replace(RUBY_END, '').trimEnd()
  const called = CALLED.exec(text)
  if (called !== null) return trimmed(text.slice(called.index + called[0].length))
  for (const match of text.matchAll(WORD)) {
    if (!AUTH_CODES.has(match[0])) continue
    const after = text.slice(match.index + match[0].length)
    const gap = GAP.exec(after)
    if (gap !== null) return trimmed(after.slice(gap[0].length))
    const before = text.slice(0, match.index)
    return statedIn('', before).length > 0
      ? trimmed(before.replace(/[\s(:-]{1,10}$/, ''))
      : statedIn('', after).length > 0
        ? trimmed(after)
        : ''
  }
  return trimmed(text)
}

/** The service's words alone: a prefix before a known beginning, and what follows a known end, go. */
function wordsOf(message: string): string {
  const from = BEGINNINGS.exec(message)?.index ?? 0
  const words = message.slice(from)
  const whole = WHOLE_MISMATCH.exec(words)
  if (whole !== null && /^[A-Z]/.test(words.slice(whole[0].length))) return whole[0]
  return NO_MESSAGE.test(words) ? '' : words
}

function trimmed(message: string): string {
  const text = wordsOf(message).replace(JAVA_END, '').replace(STATUS_END, '').trim()
  const quote = text[0]
  if (quote === '"' || (quote === "'" && !/^'(?:Host|[^'\n]{0,500}' not )/.test(text)))
    return text.slice(1, text.endsWith(quote) ? -1 : undefined).trim()
  return text.endsWith('"') && text.indexOf('"') === text.length - 1 ? text.slice(0, -1) : text
}

const MOST_ERRORS = 100
/** As SDKs print it beside the message. */
const REQUEST_ID = /\b(?:Request ?ID|request id)[:=]? ?"?([A-Za-z0-9-]{8,80})/
const MOST_LINES = 20_000
const LONGEST_LINE = 8192
const LONGEST_WRAPPED = 4000
const LONGEST_TALK = 400
const LONGEST_QUOTE = 65_536
const WORD = /[A-Za-z][A-Za-z0-9]{4,60}/g
const WRITTEN_CODE = /An error occurred \(([A-Za-z.]{3,80})\) when calling|api error ([A-Z][A-Za-z.]{3,80}):/
const CALLED = /when calling the [\w ]{1,80} operation(?: \(reached max retries: \d{1,3}\))?: /
const GAP =
  /^(?:Exception)?["']?\)?(?:, ?[Mm]essage)?(?:\s{0,4}(?::|=|--?|, ?(?=[Mm]essage))\s{0,4}(?:[Mm]essage\s?[:=]\s?)?|\s{1,4}(?=X-Amz-[A-Z]))/
const RUBY_END = /\s{0,4}\((?:[A-Z]\w{0,40}::){1,6}\w{1,60}\)\s{0,10}$/
const JAVA_END = /\s{0,4}\((?:Service|AWS Service): [^\n]{0,600}$/
const STATUS_END = /[\s,]{1,4}(?:\[?status code: \d{3}|request id: )[^\n]{0,300}$/i
const NO_MESSAGE = /^(?:None|null|undefined|nil|UnknownError|Unknown|\(null\))\.?$/
const WHOLE_MISMATCH =
  /^The request signature we calculated does not match the signature you provided\.(?: Check your [\w ]{1,60} and signing method\.)?(?: Consult the service documentation for details\.)?/
const BEGINNINGS =
  /The request signature we calculated does|The (?:AWS )?Access Key Id you|The security token included|The provided token|The provided 'x-amz|The authorization (?:header is|mechanism you)|The difference between the request|There were headers present|Credential should be scoped|Date in Credential scope|Signature expired: |Signature not yet current|AWS authentication requires|Error parsing the X-Amz|Missing required header for|'Host' or ':authority'|Only one auth mechanism/
const IS_CODE =
  /(?:[=!]==? ?|\bcase |includes\(|equals\(|\bcatch ?\(|startswith\()["'`]?[A-Z]?\w{0,40}(?:Signature|Token|Auth|Access|Request)/
const ERROR_TYPE_HEADER = /x-amzn-error-?type[^\n]{0,400}/gi
const IS_HEADER = /^\s{0,8}(?:[<>] )?(?:authorization|x-amz-[\w-]{1,40}):/i
const MISMATCH = 'The request signature we calculated does not match the signature you provided.'
const WORTH_READING =
  /signature|security token|provided token|access ?key|authenticat|authoriz|credential|x-amz-|aws-chunked|not signed|AccessDenied|Request(?:Expired|TimeTooSkewed| has expired| is not)|request time|XAmzContentSHA256|AuthFailure|InvalidToken|ExpiredToken|UnrecognizedClient|InvalidClientTokenId|(?:Permanent|Temporary)Redirect|specified (?:temporary )?endpoint|InvalidRegion|implies functionality|region|too far in the|Policy|anonymous|No such key:|InvalidSecurity|STREAMING-|Date is too old|auth mechanism|duplicates a header value|SignedHeader|should be signed|request date is|date format header|date must be|content sha256|extra input fields|Bucket POST|Canonical String|String-to-Sign|exactly one file upload|preceding the upload|chunk encoding|valid key=value|missing equal-sign/i
