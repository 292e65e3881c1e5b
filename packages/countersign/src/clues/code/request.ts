/** What code signs and sends, compared: the signed headers with those set, the block of headers with its line feeds, the method, the query. */

import type { Fault } from './code-rule.js'
import type { Code } from './language.js'
import { oneOf, source, words } from './pattern.js'
import { CANONICAL_QUERY, IS, SIGNING } from './vocabulary.js'

export function requestFaults({ text }: Code): readonly Fault[] {
  return [
    ...listFaults(text),
    ...mapFaults(text),
    ...blockFaults(text),
    ...methodFaults(text),
    ...presignFaults(text),
    ...queryFaults(text),
  ]
}

/** The list of signed headers: out of order, with a name that is never set, without one that is sent. */
function listFaults(text: string): readonly Fault[] {
  const list = /["'`=]((?:[a-z0-9-]{2,40};){1,12}[a-z0-9-]{2,40});?["'`,\\]/.exec(text)
  const found = list ?? /signed_?headers?["']?\s{0,3}(?::?=|<-|:)\s{0,3}["'`](host)["'`]/i.exec(text)
  if (found === null || !found[1]!.includes('host')) return []
  const names = found[1]!.split(';')
  const faults: Fault[] = []
  const say = (rule: string, about: Fault['about'], message: string, header?: string): void => {
    faults.push({ at: found.index, rule, about, message, ...(header !== undefined && { values: { header } }) })
  }
  if (!isSorted(names)) say('list-unsorted', 'headers-not-sorted', 'The list of signed headers is not sorted by name.')
  const lower = text.toLowerCase().replaceAll(found[1]!, '')
  const spellings = (name: string): readonly string[] => [name, name.replaceAll('-', '_'), name.replaceAll('-', '')]
  const missing = names.find((name) => name !== 'host' && !spellings(name).some((one) => lower.includes(one)))
  // A snippet that sets none of them shows another part of the program.
  const shown = names.some((name) => name !== 'host' && name !== missing && new RegExp(`["'\`\\[\\n:]${name}["'\`:]`).test(lower))
  if (missing !== undefined && /headers?\b/.test(lower) && (shown || names.length === 2))
    say('list-name-never-set', 'header.missing', `The header ${missing} is listed as signed, and the code sets no such header.`, missing)
  const block = blockNames(text)
  if (block !== undefined) {
    if (!isSorted(block)) say('block-unsorted', 'headers-not-sorted', 'The canonical headers are not sorted by name.')
    const unlisted = block.find((name) => !names.includes(name))
    const unwritten = names.find((name) => !block.includes(name))
    const where = 'the canonical headers'
    if (unlisted !== undefined)
      say(
        'block-not-listed',
        'header.canonical',
        `The header ${unlisted} stands among ${where} and not in the list of signed headers.`,
        unlisted,
      )
    else if (unwritten !== undefined && missing === undefined)
      say(
        'listed-not-in-block',
        'header.canonical',
        `The header ${unwritten} is listed as signed and does not stand among ${where}.`,
        unwritten,
      )
  }
  const unsigned = [...lower.matchAll(SENT_HEADER)].map((one) => one[1]!).find((name) => !names.includes(name) && !QUERY_NAMES.has(name))
  if (unsigned !== undefined && !/X-Amz-Expires/i.test(text) && block?.includes(unsigned) !== true)
    say('sent-not-signed', 'header-not-signed', `The header ${unsigned} is sent and not in the list of signed headers.`, unsigned)
  return faults
}

function isSorted(names: readonly string[]): boolean {
  return [...names].sort().join() === names.join()
}

const SENT_HEADER = /["'`[{(,\s](x-amz-[a-z0-9-]{2,40})["'`]?\]?\s{0,3}(?:=>|[:=,])(?!\s{0,3}["'`]?\s{0,3}[+.&]\s{0,3}["'`]?\\n)/g
const QUERY_NAMES = new Set(
  ['algorithm', 'credential', 'expires', 'signedheaders', 'signature', 'id-2', 'request-id'].map((name) => `x-amz-${name}`),
)

/** A map of headers, written out of order, whose names are joined as they stand. */
function mapFaults(text: string): readonly Fault[] {
  if (!SIGNING.test(text) || SORTS.test(text)) return []
  const names =
    /\$?\b(\w{0,20}headers)\s{0,5}(?::?=)\s{0,5}(?:dict\(|array\(|new \w{1,20}(?:<[\w, ]{1,40}>)?\s{0,3})?[{[]([^}\]]{1,900})[}\]]/i.exec(
      text,
    )
  if (names === null) return []
  const written = [...names[2]!.matchAll(/(?:^|[,{[\n])\s{0,20}["'`]?([A-Za-z][\w-]{2,40})["'`]?\s{0,3}(?:=>|:|,|=)/g)].map((one) =>
    one[1]!.toLowerCase(),
  )
  const joined = new RegExp(
    `\\b${names[1]}(?:\\.keys|\\.map|\\.each|\\.items\\(\\))|(?:Object\\.(?:keys|entries)|array_keys|implode|foreach|for \\w{1,20} in|in) ?\\(?\\$?${names[1]}\\b`,
  )
  if (!written.includes('host') || isSorted(written) || !joined.test(text.slice(names.index + names[0].length))) return []
  const message = 'The headers are written out of order, and nothing sorts them. They are signed in the order of their names.'
  return [{ at: names.index, rule: 'map-unsorted', about: 'headers-not-sorted', message }]
}

const SORTS = /sort|TreeMap|SortedDictionary|OrderBy|BTreeMap/i

/** The names in one statement that writes the canonical headers, where all of it can be read. */
function blockNames(text: string): readonly string[] | undefined {
  const statement =
    /\bcanonical_?headers?\w{0,4}\s{0,5}(?::\s{0,3}\w{1,20}|As String)?\s{0,5}(?::?=|<-)\s{0,5}([^;]{1,900}?)(?:;|\n\s{0,3}\n|\n(?=[ \t]{0,40}(?:[$\w.]{1,30}\s{0,3}(?::?=|<-)|return|const|let|var|Dim)\b))/i.exec(
      `${text}\n\n`,
    )
  if (statement === null) return undefined
  const written = statement[1]!
  if (/\bmap\b|\bfor\b|=>|\.items\(|\bjoin\(\s{0,3}sorted|lambda/.test(written)) return undefined
  const names = [...written.matchAll(/(?:^|\\n|`n|["'`(\s])([a-z][a-z0-9-]{2,40}):(?![/:])/gi)].map((one) => one[1]!.toLowerCase())
  return names.length > 0 && names.includes('host') ? names : undefined
}

/** Line feeds between the canonical headers and the list: one ends the last header, one is the empty line. */
function blockFaults(text: string): readonly Fault[] {
  const use =
    /\bcanonical_?headers?\w{0,4}\b([^;=]{0,120}?)(?:[$@]?\bsigned_?headers?\w{0,4}\b|\bstrings\.Join\([^()\n]{1,40}";"|\bstring\.Join\(\s{0,3}";"|\bimplode\(\s{0,3}["'];|["'];["']\.join\()/gi
  for (const match of text.matchAll(use)) {
    const between = lineFeedsBetween(match[1]!, text.slice(Math.max(0, match.index - 240), match.index))
    const ends = endsInLineFeed(text.slice(0, match.index))
    if (between === undefined || ends === undefined) continue
    const count = between + (ends ? 1 : 0)
    if (count === 2) return []
    const message =
      count < 2
        ? 'No empty line stands between the canonical headers and the signed headers.'
        : 'Two empty lines stand between the canonical headers and the signed headers. One belongs there.'
    return [{ at: match.index, rule: count < 2 ? 'line-missing' : 'empty-line-twice', about: 'headers-block-malformed', message }]
  }
  return []
}

function lineFeedsBetween(between: string, before: string): number | undefined {
  const written = between.match(/\\n|vbLf|#10\b|`n|chr\(10\)|Chr\(10\)|CHAR\(10\)/g)?.length ?? 0
  if (written > 0) return written
  if (/^\s{0,3}[+.&]{1,2}\s{0,3}$/.test(between)) return 0
  if (/^[}\])\s]{0,3}(?:\r?\n)+[\s$@{(#\\]{0,4}$/.test(between) && /[`"]{1,3}[^`]{0,240}$/.test(before))
    return (between.match(/\n/g) ?? []).length
  if (/^[})]{0,1}[$#\\]{0,1}[{(]{0,1}$/.test(between) && /["`][^"`]{0,240}$/.test(before)) return 0
  // In a list that is joined by line feeds, every comma is one.
  if (!/^["'`)\s]{0,3}(?:,\s{0,20}(?:["'`]{2}\s{0,20})?){1,2}[$@\s]{0,20}$/.test(between)) return undefined
  const joined = /(?:join|implode|paste|format|sep)/i.test(before) || /\[[^\]]{0,240}$/.test(before)
  const pattern = /["'`]((?:(?:%s|\{\d?\}|%v)\\n){2,8}(?:%s|\{\d?\}|%v))["'`][\s\S]{0,160}$/.exec(before)
  if (pattern !== null) return 1
  return joined && !/%s|%v|\{\d?\}/.test(before) ? (between.match(/,/g) ?? []).length : undefined
}

/** Whether what is assigned to the canonical headers ends in a line feed; `undefined` where that cannot be read. */
function endsInLineFeed(before: string): boolean | undefined {
  const last = [
    ...before.matchAll(/\bcanonical_?headers?\w{0,4}\s{0,5}(?::\s{0,3}[\w<>]{1,20}|\s?As String)?\s{0,5}(?::?=|\.=|\+=|<-)\s{0,5}/gi),
  ].at(-1)
  if (last === undefined) return undefined
  const statement =
    /^(?:[^;\n]|\n(?=\s{1,60}(?:[+.&|]|["'`(]|\)|x-amz|sorted|for\b))|(?<=[+.&,([{|]\s{0,3})\n(?!\s{0,60}[$@\w.]{1,40}\s{0,3}(?::?=|<-)[^=])){1,900}/
      .exec(before.slice(last.index + last[0].length))?.[0]
      .replace(/[\s,]{1,20}$/, '')
  if (statement === undefined || statement === '""' || statement === "''") return undefined
  if (/(?:join|implode)\(?\s{0,3}["'`]\\n["'`]\s{0,3}\)$|^["']\\n["']\.join\(|^(?:implode|join)\(\s{0,3}["']\\n["']/.test(statement))
    return (
      /\\n["'`]?\s{0,3}\)?$/.test(statement.replace(/\(\s{0,3}["'`]\\n["'`]\s{0,3}\)$/, '')) && /[+.]\s{0,3}["']\\n["']$/.test(statement)
    )
  const formatted =
    /^(?:format!\(|sprintf\(|(?:String|string)\.[fF]ormat\(|fmt\.Sprintf\()?\s{0,3}["'`]([^"'`\n]{1,300})["'`]\s{0,3}(?:,|%\s|\.format\(|-f\s)/.exec(
      statement,
    )
  if (formatted !== null && /%s|\{\w{0,20}\}|%v/.test(formatted[1]!)) return formatted[1]!.endsWith('\\n')
  if (/(?:\\n|`n)["'`]\s{0,3}[)\]}]{0,3}$|(?:vbLf|#10|Chr\(10\)|CHAR\(10\))$/.test(statement)) return true
  if (
    /\\n["'`][^"'`]{0,60}(?:join|implode)?\(?["'`]{0,2}\)?\)?[^"'`]{0,100}$/.test(statement) &&
    /join|\b(?:map|for|collect|reduce)\b|=>|->/.test(statement)
  )
    return true
  if (/["'`]\\n["'`]/.test(statement) || /\\n/.test(statement))
    return /[\w)}\]"'`]$/.test(statement) && /:["'`${\s]/.test(statement) ? false : undefined
  return /^["'`]?host:["'`]?\s{0,3}[+.&${\\(]{1,3}\s{0,3}[$@]?[\w.]{1,40}[})]?["'`]?$/i.test(statement) ? false : undefined
}

/** The method in the text that is signed, and the method of the request. */
function methodFaults(text: string): readonly Fault[] {
  if (!SIGNING.test(text)) return []
  const signed = METHOD_SIGNED.map((pattern) => pattern.exec(text)).find((one) => one !== null)
  if (signed === undefined) return []
  const verb = signed[1]!.toUpperCase()
  const rest = `${text.slice(0, signed.index)}${' '.repeat(signed[0].length)}${text.slice(signed.index + signed[0].length)}`
  const sent = [...rest.matchAll(SENDS)].slice(0, 20).map((one) => (one[1] ?? one[2] ?? one[3] ?? 'POST').toUpperCase())
  if (sent.length === 0 || sent.includes(verb)) return []
  const message = `The method is signed as ${verb}, and the code sends ${sent[0]}.`
  return [{ at: signed.index, rule: 'method-other', about: 'method-changed', message, values: { signed: verb, sent: sent[0]! } }]
}

const VERB = '(GET|PUT|POST|DELETE|HEAD|PATCH)'
const METHOD_SIGNED: readonly RegExp[] = [
  new RegExp(source`["'\x60]${VERB}(?:\\n|["'\x60]\s{0,3}[+.&]\s{0,3}(?:["'\x60]\\n|vbLf|#10|Chr\(10\)))`),
  new RegExp(source`canonical\w{0,12}${IS}[^;\n]{0,60}\(?\[?\s{0,3}["'\x60]${VERB}["'\x60]`, 'i'),
  new RegExp(source`\[\s{0,20}["'\x60]${VERB}["'\x60]\s{0,3},\s{0,20}(?=[^\]]{1,300}(?:host[:;"'\x60]|signed_?headers))`, 'i'),
  new RegExp(source`\b(?:http_?)?(?:method|verb)["']?${IS}["'\x60]${VERB}["'\x60]`, 'i'),
]
/** What stands before the method of a request that is sent: the name of a client, a parameter, an option. */
const CLIENTS = words('requests, axios, httpx, session, got, ky, superagent, HTTParty, Faraday, Unirest, http')
const OPTIONS = oneOf(
  source`\b(?:method|type)["']?\s{0,3}(?::|=>)\s{0,3}["'\x60]|\bhttpMethod\s{0,3}=\s{0,3}"|\.Open\s{1,3}"|\$ua->`,
  source`(?:HttpMethod|Method)\.|NewRequest\(\s{0,3}"|Net::HTTP::|\bcurl\b[^\n]{0,80}\s-X\s{0,2}["']?|-Method\s{1,3}["']?|new Http`,
  source`CURLOPT_CUSTOMREQUEST\s{0,3}(?:,|=>)\s{0,3}["']|(?:\.setMethod|setRequestMethod|\.open)\(\s{0,3}["']`,
)
const SENDS = new RegExp(
  source`\b${CLIENTS}\.${VERB}\(|${OPTIONS}${VERB}\b|\.${VERB}\(\s{0,3}(?:\)|HttpRequest\.Body)|CURLOPT_POST(?:FIELDS)?\s{0,3}(?:,|=>)`,
  'gi',
)

/** A presigned operation whose URL the code uses with another method. */
function presignFaults(text: string): readonly Fault[] {
  const operation = PRESIGNED.exec(text)
  if (operation === null) return []
  const name = (operation[1] ?? operation[2] ?? operation[3] ?? '').toLowerCase().replaceAll('_', '')
  const signed = VERBS.find(([start]) => name.startsWith(start))?.[1]
  const sent = SENT.exec(text.slice(operation.index + operation[0].length)) ?? SENT.exec(text.slice(0, operation.index))
  const verb = (sent?.[1] ?? sent?.[2] ?? sent?.[3])?.toUpperCase()
  if (signed === undefined || verb === undefined || verb === signed) return []
  const message = `The URL is presigned for ${signed} (${operation[0].replace(/\s+/g, ' ').slice(-30)}), and the code sends ${verb}.`
  return [{ at: operation.index, rule: 'presigned-other-method', about: 'method-changed', message, values: { signed, sent: verb } }]
}

const PRESIGNS = oneOf('getSignedUrl(?:Promise)?', words('generate_presigned_url, presigned_url, createPresignedRequest, getCommand'))
const PRESIGNED = new RegExp(
  oneOf(
    source`${PRESIGNS}\(\s{0,10}(?:ClientMethod\s{0,3}=\s{0,3})?[:'"]{1,2}([A-Za-z_]{3,30})`,
    source`getSignedUrl\([^)]{0,80}new (\w{3,30})Command\(|\bPresign(GetObject|PutObject|HeadObject|DeleteObject)\(`,
  ),
)
const SENT =
  /["'`](GET|PUT|POST|DELETE|HEAD)["'`]|\b(?:requests|axios|http|client|session)\.(get|put|post|delete|head)\(|\s-X\s{0,2}(GET|PUT|POST|DELETE|HEAD)\b/
/** How the name of an operation starts, and its method; the first that fits. */
const VERBS = Object.entries({
  ...{ get: 'GET', list: 'GET', put: 'PUT', uploadpart: 'PUT', head: 'HEAD' },
  ...{ deleteobjects: 'POST', delete: 'DELETE', create: 'POST' },
})

/** A query that stands in the code in full, out of order. */
function queryFaults(text: string): readonly Fault[] {
  if (!SIGNING.test(text) || /sort/i.test(text)) return []
  const literal = QUERY_LITERAL.exec(text)
  const start = literal ?? /["'`]X-Amz-Algorithm=AWS4-HMAC-SHA256/.exec(text)
  if (start === null) return []
  const written = literal?.[1] ?? text.slice(start.index, start.index + 600)
  const names = [...written.matchAll(/["'`&?]([A-Za-z][\w.-]{0,40})=/g)].map((one) => one[1]!).filter((name) => name !== 'X-Amz-Signature')
  if (names.length < 2 || isSorted(names)) return []
  const misplaced = names.find((name, i) => i > 0 && name < names[i - 1]!)
  const message = `The parameters of the canonical query string are not sorted: ${misplaced ?? names[0]} comes too late.`
  return [{ at: start.index, rule: 'query-literal-unsorted', about: 'query-not-sorted', message }]
}

const QUERY_LITERAL = new RegExp(
  source`${CANONICAL_QUERY}${IS}((?:[^;\n]|\n\s{1,60}(?=[+.&"'\x60]))[^;]{0,600}?)(?:;|\n(?!\s{1,60}[+.&"'\x60])|$)`,
  'i',
)
