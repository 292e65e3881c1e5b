/** The marks by which signing clients announce what they sign in their logs. A new client is a new row. */
import type { Line } from '../../text/index.js'
import { recordAfter, type SigningText, signingTexts } from '../quoted/signing-text.js'

export interface LogMark {
  /** Name of the client that writes it; "" where several do. */
  readonly client: string
  readonly kind: 'canonical-request' | 'string-to-sign' | 'signature'
  readonly mark: string
  /** What the same line must also hold. */
  readonly beside?: RegExp
}

export const LOG_MARKS: readonly LogMark[] = [
  { client: '', kind: 'canonical-request', mark: '---[ CANONICAL STRING  ]---' },
  { client: '', kind: 'string-to-sign', mark: '---[ STRING TO SIGN ]---' },
  { client: 'aws-crt', kind: 'canonical-request', mark: 'built canonical request for algorithm' },
  { client: 'aws-crt', kind: 'string-to-sign', mark: 'built string-to-sign via algorithm' },
  { client: 'aws-crt', kind: 'signature', mark: 'built final authorization value via algorithm' },
  { client: 'aws-sdk-cpp', kind: 'canonical-request', mark: 'Canonical Request String: ' },
  { client: 'aws-sdk-cpp', kind: 'string-to-sign', mark: 'Final String to sign: ' },
  { client: 'aws-sdk-cpp', kind: 'signature', mark: 'Final computed signing hash: ' },
  { client: 'aws-sdk-java', kind: 'canonical-request', mark: 'AWS4 Canonical Request: ', beside: /com\.amazonaws/ },
  { client: 'aws-sdk-java', kind: 'string-to-sign', mark: 'AWS4 String to Sign: ', beside: /com\.amazonaws/ },
  { client: 'aws-sdk-java-v2', kind: 'canonical-request', mark: 'AWS4 Canonical Request: ' },
  { client: 'aws-sdk-java-v2', kind: 'string-to-sign', mark: 'AWS4 String to sign: ' },
  { client: 'aws-sdk-java-v2', kind: 'string-to-sign', mark: 'AWS4 String to Sign: ' },
  { client: 'aws-sdk-net', kind: 'canonical-request', mark: 'CanonicalRequest = ' },
  { client: 'aws-sdk-net', kind: 'string-to-sign', mark: '; StringToSign = ' },
  { client: 'aws-sdk-rust', kind: 'canonical-request', mark: 'canonical_request=', beside: /aws_sigv4|parameters/ },
  { client: 'aws-sdk-rust', kind: 'string-to-sign', mark: ' string_to_sign=' },
  { client: 'envoy', kind: 'canonical-request', mark: 'Canonical request:', beside: /signer\w{0,20}\.cc|\]\[aws\]/ },
  { client: 'envoy', kind: 'string-to-sign', mark: 'String to sign:', beside: /signer\w{0,20}\.cc|\]\[aws\]/ },
  { client: 's3cmd', kind: 'canonical-request', mark: 'DEBUG: Canonical Request:' },
]

export const BOTOCORE_MARKS: readonly LogMark[] = [
  { client: '', kind: 'canonical-request', mark: 'CanonicalRequest:', beside: /botocore/ },
  { client: '', kind: 'string-to-sign', mark: 'StringToSign:', beside: /botocore/ },
  { client: '', kind: 'signature', mark: 'Signature:', beside: /botocore/ },
]

