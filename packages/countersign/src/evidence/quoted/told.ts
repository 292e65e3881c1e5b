/**
 * What people tell of a request in their own words, as values: header lines and lists of signed headers that stand by themselves or in
 * quotes, times and statuses with their verb, what passes and what fails. What is told founds no proof; it is held against what was seen.
 */
import { anyText, type EvidenceReader, type EvidenceSource, type Observation, type ToldValue, withoutBodies } from '../../case/index.js'
import { isLogRecord, MOST_SCANNED } from '../../text/index.js'

export const told: EvidenceReader = {
  id: 'told',
  reads:
    'what people tell in words: header lines, lists of signed headers, times and statuses with their verb, what passes and what fails; failures of CORS',
  samples: [
    "Access to fetch at 'https://shop.example/k' from origin 'https://app.example' has been blocked by CORS policy\n",
    'The request has "X-Amz-Date: 20240713T151841Z", the answer says 20240713T153012Z.\n',
    'It works with version 2.30, fails from 2.31 on.\n',
    "WebSocket connection to 'wss://broker.example/mqtt?...' failed: Unexpected response code: 403\n",
    'host:examplebucket.s3.amazonaws.com\nx-amz-date:20240713T151841Z\n',
  ],
  recognize: anyText,
  read,
}

type Found = readonly [at: number, length: number, told: ToldValue]

function read({ name, text }: EvidenceSource): readonly Observation[] {
  const scanned = withoutBodies(text.slice(0, MOST_SCANNED))
  // A log says so in a thousand lines; people tell in a few.
  if (scanned.length > LONGEST_TOLD) return []
  const found = [...headers(scanned), ...lists(scanned), ...times(scanned), ...statuses(scanned), ...outcomes(scanned), ...cors(scanned)]
  return found
    .slice(0, MOST)
    .map(
      ([at, length, one]): Observation => ({
        kind: 'told',
        told: one,
        location: { source: name, start: at, end: at + length },
        fidelity: 'inferred',
      }),
    )
    .sort((a, b) => a.location.start - b.location.start)
}

/** `name: value` in quotes, or as the line of a canonical request that stands by itself; "has host: x" in a sentence. */
function* headers(text: string): Iterable<Found> {
  for (const match of text.matchAll(QUOTED_HEADER))
    yield [
      match.index,
      match[0].length,
      { what: 'header', ...byOf(text, match.index), name: match[1]!.toLowerCase(), value: match[2]!.trim() },
    ]
  for (const match of text.matchAll(SAID_HEADER))
    yield [
      match.index,
      match[0].length,
      {
        what: 'header',
        ...byOf(text, match.index + match[0].indexOf(match[1]!)),
        name: match[1]!.toLowerCase(),
        value: match[2]!.replace(/[.,;]$/, ''),
      },
    ]
  for (const match of text.matchAll(CANONICAL_LINE))
    yield [match.index, match[0].length, { what: 'header', name: match[1]!, value: match[2]! }]
}

/** Once each: a console says so of every attempt. */
function* cors(text: string): Iterable<Found> {
  for (const [value, pattern] of CORS) {
    const match = pattern.exec(text)
    if (match !== null) yield [match.index, match[0].length, { what: 'cors', value }]
  }
}

/** S3's own words of a preflight, and what browsers and XMLHttpRequest say where an answer has no CORS headers. */
const CORS = [
  [
    'preflight',
    /CORSResponse: |\bpreflight (?:request )?(?:(?:has|is|was|response) )?(?:fail|refused|403|invalid|not successful)|Response to preflight request doesn't pass|\bOPTIONS (?:\S{1,300} ){1,3}403\b/i,
  ],
  [
    'answer',
    /blocked by CORS policy|No '?Access-Control-Allow-Origin'? header|Cross-Origin Request Blocked|not allowed by Access-Control-Allow-Origin|net::ERR_FAILED|\bxhr\.status (?:is |was |=|={2,3} )? ?0\b/i,
  ],
] as const

function* lists(text: string): Iterable<Found> {
  for (const match of text.matchAll(LIST)) {
    const value = match[2]!.replace(/%3B/gi, ';')
    yield [match.index, match[0].length, { what: 'signed-headers', ...(match[1] !== undefined && { name: 'presigned' }), value }]
  }
}

const LIST =
  /\b(X-Amz-)?SignedHeaders(?:[=:] ?| (?:is |are |list |has |holds |contain\w* )?(?=[a-z0-9-]{2,60};))((?:[a-z0-9-]{2,60}(?:;|%3B)){0,30}[a-z0-9-]{2,60})(?![\w;%])/g

/** Times of requests in a sentence, with who says them. */
function* times(text: string): Iterable<Found> {
  for (const match of text.matchAll(/(?<![\w=:/%"])(\d{8}T\d{6}Z|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)(?!["\w])/g)) {
    const { by } = byOf(text, match.index)
    if (by !== undefined) yield [match.index, match[0].length, { what: 'time', by, value: match[1]!.replace(/[-:]/g, '') }]
  }
}

