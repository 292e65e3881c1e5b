/**
 * A string to sign of Signature Version 2 that a signer printed, or that somebody quotes: of S3 and its like, or of a query service.
 * What a service quotes in its answer has a reader of its own.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html "ConstructingTheAuthenticationHeader"
 */
import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { type Line, locationOf, logLines } from '../../text/index.js'

export const version2Text: EvidenceReader = {
  id: 'version-2-text',
  reads: 'a string to sign of signature version 2 alone',
  samples: [
    'StringToSign:\nGET\n\n\nTue, 27 Mar 2007 19:36:42 +0000\n/johnsmith/photos/puppy.jpg\n',
    'GET\nec2.example.com\n/\nAWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Action=DescribeInstances&SignatureMethod=HmacSHA256&SignatureVersion=2\n',
  ],
  recognize: (text) => MARK.test(text),
  read,
}

function read({ name, text, side }: EvidenceSource): readonly Observation[] {
  if (!MARK.test(text)) return []
  const lines = logLines(text)
  const found: Observation[] = []
  for (let i = 0; i + 3 < lines.length; i++) {
    const method = METHOD.exec(lines[i]!.text.slice(-60))?.[1]
    const count = method === undefined || quotedByService(lines, i) ? undefined : linesOfText(lines, i)
    if (count === undefined) continue
    const whole = [method, ...lines.slice(i + 1, i + count).map((line) => line.text)].join('\n')
    const location = locationOf(name, lines[i]!, lines[i + count - 1]!)
    // Nothing marks its end: the last line may be cut.
    found.push({ kind: 'string-to-sign', side: side ?? 'signer', text: whole, location, fidelity: 'normalized' })
    i += count - 1
  }
  return [...found, ...quotedTexts({ name, text, ...(side !== undefined && { side }) })]
}

/** A text that a server logs as a quoted string: its line feeds are spelled "\\n". */
function* quotedTexts({ name, text, side }: EvidenceSource): Iterable<Observation> {
  for (const match of text.matchAll(QUOTED)) {
    const whole = match[2]!.replaceAll('\\n', '\n')
    const lines = whole.split('\n').map((line): Line => ({ text: line, start: match.index, end: match.index }))
    if (linesOfText(lines, 0) !== lines.length) continue
    const location = { source: name, start: match.index, end: match.index + match[0].length }
    yield {
      kind: 'string-to-sign',
      side: side ?? (match[1] === undefined ? 'signer' : 'verifier'),
      text: whole,
      location,
      fidelity: 'normalized',
    }
  }
}

/** How many lines the string to sign has that begins here; `undefined` where none does. */
function linesOfText(lines: readonly Line[], at: number): number | undefined {
  const line = (i: number): string => lines[at + i]?.text ?? '\u0000'
  if (HOST.test(line(1)) && /^\/\S{0,400}$/.test(line(2)) && /(?:^|&)AWSAccessKeyId=/.test(line(3))) return 4
  if (!MD5.test(line(1)) || !TYPE.test(line(2)) || !DATE.test(line(3))) return undefined
  let i = 4
  while (i < MOST_HEADERS && HEADER.test(line(i))) i++
  return /^\/[^/\s<>]+[^<>]*$/.test(line(i)) && (line(3) !== '' || i > 4) ? i + 1 : undefined
}

function quotedByService(lines: readonly Line[], at: number): boolean {
  return [at, at - 1].some((i) =>
    /<StringToSign>|string_to_sign=|string to sign = |should have been|\bStringToSign["']\s{0,3}:/.test(lines[i]?.text ?? ''),
  )
}

/** s3s is a library of servers: what it logs is what it calculates with. */
const QUOTED = /(\bs3s\b[^\n"]{0,80})?string_to_sign="((?:GET|PUT|POST|HEAD|DELETE)\\n[^"\n]{0,4000})"/g
const MARK = /(?:^|[\s='"[(>:])(?:GET|PUT|POST|HEAD|DELETE)(?:\r?\n|\\n)/
const METHOD = /(?:^|[\s='"[(>:])(GET|PUT|POST|HEAD|DELETE)$/
const HOST = /^[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}(?::\d{1,5})?$/
const MD5 = /^(?:[A-Za-z0-9+/]{22}==)?$/
const TYPE = /^(?:[\w.+-]{1,80}\/[\w.+*-]{1,80}(?:;[^\n]{0,200})?)?$/
const DATE = /^(?:\d{9,11}|[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} [\d:]{8} [A-Z+\d-]{1,6})?$/
const HEADER = /^x-(?:amz|oss|goog)-[\w-]{1,100}:/
const MOST_HEADERS = 60
