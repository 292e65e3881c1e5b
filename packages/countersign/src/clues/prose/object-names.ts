/**
 * Names as people write them in commands, code and sentences: characters that signers and HTTP libraries spell differently.
 * That a name holds one is a small reason, and never a proof.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */

import { type About, clueAt, type EvidenceReader, type EvidenceSource, type Observation, type Strength } from '../../case/index.js'
import { anyText, blank, MOST_SCANNED, withoutBodies } from '../rule.js'

export const writtenNames: EvidenceReader = {
  id: 'written-names',
  reads: 'object keys, paths and URLs written in commands, code and sentences: characters that are spelled in more than one way',
  samples: ['aws s3api put-object --bucket photos --key "summer (1)+2.jpg"\n', 'await client.get("/logs-*/_count?q=a&b")\n'],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    const lines = withoutBodies(text).split('\n')
    const shown = lines.map((line) => (WIRE_LINE.test(line) ? blank(line) : line)).join('\n')
    return [
      ...marksOf(shown, WRITTEN, name),
      ...marksOf(text.slice(0, MOST_SCANNED), RECEIVED, name),
      ...bucketMark(shown, name),
      ...templateMark(shown, name),
    ]
  },
}

interface Mark {
  readonly rule: string
  readonly about: About
  readonly strength: Strength
  readonly message: string
}

type Kind = 'path' | 'key' | 'received'

/** Each kind of mark at its first place. */
function* marksOf(text: string, patterns: readonly (readonly [RegExp, Kind])[], source: string): Iterable<Observation> {
  const told = new Set<string>()
  for (const [pattern, kind] of patterns)
    for (const { groups, index } of matches(pattern, text)) {
      const path = groups['path'] ?? groups['quoted'] ?? groups['apostrophed'] ?? groups['bare'] ?? ''
      for (const [mark, written] of [
        [pathMark(path.replace(/[.,;:)\]]{1,3}$/, ''), kind), path],
        [queryMark(groups['query'] ?? ''), groups['query'] ?? ''],
      ] as const) {
        if (mark === undefined || told.has(mark.about) || isTemplate(written) || isPage(groups['host'] ?? '')) continue
        told.add(mark.about)
        yield clueAt(text, source, index, { ...mark, values: { written }, ofShape: true })
      }
    }
}

