/**
 * The canonical request and string to sign a service quotes: from elements of its body, or from inside its message.
 */

import type { Fidelity, Observation } from '../../case/index.js'
import { isMasked, type Location, unescapeText } from '../../text/index.js'
import { isCanonicalRequest, isStringToSign, rebuiltCanonicalRequest, rebuiltStringToSign } from '../quoted/flattened-request.js'

/** The observation of a canonical request the verifier quoted, its lines put back where a tool ate them. */
export function canonicalRequestSeen(raw: string, location: Location, fidelity: Fidelity = 'exact'): Observation | undefined {
  const text = outdented(raw)
  if (text === '') return undefined
  if (isCanonicalRequest(text))
    return { kind: 'canonical-request', side: 'verifier', text, location, fidelity: text === raw ? fidelity : worse(fidelity) }
  const rebuilt = isMasked(text) ? undefined : rebuiltCanonicalRequest(text)
  if (rebuilt !== undefined) return { kind: 'canonical-request', side: 'verifier', text: rebuilt, location, fidelity: 'inferred' }
  if (!text.includes('\n'))
    return {
      kind: 'unreadable',
      reason: 'a canonical request on one line, which could be read in more ways than one',
      location,
      fidelity: 'exact',
    }
  return { kind: 'canonical-request', side: 'verifier', text, location, fidelity: worse(fidelity) }
}

/** The observation of a string to sign the verifier quoted. */
export function stringToSignSeen(raw: string, location: Location, fidelity: Fidelity = 'exact'): Observation | undefined {
  const text = /^\s{0,40}(?:AWS4|GOOG4|OSS4)-/.test(raw) ? outdented(raw) : raw
  if (text === '') return undefined
  if (isStringToSign(text))
    return { kind: 'string-to-sign', side: 'verifier', text, location, fidelity: text === raw ? fidelity : worse(fidelity) }
  const rebuilt = rebuiltStringToSign(text)
  if (rebuilt !== undefined) return { kind: 'string-to-sign', side: 'verifier', text: rebuilt, location, fidelity: 'inferred' }
  if (!text.includes('\n'))
    return {
      kind: 'unreadable',
      reason: 'a string to sign on one line, which could be read in more ways than one',
      location,
      fidelity: 'exact',
    }
  return { kind: 'string-to-sign', side: 'verifier', text, location, fidelity }
}

/** What a message of API Gateway, OpenSearch, SQS and others quotes after "should have been". */
export function quotedInMessage(message: string, location: Location, fidelity: Fidelity = 'exact'): readonly Observation[] {
  const escaped = !/should have been\s{0,4}\r?\n/.test(message) && message.includes('\\n')
  const text = escaped ? unescapeText(message) : message.includes('\r\n') ? message.replaceAll('\r\n', '\n') : message
  const canonical = afterMark(text, CANONICAL_MARK, STRING_MARK)
  const toSign = afterMark(text, STRING_MARK, undefined)
  const seen: Observation[] = []
  if (canonical !== undefined) {
    const one = canonicalRequestSeen(canonical, location, fidelity)
    if (one !== undefined) seen.push(one)
  }
  if (toSign !== undefined) {
    const one = stringToSignSeen(toSign, location, fidelity)
    if (one !== undefined) seen.push(one)
  }
  return seen
}

/** Whether a message quotes the verifier's texts. */
export function quotesTexts(message: string): boolean {
  return message.includes(CANONICAL_MARK) || message.includes(STRING_MARK)
}

/** Where the first of the verifier's texts is announced. */
export function textsAt(message: string): number | undefined {
  return [message.indexOf(CANONICAL_MARK), message.indexOf(STRING_MARK)].filter((at) => at >= 0).sort((a, b) => a - b)[0]
}

/** The part of a message before its quoted texts. */
export function messageAlone(message: string): string {
  const first = textsAt(message)
  return first === undefined ? message : message.slice(0, first).replace(/(?:\\n|\s){1,20}$/, '')
}

/** The quoted text after `mark`. A canonical request may hold quotes itself, so its end is the last one before `next`. */
function afterMark(text: string, mark: string, next: string | undefined): string | undefined {
  const at = text.indexOf(mark)
  if (at < 0) return undefined
  const from = at + mark.length
  const to = next === undefined ? -1 : text.indexOf(next, from)
  const stretch = text.slice(from, to < 0 ? from + LONGEST_QUOTE : to)
  const opening = /^[ \t:]{0,4}\n?\s{0,20}(?:\\?(['"]))?/.exec(stretch)
  const quote = opening?.[1]
  const rest = stretch.slice(opening?.[0].length ?? 0)
  const closing = quote === undefined ? -1 : next === undefined ? rest.indexOf(quote) : rest.lastIndexOf(quote)
  if (closing >= 0) return rest.slice(0, closing)
  if (to >= 0) return rest.trimEnd()
  // No closing quote and nothing after it: the text was cut, and says so.
  return rest.trim() === '' ? undefined : `${rest.trimEnd().split('\n\n\n')[0] ?? ''}${isMasked(rest.slice(-5)) ? '' : '...'}`
}

/** The text without surrounding space, and without an indentation all lines but the first share. */
function outdented(raw: string): string {
  const text = raw.replaceAll('\r\n', '\n').replace(/^\s+/, '').trimEnd()
  const lines = text.split('\n')
  const indent = /^[ \t]+/.exec(lines[1] ?? '')?.[0]
  if (indent === undefined) return text
  if (!lines.slice(1).every((line) => line.trim() === '' || line.startsWith(indent))) return text
  return [lines[0], ...lines.slice(1).map((line) => (line.trim() === '' ? '' : line.slice(indent.length)))].join('\n')
}

function worse(fidelity: Fidelity): Fidelity {
  return fidelity === 'exact' ? 'normalized' : fidelity
}

const CANONICAL_MARK = 'The Canonical String for this request should have been'
const STRING_MARK = 'The String-to-Sign should have been'
const LONGEST_QUOTE = 65_536
