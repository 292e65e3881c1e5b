/**
 * Object keys, paths and URLs as people write them in commands, code and sentences: the characters that signers and HTTP
 * libraries spell differently. That a name holds one is a small reason to suspect its spelling, and never a proof.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */

import { type About, clueAt, type EvidenceReader, type EvidenceSource, type Observation, type Strength } from '../../case/index.js'
import { anyText, MOST_SCANNED, withoutBodies } from '../rule.js'

export const writtenNames: EvidenceReader = {
  id: 'written-names',
  reads: 'object keys, paths and URLs written in commands, code and sentences: characters that are spelled in more than one way',
  samples: ['aws s3api put-object --bucket photos --key "summer (1)+2.jpg"\n', 'await client.get("/logs-*/_count?q=a&b")\n'],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    return marksOf(text, name)
  },
}

/** A path or a query found in the text. */
interface Written {
  readonly text: string
  readonly at: number
  readonly kind: 'path' | 'key'
}

function marksOf(text: string, source: string): readonly Observation[] {
  const shown = withoutBodies(text)
  return [...pathMarks(shown, text.slice(0, MOST_SCANNED), source), bucketMark(shown, source), ...queryMarks(shown, source)].filter(
    (one) => one !== undefined,
  )
}

function* pathMarks(text: string, whole: string, source: string): Iterable<Observation> {
  const told = new Set<string>()
  for (const { text: path, at, kind } of [...resources(whole), ...pathsWritten(text)]) {
    const odd = isTemplate(path) ? undefined : oddIn(path.replace(/[.,;:)\]]{1,3}$/, ''), kind)
    if (odd === undefined || told.has(odd.about)) continue
    told.add(odd.about)
    const message = `the name or path holds ${odd.name}, which signers, clients and proxies spell in more than one way.`
    yield clueAt(text, source, at, { rule: 'odd-character', about: odd.about, strength: odd.strength, message, values: { written: path } })
  }
}

/** One bucket written as part of a host and, elsewhere, as the first part of a path of that host. */
function bucketMark(text: string, source: string): Observation | undefined {
  const firstParts = new Map<string, Set<string>>()
  const hosts: { readonly host: string; readonly at: number }[] = []
  for (const { groups, index } of matches(HOST_WRITTEN, text)) {
    const host = groups['host']!
    hosts.push({ host, at: index })
    const first = groups['first']
    if (first !== undefined) firstParts.set(host, (firstParts.get(host) ?? new Set()).add(first))
  }
  const message = 'the bucket stands in the host in one place and in the path in another; only one of the two forms is what was signed.'
  for (const { host, at } of hosts) {
    const dot = host.indexOf('.')
    if (dot > 1 && firstParts.get(host.slice(dot + 1))?.has(host.slice(0, dot)) === true)
      return clueAt(text, source, at, { rule: 'bucket-twice', about: 'bucket-in-path', strength: 'fair', message })
  }
  return undefined
}

/** What the service says it was asked for; its elements are read though its message is not. */
function* resources(text: string): Iterable<Written> {
  for (const { groups, index } of matches(RESOURCE, text)) yield { text: groups['path']!, at: index, kind: 'path' }
}

/** The paths of URLs, quoted absolute paths, and the values of what is called key, object or file. */
function* pathsWritten(text: string): Iterable<Written> {
  for (const { groups, index } of matches(URL_WRITTEN, text))
    if (!isPage(groups['host']!)) yield { text: groups['path']!, at: index, kind: 'path' }
  for (const { groups, index } of matches(REQUEST_LINE, text)) yield { text: groups['path']!, at: index, kind: 'path' }
  for (const { groups, index } of matches(KEY_WRITTEN, text))
    yield { text: groups['quoted'] ?? groups['apostrophed'] ?? groups['bare']!, at: index, kind: 'key' }
  for (const { groups, index } of matches(QUOTED_PATH, text)) yield { text: groups['path']!, at: index, kind: 'path' }
  for (const { groups, index } of matches(FILE_QUOTED, text))
    if (!/attachment|inline|filename/i.test(groups['quoted']!)) yield { text: groups['quoted']!, at: index, kind: 'path' }
}

