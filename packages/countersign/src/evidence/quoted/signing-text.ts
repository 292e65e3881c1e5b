/** Canonical requests and strings to sign, found in any log by their own shape: the text before them only names the writer. */
import { type Line, opensRecord } from '../../text/index.js'

/** A text found, and what stands before it: on its first line, or on the line above. */
export interface SigningText {
  readonly kind: 'canonical-request' | 'string-to-sign'
  readonly text: string
  readonly label: string
  readonly first: Line
  readonly last: Line
  /** The evidence ends inside the text's last line, as far as one can see: its hash is too short. */
  readonly cut: boolean
}

/** Every canonical request and string to sign of the lines, in order. */
export function signingTexts(lines: readonly Line[]): readonly SigningText[] {
  const found: SigningText[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!.text
    // A .NET or Rust record goes on with the string to sign on the canonical request's last line.
    const one = canonicalRequestAt(lines, i, line) ?? stringToSignAt(lines, i, line)
    if (one !== undefined) found.push(one)
  }
  return found
}

/**
 * A canonical request of which only the beginning was posted, and a mark for the rest: method, path, query, some header lines. What is
 * left out is masked.
 */
export function cutCanonicalRequest(lines: readonly Line[]): SigningText | undefined {
  for (let i = 0; i < lines.length; i++) {
    const start = METHOD.exec(lines[i]!.text.slice(-40))
    const [path = '', query = ''] = [lines[i + 1]?.text, lines[i + 2]?.text]
    if (start === null || !/^\/\S*$/.test(path) || !/^(?:[^\s=&:]{1,200}=[^\s&]*(?:&|$)){0,200}$/.test(query)) continue
    let end = i + 3
    while (end < lines.length && end < i + MAX_LINES && HEADER.test(lines[end]!.text.slice(0, 130))) end++
    if (!REST_LEFT_OUT.test(lines[end]?.text.slice(0, 60) ?? '') || (query === '' && end === i + 3)) continue
    const kept = lines.slice(i + 1, end).map(({ text }) => text)
    const label = labelBefore(lines, i, lines[i]!.text.slice(0, -start[1]!.length))
    const text = [start[1]!, ...kept, '***'].join('\n')
    return { kind: 'canonical-request', text, label, first: lines[i]!, last: lines[end]!, cut: true }
  }
  return undefined
}

/** The rest of a record after a mark, where the text has no canonical shape: a broken signer's text is evidence too. */
export function recordAfter(lines: readonly Line[], at: number, rest: string): Pick<SigningText, 'text' | 'last' | 'cut'> | undefined {
  const first = rest.trim() === '' ? at + 1 : at
  const kept: string[] = first === at ? [rest] : []
  let i = at + 1
  for (; i < lines.length && i < at + MAX_LINES; i++) {
    const line = lines[i]!.text
    if (opensRecord(line)) break
    kept.push(line)
  }
  while (kept.length > 0 && kept.at(-1)!.trim() === '') kept.pop()
  const last = lines[i - 1]
  return kept.length < 2 || last === undefined ? undefined : { text: kept.join('\n'), last, cut: i === lines.length }
}

function canonicalRequestAt(lines: readonly Line[], at: number, line: string): SigningText | undefined {
  const start = METHOD.exec(line.length > 40 ? line.slice(-40) : line)
  if (start === null) return undefined
  const path = lines[at + 1]?.text
  if (path === undefined || !/^(?:\/|%2[Ff]|$)/.test(path)) return undefined
  let i = at + 3
  const limit = Math.min(lines.length, at + MAX_LINES)
  while (i < limit && HEADER.test(lines[i]!.text.slice(0, 130))) i++
  if (i === at + 3 || i >= limit) return undefined
  const blank = lines[i]!.text === '' ? 1 : 0
  const signed = lines[i + blank]?.text
  const hash = PAYLOAD_HASH.exec(lines[i + blank + 1]?.text.slice(0, 200) ?? '')?.[0]
  if (signed === undefined || !/^[\w;.-]{1,4000}$/.test(signed) || hash === undefined) return undefined
  const between = lines.slice(at + 1, i + blank + 1).map(({ text }) => text)
  const method = start[1]!
  const cut = endsEarly(lines, i + blank + 1, hash)
  return {
    kind: 'canonical-request',
    text: [method, ...between, cut ? `${hash}...` : hash].join('\n'),
    label: labelBefore(lines, at, line.slice(0, line.length - method.length)),
    first: lines[at]!,
    last: lines[i + blank + 1]!,
    cut,
  }
}

function stringToSignAt(lines: readonly Line[], at: number, line: string): SigningText | undefined {
  const start = ALGORITHM.exec(line.length > 40 ? line.slice(-40) : line)
  const [date, scope, end] = [lines[at + 1]?.text, lines[at + 2]?.text, lines[at + 3]?.text.slice(0, 200)]
  if (start === null || date === undefined || scope === undefined || end === undefined) return undefined
  const hash = /^[0-9A-Za-z+/=*]{8,128}/.exec(end)?.[0]
  if (!/^[\w:.,+ -]{1,40}$/.test(date) || !/^[^\s/]{0,40}(?:\/[^\s/]{0,80}){1,5}$/.test(scope) || hash === undefined) return undefined
  const algorithm = start[1]!
  const cut = endsEarly(lines, at + 3, hash)
  return {
    kind: 'string-to-sign',
    text: [algorithm, date, scope, cut ? `${hash}...` : hash].join('\n'),
    label: labelBefore(lines, at, line.slice(0, line.length - algorithm.length)),
    first: lines[at]!,
    last: lines[at + 3]!,
    cut,
  }
}

/** Whether the evidence ends right behind a hash, without a line end, and the hash has no length that one can have. */
function endsEarly(lines: readonly Line[], at: number, hash: string): boolean {
  const end = at === lines.length - 1 && lines[at]!.text.trimEnd().endsWith(hash)
  if (!end || /\*/.test(hash) || /^(?:UNSIGNED|STREAMING-[A-Z0-9-]{1,60})-(?:PAYLOAD|TRAILER)$/.test(hash)) return false
  return /^[0-9a-fA-F]+$/.test(hash) ? ![32, 40, 64, 96, 128].includes(hash.length) : !hash.endsWith('=')
}

function labelBefore(lines: readonly Line[], at: number, sameLine: string): string {
  const near = sameLine.length > 300 ? sameLine.slice(-300) : sameLine
  if (/\w/.test(near)) return near
  for (let i = at - 1; i >= 0 && i >= at - 2; i--) {
    const text = lines[i]!.text
    if (text.trim() !== '') return (text.length > 300 ? text.slice(-300) : text) + near
  }
  return near
}

const MAX_LINES = 400
const METHOD = /(?:^|[\s='"[(>:])((?:GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS|get|put|post|delete|head|Get|Put|Post|Delete))$/
const HEADER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}:/
const PAYLOAD_HASH = /^(?:UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]{1,80}|[0-9A-Za-z+/=*_-]{8,128})/
const REST_LEFT_OUT = /^\s{0,8}[[(<]?(?:\.{3}|\u2026|\u00e2\u0080\u00a6|(?:snip|cut|rest|omitted|truncated)[^\])>]{0,30})[\])>]?\s*$/
const ALGORITHM = /(?:^|[\s='"[(>:])(AWS4-(?:HMAC-SHA256|ECDSA-P256-SHA256)|GOOG4-(?:HMAC|RSA)-SHA256|OSS4-HMAC-SHA256)$/