function* statuses(text: string): Iterable<Found> {
  for (const match of text.matchAll(STATUS)) {
    const value = match.slice(1).find((group) => group !== undefined)
    if (value !== undefined) yield [match.index, match[0].length, { what: 'status', by: 'service', value }]
  }
}

/** "works with a", "fails from b on", "only c fails": each with what it is said of. */
function* outcomes(text: string): Iterable<Found> {
  for (const line of text.matchAll(/[^\n]{3,2000}/g)) {
    if (isLogRecord(line[0]) || !/^[\s>*-]{0,10}["'`(]?[A-Z0-9a-z]/.test(line[0])) continue
    for (const match of line[0].matchAll(OUTCOME)) {
      const fails = /fail|refus|reject|broke|breaks|denied|forbidden|error|wrong|n't|not |never|mismatch|differs|stopped|unable/i.test(
        match[0].replace(/^not only/i, ''),
      )
      const sentence = sentenceAround(line[0], match.index)
      yield [line.index + match.index, match[0].length, { what: 'outcome', name: fails ? 'fails' : 'passes', value: sentence }]
    }
  }
}

function sentenceAround(line: string, at: number): string {
  const start = Math.max(line.lastIndexOf('. ', at) + 1, line.lastIndexOf(', ', at) + 1, line.lastIndexOf('; ', at) + 1, 0)
  const end = line.slice(at).search(/[.;,](?:\s|$)/)
  return line
    .slice(start, end < 0 ? line.length : at + end)
    .trim()
    .slice(0, 200)
}

/** Who says it: the words before it, in its sentence. */
function byOf(text: string, at: number): Pick<ToldValue, 'by'> {
  const before = text
    .slice(Math.max(0, at - 100), at)
    .split(/[.!?;,]\s|\n/)
    .at(-1)!
  // Both are two words; most values stand at the beginning of their line.
  if (!before.includes(' ')) return {}
  const service = before.search(SERVICE_SAYS)
  const client = before.search(CLIENT_SAYS)
  if (service < 0 && client < 0) return {}
  return { by: service > client ? 'service' : 'client' }
}

const NAME =
  '((?:[Xx]-[Aa]mz-[\\w-]{2,60}|[Hh]ost|[Cc]ontent-(?:[Tt]ype|[Ll]ength|[Mm][Dd]5|[Ee]ncoding)|[Dd]ate|[Aa]ccept(?:-[Ee]ncoding)?|[Rr]ange))'
const QUOTED_HEADER = new RegExp(`["'\`]${NAME}: ?([^"'\`\\n]{1,300})["'\`]`, 'g')
const SAID_HEADER = new RegExp(
  `\\b(?:has|have|had|sends?|sent|with|is|was|contains?|shows?|gets?|got|sees?) (?:the header )?${NAME}: ?([^\\s,;]{1,300})`,
  'g',
)
const CANONICAL_LINE = /^(x-amz-[a-z0-9-]{2,60}|host|content-type|content-md5|content-length|range):(?! )([^\n]{1,500}?)\r?$/gm
const SERVICE_SAYS =
  /\b(?:answer|service|server|aws|s3|minio|error|response|api|it) (?:says?|said|shows?|sees?|saw|got|gets|received|expects?|expected|calculat\w+|returns?|wants?)\b/i
const CLIENT_SAYS =
  /\b(?:i|we|client|request|browser|code|sdk|app|curl|postman) (?:sends?|sent|sign\w*|has|have|had|uses?|used|made|calculat\w+|got|get)\b/i
const STATUS =
  /\bUnexpected response code: (\d{3})\b|\bHandshake status (\d{3})\b|\bHTTP (\d{3})\b(?! [A-Z]{3,})|\breturns? (?:an? )?([345]\d\d)\b|\bxhr\.status (\d{1,3})\b|\bstatus (?:is |was |code )?(\d{3})\b|\b(?:an?|the|with) (30[1278]|40[0135]|503)(?= (?:of|or|from|to|and|response|answer)\b)|(?:^|\n)(535) Authentication|(FATAL): (?:PAM|password) authentication failed|\bnet::(ERR_\w{2,40})/g
const OUTCOME =
  /\b(?:(?:does|do|did|is|are|was)(?:n't| not) (?:work\w*|truncated|accepted|match\w*)|no longer works?|stopped working|works?|worked|goes through|go through|succeeds?|fails?|failed|failing|refused|rejected|breaks?|broke|is (?:fine|ok|right|correct)|are (?:fine|ok|right|correct)|only the \w{2,20} differs|has not changed|is not truncated|is the one)\b/gi
const LONGEST_TOLD = 20_000
const MOST = 60