/** Clients known by what else they log; the first group is the version. */
export const LOG_WRITERS: readonly (readonly [client: string, pattern: RegExp])[] = [
  ['aws-sdk-cpp', /\b(?:AWSErrorMarshaller|AWSAuthV4Signer|AWSClient) \[\d{1,20}\]/],
  ['aws-sdk-js', /\[AWS [a-z0-9-]{1,40} (?:\d{3}|undefined) [\d.]{1,12}s \d{1,3} retries\]/],
  ['aws-sdk-js-v3', /\bclientName: '\w{1,60}Client',\s{1,40}commandName: '/],
  ['s3cmd', /\bDEBUG: s3cmd version (\d[\w.-]{0,20})/],
  ['rclone', /\brclone: Version "v(\d[\w.-]{0,20})" starting/],
]

export interface MarkedText {
  readonly mark: LogMark
  readonly text: string
  readonly first: Line
  readonly last: Line
  /** The evidence may end inside the text. */
  readonly cut: boolean
}

/** Every text that one of these marks announces, in order. */
export function markedTexts(lines: readonly Line[], marks: readonly LogMark[]): readonly MarkedText[] {
  const shaped = new Map<number, SigningText[]>()
  for (const one of signingTexts(lines)) shaped.set(one.first.start, [...(shaped.get(one.first.start) ?? []), one])
  const found: MarkedText[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    const seen = new Set<string>()
    for (const mark of marks) {
      const at = line.text.indexOf(mark.mark)
      if (at < 0 || seen.has(mark.kind) || !besides(mark, line.text)) continue
      seen.add(mark.kind)
      const rest = line.text.slice(at + mark.mark.length)
      for (const one of mark.kind === 'signature' ? signatureAfter(lines, i, rest, mark) : textAfter(lines, i, rest, mark, shaped))
        found.push(one)
    }
  }
  return found
}

/** Whether one of these marks announces a text whose label this is. */
export function isMarked(label: string, marks: readonly LogMark[]): boolean {
  return marks.some((mark) => mark.kind !== 'signature' && label.includes(mark.mark.trim()) && besides(mark, label))
}

function besides({ beside }: LogMark, line: string): boolean {
  return beside === undefined || beside.test(line.length > 600 ? line.slice(0, 600) : line)
}

function textAfter(
  lines: readonly Line[],
  at: number,
  rest: string,
  mark: LogMark,
  shaped: ReadonlyMap<number, SigningText[]>,
): readonly MarkedText[] {
  const line = lines[at]!
  const near = [line, ...lines.slice(at + 1, at + 3)].flatMap(({ start }) => shaped.get(start) ?? [])
  const shape = near.find(({ kind, first }) => kind === mark.kind && (first === line || /^[\s'"[-]*$|algorithm/.test(rest)))
  if (shape !== undefined) return [{ mark, text: shape.text, first: shape.first, last: shape.last, cut: shape.cut }]
  const value =
    /algorithm \w+, with contents/.test(mark.mark + rest) || /^\s\w+, with contents/.test(rest) || /^[-\]\s]*$/.test(rest)
      ? ''
      : rest.replace(/^'?"/, '')
  const record = recordAfter(lines, at, value)
  if (record === undefined || !OPENING[mark.kind].test(record.text.slice(0, 100))) return []
  return [{ mark, text: record.text.replace(/["\]]$/, ''), first: line, last: record.last, cut: record.cut }]
}

function signatureAfter(lines: readonly Line[], at: number, rest: string, mark: LogMark): readonly MarkedText[] {
  const next = lines[at + 1]
  const here = /^\s*([0-9a-fA-F]{64})\b/.exec(rest.slice(0, 100))?.[1]
  if (here !== undefined) return [{ mark, text: here, first: lines[at]!, last: lines[at]!, cut: false }]
  if (next === undefined) return []
  const below =
    /^([0-9a-fA-F]{64})\b/.exec(next.text.slice(0, 100))?.[1] ?? /\bSignature=([0-9a-fA-F]{64})\b/.exec(next.text.slice(0, 8000))?.[1]
  return below === undefined ? [] : [{ mark, text: below, first: lines[at]!, last: next, cut: false }]
}

/** How even a broken signer's text begins: a sentence that only mentions the mark does not. */
const OPENING = {
  'canonical-request': /^[A-Za-z]{3,10}(?:\n|\\n)/,
  'string-to-sign': /^(?:AWS4|\d{8}T\d{6}Z(?:\n|\\n))/,
  signature: /^[0-9a-fA-F]{64}$/,
} as const