function oddIn(
  path: string,
  kind: Written['kind'],
): { readonly about: About; readonly name: string; readonly strength: Strength } | undefined {
  if (/\/\/|\/\.{1,2}\//.test(path)) return { about: 'path-normalized', name: 'slashes in a row or a dot segment', strength: 'fair' }
  if (kind === 'key' && path.startsWith('/')) return { about: 'path-normalized', name: 'a leading slash', strength: 'fair' }
  for (const [pattern, name, strength] of ODD) if (pattern.test(path)) return { about: 'path.encoding', name, strength }
  return undefined
}

function* queryMarks(text: string, source: string): Iterable<Observation> {
  const queries = [...matches(URL_WRITTEN, text)].filter(({ groups }) => !isPage(groups['host']!))
  const all = [...queries, ...matches(QUOTED_PATH, text), ...matches(BARE_TARGET, text), ...matches(BARE_QUERY, text)].map(
    ({ groups, index }) => ({
      text: groups['query'] ?? '',
      at: index,
    }),
  )
  const told = new Set<string>()
  for (const { text: query, at } of all) {
    if (query === '' || isTemplate(query) || /(?:X-Amz-|Signature=|AWSAccessKeyId)/i.test(query)) continue
    for (const [about, strength, message] of faultsOf(query)) {
      if (told.has(about)) continue
      told.add(about)
      yield clueAt(text, source, at, { rule: 'odd-query', about, strength, message, values: { written: query } })
    }
  }
}

function* faultsOf(query: string): Iterable<readonly [about: About, strength: Strength, message: string]> {
  const pieces = query.split('&')
  const names = pieces.map((piece) => piece.split('=', 1)[0]!)
  if (names.some((name, i) => i > 0 && names[i - 1]! > name))
    yield ['query-not-sorted', 'weak', 'the parameters of the URL are not sorted by name, as the canonical query string has them.']
  if (pieces.some((piece) => piece !== '' && !piece.includes('=')))
    yield ['query-changed-in-transit', 'weak', 'a parameter of the URL has no "="; the canonical query string has one after each name.']
  if (pieces.some((piece) => ODD_VALUE.test(piece.slice(piece.indexOf('=') + 1))))
    yield ['query.encoding', 'weak', 'a parameter of the URL holds characters that the canonical query string has percent-encoded.']
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

const MOST_NAMES = 500
const URL_WRITTEN = /\b(?:https?|s3a?):\/\/(?<host>[\w.:-]{1,200})(?<path>\/[^\s"'`<>?#]{0,600})(?:\?(?<query>[^\s"'`<>#]{1,1000}))?/g
const QUOTED_PATH = /["'`](?<path>\/[^\s"'`<>?#]{1,300})(?:\?(?<query>[^\s"'`<>#]{1,1000}))?["'`]/g
const REQUEST_LINE = /\b(?:GET|PUT|POST|HEAD|DELETE|PATCH) (?<path>\/[^\s?"]{0,600})(?:\?\S{0,2000})? HTTP\//g
// A request target that stands by itself in a message: "[/_cat/indices?v]", "GET /index/_search?q=a".
const BARE_QUERY = /[`"'\s(]\?(?<query>[\w.-]{1,40}=[^\s`"'()&]{0,200}&[\w.-]{1,40}=[^\s`"'()]{0,300})/g
const BARE_TARGET = /(?:[[(]|\b(?:GET|PUT|POST|HEAD|DELETE) )\/[^\s"'`<>?#]{0,300}\?(?<query>[^\s"'`<>#\])]{1,1000})/g
const KEY_WRITTEN =
  /(?:\b(?:object_?)?(?:key|name|file_?name)["']?\s{0,8}(?:=>|[:=(,]|(?="))\s{0,3}|--key[ =]|\s-k[ ])(?:"(?<quoted>[^"\n]{1,300})"|'(?<apostrophed>[^'\n]{1,300})'|(?<bare>[\w.+@~%/-]{1,200}\.\w{1,5})(?=\s|$))/gi
const RESOURCE = /<(?:Resource|Key)>(?<path>[^<\n]{1,600})<\//g
const HOST_WRITTEN =
  /(?<![\w.@/-]|[^:/]\/)(?:https?:\/\/)?(?<host>[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}(?::\d{1,5})?)(?:\/(?<first>[\w-]{2,63}))?/g
const FILE_QUOTED = /["'`](?<quoted>[^"'`\n/]{1,120}\.[a-z0-9]{2,5})["'`]/gi
/** What is looked for in a path, the weightiest first. */
const ODD: readonly (readonly [pattern: RegExp, name: string, strength: Strength])[] = [
  [/\+/, 'a "+"', 'fair'],
  [/[\x80-\xff]/, 'characters outside ASCII', 'fair'],
  [/ /, 'a space', 'fair'],
  [/[()!*']/, "one of ! * ' ( )", 'fair'],
  [/[@=&$,;[\]|^"#]/, 'a reserved character', 'weak'],
  [/[^/]:/, 'a ":"', 'weak'],
  [/%25/, 'an escaped "%"', 'weak'],
  [/%2F/i, 'an escaped slash', 'fair'],
  [/%[0-9A-F]{2}/i, 'escapes', 'weak'],
]
const ODD_VALUE = /[+ :*@!(),;$[\]'|\x80-\xff]|=./