function pathMark(path: string, kind: Kind): Mark | undefined {
  // Slashes that arrived were sent so; the causes test what a signer makes of them.
  if (kind !== 'received' && /\/\/|\/\.{1,2}\//.test(path)) return slashes('slashes in a row or a dot segment')
  if (kind === 'key' && path.startsWith('/')) return slashes('a leading slash')
  const odd = ODD.find(([pattern]) => pattern.test(path))
  if (odd === undefined) return undefined
  const message = `The name or path holds ${odd[1]}, which signers, clients and proxies spell in more than one way.`
  return { rule: 'odd-character', about: 'path.encoding', strength: kind === 'received' ? 'weak' : 'fair', message }
}

function slashes(what: string): Mark {
  const message = `The name or path holds ${what}, which some clients and proxies drop.`
  return { rule: 'odd-slashes', about: 'path-normalized', strength: 'fair', message }
}

function queryMark(query: string): Mark | undefined {
  if (query === '' || /(?:X-Amz-|Signature=|AWSAccessKeyId)/i.test(query)) return undefined
  const pieces = query.split('&')
  const names = pieces.map((piece) => piece.split('=', 1)[0]!)
  const mark = (about: About, message: string): Mark => ({ rule: 'odd-query', about, strength: 'weak', message })
  if (pieces.some((piece) => piece !== '' && !piece.includes('=')))
    return mark('query-changed-in-transit', 'A parameter of the URL has no "="; the canonical query string has one after each name.')
  if (names.some((name, i) => i > 0 && names[i - 1]! > name))
    return mark('query-not-sorted', 'The parameters of the URL are not sorted by name, as the canonical query string has them.')
  if (pieces.some((piece) => ODD_VALUE.test(piece.slice(piece.indexOf('=') + 1))))
    return mark('query.encoding', 'A parameter of the URL holds characters that the canonical query string has percent-encoded.')
  return undefined
}

/** One bucket written as part of a host and, elsewhere, as the first part of a path of that host. */
function bucketMark(text: string, source: string): readonly Observation[] {
  const seen = [...matches(HOST_WRITTEN, text)].map(({ groups, index }) => ({ host: groups['host']!, first: groups['first'], at: index }))
  const paths = new Set(seen.map(({ host, first }) => `${first}.${host}`))
  const twice = seen.find(({ host }) => host.indexOf('.') > 1 && paths.has(host))
  if (twice === undefined) return []
  const message = 'The bucket stands in the host in one place and in the path in another; only one of the two forms is what was signed.'
  return [clueAt(text, source, twice.at, { rule: 'bucket-twice', about: 'bucket-in-path', strength: 'fair', message })]
}

/** A template that names are made from: what stands between its places is in every name. */
function templateMark(text: string, source: string): readonly Observation[] {
  for (const { groups, index } of matches(NAME_TEMPLATE, text)) {
    const written = groups['template']!
    const mark = pathMark(written.replace(PLACE, 'x').replace(/^\//, ''), 'key')
    if (mark !== undefined) return [clueAt(text, source, index, { ...mark, strength: 'weak', values: { written }, ofShape: true })]
  }
  return []
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
  return /^(?:docs|console|forums|gist|www|repost|developers?|pkg|npmjs|pypi)\.|github|stackoverflow/i.test(host)
}

/** Placeholders and masks say nothing about the characters of the real name. */
function isTemplate(text: string): boolean {
  return /\$[{\d]|#\{|\{\{?|<|\*\*|%[sd]\b|\[(?:hidden|redacted|key|bucket)|\.\.\.|xxx/i.test(text)
}

/** @see https://docs.fluentbit.io/manual/pipeline/outputs/s3 s3_key_format; https://vector.dev/docs/reference/configuration/sinks/aws_s3/ key_prefix */
const NAME_TEMPLATE =
  /\b(?:s3_?)?(?:(?:object_?)?key_?|path_?|file_?name_?|object_?name_?)(?:format|prefix|template|pattern)["']?[ \t]{0,5}(?:=>|[:= \t])[ \t]{0,5}["']?(?<template>[\w.$%{}()[\]/:=+!@#,&'-]{3,300})/gi
/** "%Y", "$TAG[1]", "{{ host }}", "#{name}", "%{+YYYY}". */
const PLACE = /%?[$#]?\{{1,2}[^{}\n]{1,60}\}{1,2}|\$\w{1,40}(?:\[\d{1,2}\])?|%[A-Za-z]/g
const MOST_NAMES = 500
/** Requests as they went over the wire. */
const WIRE_LINE = /^[<>*] |\b(?:GET|PUT|POST|HEAD|DELETE|PATCH) \/\S{0,1000} HTTP\//
const WRITTEN: readonly (readonly [pattern: RegExp, kind: Kind])[] = [
  [
    /\b(?:https?|s3a?):\/\/(?![^\s"'<>/@]{0,128}:(?!\d{1,5}\/)[^\s"'<>@]{1,300}@)(?<host>[\w.:-]{1,200})(?<path>\/[^\s"'`<>?#]{0,600})(?:\?(?<query>[^\s"'`<>#]{1,1000}))?/g,
    'path',
  ],
  [
    /(?:(?<!; ?)\b(?:object_?)?(?:key|file_?name)["']?\s{0,8}(?:=>|[:=(])\s{0,3}|--key[ =])(?:"(?<quoted>[^"\n]{1,300})"|'(?<apostrophed>[^'\n]{1,300})'|(?<bare>[\w.+@~%/-]{1,200}\.\w{1,5})(?=\s|$))/gi,
    'key',
  ],
  [/["'`](?<path>\/[^\s"'`<>?#]{1,300})(?:\?(?<query>[^\s"'`<>#]{1,1000}))?["'`]/g, 'path'],
  [
    /(?<!filename\*?=)["'`](?!(?:source|cat|sudo|docker|kubectl|helm|aws|mc|rclone|restic|python3?|node|php|curl|cd|vim?|nano|bash|sh|export|\.) )(?<path>[^"'`\n/:={}]{1,120}\.[a-z0-9]{2,5})["'`]/gi,
    'path',
  ],
  // "raw//2023.json": a name with slashes in a row.
  [/["'`](?<path>[\w.+@~=-]{1,80}(?:\/[\w.+@~=-]{1,80}){0,8}\/\/[\w.+@~=/-]{0,200})["'`]/g, 'path'],
  // The same without quotes, where it ends as a file does.
  [/(?<=\s)(?<path>[\w.+@~=-]{1,80}(?:\/[\w.+@~=-]{1,80}){0,8}\/\/[\w.+@~=/-]{0,200}\.[a-z0-9]{2,5})(?=[\s,;.]|$)/g, 'path'],
  // A request target that stands alone in a message: "[/_cat/indices?v]", "GET /index/_search?q=a".
  [/(?:[[(]|\b(?:GET|PUT|POST|HEAD|DELETE) )\/[^\s"'`<>?#]{0,300}\?(?<query>[^\s"'`<>#\])]{1,1000})/g, 'path'],
  [/[`"'\s(]\?(?<query>[\w.-]{1,40}=[^\s`"'()&]{0,200}&[\w.-]{1,40}=[^\s`"'()]{0,300})/g, 'path'],
]
/** The path of a request line, and what the service says it was asked for. */
const RECEIVED: readonly (readonly [pattern: RegExp, kind: Kind])[] = [
  [/\b(?:GET|PUT|POST|HEAD|DELETE|PATCH) (?<path>\/[^\s?"]{0,600})(?:\?\S{0,2000})? HTTP\//g, 'received'],
  [/<(?:Resource|Key)>(?<path>[^<\n]{1,600})<\//g, 'received'],
]
const HOST_WRITTEN =
  /(?<![\w.@/-]|[^:/]\/)(?:https?:\/\/)?(?<host>[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}(?::\d{1,5})?)(?:\/(?<first>[\w-]{2,63}))?/g
/** What is looked for in a path, the weightiest first. */
const ODD: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\+/, 'a "+"'],
  [/[\x80-\xff]/, 'characters outside ASCII'],
  [/ /, 'a space'],
  [/[()!*']/, "one of ! * ' ( )"],
  [/[@=&$,;[\]|^"#]|[^/]:/, 'a reserved character'],
  [/%2[5F]/i, 'an escaped "%" or slash'],
]
const ODD_VALUE = /[+ :*@!(),;$[\]'|\x80-\xff]|=./
