/**
 * Object keys, paths and URLs as people write them in commands, code and sentences: the characters that signers and HTTP
 * libraries spell differently. That a name holds one is a small reason to suspect its spelling, and never a proof.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
import { hintAt, withoutBodies } from './hint-rules.js'
import type { EvidenceReader, EvidenceSource, Observation } from './reader.js'

export const writtenNames: EvidenceReader = {
  id: 'written-names',
  reads: 'object keys, paths and URLs written in commands, code and sentences: characters that are spelled in more than one way',
  samples: ['aws s3api put-object --bucket photos --key "summer (1)+2.jpg"\n', 'await client.get("/logs-*/_count?q=a&b")\n'],
  recognize(text) {
    return marksOf(text, '').length > 0 ? 0.3 : 0
  },
  read({ name, text }: EvidenceSource) {
    return marksOf(text, name)
  },
}

/** A path or a query found in the text. */
interface Written {
  readonly text: string
  readonly at: number
}

function marksOf(text: string, source: string): readonly Observation[] {
  const shown = withoutBodies(text)
  return [pathMark(shown, source), ...queryMarks(shown, source)].filter((one) => one !== undefined)
}

function pathMark(text: string, source: string): Observation | undefined {
  for (const { text: path, at } of pathsWritten(text)) {
    const odd = oddIn(path)
    if (odd === undefined) continue
    const [name, weight] = odd
    return hintAt(text, source, at, 'path.encoding', weight, `the name or path holds ${name}, which signers spell in more than one way.`, {
      written: path,
    })
  }
  return undefined
}

/** The paths of URLs, quoted absolute paths, and the values of what is called key, object or file. */
function* pathsWritten(text: string): Iterable<Written> {
  for (const { groups, index } of matches(URL_WRITTEN, text)) if (!isPage(groups['host']!)) yield { text: groups['path']!, at: index }
  for (const { groups, index } of matches(QUOTED_PATH, text)) yield { text: groups['path']!, at: index }
  for (const { groups, index } of matches(KEY_WRITTEN, text))
    yield { text: groups['quoted'] ?? groups['apostrophed'] ?? groups['bare']!, at: index }
  for (const { groups, index } of matches(FILE_QUOTED, text)) yield { text: groups['quoted']!, at: index }
}

function oddIn(path: string): readonly [name: string, weight: number] | undefined {
  if (isTemplate(path)) return undefined
  for (const [pattern, name, weight] of ODD) if (pattern.test(path)) return [name, weight]
  return undefined
}

function* queryMarks(text: string, source: string): Iterable<Observation> {
  const queries = [...matches(URL_WRITTEN, text)].filter(({ groups }) => !isPage(groups['host']!))
  const all = [...queries, ...matches(QUOTED_PATH, text), ...matches(BARE_TARGET, text)].map(({ groups, index }) => ({
    text: groups['query'] ?? '',
    at: index,
  }))
  const told = new Set<string>()
  for (const { text: query, at } of all) {
    if (query === '' || isTemplate(query) || /(?:X-Amz-|Signature=|AWSAccessKeyId)/i.test(query)) continue
    for (const [hint, weight, why] of faultsOf(query)) {
      if (told.has(hint)) continue
      told.add(hint)
      yield hintAt(text, source, at, hint, weight, why, { written: query })
    }
  }
}

function* faultsOf(query: string): Iterable<readonly [hint: string, weight: number, why: string]> {
  const pieces = query.split('&')
  const names = pieces.map((piece) => piece.split('=', 1)[0]!)
  if (names.some((name, i) => i > 0 && names[i - 1]! > name))
    yield ['query-not-sorted', 0.32, 'the parameters of the URL are not sorted by name, as the canonical query string has them.']
  if (pieces.some((piece) => piece !== '' && !piece.includes('=')))
    yield ['query-changed-in-transit', 0.3, 'a parameter of the URL has no "="; the canonical query string has one after each name.']
  if (pieces.some((piece) => ODD_VALUE.test(piece.slice(piece.indexOf('=') + 1))))
    yield ['query.encoding', 0.34, 'a parameter of the URL holds characters that the canonical query string has percent-encoded.']
}

function* matches(pattern: RegExp, text: string): Iterable<{ readonly groups: Readonly<Record<string, string>>; readonly index: number }> {
  let count = 0
  for (const match of text.matchAll(pattern)) {
    if (++count > MOST_NAMES) return
    yield { groups: match.groups ?? {}, index: match.index }
  }
}

/** Pages about a problem, not the request that has it. */
function isPage(host: string): boolean {
  return (
    /^(?:docs|console|forums|github|gist|stackoverflow|www|repost|developers?|pkg|npmjs|pypi)\./i.test(host) ||
    /github|stackoverflow/i.test(host)
  )
}

/** Placeholders and masks say nothing about the characters of the real name. */
function isTemplate(text: string): boolean {
  return /\$\{|#\{|\{\{?|<|\*\*|%[sd]\b|\[(?:hidden|redacted|key|bucket)|\.\.\.|xxx/i.test(text)
}

const MOST_NAMES = 200
const URL_WRITTEN = /\b(?:https?|s3a?):\/\/(?<host>[\w.:-]{1,200})(?<path>\/[^\s"'`<>?#]{0,600})(?:\?(?<query>[^\s"'`<>#]{1,1000}))?/g
const QUOTED_PATH = /["'`](?<path>\/[^\s"'`<>?#]{1,300})(?:\?(?<query>[^\s"'`<>#]{1,1000}))?["'`]/g
// A request target that stands by itself in a message: "[/_cat/indices?v]", "GET /index/_search?q=a".
const BARE_TARGET = /(?:[[(]|\b(?:GET|PUT|POST|HEAD|DELETE) )\/[^\s"'`<>?#]{0,300}\?(?<query>[^\s"'`<>#\])]{1,1000})/g
const KEY_WRITTEN =
  /(?:\b(?:object_?)?(?:key|name|file_?name|path)["']?\s{0,3}(?:=>|[:=(,])\s{0,3}|--key[ =]|\s-k[ ])(?:"(?<quoted>[^"\n]{1,300})"|'(?<apostrophed>[^'\n]{1,300})'|(?<bare>[\w.+@~%/-]{1,200}\.\w{1,5})(?=\s|$))/gi
const FILE_QUOTED = /["'`](?<quoted>[^"'`\n/]{1,120}\.[a-z0-9]{2,5})["'`]/gi
/** What is looked for in a path, the weightiest first. */
const ODD: readonly (readonly [pattern: RegExp, name: string, weight: number])[] = [
  [/\+/, 'a "+"', 0.42],
  [/[\x80-\xff]/, 'characters outside ASCII', 0.42],
  [/ /, 'a space', 0.4],
  [/[()!*']/, "one of ! * ' ( )", 0.4],
  [/[@=&$,;[\]|^"#]/, 'a reserved character', 0.36],
  [/[^/]:/, 'a ":"', 0.34],
  [/%25/, 'an escaped "%"', 0.34],
]
const ODD_VALUE = /[+ :*@!(),;$[\]'|\x80-\xff]|=./
